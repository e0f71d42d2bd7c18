package database

import (
	"context"
	"database/sql/driver"
	"reflect"
)

// The driver knows how wide a column was declared and doesn't tell: TINYINT(1) is what BOOLEAN is made of. These wrap what it
// gives, and call such columns BOOL.

type mysqlFull interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type mysqlConn struct{ mysqlFull }

func (c *mysqlConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return wrapRows(c.mysqlFull.QueryContext(ctx, query, args))
}

func (c *mysqlConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.mysqlFull.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if full, ok := stmt.(mysqlFullStmt); ok {
		return &mysqlStmt{full}, nil
	}
	return stmt, nil
}

type mysqlFullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

type mysqlStmt struct{ mysqlFullStmt }

func (s *mysqlStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return wrapRows(s.mysqlFullStmt.QueryContext(ctx, args))
}

type mysqlRows struct {
	driver.Rows
	lengths reflect.Value // of the columns' descriptions; invalid if the driver has them no more
}

func wrapRows(rows driver.Rows, err error) (driver.Rows, error) {
	if err != nil {
		return nil, err
	}
	w := &mysqlRows{Rows: rows}
	at := reflect.ValueOf(rows)
	for _, name := range []string{"", "mysqlRows", "rs", "columns"} {
		if name != "" {
			at = at.FieldByName(name)
		}
		if at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
		if name != "columns" && at.Kind() != reflect.Struct {
			return w, nil
		}
	}
	if at.Kind() == reflect.Slice {
		w.lengths = at
	}
	return w, nil
}

// ColumnTypeDatabaseTypeName is the type's name, BOOL for what was declared BOOLEAN.
func (r *mysqlRows) ColumnTypeDatabaseTypeName(i int) string {
	named, ok := r.Rows.(driver.RowsColumnTypeDatabaseTypeName)
	if !ok {
		return ""
	}
	name := named.ColumnTypeDatabaseTypeName(i)
	if name != "TINYINT" || !r.lengths.IsValid() || i >= r.lengths.Len() {
		return name
	}
	column := r.lengths.Index(i)
	if column.Kind() != reflect.Struct {
		return name
	}
	if length := column.FieldByName("length"); length.IsValid() && length.CanUint() && length.Uint() == 1 {
		return "BOOL"
	}
	return name
}
