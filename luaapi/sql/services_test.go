package sql_test

import (
	"os"
	"strings"
	"testing"
	gotime "time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/database/relay"
)

// server is the URL of a database server; the test is skipped where none was started.
func server(t testing.TB, name string) string {
	t.Helper()
	url := os.Getenv("LUACTION_TEST_" + name)
	if url == "" {
		t.Skip("make test-services runs it")
	}
	return url
}

func TestPostgreSQL(t *testing.T) {
	url := server(t, "POSTGRES")
	set := openSet(t, map[string]database.Config{"shop": {URL: url}})
	w := newWorld(t, set)
	w.must(t, `local db = sql.open("shop")
db:exec("DROP TABLE IF EXISTS v") db:exec("DROP TABLE IF EXISTS orders") db:exec("DROP TYPE IF EXISTS mood")
db:exec("CREATE TYPE mood AS ENUM ('happy', 'sad')")
db:exec([[CREATE TABLE v (i int, b bigint, s smallint, r real, d double precision, n numeric(30,10), m money, t text, c varchar(10), u uuid, e mood,
  x xml, f boolean, ts timestamp, tz timestamptz, j json, jb jsonb, da date, ti time, iv interval, by bytea)]])
db:exec("CREATE TABLE orders (id serial PRIMARY KEY, customer text UNIQUE, total numeric, secret int)")
db:exec("INSERT INTO orders (customer, total) VALUES (?, ?), (?, ?)", "ann", 12.5, "bob", 3)`)
	w.want(t, [][2]string{
		{`db:exec("INSERT INTO v (i, b, s, r, d, n, t, f) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", 5, 2^53, -3, 1.1, 0.1, 12.25, 5, true)
return db:row("SELECT * FROM v")`, `{"i":5,"b":9007199254740992,"s":-3,"r":1.1,"d":0.1,"n":12.25,"t":"5","f":true}`},
		{`db:exec("DELETE FROM v") return { db:exec("INSERT INTO v (ts, tz, j, jb, da, ti, iv, m, u, e, x, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  time.parse("2026-07-01T10:00:00Z"), time.parse("2026-07-01T10:00:00.25Z"), json.object { a = 1 }, json.array { 1 }, "2026-11-22", "10:00:00", "1 day 02:00", "1234.50",
  "6f1b0e1c-8a5e-4c55-9f3a-0d8b6a3a9e11", "happy", "<a/>", "bytes") }`, `[1]`},
		{`return db:row("SELECT ts, tz, j, jb, da, ti, iv, m, u, e, x, by FROM v")`,
			`{"ts":"2026-07-01T12:00:00+02:00","tz":"2026-07-01T12:00:00.250000+02:00","j":{"a":1},"jb":[1],"da":"2026-11-22","ti":"10:00:00","iv":"1 day 02:00:00",` +
				`"m":1234.5,"u":"6f1b0e1c-8a5e-4c55-9f3a-0d8b6a3a9e11","e":"happy","x":"<a/>","by":"bytes"}`},
		{`return db:row("SELECT timestamp '2026-07-01 10:00:00' AS a, 9007199254740993::bigint AS b, 12345678901234567890.5::numeric AS c, NULL AS d, '-$5.25'::money AS e, 'nan'::numeric AS f")`,
			`{"a":"2026-07-01T10:00:00+02:00","b":"9007199254740993","c":"12345678901234567890.5","e":-5.25,"f":"NaN"}`},
		{`return db:query("SELECT id FROM orders WHERE customer IN (?) ORDER BY id", { "ann", "bob" })`, `[{"id":1},{"id":2}]`},
		{`return db:query("SELECT id FROM orders WHERE id IN (?)", {})`, `[]`},
		{`return { db:exec("INSERT INTO orders (customer) VALUES ('eve')") }`, `[1]`},
		{`return { db:exec("DELETE FROM orders WHERE customer = 'eve'") }`, `[1]`},
		{`return db:value("SELECT count(*) FROM orders WHERE '?' = '?' /* ? */ AND id > ? -- ?", 0)`, `2`},
		{`return db:value("SELECT jsonb '{\"a\": 1}' ?? ?", "a")`, `true`},
		{`return db:row("SELECT 1 AS a, 2 AS a, 3 AS b")`, `{"a":2,"b":3}`},
		{`return { db:query("SELECT id FROM orders WHERE id = ?", "1") }`, `[[{"id":1}]]`},
	})
	w.wantError(t, [][2]string{
		{`db:query("SELECT * FROM x")`, `sql shop: relation "x" does not exist, in: SELECT * FROM x`},
		{`db:query("SELECT id FROM orders WHERE id = ?", "secret-value")`, `sql shop: `},
		{`db:exec("INSERT INTO orders (customer) VALUES (?)", "ann")`, `unique constraint`},
		{`db:query("SELECT id FROM orders WHERE id = ?", true)`, `value 1 doesn't fit`},
		{`db:query("SELECT id FROM orders WHERE id = ?", 1.5)`, `invalid input syntax for type integer: "…"`},
		{`db:query("SELECT * FROM generate_series(1, 10001)")`, `more than 10000 rows`},
		{`db:query("SELECT 1; SELECT 2")`, `only one statement`},
	})
	servers(t, w, set, url, `SELECT pg_sleep(3600)`)

	// A table that changes while the server runs is no error.
	w.want(t, [][2]string{{`local before = db:row("SELECT * FROM orders WHERE id = ?", 2)
for _ = 1, 3 do db:row("SELECT * FROM orders WHERE id = ?", 2) end
db:exec("ALTER TABLE orders ADD COLUMN colour text DEFAULT 'red'")
return { before.colour == nil, db:row("SELECT * FROM orders WHERE id = ?", 2).colour }`, `[true,"red"]`}})

	// What one call leaves on a connection is not there for the next.
	w.want(t, [][2]string{
		{`db:query("SELECT set_config('search_path', 'nowhere', false)") return db:value("SELECT current_setting('search_path')")`, `"\"$user\", public"`},
		{`db:query([[SELECT "set_config"('search_path', 'nowhere', false)]]) return db:value("SELECT current_setting('search_path')")`, `"\"$user\", public"`},
		{`db:value("SELECT query_to_xml('select set_config(''search_path'', ''nowhere'', false)', true, true, '')")
return db:value("SELECT current_setting('search_path')")`, `"\"$user\", public"`},
		{`db:transaction(function(tx) tx:exec("CREATE TEMP TABLE leak (a int)") tx:query("SELECT pg_advisory_lock(5)") end)
return { db:value("SELECT to_regclass('leak')") == nil, db:value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") }`, `[true,0]`},
	})
}

