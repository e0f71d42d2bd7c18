package sql_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	gotime "time"

	"github.com/luaction/luaction/database"
)

func shop(t testing.TB) (*world, *database.Set) {
	t.Helper()
	set := openSet(t, map[string]database.Config{"shop": {URL: "sqlite:shop.db"}})
	w := newWorld(t, set)
	w.must(t, `local db = sql.open("shop")
db:exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL, paid BOOLEAN, placed DATETIME, day DATE, notes JSON, raw BLOB)")
db:exec("INSERT INTO orders (customer, total, paid, placed, day, notes, raw) VALUES (?, ?, ?, ?, ?, ?, ?)",
  "ann", 12.5, true, "2026-07-01 10:00:00", "2026-11-22", json.object { tags = { "a", "b" } }, "bytes")
db:exec("INSERT INTO orders (customer, paid, placed) VALUES (?, ?, ?)", "bob", false, "never")`)
	return w, set
}

func TestMembers(t *testing.T) {
	t.Parallel()
	w, set := shop(t)
	w.want(t, [][2]string{
		{`return db:query("SELECT id, customer, total FROM orders ORDER BY id")`, `[{"id":1,"customer":"ann","total":12.5},{"id":2,"customer":"bob"}]`},
		{`return db:query("SELECT id FROM orders WHERE id > ?", 5)`, `[]`},
		{`return { n = #db:query("SELECT id FROM orders WHERE id > ?", 5), list = db:query("SELECT 1 AS a WHERE 1 = 0") }`, `{"n":0,"list":[]}`},
		{`return db:row("SELECT customer, id FROM orders ORDER BY id")`, `{"customer":"ann","id":1}`},
		{`return { none = db:row("SELECT * FROM orders WHERE id = 9") == nil }`, `{"none":true}`},
		{`return { db:value("SELECT count(*) FROM orders"), db:value("SELECT id FROM orders WHERE id = 9") == nil, db:value("SELECT NULL") == nil }`, `[2,true,true]`},
		{`return db:row("SELECT 1 AS a, 2 AS b, 3 AS a")`, `{"a":3,"b":2}`},
		{`local names = {} for name in pairs(db:row("SELECT 1 AS z, 2 AS b, NULL AS n, 3 AS a")) do names[#names + 1] = name end return names`, `["z","b","a"]`},
		{`local row = db:row("SELECT id FROM orders") row.more = 1 row.id = nil return row`, `{"more":1}`},
		{`return { db:exec("UPDATE orders SET total = total") }`, `[2]`},
		{`return { db:exec("INSERT INTO orders (customer) VALUES ('eve')") }`, `[1,3]`},
		{`return { db:exec("DELETE FROM orders WHERE id = ?", 3) }`, `[1]`},
		{`return { db:exec("CREATE TABLE other (a)") }`, `[0]`},
		{`return { db:exec("INSERT OR IGNORE INTO orders (id) VALUES (1)") }`, `[0]`},
		{`return db:query("INSERT INTO other VALUES (1), (2) RETURNING a")`, `[{"a":1},{"a":2}]`},
		{`return db:query("UPDATE other SET a = 0")`, `[]`},
		{`return db:query("PRAGMA table_info(other)")[1].name`, `"a"`},
		{`return { sql.open("shop") == db, sql.open("shop"):value("SELECT '?' || ? -- ?", "x") }`, `[true,"?x"]`},
		{`return db:query("SELECT id FROM orders WHERE id IN (?) AND customer IN (?)", { 1, 2, 7 }, { "ann" })`, `[{"id":1}]`},
		{`return db:query("SELECT id FROM orders WHERE id NOT IN (?) AND id < 3", {})`, `[{"id":1},{"id":2}]`},
		{`return db:query("SELECT id FROM orders WHERE id IN (?)", {})`, `[]`},
		{`return db:query("SELECT id FROM orders WHERE id IN (?)", json.decode("[2]"))`, `[{"id":2}]`},
		{`local ok, message = pcall(db.query, db, "SELECT * FROM x") return message`,
			`"action_test.lua:2: sql shop: no such table: x, in: SELECT * FROM x"`},
	})
	idle(t, set, "shop")
}

