package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/luaction/luaction/database/statement"
)

// List is an argument that stands for as many placeholders as it has items.
type List []any

// Request is one statement with its arguments: each nil, a bool, an int64, a float64, a string, a time.Time, or a List of them.
type Request struct {
	Text string
	Args []any
	// Rows is how many rows are wanted; more than MaxRows are an error if 0.
	Rows int
}

// Result is what Exec gives.
type Result struct {
	Affected int64
	ID       int64
	HasID    bool // the database told the ID of the last row inserted
}

// Transaction is one that is open. It belongs to one call.
type Transaction struct {
	d       *Database
	conn    *sql.Conn
	tx      *sql.Tx
	cancel  context.CancelFunc
	session bool
}

// Begin opens a transaction, waiting for it under ctx. It ends with life at the latest: Commit or Rollback must be called.
func (d *Database) Begin(ctx, life context.Context) (*Transaction, error) {
	if d.standIn != nil {
		return &Transaction{d: d}, nil
	}
	limit, done := d.limit(ctx)
	defer done()
	conn, err := d.take(limit)
	if err != nil {
		return nil, d.failure(limit, ctx, "", nil, err)
	}
	own, cancel := context.WithCancel(life)
	stop := context.AfterFunc(limit, cancel)
	tx, err := conn.BeginTx(own, nil)
	if !stop() && err == nil {
		_ = tx.Rollback()
		err = context.Cause(limit)
	}
	if err != nil {
		cancel()
		_ = conn.Close()
		return nil, d.failure(limit, ctx, "", nil, err)
	}
	return &Transaction{d: d, conn: conn, tx: tx, cancel: cancel}, nil
}

// Commit makes the transaction's changes last.
func (t *Transaction) Commit(ctx context.Context) error {
	if t.tx == nil {
		return nil
	}
	stop := context.AfterFunc(ctx, t.cancel)
	err := t.tx.Commit()
	stop()
	t.end()
	if err != nil {
		return t.d.failure(ctx, ctx, "COMMIT", nil, err)
	}
	return nil
}

// Rollback takes the transaction's changes back. It waits for the database for a moment at most, and not at all when the call is
// over: then the connection is given up behind its back, and the database takes the changes back by itself.
func (t *Transaction) Rollback(ctx context.Context) {
	if t.tx == nil {
		return
	}
	done := make(chan struct{})
	go func() {
		_ = t.tx.Rollback() // it may be rolled back already, because the call has ended
		t.end()
		close(done)
	}()
	const moment = 2 * time.Second
	timer := time.NewTimer(moment)
	defer timer.Stop()
	select {
	case <-done:
	case <-ctx.Done():
		t.cancel()
	case <-timer.C:
		t.cancel()
	}
}

func (t *Transaction) end() {
	t.cancel()
	giveBack(t.conn, t.session && !t.d.memory)
}

