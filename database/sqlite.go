package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"

	"github.com/luaction/luaction/database/statement"
)

// Limits of SQLite by their numbers there.
const (
	limitLength   = 0 // bytes of a text or a row
	limitAttached = 7 // further files
)

// sqliteHeap is what SQLite may take beside Go's own memory, in bytes, for all databases.
const sqliteHeap = "268435456"

// openSQLite makes the pool of sqlite:path, and says how many connections it may have.
func (d *Database) openSQLite(c *Config, maximum int) (int, error) {
	d.dialect = statement.SQLite
	path, query, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(c.URL, "sqlite:"), "//"), "?")
	if path == "" {
		return 0, errors.New("the url names no file; write sqlite:data/shop.db")
	}
	given, err := url.ParseQuery(query)
	if err != nil {
		return 0, errors.New("the part of the url after the question mark can't be read")
	}
	for key := range given {
		return 0, errors.New("the url has the parameter " + key + "; sqlite: takes none")
	}
	params := url.Values{
		"_txlock":   {"immediate"}, // else two that read and then write stop each other
		"_timezone": {c.Location.String()},
		"_pragma":   {"busy_timeout(3600000)", "foreign_keys(1)", "hard_heap_limit(" + sqliteHeap + ")", "trusted_schema(0)"},
	}
	memory := path == ":memory:"
	d.memory = memory
	if c.ReadOnly {
		params["_txlock"] = []string{"deferred"}
		params["_pragma"] = append(params["_pragma"], "query_only(1)")
		if !memory {
			params["mode"] = []string{"ro"}
		}
	}
	dsn := "file::memory:?"
	if memory {
		maximum = 1 // another connection would be another database
	} else {
		if !filepath.IsAbs(path) {
			path = filepath.Join(c.Dir, path)
		}
		dsn = "file:" + (&url.URL{Path: path}).EscapedPath() + "?"
	}
	d.pool = sql.OpenDB(&sqliteFile{dsn: dsn + params.Encode(), driver: &sqlite.Driver{}})
	d.prepare = limited
	return maximum, nil
}

// sqliteFile connects to one file.
type sqliteFile struct {
	dsn    string
	driver *sqlite.Driver
}

func (f *sqliteFile) Driver() driver.Driver { return f.driver }

func (f *sqliteFile) Connect(context.Context) (driver.Conn, error) {
	conn, err := f.driver.Open(f.dsn)
	if err != nil {
		return nil, err
	}
	guard, ok := conn.(sqlite.AuthorizerRegisterer)
	if !ok {
		_ = conn.Close()
		return nil, errors.New("the SQLite library has no authorizer")
	}
	if err := guard.RegisterAuthorizer(authorize); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// limited bounds what a connection may take and reach; the numbers belong to the connection and are set again at no cost.
func limited(conn *sql.Conn) error {
	if _, err := sqlite.Limit(conn, limitLength, MaxBytes); err != nil {
		return err
	}
	_, err := sqlite.Limit(conn, limitAttached, 0)
	return err
}

// looks says whether an action only looks at something.
func looks(action sqlite.AuthorizerActionCode) bool {
	switch action {
	case sqlite.AuthRead, sqlite.AuthSelect, sqlite.AuthPragma, sqlite.AuthFunction:
		return true
	}
	return false
}

// authorize is asked about each step of each statement: other files, settings of the connection, and what would stay on it for
// the next call are refused, however a statement is written.
func authorize(action sqlite.AuthorizerActionCode, arg1, arg2, schema, _ string) sqlite.AuthorizerReturnCode {
	if strings.EqualFold(schema, "temp") && !looks(action) {
		return sqlite.AuthorizerDeny // a table "temp".t would hide the real t from the calls to come
	}
	switch action {
	case sqlite.AuthAttach, sqlite.AuthDetach, sqlite.AuthSavepoint,
		sqlite.AuthCreateTempTable, sqlite.AuthCreateTempView, sqlite.AuthCreateTempTrigger, sqlite.AuthCreateTempIndex:
		return sqlite.AuthorizerDeny
	case sqlite.AuthPragma:
		if !statement.IsAsking(arg1) {
			return sqlite.AuthorizerDeny
		}
	case sqlite.AuthFunction:
		switch strings.ToLower(arg2) {
		case "load_extension", "fts3_tokenizer", "readfile", "writefile", "edit":
			return sqlite.AuthorizerDeny
		}
	}
	return sqlite.AuthorizerOK
}