func TestValues(t *testing.T) {
	t.Parallel()
	w, _ := shop(t)
	w.want(t, [][2]string{
		{`return { db:row("SELECT ?, typeof(?)", nil, json.null) }`, `[{"typeof(?)":"null"}]`},
		{`return db:row("SELECT typeof(?) AS a, typeof(?) AS b, typeof(?) AS c, typeof(?) AS d, typeof(?) AS e", 1, 1.5, "1", true, 1e300)`,
			`{"a":"integer","b":"real","c":"text","d":"integer","e":"real"}`},
		{`return { db:value("SELECT ?", true), db:value("SELECT ?", false) }`, `[1,0]`},
		{`return { db:value("SELECT 9007199254740992"), db:value("SELECT 9007199254740993"), db:value("SELECT -9007199254740993") }`,
			`[9007199254740992,"9007199254740993","-9007199254740993"]`},
		{`return db:value("SELECT ?", json.decode("9007199254740993"))`, `"9007199254740993"`},
		{`return db:value("SELECT typeof(?)", json.decode("9007199254740993"))`, `"integer"`},
		{`return db:row("SELECT paid, day, notes, raw FROM orders WHERE id = 1")`, `{"paid":true,"day":"2026-11-22","notes":{"tags":["a","b"]},"raw":"bytes"}`},
		{`return db:row("SELECT paid, placed FROM orders WHERE id = 2")`, `{"paid":false,"placed":"never"}`},
		{`local at = db:value("SELECT placed FROM orders WHERE id = 1") return { at, at.hour, at.zone }`, `["2026-07-01T10:00:00+02:00",10,"Europe/Berlin"]`},
		{`return db:value("SELECT ?", time.parse("2026-11-22T10:00:00+01:00"))`, `"2026-11-22 09:00:00"`},
		{`return db:value("SELECT ?", time.parse("2026-11-22T10:00:00.25Z"))`, `"2026-11-22 10:00:00.250000"`},
		{`return db:value("SELECT ?", json.object())`, `"{}"`},
		{`return db:value("SELECT ?", json.array { 1, "a" })`, `"[1,\"a\"]"`},
		{`return db:value("SELECT ? || ''", "a\0b")`, quote("a\x00b")},
		{`return { db:value("SELECT ''"), db:value("SELECT x''") }`, `["",""]`},
		{`db:exec("CREATE TABLE d (a DECIMAL(10,2), t TIMESTAMP, j JSON)")
db:exec("INSERT INTO d VALUES ('12.50', '2026-07-01T10:00:00Z', 'no json')")
return db:row("SELECT * FROM d")`, `{"a":12.5,"t":"2026-07-01T12:00:00+02:00","j":"no json"}`},
	})
	w.wantError(t, [][2]string{
		{`db:query("SELECT ?", { a = 1 })`, "db:query: value 1 is a table"},
		{`db:query("SELECT ?", db)`, "value 1 is a table"},
		{`db:query("SELECT ?", function() end)`, "value 1 is a function"},
		{`db:query("SELECT ?", { { 1 } })`, "value 1 is a table"},
		{`db:query("SELECT ?", json)`, "value 1 is a table"},
		{`db:query("SELECT ?", 0/0)`, "value 1 is the number"},
		{`db:query("SELECT ?", json.object { f = reject })`, "value 1.f: a function can't be written as JSON"},
		{`db:query("SELECT ?", {})`, "the list for placeholder 1 is empty"},
	})
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	w, set := shop(t)
	w.wantError(t, [][2]string{
		{`db.query("SELECT 1")`, "write db:query("},
		{`db:qeury("SELECT 1")`, "did you mean 'query'?"},
		{`db:query()`, "db:query: sql must be a text, but is nil"},
		{`db:query({})`, "db:query: sql must be a text, but is a table"},
		{`db:query("SELECT ?")`, "sql shop: the statement has 1 placeholder, but came with 0 values, in: SELECT ?"},
		{`db:query("SELECT ?", 1, nil)`, "1 placeholder, but came with 2 values"},
		{`db:query("SELECT 1; SELECT 2")`, "sql shop: only one statement"},
		{`db:query("")`, "there is no statement"},
		{`db:query("SELEKT")`, `sql shop: near "SELEKT": syntax error, in: SELEKT`},
		{`db:exec("INSERT INTO orders (id, customer) VALUES (1, ?)", "secret-value")`, "UNIQUE constraint failed: orders.id"},
		{`db:exec("ATTACH 'x' AS x")`, "ATTACH can't be run"},
		{`db:query("SELECT load_extension('x')")`, "not authorized"},
		{`db:exec("CREATE TEMP TABLE x (a)")`, "not authorized"},
		{`db:exec('CREATE TABLE "temp".x (a)')`, "not authorized"},
		{`db:exec("CREATE VIEW [temp].x AS SELECT 1")`, "not authorized"},
		{"db:exec('CREATE TABLE `TEMP`.x (a)')", "not authorized"},
		{`db:query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT " .. string.rep("i, ", 400) .. "i FROM n")`, "64 MiB"},
		{`db:query("SELECT * FROM pragma_journal_mode")`, "not authorized"},
		{`db:query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")`, "more than 10000 rows"},
		{`db:query("SELECT zeroblob(100000000)")`, "too big"},
		{`db:query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT zeroblob(1000000) FROM n")`, "more than 64 MiB"},
		{`sql.open("shopp")`, `did you mean "shop"?`},
		{`sql.open()`, "sql.open: name must be a text"},
		{`sql:open("shop")`, "write sql.open("},
		{`db:transaction()`, "db:transaction: f must be a function"},
		{`db:transaction(function(tx) db:query("SELECT 1") end)`, "write tx:query("},
		{`db:transaction(function(tx) db:transaction(reject) end)`, "can't be nested"},
		{`db:transaction(function(tx) tx:transaction(reject) end)`, "tx has no 'transaction'"},
		{`local kept db:transaction(function(tx) kept = tx end) kept:query("SELECT 1")`, "the transaction is over"},
	})
	got, err := w.run(t, `sql.open("shop"):exec("INSERT INTO orders (id, customer) VALUES (1, ?)", "secret-value")`, long)
	if err == nil || strings.Contains(err.Error(), "secret-value") {
		t.Errorf("%s %v", got, err)
	}
	idle(t, set, "shop")

	if _, err := newWorld(t, nil).run(t, `sql.open("shop")`, long); err == nil || !strings.Contains(err.Error(), "none is configured; write into the configuration") {
		t.Errorf("%v", err)
	}
}

