// Package statement reads a statement of SQL as far as placeholders need it: where its quotes and comments end, where its
// question marks stand, and what a connection that others use next must not be told. It knows no database.
package statement

// Dialect is whose SQL a statement is written in.
type Dialect uint8

// The dialects that are read.
const (
	SQLite Dialect = iota
	PostgreSQL
	MySQL // and MariaDB
)

// MaxPlaceholders is how many values one statement takes, items of lists counted one by one: the least that each database takes.
const MaxPlaceholders = 32766

// MaxText is the longest statement, in bytes.
const MaxText = 1 << 20
