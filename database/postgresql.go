package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/luaction/luaction/database/statement"
)

func (d *Database) openPostgreSQL(c *Config) error {
	d.dialect = statement.PostgreSQL
	if _, err := d.parseURL(c.URL); err != nil {
		return err
	}
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return errors.New("the url can't be used: " + err.Error())
	}
	if config.Password != "" {
		d.secrets = append(d.secrets, config.Password)
	}
	config.MaxProtocolMessageBodyLen = MaxBytes
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "luaction"
	}
	if zone := c.Location.String(); zone == "UTC" || strings.Contains(zone, "/") {
		config.RuntimeParams["timezone"] = zone // a time that goes into a column without a zone is one on the configured clock
	}
	if c.ReadOnly {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	d.readOnly = c.ReadOnly
	d.pool = sql.OpenDB(stdlib.GetConnector(*config, stdlib.OptionResetSession(reset)))
	return nil
}

// forget is what a connection is told before another call has it: a statement has too many ways to leave a setting or a lock
// behind to be looked for in its text. Settings go back to those that the connection began with.
const forget = "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; SELECT pg_advisory_unlock_all(); UNLISTEN *; CLOSE ALL; DISCARD TEMP; DISCARD SEQUENCES"

func reset(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.PgConn().Exec(ctx, forget).ReadAll(); err != nil {
		return driver.ErrBadConn
	}
	return nil
}

// pgInteger is a whole number as PostgreSQL's parameters take it, those of type text as well.
type pgInteger int64

// Int64Value is the number for parameters of a numeric type.
func (i pgInteger) Int64Value() (pgtype.Int8, error) {
	return pgtype.Int8{Int64: int64(i), Valid: true}, nil
}

// TextValue is the number for parameters of a text type.
func (i pgInteger) TextValue() (pgtype.Text, error) {
	return pgtype.Text{String: strconv.FormatInt(int64(i), 10), Valid: true}, nil
}

// pgFloat is any other number. It is a struct, or the driver would find the float64 in it, and whole numbers' parameters would
// take that without its fraction.
type pgFloat struct{ float float64 }

// String is the number's shortest text.
func (f pgFloat) String() string { return strconv.FormatFloat(f.float, 'g', -1, 64) }

// Float64Value is the number for parameters of a numeric type.
func (f pgFloat) Float64Value() (pgtype.Float8, error) {
	return pgtype.Float8{Float64: f.float, Valid: true}, nil
}

// TextValue is the number for parameters of a text type.
func (f pgFloat) TextValue() (pgtype.Text, error) {
	return pgtype.Text{String: f.String(), Valid: true}, nil
}