func TestMariaDB(t *testing.T) {
	url := server(t, "MYSQL")
	set := openSet(t, map[string]database.Config{"shop": {URL: url}})
	w := newWorld(t, set)
	w.must(t, `local db = sql.open("shop")
db:exec("DROP TABLE IF EXISTS v") db:exec("DROP TABLE IF EXISTS orders")
db:exec([[CREATE TABLE v (i int, b bigint, bu bigint unsigned, t tinyint, f boolean, fl float, d double, n decimal(30,10), tx text, c varchar(100), e enum('happy', 'sad'),
  dt datetime(6), ts timestamp NULL, da date, ti time, y year, j json, bi blob)]])
db:exec("CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, customer varchar(50) UNIQUE, total decimal(10,2), secret int) ENGINE=InnoDB")
db:exec("INSERT INTO orders (customer, total) VALUES (?, ?), (?, ?)", "ann", 12.5, "bob", 3)`)
	row := `{"i":5,"b":9007199254740992,"bu":"18446744073709551615","t":7,"f":true,"fl":1.1,"d":0.1,"n":12.25,"tx":"5","c":"a\\b","e":"happy",` +
		`"dt":"2026-07-01T10:00:00.250000+02:00","ts":"2026-07-01T12:00:00+02:00","da":"2026-11-22","ti":"10:00:00","y":2026,"bi":"bytes"}`
	w.want(t, [][2]string{
		{`db:exec("INSERT INTO v (i, b, bu, t, f, fl, d, n, tx, c, e, dt, ts, da, ti, y, bi) VALUES (?)", { 5, 2^53, json.decode("18446744073709551615"), 7, true, 1.1, 0.1, 12.25,
  5, "a\\b", "happy", time.parse("2026-07-01T10:00:00.25Z"), time.parse("2026-07-01T10:00:00Z"), "2026-11-22", "10:00:00", 2026, "bytes" })
return db:row("SELECT i, b, bu, t, f, fl, d, n, tx, c, e, dt, ts, da, ti, y, bi FROM v WHERE i = ?", 5)`, row},
		{`return db:row("SELECT i, b, bu, t, f, fl, d, n, tx, c, e, dt, ts, da, ti, y, bi FROM v")`, row},
		{`return db:row("SELECT 9007199254740993 AS b, 12345678901234567890.5 AS c, NULL AS d")`, `{"b":"9007199254740993","c":"12345678901234567890.5"}`},
		{`return { db:exec("INSERT INTO orders (customer) VALUES ('eve')") }`, `[1,3]`},
		{`return { db:exec("UPDATE orders SET customer = 'eve' WHERE id = 3") }`, `[1]`},
		{`return { db:exec("DELETE FROM orders WHERE customer = 'eve'") }`, `[1]`},
		{`return db:query("SELECT id FROM orders WHERE customer IN (?) ORDER BY id", { "ann", "bob" })`, `[{"id":1},{"id":2}]`},
		{`return db:query("SELECT id FROM orders WHERE id IN (?)", {})`, `[]`},
		{`return db:value("SELECT count(*) FROM orders WHERE 'it\\'s ?' <> \"?\" /* ? */ AND id > ? # ?", 0)`, `2`},
		{`return db:row("SELECT 1 AS a, 2 AS a, 3 AS b")`, `{"a":2,"b":3}`},
	})
	w.wantError(t, [][2]string{
		{`db:query("SELECT * FROM x")`, `sql shop: Table 'shop.x' doesn't exist, in: SELECT * FROM x`},
		{`db:exec("INSERT INTO orders (customer) VALUES (?)", "ann")`, `sql shop: Duplicate entry '…' for key`},
		{`db:exec("INSERT INTO orders (secret) VALUES (?)", "secret-value")`, `'…' for column`},
		{`db:query("SELECT 1; SELECT 2")`, `only one statement`},
		{`db:exec("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE v")`, `LOAD can't be run`},
		{`db:query("SELECT seq FROM seq_1_to_10001")`, `more than 10000 rows`},
	})
	servers(t, w, set, url, `SELECT sleep(3600)`)
	w.want(t, [][2]string{
		{`db:query("SELECT @leak := 5") return db:value("SELECT @leak") == nil`, `true`},
		{`db:exec("CREATE TEMPORARY TABLE leak (a int)") local ok = pcall(db.query, db, "SELECT * FROM leak") return ok`, `false`},
	})
}