// giveBack returns a connection to the pool, or ends it when the next call must not see it.
func giveBack(conn *sql.Conn, spoilt bool) {
	if spoilt {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	_ = conn.Close()
}

// take waits for a connection.
func (d *Database) take(ctx context.Context) (*sql.Conn, error) {
	conn, err := d.pool.Conn(ctx)
	if err != nil || d.prepare == nil {
		return conn, err
	}
	if err := d.prepare(conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

func (d *Database) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if d.timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, d.timeout, errTimeout)
}

var errTimeout = errors.New("the statement's own time is over")

// runner is a connection or a transaction on one.
type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Query runs a statement and reads its rows, inside the transaction if there is one.
func (d *Database) Query(ctx context.Context, tx *Transaction, r Request) (rows *Rows, err error) {
	if d.standIn != nil {
		return d.found(ctx, r)
	}
	err = d.run(ctx, tx, &r, func(ctx context.Context, on runner, _ *statement.Statement, text string, args []any) error {
		found, err := on.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		defer found.Close()
		if rows, err = d.read(found, r.Rows); err != nil {
			return err
		}
		return found.Close()
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Exec runs a statement, inside the transaction if there is one.
func (d *Database) Exec(ctx context.Context, tx *Transaction, r Request) (result Result, err error) {
	if d.standIn != nil {
		return d.done(ctx, r)
	}
	err = d.run(ctx, tx, &r, func(ctx context.Context, on runner, s *statement.Statement, text string, args []any) error {
		done, err := on.ExecContext(ctx, text, args...)
		if err != nil {
			return err
		}
		result = d.result(done, s)
		return nil
	})
	return result, err
}

// result tells what the statement did. SQLite tells of an earlier statement when this one changed nothing.
func (d *Database) result(done sql.Result, s *statement.Statement) (r Result) {
	if d.dialect == statement.SQLite && !s.Changes() {
		return r
	}
	r.Affected, _ = done.RowsAffected()
	if d.dialect == statement.PostgreSQL || !s.Inserts() || r.Affected == 0 {
		return r
	}
	id, err := done.LastInsertId()
	r.ID, r.HasID = id, err == nil && (id != 0 || d.dialect == statement.SQLite)
	return r
}

type step func(ctx context.Context, on runner, s *statement.Statement, text string, args []any) error

func (d *Database) run(ctx context.Context, tx *Transaction, r *Request, do step) error {
	s, err := statement.Parse(r.Text, d.dialect)
	if err != nil {
		return &Error{Database: d.name, Message: err.Error(), Statement: r.Text}
	}
	if d.readOnly && s.Routine() {
		return &Error{Database: d.name, Message: "DO and CALL can't be run here: the database may only be read, and they could end the transaction that holds them to that", Statement: r.Text}
	}
	text, args, err := d.arguments(s, r.Args)
	if err != nil {
		return &Error{Database: d.name, Message: err.Error(), Statement: r.Text}
	}
	limit, done := d.limit(ctx)
	defer done()
	if tx != nil {
		tx.session = tx.session || s.Session()
		err = do(limit, tx.tx, s, text, args)
	} else {
		err = d.alone(limit, s, func(conn *sql.Conn) error { return do(limit, conn, s, text, args) })
	}
	if err != nil {
		return d.failure(limit, ctx, r.Text, args, err)
	}
	return nil
}

// alone has a statement run on a connection for itself.
func (d *Database) alone(ctx context.Context, s *statement.Statement, do func(*sql.Conn) error) error {
	conn, err := d.take(ctx)
	if err != nil {
		return err
	}
	defer func() { giveBack(conn, s.Session() && !d.memory) }()
	err = do(conn)
	if isStale(err) { // nothing was done yet, and the driver has forgotten its plan
		err = do(conn)
	}
	return err
}

// arguments makes one flat list of the arguments, and the text that has as many placeholders.
func (d *Database) arguments(s *statement.Statement, given []any) (string, []any, error) {
	if want := s.Placeholders(); want != len(given) {
		return "", nil, fmt.Errorf("the statement has %s, but came with %s", counted(want, "placeholder"), counted(len(given), "value"))
	}
	counts := make([]int, len(given))
	flat := make([]any, 0, len(given))
	for i, arg := range given {
		list, ok := arg.(List)
		switch {
		case !ok:
			counts[i] = 1
			flat = append(flat, d.argument(arg))
			continue
		case len(list) == 0:
			counts[i] = -1
			continue
		}
		counts[i] = len(list)
		for _, item := range list {
			flat = append(flat, d.argument(item))
		}
	}
	text, err := s.Render(counts)
	return text, flat, err
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// argument is a value as the driver takes it.
func (d *Database) argument(value any) any {
	switch v := value.(type) {
	case time.Time:
		if d.dialect == statement.PostgreSQL {
			return v.In(d.loc)
		}
		text := v.UTC().Format("2006-01-02 15:04:05.000000")
		return trimFraction(text)
	case int64:
		if d.dialect == statement.PostgreSQL {
			return pgInteger(v)
		}
	case float64:
		if d.dialect == statement.PostgreSQL {
			return pgFloat{v}
		}
	case bool:
		if d.dialect != statement.PostgreSQL {
			if v {
				return int64(1)
			}
			return int64(0)
		}
	}
	return value
}

// trimFraction leaves out a fraction that is zero.
func trimFraction(text string) string {
	const fraction = len(".000000")
	if text[len(text)-fraction:] == ".000000" {
		return text[:len(text)-fraction]
	}
	return text
}