func TestTransaction(t *testing.T) {
	t.Parallel()
	w, set := shop(t)
	w.want(t, [][2]string{
		{`return { db:transaction(function(tx) tx:exec("DELETE FROM orders WHERE id = 1") return tx:value("SELECT count(*) FROM orders"), "more" end) }`, `[1,"more"]`},
		{`return db:value("SELECT count(*) FROM orders")`, `1`},
		{`local ok, message = pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM orders") error("stop here", 0) end)
return { ok, message, db:value("SELECT count(*) FROM orders") }`, `[false,"stop here",1]`},
		{`local ok, message = pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM orders") error({ code = 5 }) end)
return { message.code, db:value("SELECT count(*) FROM orders") }`, `[5,1]`},
		{`local co = coroutine.wrap(function() return db:transaction(function(tx) return tx:value("SELECT 7") end) end) return co()`, `7`},
		{`local co = coroutine.wrap(function() db:transaction(function(tx) tx:exec("DELETE FROM orders") coroutine.yield() end) end)
return { pcall(co) == false, db:value("SELECT count(*) FROM orders") }`, `[true,1]`},
		{`db:transaction(function(tx) pcall(tx.exec, tx, "nonsense") tx:exec("INSERT INTO orders (customer) VALUES ('eve')") end)
return db:value("SELECT count(*) FROM orders")`, `2`},
		{`return db:transaction(function(tx) return tx:query("SELECT customer FROM orders ORDER BY id")[2].customer end)`, `"eve"`},
	})
	// reject goes through pcall, and takes all back.
	_, err := w.run(t, `local db = sql.open("shop")
pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM orders") reject("no") end)
return "went on"`, long)
	if err == nil {
		t.Error("reject didn't end the call")
	}
	idle(t, set, "shop")
	if got := newWorld(t, set).must(t, `return sql.open("shop"):value("SELECT count(*) FROM orders")`); got != "2" {
		t.Errorf("%s rows after a reject, want 2", got)
	}
}

// The deadline ends whatever the database is doing, and connections come back.
func TestDeadline(t *testing.T) {
	t.Parallel()
	_, set := shop(t)
	const endless = `"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"`
	for _, source := range []string{
		`sql.open("shop"):query(` + endless + `)`,
		`while true do pcall(sql.open("shop").query, sql.open("shop"), ` + endless + `) end`,
		`local db = sql.open("shop") db:transaction(function(tx) tx:exec("DELETE FROM orders") tx:query(` + endless + `) end)`,
	} {
		begin := gotime.Now()
		_, err := newWorld(t, set).run(t, source, 50*gotime.Millisecond)
		if took := gotime.Since(begin); err == nil || !strings.Contains(err.Error(), "longer than it may") || took > 20*gotime.Second {
			t.Errorf("%s: %v after %v", source, err, took)
		}
		idle(t, set, "shop")
	}
	if got := newWorld(t, set).must(t, `return sql.open("shop"):value("SELECT count(*) FROM orders")`); got != "2" {
		t.Errorf("%s rows, want 2", got)
	}
}