// servers is what holds for every server alike. endless is a statement that doesn't end.
func servers(t *testing.T, w *world, set *database.Set, url, endless string) {
	t.Helper()
	count := `sql.open("shop"):value("SELECT count(*) FROM orders")`
	w.want(t, [][2]string{
		{`return db:transaction(function(tx) tx:exec("DELETE FROM orders WHERE id = 1") return tx:value("SELECT count(*) FROM orders") - 1 end)`, `0`},
		{`db:transaction(function(tx) tx:exec("INSERT INTO orders (id, customer) VALUES (1, 'ann')") end) return ` + count, `2`},
		{`pcall(db.transaction, db, function(tx) tx:exec("DELETE FROM orders") error("stop") end) return ` + count, `2`},
	})
	if _, err := w.run(t, `sql.open("shop"):transaction(function(tx) tx:exec("DELETE FROM orders") reject() end)`, long); err == nil {
		t.Error("reject didn't end the call")
	}
	idle(t, set, "shop")
	for _, source := range []string{
		`sql.open("shop"):query("` + endless + `")`,
		`sql.open("shop"):transaction(function(tx) tx:exec("DELETE FROM orders") tx:query("` + endless + `") end)`,
	} {
		begin := gotime.Now()
		_, err := newWorld(t, set).run(t, source, 100*gotime.Millisecond)
		if took := gotime.Since(begin); err == nil || !strings.Contains(err.Error(), "longer than it may") || took > 20*gotime.Second {
			t.Errorf("%s: %v after %v", source, err, took)
		}
		idle(t, set, "shop")
	}
	if got := newWorld(t, set).must(t, "return "+count); got != "2" {
		t.Errorf("%s rows, want 2", got)
	}
	limits(t, url, endless)
	comesBack(t, url)
}

