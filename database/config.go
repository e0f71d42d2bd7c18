// Package database holds the databases that scripts may ask: one pool of connections for each, shared by all calls, for
// SQLite, PostgreSQL, MySQL and MariaDB. It knows no Lua.
package database

import (
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/database/statement"
)

// Limits of what one statement gives back.
const (
	MaxRows  = 10_000
	MaxBytes = 64 << 20 // of all its rows, 48 for each value beside its text
)

const (
	defaultConnections = 10
	idleTime           = 5 * time.Minute
)

// Config is one database.
type Config struct {
	// URL is sqlite:path, postgres://user:password@host:port/name or mysql://user:password@host:port/name, where each
	// takes some parameters after a question mark.
	URL string
	// Dir is what a path in the URL is relative to; the working directory if "".
	Dir string
	// MaxConnections is how many connections there are at most; 10 if 0.
	MaxConnections int
	// ReadOnly has the database refuse whatever would change it.
	ReadOnly bool
	// Timeout is how long one statement may take, beside the deadline of its call; no limit of its own if 0.
	Timeout time.Duration
	// Location is the zone of times that come without one; UTC if nil.
	Location *time.Location
}

// Database is one database with its pool. It is safe for concurrent use.
type Database struct {
	name     string
	dialect  statement.Dialect
	pool     *sql.DB
	timeout  time.Duration
	loc      *time.Location
	secrets  []string // what no message may show
	prepare  func(*sql.Conn) error
	standIn  StandIn
	memory   bool // there is one connection, which holds all there is
	readOnly bool // DO and CALL are refused, which could get around what the database refuses
}

// Open returns the database of that name. It connects to nothing yet; errors are about the configuration.
func Open(name string, c Config) (*Database, error) {
	if c.Location == nil {
		c.Location = time.UTC
	}
	d := &Database{name: name, timeout: c.Timeout, loc: c.Location}
	scheme, _, found := strings.Cut(c.URL, ":")
	if !found {
		return nil, fmt.Errorf("sql %s: the url must begin with sqlite:, postgres:// or mysql://", name)
	}
	maximum := c.MaxConnections
	if maximum <= 0 {
		maximum = defaultConnections
	}
	var err error
	switch scheme {
	case "sqlite":
		maximum, err = d.openSQLite(&c, maximum)
	case "postgres", "postgresql":
		err = d.openPostgreSQL(&c)
	case "mysql", "mariadb":
		err = d.openMySQL(&c)
	default:
		return nil, fmt.Errorf("sql %s: the url must begin with sqlite:, postgres:// or mysql://, and it begins with %s", name, scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("sql %s: %s", name, d.masked(err.Error()))
	}
	d.pool.SetMaxOpenConns(maximum)
	d.pool.SetMaxIdleConns(maximum)
	if d.dialect != statement.SQLite {
		d.pool.SetConnMaxIdleTime(idleTime)
	}
	return d, nil
}

// parseURL reads a URL with a host, and remembers its password. A URL that can't be read is not repeated: it may hold one.
func (d *Database) parseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" && u.Path == "" {
		return nil, fmt.Errorf("the url can't be read; it must look like %s://user:password@host/name, where odd characters of the password are written as %%xx",
			text[:strings.IndexByte(text, ':')])
	}
	if password, ok := u.User.Password(); ok && password != "" {
		d.secrets = append(d.secrets, password, url.QueryEscape(password), url.PathEscape(password))
	}
	return u, nil
}

func (d *Database) masked(text string) string {
	for _, secret := range d.secrets {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}

// Name is what the configuration calls the database.
func (d *Database) Name() string { return d.name }

// InUse is how many connections are working for a call now.
func (d *Database) InUse() int { return d.pool.Stats().InUse }

// Close ends all connections. No call may be running.
func (d *Database) Close() error {
	if d.pool == nil {
		return nil
	}
	return d.pool.Close()
}

// Set is the databases of a server by their names. It is immutable; nil is an empty one.
type Set struct {
	byName map[string]*Database
	find   func(name string) (*Database, error)
}

// OpenAll opens the databases by their names.
func OpenAll(configs map[string]Config) (*Set, error) {
	s := &Set{byName: map[string]*Database{}}
	for _, name := range slices.Sorted(maps.Keys(configs)) {
		d, err := Open(name, configs[name])
		if err != nil {
			return nil, err // nothing is connected yet
		}
		s.byName[name] = d
	}
	return s, nil
}

// Names are the names there are, sorted.
func (s *Set) Names() []string {
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.byName))
}

// Get returns a database, nil if there is none of that name.
func (s *Set) Get(name string) *Database {
	if s == nil {
		return nil
	}
	return s.byName[name]
}

// Close ends all connections.
func (s *Set) Close() {
	if s == nil {
		return
	}
	for _, d := range s.byName {
		_ = d.Close() // what a closing connection has to say helps nobody
	}
}
