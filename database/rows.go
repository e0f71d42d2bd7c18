package database

import (
	"database/sql"
	"fmt"
)

// Rows is what a query found.
type Rows struct {
	Columns []string
	// Cells holds the rows one after the other, len(Columns) each. A cell is nil, a bool, an int64, a float64, a string, a
	// time.Time or JSON.
	Cells []any
	Bytes int // of the texts
}

// JSON is a cell that holds JSON.
type JSON string

// Len is the number of rows.
func (r *Rows) Len() int {
	if len(r.Columns) == 0 {
		return 0
	}
	return len(r.Cells) / len(r.Columns)
}

// Row is one of them, from 0.
func (r *Rows) Row(i int) []any { return r.Cells[i*len(r.Columns) : (i+1)*len(r.Columns)] }

// read reads rows, up to most of them; all if most is 0, where too many are an error.
func (d *Database) read(found *sql.Rows, most int) (*Rows, error) {
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	types, err := found.ColumnTypes()
	if err != nil {
		return nil, err
	}
	kinds := make([]kind, len(columns))
	for i := range kinds {
		kinds[i] = d.kindOf(types[i].DatabaseTypeName())
	}
	r := &Rows{Columns: columns}
	row, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		targets[i] = &row[i]
	}
	for n := 0; (most == 0 || n < most) && found.Next(); n++ {
		if n == MaxRows {
			return nil, d.tooMany()
		}
		if err := found.Scan(targets...); err != nil {
			return nil, err
		}
		for i, value := range row {
			cell := d.cell(kinds[i], value)
			r.Bytes += cellBytes + size(cell)
			r.Cells = append(r.Cells, cell)
		}
		if r.Bytes > MaxBytes {
			return nil, &Error{Database: d.name, Message: fmt.Sprintf("the rows hold more than %d MiB, the most that is read", MaxBytes>>20)}
		}
	}
	return r, found.Err()
}

// cellBytes is about what a cell takes beside its text: many small ones are as heavy as a few long ones.
const cellBytes = 48

func size(cell any) int {
	switch v := cell.(type) {
	case string:
		return len(v)
	case JSON:
		return len(v)
	}
	return 0
}
