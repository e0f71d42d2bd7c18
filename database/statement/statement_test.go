package statement_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/database/statement"
)

func render(t *testing.T, d statement.Dialect, text string, counts ...int) string {
	t.Helper()
	s, err := statement.Parse(text, d)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if counts == nil {
		for range s.Placeholders() {
			counts = append(counts, 1)
		}
	}
	out, err := s.Render(counts)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return out
}

// Only question marks outside of quotes and comments are placeholders, whatever a database calls quotes and comments.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`SELECT ?`:                            `SELECT $1`,
		`SELECT ?, ?::int, a[1:?]`:            `SELECT $1, $2::int, a[1:$3]`,
		`SELECT '?', ?`:                       `SELECT '?', $1`,
		`SELECT 'it''s ?', ?`:                 `SELECT 'it''s ?', $1`,
		`SELECT 'a\', ?`:                      `SELECT 'a\', $1`,
		`SELECT E'a\'?', ?`:                   `SELECT E'a\'?', $1`,
		`SELECT e'\\', ?`:                     `SELECT e'\\', $1`,
		`SELECT 1 AS "a?""?", ?`:              `SELECT 1 AS "a?""?", $1`,
		"SELECT 1 -- ? '\n, ?":                "SELECT 1 -- ? '\n, $1",
		`SELECT /* ? /* ? */ ? */ ?`:          `SELECT /* ? /* ? */ ? */ $1`,
		`SELECT $$ ? ' $$, ?`:                 `SELECT $$ ? ' $$, $1`,
		`SELECT $fn$ ? $$ ? $x$ $fn$, ?`:      `SELECT $fn$ ? $$ ? $x$ $fn$, $1`,
		`SELECT a$b$c, ? FROM t$1`:            `SELECT a$b$c, $1 FROM t$1`,
		`SELECT data ?? 'key', ?`:             `SELECT data ? 'key', $1`,
		`SELECT U&'d\0061t?', ? ;`:            `SELECT U&'d\0061t?', $1 ;`,
		"SELECT ?; -- the end\n/* really */ ": "SELECT $1; -- the end\n/* really */ ",
		`SELECT a #> '{?}', ?`:                `SELECT a #> '{?}', $1`,
		"SELECT 5--?\n+?":                     "SELECT 5--?\n+$1",
		`SELECT 1.5e3, .5, 0x1F, ?`:           `SELECT 1.5e3, .5, 0x1F, $1`,
	} {
		if got := render(t, statement.PostgreSQL, text); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dialect statement.Dialect
		text    string
		want    int
	}{
		{statement.MySQL, `SELECT 'a\'?', ?`, 1},
		{statement.MySQL, `SELECT "a\"?", "?" , ?`, 1},
		{statement.MySQL, "SELECT `a?``?\\`, ?", 1},
		{statement.MySQL, "SELECT 1 # ?\n, ?", 1},
		{statement.MySQL, "SELECT 1 -- ?\n, ?", 1},
		{statement.MySQL, "SELECT 5--?", 1},
		{statement.MySQL, "SELECT 5--\t?\n+?", 1},
		{statement.MySQL, "SELECT /* ? /* ? */ ?", 1},
		{statement.MySQL, "SELECT @a := ?", 1},
		{statement.MySQL, "SELECT ??", 2},
		{statement.SQLite, `SELECT 'a\', ?`, 1},
		{statement.SQLite, "SELECT [a?], `b?`, \"c?\", ?", 1},
		{statement.SQLite, "SELECT /* ? /* ? */ ? -- ?", 1},
		{statement.SQLite, "SELECT ? /* ?", 1},
		{statement.SQLite, "SELECT x'3F', ?", 1},
		{statement.SQLite, "SELECT a->>'$.b?', ?", 1},
		{statement.SQLite, "SELECT 1", 0},
	} {
		s, err := statement.Parse(c.text, c.dialect)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if got := s.Placeholders(); got != c.want {
			t.Errorf("%s has %d placeholders, want %d", c.text, got, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dialect statement.Dialect
		text    string
		counts  []int
		want    string
	}{
		{statement.PostgreSQL, "a IN (?) AND b = ?", []int{3, 1}, "a IN ($1, $2, $3) AND b = $4"},
		{statement.MySQL, "a IN (?) AND b = ?", []int{2, 1}, "a IN (?, ?) AND b = ?"},
		{statement.MySQL, "a IN (?)", []int{-1}, "a IN (NULL)"},
		{statement.SQLite, "a not in ( ? )", []int{-1}, "a not in (  )"},
		{statement.SQLite, "VALUES (?)", []int{2}, "VALUES (?, ?)"},
	} {
		if got := render(t, c.dialect, c.text, c.counts...); got != c.want {
			t.Errorf("%s became %s, want %s", c.text, got, c.want)
		}
	}
	for text, dialect := range map[string]statement.Dialect{"a NOT IN (?)": statement.MySQL, "a = ?": statement.SQLite, "a IN (1, ?)": statement.SQLite} {
		s, err := statement.Parse(text, dialect)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Render([]int{-1}); err == nil || !strings.Contains(err.Error(), "is empty") {
			t.Errorf("%s became %s %v", text, got, err)
		}
	}
	s, err := statement.Parse("a IN (?)", statement.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Render([]int{statement.MaxPlaceholders + 1}); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("%v", err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	const all = statement.Dialect(99)
	for _, c := range []struct {
		dialect    statement.Dialect
		text, part string
	}{
		{all, "SELECT 1; SELECT 2", "only one statement"},
		{all, "SELECT 1; DROP TABLE x --", "only one statement"},
		{all, "", "no statement"},
		{all, " -- nothing\n", "no statement"},
		{all, " ; ", "no statement"},
		{all, "BEGIN", "db:transaction"},
		{all, "/* x */ commit", "db:transaction"},
		{all, "rollback", "db:transaction"},
		{all, "START TRANSACTION", "db:transaction"},
		{all, "SAVEPOINT a", "db:transaction"},
		{all, "ATTACH DATABASE 'x' AS x", "configuration"},
		{all, "SET x = 1", "the connection or the server"},
		{all, "USE other", "the connection or the server"},
		{all, "COPY t FROM '/etc/passwd'", "the connection or the server"},
		{all, "LOAD DATA INFILE 'x' INTO TABLE t", "the connection or the server"},
		{all, "SELECT 'a", "never end"},
		{all, "SELECT \"a", "never end"},
		{all, strings.Repeat(" ", statement.MaxText+1), "longer than"},
		{statement.PostgreSQL, "SELECT /* /* */", "never end"},
		{statement.PostgreSQL, "SELECT $a$ $b$", "never end"},
		{statement.PostgreSQL, "SELECT $1", "write ? instead of $1"},
		{statement.PostgreSQL, "SELECT :name", "write ? instead of :name"},
		{statement.SQLite, "SELECT ?1", "write ? instead of ?"},
		{statement.SQLite, "SELECT :name", "write ? instead of :name"},
		{statement.SQLite, "SELECT @name", "write ? instead of @name"},
		{statement.SQLite, "SELECT $name", "write ? instead of $name"},
		{statement.SQLite, "VACUUM INTO 'x'", "the connection or the server"},
		{statement.SQLite, "PRAGMA query_only = 0", "PRAGMA query_only can't be run"},
		{statement.SQLite, "PRAGMA main.query_only(0)", "PRAGMA query_only can't be run"},
		{statement.SQLite, `PRAGMA "query_only"(0)`, "can't be run"},
		{statement.SQLite, "PRAGMA temp_store_directory='/tmp'", "can't be run"},
		{statement.MySQL, "SELECT 1 /*! INTO OUTFILE 'x' */", "the database runs"},
		{statement.MySQL, "SELECT 1 /*M! , 2 */", "the database runs"},
		{statement.MySQL, "LOCK TABLES a WRITE", "FOR UPDATE"},
		{statement.MySQL, "SELECT 'a\\'", "never end"},
	} {
		for _, d := range []statement.Dialect{statement.SQLite, statement.PostgreSQL, statement.MySQL} {
			if c.dialect != all && c.dialect != d {
				continue
			}
			if _, err := statement.Parse(c.text, d); err == nil || !strings.Contains(err.Error(), c.part) {
				t.Errorf("%d %q: %v, want %q in it", d, c.text, err, c.part)
			}
		}
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dialect                   statement.Dialect
		text                      string
		session, inserts, changes bool
	}{
		{statement.MySQL, "SELECT @x := 1", true, false, false},
		{statement.MySQL, "SELECT '@x'", false, false, false},
		{statement.MySQL, "REPLACE INTO t VALUES (1)", false, true, true},
		{statement.PostgreSQL, "SELECT set_config('a', 'b', false)", true, false, false},
		{statement.PostgreSQL, "CREATE TEMP TABLE x (a int)", true, false, false},
		{statement.PostgreSQL, `SELECT "set_config"('role', 'x', false)`, true, false, false},
		{statement.PostgreSQL, `SELECT 'temp' AS kind`, false, false, false},
		{statement.PostgreSQL, "SELECT 1 -- a comment\rAS n, set_config('role', 'x', false)", true, false, false},
		{statement.PostgreSQL, "DO $$ BEGIN END $$", true, false, false},
		{statement.PostgreSQL, "SELECT pg_advisory_lock(1)", true, false, false},
		{statement.PostgreSQL, "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", false, true, true},
		{statement.SQLite, "INSERT INTO t VALUES (1)", false, true, true},
		{statement.SQLite, "delete from t", false, false, true},
		{statement.SQLite, "UPDATE t SET a = replace(a, 'x', 'y')", false, false, true},
		{statement.SQLite, "CREATE TABLE inserts (a)", false, false, false},
		{statement.SQLite, "PRAGMA table_info(x)", false, false, false},
	} {
		s, err := statement.Parse(c.text, c.dialect)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if s.Session() != c.session || s.Inserts() != c.inserts || s.Changes() != c.changes {
			t.Errorf("%s: session %v, inserts %v, changes %v", c.text, s.Session(), s.Inserts(), s.Changes())
		}
	}
}

// FuzzParse: what is rendered reads as the same statement again, and nothing panics or hangs.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"SELECT ? -- ?", "SELECT '?' /* ? */, $$ ? $$", "a IN (?) ; ", "E'\\'?'", "PRAGMA a.b = 1", "@a := ?", "`?", "[?", "$1 :a ??", "/*! ? */", "..?1",
	} {
		f.Add(seed, uint8(0), 2)
		f.Add(seed, uint8(1), 1)
		f.Add(seed, uint8(2), 3)
	}
	f.Fuzz(func(t *testing.T, text string, dialect uint8, count int) {
		d := statement.Dialect(dialect % 3)
		s, err := statement.Parse(text, d)
		if err != nil {
			return
		}
		n := s.Placeholders()
		if n > 100 {
			return
		}
		counts := make([]int, n)
		for i := range counts {
			counts[i] = 1 + (count&0xff)%4
		}
		out, err := s.Render(counts)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if d == statement.PostgreSQL { // whose placeholders are others now
			return
		}
		again, err := statement.Parse(out, d)
		if err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		if want := n * (1 + (count&0xff)%4); again.Placeholders() != want {
			t.Errorf("%q became %q with %d placeholders, want %d", text, out, again.Placeholders(), want)
		}
	})
}