// limits: read_only, max_connections and timeout hold, and no message shows a value or the password.
func limits(t *testing.T, url, endless string) {
	t.Helper()
	wrong := strings.Replace(url, "service-secret", "wrong-secret", 1)
	set := openSet(t, map[string]database.Config{
		"ro": {URL: url, ReadOnly: true}, "slow": {URL: url, Timeout: 50 * gotime.Millisecond, MaxConnections: 1}, "wrong": {URL: wrong},
	})
	w := newWorld(t, set)
	for _, c := range [][2]string{
		{`sql.open("ro"):exec("DELETE FROM orders")`, "sql ro: "},
		{`sql.open("ro"):transaction(function(tx) tx:exec("DELETE FROM orders") end)`, "sql ro: "},
		{`sql.open("ro"):exec("DROP TABLE orders")`, "sql ro: "},
		{`sql.open("ro"):exec("SET SESSION TRANSACTION READ WRITE")`, "SET can't be run"},
		{`sql.open("slow"):query("` + endless + `")`, "sql slow: no answer within 50ms"},
		{`sql.open("wrong"):query("SELECT 1")`, "sql wrong: "},
	} {
		_, err := w.run(t, c[0], long)
		if err == nil || !strings.Contains(err.Error(), c[1]) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", c[0], err)
		}
	}
	if got := w.must(t, `return sql.open("ro"):value("SELECT count(*) FROM orders") + sql.open("slow"):value("SELECT 1")`); got != "3" {
		t.Errorf("%s, want 3", got)
	}
	idle(t, set, "slow")
}

// comesBack: a server that is away is an error, one that is silent ends with the call, and one that is back answers.
func comesBack(t *testing.T, url string) {
	t.Helper()
	r, relayed := relay.Through(t, url)
	set := openSet(t, map[string]database.Config{"shop": {URL: relayed}})
	const ask = `return sql.open("shop"):value("SELECT 7")`
	if got := newWorld(t, set).must(t, ask); got != "7" {
		t.Fatal(got)
	}
	r.Away()
	if got, err := newWorld(t, set).run(t, ask, long); err == nil || !strings.Contains(err.Error(), "sql shop: ") || strings.Contains(err.Error(), "secret") {
		t.Errorf("%s %v", got, err)
	}
	idle(t, set, "shop")
	r.Back()
	if got := newWorld(t, set).must(t, ask); got != "7" {
		t.Fatal(got)
	}
	r.Silence()
	for _, source := range []string{
		ask,
		`sql.open("shop"):transaction(function(tx) error("stop") end)`,
	} {
		begin := gotime.Now()
		_, err := newWorld(t, set).run(t, source, 200*gotime.Millisecond)
		if took := gotime.Since(begin); err == nil || !strings.Contains(err.Error(), "longer than it may") || took > 20*gotime.Second {
			t.Errorf("%s: %v after %v", source, err, took)
		}
	}
	r.Away()
	r.Back()
	if got := newWorld(t, set).must(t, ask); got != "7" {
		t.Fatal(got)
	}
	idle(t, set, "shop")
}
