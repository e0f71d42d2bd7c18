package database

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/luaction/luaction/database/statement"
)

// StandIn answers statements in a database's place, for tests: with rows, or with a result if exec is true. Its errors are for the
// script's author, and go up as they are.
type StandIn func(ctx context.Context, exec bool, r Request) (*Rows, Result, error)

// Stand returns a database of that name behind which there is none: f answers each statement, inside of transactions, too. The
// statements and their values are checked as for a real one.
func Stand(name string, f StandIn) *Database { return &Database{name: name, standIn: f} }

// Finding returns a set whose databases are found when a script asks for one. An error of find is raised to the script.
func Finding(find func(name string) (*Database, error)) *Set { return &Set{find: find} }

// Finds says whether Finding made the set.
func (s *Set) Finds() bool { return s != nil && s.find != nil }

// Find returns what the function of Finding finds.
func (s *Set) Find(name string) (*Database, error) { return s.find(name) }

func (d *Database) found(ctx context.Context, r Request) (*Rows, error) {
	if err := d.checkRequest(&r); err != nil {
		return nil, err
	}
	rows, _, err := d.standIn(ctx, false, r)
	if err != nil {
		return nil, err
	}
	switch {
	case r.Rows > 0 && rows.Len() > r.Rows:
		rows.Cells = rows.Cells[:r.Rows*len(rows.Columns)]
	case rows.Len() > MaxRows:
		return nil, d.tooMany()
	}
	return rows, nil
}

func (d *Database) done(ctx context.Context, r Request) (Result, error) {
	if err := d.checkRequest(&r); err != nil {
		return Result{}, err
	}
	_, result, err := d.standIn(ctx, true, r)
	return result, err
}

func (d *Database) tooMany() error {
	return &Error{Database: d.name, Message: fmt.Sprintf("more than %d rows were found, the most that are read; ask for fewer with WHERE or LIMIT", MaxRows)}
}

// checkRequest holds a statement and its values against each of the dialects, for it isn't known which one it is written in.
func (d *Database) checkRequest(r *Request) (err error) {
	for _, dialect := range []statement.Dialect{statement.SQLite, statement.PostgreSQL, statement.MySQL} {
		s, wrong := statement.Parse(r.Text, dialect)
		if wrong == nil {
			_, _, wrong = d.arguments(s, r.Args)
		}
		if wrong == nil {
			return nil
		}
		if err == nil {
			err = &Error{Database: d.name, Message: wrong.Error(), Statement: r.Text}
		}
	}
	return err
}

// Fill runs a text of several statements, up to the first that fails.
func (d *Database) Fill(ctx context.Context, text string) error {
	for _, part := range statement.Split(text, d.dialect) {
		var err error
		switch {
		case part.Trigger:
			err = d.alone(ctx, &statement.Statement{}, func(conn *sql.Conn) error {
				_, err := conn.ExecContext(ctx, part.Text)
				return err
			})
			if err != nil {
				err = d.failure(ctx, ctx, part.Text, nil, err)
			}
		case !part.Brackets():
			_, err = d.Exec(ctx, nil, Request{Text: part.Text})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
