package double_test

import (
	"strings"
	"testing"
)

const shop = `sql.stub("shop", [[
	-- two tables; and a trigger
	CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL, made TIMESTAMP, paid BOOLEAN, temp TEXT);
	CREATE TRIGGER big AFTER INSERT ON orders WHEN new.total > 1000 BEGIN
		UPDATE orders SET customer = CASE WHEN customer = 'x;y' THEN 'a' ELSE 'b' END WHERE id = new.id;
		DELETE FROM orders WHERE id = -1;
	END;
	BEGIN TRANSACTION;
	INSERT INTO orders VALUES (7, 'ann; bob', 12.5, '2026-11-22 10:00:00', 1, NULL);
	INSERT INTO orders (id, customer, total) VALUES (8, 'x;y', 2000);
	COMMIT;
]])
`

func TestDatabaseFromText(t *testing.T) {
	t.Parallel()
	check(t, options{}, []row{
		{action: `local db = sql.open("shop") say(db:query("SELECT * FROM orders WHERE id IN (?) ORDER BY id", { 7, 8 }))`, file: shop + `return json.encode(run_action())`,
			want: `"[{\"id\":7,\"customer\":\"ann; bob\",\"total\":12.5,\"made\":\"2026-11-22T10:00:00+00:00\",\"paid\":true},{\"id\":8,\"customer\":\"a\",\"total\":2000}]"`},
		{action: `local db = sql.open("shop") db:value("SELECT temp FROM orders") say(db:value("SELECT made FROM orders WHERE id = 7").hour)`, file: shop + `return run_action()`, want: `10`},
		{action: `local db = sql.open("shop") local n, id = db:exec("INSERT INTO orders (customer) VALUES (?)", "c") say { n, id }`,
			file: shop + `local r = run_action() return { r, sql.open("shop"):value("SELECT count(*) FROM orders") }`, want: `[[1,9],3]`},
		{action: `local db = sql.open("shop") say(pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM orders") error("no") end))`,
			file: shop + `run_action() return sql.open("shop"):value("SELECT count(*) FROM orders")`, want: `2`},
		{action: `sql.open("shop"):query("SELECT * FROM order_s")`, file: shop + `run_action()`, wrong: `sql shop: no such table: order_s, in: SELECT * FROM order_s`},
		// The stub made last, also for a database that was opened before.
		{file: shop + `local db = sql.open("shop") sql.stub("shop", "CREATE TABLE t (a); INSERT INTO t VALUES (1)") return db:value("SELECT a FROM t")`, want: `1`},
		{file: `sql.stub("shop", "") return sql.open("shop"):value("SELECT 1")`, want: `1`},
		// Mistakes in it.
		{file: "\nsql.stub('shop', 'CREATE TABLE t (a);  CREAT TABLE u (b); SELECT 1')", wrong: `x_test.lua:2: sql.stub: sql shop: near "CREAT": syntax error, in: CREAT TABLE u (b)`},
		{file: `sql.stub("shop", "INSERT INTO t VALUES (?)")`, wrong: "the statement has 1 placeholder, but came with 0 values"},
		{file: `sql.stub("shop", "CREATE TABLE t (a TEXT DEFAULT 'x)")`, wrong: "never end"},
		{file: `sql.stub("shop")`, wrong: "x_test.lua:1: sql.stub: instead must be a text or a function, but is nil; write for example sql.stub("},
		{file: `sql.stub("shop", {})`, wrong: "instead must be a text or a function, but is a table"},
	})
}

