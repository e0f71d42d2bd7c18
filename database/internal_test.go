package database

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/luaction/luaction/database/statement"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		"0": 0.0, "12.50": 12.5, "-0.001": -0.001, "123456789012345": 123456789012345.0, "1234567890123456": "1234567890123456",
		"0.0000000000000001": 1e-16, "12345678901234567890.5": "12345678901234567890.5", "NaN": "NaN", "Infinity": "Infinity", "": "", "1e5": 1e5,
		"0.10000000000000000": "0.10000000000000000",
	} {
		if got := number(text); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]any{
		"$1,234.50": 1234.5, "-$5.25": -5.25, "($5.25)": -5.25, "1.234,50 €": 1234.5, "1 234,50": 1234.5, "¥1,234": 1234.0, "$0.00": 0.0,
	} {
		if got := number(plainMoney(text)); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	t.Parallel()
	plusTwo := time.FixedZone("", 7200)
	for text, want := range map[string]string{
		"2026-07-01 10:00:00": "2026-07-01T10:00:00+02:00", "2026-07-01T10:00:00.25": "2026-07-01T10:00:00.25+02:00",
		"2026-07-01 10:00:00Z": "2026-07-01T12:00:00+02:00", "2026-07-01 10:00:00+05:30": "2026-07-01T06:30:00+02:00",
		"2026-07-01 10:00:00+00": "2026-07-01T12:00:00+02:00", "2026-07-01": "2026-07-01T00:00:00+02:00", "2026-07-01 10:00": "2026-07-01T10:00:00+02:00",
		"0000-00-00 00:00:00": "", "tomorrow": "", "": "", "2026-02-30 10:00:00": "",
	} {
		got, ok := moment(text, plusTwo, plusTwo).(time.Time)
		if ok != (want != "") || ok && got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q is %v %v, want %q", text, got, ok, want)
		}
	}
}

// FuzzText: what is no value of a column's type stays the text it was; nothing panics.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"1", "12.5", "$1,2.3", "2026-11-22 10:00:00", "{}", "-(", "1e999", "0x1p-2"} {
		for k := range uint8(document) + 1 {
			f.Add(seed, k)
		}
	}
	d := &Database{loc: time.UTC, dialect: statement.MySQL}
	f.Fuzz(func(t *testing.T, text string, k uint8) {
		switch got := d.text(kind(k), text).(type) {
		case string:
			if got != text && kind(k) != money {
				t.Errorf("%q became %q", text, got)
			}
		case bool, int64, float64, time.Time, JSON:
		default:
			t.Errorf("%q became %T", text, got)
		}
	})
}

// Messages say what is wrong, and nothing of the values, whatever they hold.
func TestReason(t *testing.T) {
	t.Parallel()
	d := &Database{name: "shop", secrets: []string{"hush"}}
	for _, c := range []struct {
		err  error
		args []any
		want string
	}{
		{&mysql.MySQLError{Message: "Duplicate entry 'a' for key 'b' for key 'orders.id'"}, nil, "Duplicate entry '…' for key 'orders.id'"},
		{&mysql.MySQLError{Message: "Incorrect integer value: 'x' at row 1' for column 'n' at row 1"}, nil, "Incorrect integer value: '…' for column 'n' at row 1"},
		{&mysql.MySQLError{Message: "Truncated incorrect DOUBLE value: 'x'"}, nil, "Truncated incorrect DOUBLE value: '…'"},
		{&mysql.MySQLError{Message: "Table 'shop.x' doesn't exist"}, []any{"y"}, "Table 'shop.x' doesn't exist"},
		{&pgconn.PgError{Code: "22P02", Message: `invalid input syntax for type integer: "a "b" c"`}, nil, `invalid input syntax for type integer: "…"`},
		{&pgconn.PgError{Code: "42P01", Message: `relation "x" does not exist`}, []any{int64(1)}, `relation "x" does not exist`},
		{&pgconn.PgError{Code: "P0001", Message: `no stock of secret-thing for "x"`}, []any{"secret-thing", "x"}, `no stock of … for "…"`},
		{errors.New("can't reach hush:1"), nil, "can't reach ***:1"},
		{errors.New(`failed to encode args[1]: unable to encode "x" into text format`), nil, "value 2 doesn't fit the type that the database expects there"},
	} {
		if got := d.masked(d.reason(c.err, c.args)); got != c.want {
			t.Errorf("%v\nbecame %s\nwant   %s", c.err, got, c.want)
		}
	}
	e := &Error{Database: "shop", Message: "no", Statement: "SELECT\n\t 1" + strings.Repeat(" x", 2000)}
	if text := e.Error(); len(text) > 400 || !strings.HasPrefix(text, "sql shop: no, in: SELECT 1 x x") {
		t.Error(text)
	}
}

// A wrong configuration is said without its password.
func TestOpen(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"":                               "must begin with sqlite:",
		"oracle://a:hush@b/c":            "it begins with oracle",
		"sqlite:":                        "names no file",
		"sqlite:a.db?cache=shared":       "the parameter cache",
		"postgres://u:hush@h:port/n":     "the url can't be",
		"postgres://u:hu%zzsh@h/n":       "odd characters",
		"postgres://u:hush@h/n?port=x":   "the url can't be used",
		"mysql://u:hush@h/n?allowall=1":  "the parameter allowall",
		"mysql://u:hush@h/n?tls=nothing": "sql shop: ",
	} {
		set, err := OpenAll(map[string]Config{"shop": {URL: url}})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", url, err)
			set.Close()
		}
	}
	set, err := OpenAll(map[string]Config{"a": {URL: "sqlite:a.db"}, "b": {URL: "mysql://u@h/n?tls=true"}, "c": {URL: "postgres://h/n"}})
	if err != nil {
		t.Fatal(err)
	}
	defer set.Close()
	if got := set.Names(); !reflect.DeepEqual(got, []string{"a", "b", "c"}) || set.Get("a").Name() != "a" || set.Get("x") != nil {
		t.Error(got)
	}
}