// A call that waits for another one's lock is cut as well, and goes on when the lock is gone.
func TestLock(t *testing.T) {
	t.Parallel()
	w, set := shop(t)
	tx, err := set.Get("shop").Begin(t.Context(), t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const change = `return sql.open("shop"):exec("UPDATE orders SET total = 2")`
	begin := gotime.Now()
	_, err = newWorld(t, set).run(t, change, 50*gotime.Millisecond)
	if took := gotime.Since(begin); err == nil || !strings.Contains(err.Error(), "longer than it may") || took > 20*gotime.Second {
		t.Errorf("%v after %v", err, took)
	}
	gotime.AfterFunc(20*gotime.Millisecond, func() { tx.Rollback(t.Context()) })
	if got := w.must(t, change); got != "2" {
		t.Errorf("%s rows changed, want 2", got)
	}
	idle(t, set, "shop")
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	set := openSet(t, map[string]database.Config{"shop": {URL: "sqlite:a.db", Dir: dir}, "copy": {URL: "sqlite:a.db", ReadOnly: true, Dir: dir}, "none": {URL: "sqlite:b.db", ReadOnly: true, Dir: dir}})
	w := newWorld(t, set)
	w.must(t, `local db = sql.open("shop") db:exec("CREATE TABLE t (a)") db:exec("INSERT INTO t VALUES (1)")`)
	w.want(t, [][2]string{
		{`return sql.open("copy"):value("SELECT a FROM t")`, `1`},
		{`return sql.open("copy"):transaction(function(tx) return tx:value("SELECT a FROM t") end)`, `1`},
	})
	w.wantError(t, [][2]string{
		{`sql.open("copy"):exec("DELETE FROM t")`, "sql copy: attempt to write a readonly database"},
		{`sql.open("copy"):exec("CREATE TABLE u (a)")`, "readonly"},
		{`sql.open("copy"):exec("PRAGMA query_only = 0")`, "can't be run"},
		{`sql.open("none"):query("SELECT 1")`, "sql none: unable to open database file"},
	})
	if _, err := os.Stat(filepath.Join(dir, "b.db")); err == nil {
		t.Error("a read-only database was made")
	}
}

// All calls in flight share a pool; none loses an update.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	w, set := shop(t)
	w.must(t, `sql.open("shop"):exec("UPDATE orders SET total = 0")`)
	const calls, rounds = 8, 10
	ended := make(chan error)
	for range calls {
		other := newWorld(t, set)
		go func() {
			_, err := other.run(t, `local db = sql.open("shop")
for i = 1, 10 do db:transaction(function(tx)
  local total = tx:value("SELECT total FROM orders WHERE id = 1")
  tx:exec("UPDATE orders SET total = ? WHERE id = 1", total + 1)
end) end`, long)
			ended <- err
		}()
	}
	for range calls {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if got := w.must(t, `return sql.open("shop"):value("SELECT total FROM orders WHERE id = 1")`); got != "80" {
		t.Errorf("total is %s, want %d", got, calls*rounds)
	}
	idle(t, set, "shop")
}

func TestMemory(t *testing.T) {
	t.Parallel()
	set := openSet(t, map[string]database.Config{"shop": {URL: "sqlite::memory:"}})
	newWorld(t, set).must(t, `sql.open("shop"):exec("CREATE TABLE t (a)")`)
	w := newWorld(t, set)
	if _, err := w.run(t, `local db = sql.open("shop") db:query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")`, 20*gotime.Millisecond); err == nil {
		t.Error("endless query ended")
	}
	newWorld(t, set).want(t, [][2]string{{`return { db:exec("INSERT INTO t VALUES (1)") }`, `[1,1]`}})
}

func TestExamples(t *testing.T) {
	t.Parallel()
	w, _ := shop(t)
	for _, m := range w.sql.Objects() {
		for _, member := range m.Members {
			source := member.Example
			if m.Name == "tx" {
				source = "db:transaction(function(tx) " + source + " end)"
			}
			if _, err := w.run(t, "local db, print = sql.open('shop'), type\n"+source, long); err != nil {
				t.Errorf("%s: %v", source, err)
			}
		}
	}
}