func TestDatabaseOfFunction(t *testing.T) {
	t.Parallel()
	query := `say(json.encode(sql.open("shop"):query("SELECT * FROM t")))`
	check(t, options{}, []row{
		{action: query, file: `sql.stub("shop", function() return { { b = 1, a = "x" }, { a = json.null, c = { json.null } } } end) return run_action()`,
			want: `"[{\"b\":1,\"a\":\"x\"},{\"c\":[null]}]"`},
		{action: query, file: `sql.stub("shop", function() return {} end) return run_action()`, want: `"[]"`},
		{action: query, file: `sql.stub("shop", function() return { a = 1 } end) return run_action()`, want: `"[{\"a\":1}]"`},
		{action: query, file: `sql.stub("shop", function() return json.decode('[{"id": 12345678901234567890, "o": {}, "n": null}]') end) return run_action()`,
			want: `"[{\"id\":\"12345678901234567890\",\"o\":{}}]"`},
		{action: `local db = sql.open("shop") say { db:row("SELECT 1").a, db:value("SELECT 1"), db:row("SELECT 2") == nil, db:value("SELECT 2") == nil }`,
			file: `sql.stub("shop", function(s) return s == "SELECT 1" and { { b = 5, a = 6 }, { b = 7 } } or {} end) return run_action()`, want: `[6,5,true,true]`},
		// A time stays one, both ways, and compares with others.
		{action: `local t = time.parse("2026-11-22T10:00:00+02:00") local r = sql.open("shop"):row("SELECT ?", t) say { r.at.hour, r.at == t, r.at - t, r.same }`,
			file: `sql.stub("shop", function(s, t) return { { at = t, same = t == time.parse("2026-11-22T08:00:00Z") and t > time.unix(0) } } end) return run_action()`, want: `[10,true,0,true]`},
		// What comes with the statement.
		{action: `say(sql.open("shop"):value("SELECT ? ? ? ? ? ? ?", nil, true, 5, 1.5, "x", { 1, "b" }, json.object { a = 1 }))`,
			file: `sql.stub("shop", function(s, a, b, c, d, e, f, g) return { { x = { s, a == nil, b, c, d, e, f, g } } } end) return json.encode(run_action())`,
			want: `"[\"SELECT ? ? ? ? ? ? ?\",true,true,5,1.5,\"x\",[1,\"b\"],\"{\\\"a\\\":1}\"]"`},
		{action: `local db = sql.open("shop") say { db:exec("UPDATE t SET a = ?", 1), db:exec("INSERT INTO t VALUES (1)") }`,
			file: `sql.stub("shop", function(s) if s:find("INSERT") then return 1, 42 end return 3 end) return run_action()`, want: `[3,1,42]`},
		{action: `say(sql.open("shop"):transaction(function(tx) return tx:exec("DELETE FROM t") + tx:value("SELECT 1") end))`,
			file: `sql.stub("shop", function(s) if s:find("DELETE") then return 3 end return { { a = 4 } } end) return run_action()`, want: `7`},
		{action: `local db = sql.open("shop") local ok, e = pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM t") end) say { ok, e, db:exec("x") }`,
			file: `sql.stub("shop", function(s) if s == "x" then return 1 end error("disk is full", 0) end) return run_action()`,
			want: `[false,"action_do.lua:3: sql shop: disk is full, in: DELETE FROM t",1]`},
		// Mistakes.
		{action: query, file: "sql.stub('shop', function()\nlocal x = nil + 1 end) run_action()", wrong: "action_do.lua:3: sql shop: x_test.lua:2: "},
		{action: query, file: "\nsql.stub('shop', function() return 5 end) run_action()", wrong: "the function of sql.stub at x_test.lua:2 must return a list of rows, such as { { id = 7 } }, {} for none, and returned a number"},
		{action: query, file: `sql.stub("shop", function() end) run_action()`, wrong: "and returned nil"},
		{action: query, file: `sql.stub("shop", function() return { 1 } end) run_action()`, wrong: "item 1 is no row"},
		{action: query, file: `sql.stub("shop", function() return { { a = error } } end) run_action()`, wrong: "whose a is a function"},
		{action: `sql.open("shop"):exec("x")`, file: `sql.stub("shop", function() return {} end) run_action()`, wrong: "must return for exec how many rows were changed, and returned a table"},
		{action: `sql.open("shop"):query("SELECT ?")`, file: `sql.stub("shop", function() return {} end) run_action()`, wrong: "the statement has 1 placeholder, but came with 0 values"},
		{action: `sql.open("shop"):query("SELECT $tag$ ? $tag$, ?", 1)`, file: `sql.stub("shop", function() return {} end) return run_action()`, want: "null"},
		{action: query, file: `sql.stub("shop", function() local all = {} for i = 1, 10001 do all[i] = { a = i } end return all end) run_action()`, wrong: "more than 10000 rows were found"},
		{file: `sql.stub("shop", function() return { { at = time.unix(5) } } end) return sql.open("shop"):value("SELECT 1").unix`, want: `5`},
	})
}

func TestDatabaseWithoutStub(t *testing.T) {
	t.Parallel()
	check(t, options{}, []row{
		{action: `sql.open("shop")`, file: `run_action()`, unmet: []string{`the database "shop" has no stub`},
			wrong: `action_do.lua:3: sql.open: the database "shop" has no stub in this test, and the real one isn't asked; write sql.stub("shop", [[CREATE TABLE …]]) before this call`},
		{action: `say(pcall(sql.open, "shop"))`, file: `sql.stub("shopp", "") return run_action()`, want: `false`, unmet: []string{`there is sql.stub("shopp", …), did you mean that?`}},
		{file: `return pcall(sql.open, "shop")`, want: `false`, unmet: []string{"sql.stub("}},
	})
	w := newWorld(t, `sql.open("shop")`, options{})
	if _, err := w.run(t, shop+`run_action()`); err != nil {
		t.Fatal(err)
	}
	w.set.Reset()
	if _, err := w.run(t, `run_action()`); err == nil {
		t.Error("Reset leaves a database")
	}
}

// What a function raises is what the database says, and an action may handle it; an assertion in it is the test's.
func TestDatabaseFails(t *testing.T) {
	t.Parallel()
	for raised, failed := range map[string]int{`error("disk is full", 0)`: 0, `error({ code = 5 })`: 0, `error("asserted", 0)`: 1, `return 5`: 1} {
		w := newWorld(t, `say(select(2, pcall(function() return sql.open("shop"):query("SELECT 1") end)))`, options{})
		got, err := w.run(t, `sql.stub("shop", function() `+raised+` end) return run_action()`)
		if err != nil || len(w.failed) != failed || !strings.Contains(got, "sql shop: ") {
			t.Errorf("%s: %s %v %q", raised, got, err, w.failed)
		}
	}
}
