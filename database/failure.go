package database

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Error is what a statement failed of, worded for its author: never with a value or a password.
type Error struct {
	Database  string
	Message   string
	Statement string // "" if it was none's
	Ended     bool   // the call was over
}

// maxShown is how much of a statement an error shows, in bytes.
const maxShown = 300

// Error is "sql profile: no such table: x, in: SELECT …".
func (e *Error) Error() string {
	text := "sql " + e.Database + ": " + e.Message
	if e.Statement == "" {
		return text
	}
	shown := strings.Join(strings.Fields(e.Statement[:min(len(e.Statement), 4*maxShown)]), " ")
	if len(shown) > maxShown {
		shown = shown[:maxShown] + "…"
	}
	return text + ", in: " + strings.ToValidUTF8(shown, "?")
}

// failure words an error. limit is the context that the statement ran under, call that of the whole call.
func (d *Database) failure(limit, call context.Context, text string, args []any, err error) error {
	if own := (*Error)(nil); errors.As(err, &own) {
		return own
	}
	e := &Error{Database: d.name, Statement: text}
	switch {
	case call.Err() != nil:
		e.Ended, e.Message = true, "the call is over"
	case limit.Err() != nil && errors.Is(context.Cause(limit), errTimeout):
		e.Message = fmt.Sprintf("no answer within %s", d.timeout)
	default:
		e.Message = d.masked(d.reason(err, args))
	}
	return e
}

// reason is what the database says, without what it repeats of the values.
func (d *Database) reason(err error, args []any) string {
	var (
		lite     *sqlite.Error
		postgres *pgconn.PgError
		my       *mysql.MySQLError
		connect  *pgconn.ConnectError
	)
	switch {
	case errors.As(err, &lite):
		return withoutValues(sqliteReason(lite), args)
	case errors.As(err, &postgres):
		if strings.HasPrefix(postgres.Code, dataException) {
			return withoutValues(quotedPart.ReplaceAllString(postgres.Message, `"…"`), args)
		}
		return withoutValues(postgres.Message, args)
	case errors.As(err, &my):
		return withoutValues(mysqlReason(my.Message), args)
	case errors.As(err, &connect):
		return "the database can't be reached: " + lastPart(connect.Error())
	}
	if m := encodeFailure.FindStringSubmatch(err.Error()); m != nil {
		return "value " + oneMore(m[1]) + " doesn't fit the type that the database expects there"
	}
	return withoutValues(err.Error(), args)
}

// isStale says whether PostgreSQL refused a plan that was made before somebody changed the table.
func isStale(err error) bool {
	var postgres *pgconn.PgError
	const notSupported = "0A000"
	return errors.As(err, &postgres) && postgres.Code == notSupported && strings.Contains(postgres.Message, "cached plan")
}

// dataException is the class of PostgreSQL's errors about a value, which they quote.
const dataException = "22"

var (
	quotedPart  = regexp.MustCompile(`(?s)".*"`)
	mysqlValues = []*regexp.Regexp{ // the first that fits: values may hold anything, the end of the message as well
		regexp.MustCompile(`(?is)\b(entry) '.*'( for key )`), regexp.MustCompile(`(?is)\b(value:?) '.*'( for column )`),
		regexp.MustCompile(`(?is)\b(value:?) '.*'( at row )`), regexp.MustCompile(`(?is)\b(value:?|entry) '.*'($)`),
	}
	encodeFailure = regexp.MustCompile(`failed to encode args\[(\d+)\]`)
	sqliteFrame   = regexp.MustCompile(`(?s)^(?:SQL logic error|constraint failed|[A-Za-z ]+ \(SQLITE_[A-Z_]+\)): (.*?)(?: \(\d+\))?$`)
)

// mysqlReason takes the value out of a message that quotes one.
func mysqlReason(text string) string {
	for _, pattern := range mysqlValues {
		if pattern.MatchString(text) {
			return pattern.ReplaceAllString(text, "$1 '…'$2")
		}
	}
	return text
}

// sqliteReason takes off what the driver puts around SQLite's own message.
func sqliteReason(err *sqlite.Error) string {
	text := err.Error()
	if m := sqliteFrame.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if strings.HasPrefix(text, "not authorized") {
		text += "; scripts can't reach other files, change settings or make temporary tables"
	}
	return text
}

// lastPart is the innermost reason of a chain of them.
func lastPart(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

func oneMore(digits string) string {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return fmt.Sprint(n + 1)
}

// withoutValues takes the statement's values out of a message.
func withoutValues(message string, args []any) string {
	const telling = 4 // bytes: shorter ones are hidden in quotes only, or any "1" would go
	for _, arg := range args {
		text := fmt.Sprint(arg)
		if text == "" {
			continue
		}
		for _, quote := range []string{"'", `"`, "`"} {
			message = strings.ReplaceAll(message, quote+text+quote, quote+"…"+quote)
		}
		if len(text) >= telling {
			message = strings.ReplaceAll(message, text, "…")
		}
	}
	return message
}
