package csv

import (
	gocsv "encoding/csv"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// byteOrderMark is what may stand before a text to say that it is UTF-8.
const byteOrderMark = "\uFEFF"

// encoder writes the rows of one call.
type encoder struct {
	a     luaapi.Args
	out   *luaapi.Buffer
	csv   *gocsv.Writer
	named bool           // the rows are tables with names
	names []string       // of the columns; nil if there is no first line
	at    map[string]int // where each name is
	row   []string
	begun bool // the first line is written
}

func encode(a luaapi.Args) int {
	e := &encoder{a: a, out: a.NewBuffer(0)}
	e.csv = gocsv.NewWriter(sink{e.out})
	given := false
	if o := a.Options(2); o != nil {
		e.csv.Comma = delimiter(a, o)
		if list, ok := a.Option(o, "header").(*lua.LTable); ok {
			e.given(list)
			given = true
		}
	}
	// By way of JSON, since that has the order of keys, the digits of numbers, and a word for what can't be written.
	json, err := a.Values.AppendText(nil, a.Own(1), "list")
	if err != nil {
		a.Raise("%s", err.Error())
	}
	a.State.Meter().Step(a.L, len(json)/64)
	doc, problem := jsondoc.Parse(json)
	if problem != nil {
		a.Raise("%s", problem.Error())
	}
	rows := doc.Root()
	if rows.Kind() != jsondoc.Array {
		a.Raise("list must be a list of rows, but has names; write { { … }, { … } }")
	}
	e.kind(rows)
	if e.named && !given {
		e.collect(rows)
	}
	if e.names != nil {
		e.write(e.names)
	}
	line := 0
	for items := rows.Items(); items.Next(); {
		line++
		e.write(e.cells(items.Value(), line))
	}
	e.csv.Flush()
	return a.Return(e.out.Value())
}

// given takes the names of the option header.
func (e *encoder) given(list *lua.LTable) {
	if e.a.State.FrozenName(list) != "" || list.Len() == 0 {
		e.a.Raise(`header must be a list of names: { "name", "price" }`)
	}
	for i := 1; i <= list.Len(); i++ {
		name, ok := list.RawGetInt(i).(lua.LString)
		if !ok {
			e.a.Raise("header must have texts only, but item %d is %s", i, luaapi.TypeOf(list.RawGetInt(i)))
		}
		e.column(string(name))
		if len(e.at) != i {
			e.a.Raise(`header has "%s" twice`, shown(string(name)))
		}
	}
}

// column adds a column, if it isn't there.
func (e *encoder) column(name string) {
	e.a.State.Meter().Step(e.a.L, 1)
	if _, ok := e.at[name]; ok {
		return
	}
	if e.at == nil {
		e.at = map[string]int{}
	}
	e.a.State.Meter().Need(e.a.L, e.a.Name(), cellBytes)
	e.at[name] = len(e.names)
	e.names = append(e.names, name)
}

// kind finds out whether the rows have names, which the first that isn't empty tells.
func (e *encoder) kind(rows jsondoc.Value) {
	for items := rows.Items(); items.Next(); {
		e.a.State.Meter().Step(e.a.L, 1)
		switch row := items.Value(); row.Kind() {
		case jsondoc.Object:
			e.named = true
			return
		case jsondoc.Array:
			if row.Len() > 0 {
				return
			}
		}
	}
}

// collect takes the names of all rows, in the order in which they come.
func (e *encoder) collect(rows jsondoc.Value) {
	for items := rows.Items(); items.Next(); {
		if row := items.Value(); row.Kind() == jsondoc.Object {
			for m := row.Members(); m.Next(); {
				e.column(m.Key())
			}
		}
	}
}

// cells are the values of a row.
func (e *encoder) cells(row jsondoc.Value, line int) []string {
	empty := row.Kind() == jsondoc.Array && row.Len() == 0
	switch {
	case row.Kind() != jsondoc.Object && row.Kind() != jsondoc.Array:
		e.a.Raise("row %d is %s; it must be a table", line, spoken(row))
	case !empty && e.named != (row.Kind() == jsondoc.Object):
		e.a.Raise("row %d is %s, but those before it are not; write all rows alike", line, spoken(row))
	}
	if e.names == nil && e.row == nil {
		e.row = make([]string, row.Len())
	} else if e.row == nil {
		e.row = make([]string, len(e.names))
	}
	clear(e.row)
	if row.Kind() == jsondoc.Object {
		for m := row.Members(); m.Next(); {
			key := m.Key()
			if i, ok := e.at[key]; ok {
				e.row[i] = e.cell(m.Value(), line, `"`+shown(key)+`"`)
			}
		}
		return e.row
	}
	i := 0
	for items := row.Items(); items.Next(); i++ {
		if i == len(e.row) {
			e.a.Raise("row %d has %s, but the first line has %s", line, values(row.Len()), values(len(e.row)))
		}
		e.row[i] = e.cell(items.Value(), line, fmt.Sprintf("%d", i+1))
	}
	return e.row
}

// cell is one value as it is written.
func (e *encoder) cell(v jsondoc.Value, line int, column string) string {
	e.a.State.Meter().Step(e.a.L, 1)
	switch v.Kind() {
	case jsondoc.String:
		return v.Text()
	case jsondoc.Null:
		return ""
	case jsondoc.Object, jsondoc.Array:
		e.a.Raise("row %d, column %s is %s; a value must be a text, a number, true or false", line, column, spoken(v))
	}
	return string(v.Raw())
}

func (e *encoder) write(row []string) {
	if !e.begun && len(row) > 0 && strings.HasPrefix(row[0], byteOrderMark) {
		e.out.Add(byteOrderMark) // who reads it drops one from the text's beginning, and would drop the value's own
	}
	e.begun = true
	if len(row) == 0 || len(row) == 1 && row[0] == "" {
		// Otherwise an empty line, which is no row to those who read it.
		e.csv.Flush()
		e.out.Add("\"\"\n")
		return
	}
	e.csv.Write(row) //nolint:errcheck // the sink raises what is wrong
}

// spoken is what messages call a value.
func spoken(v jsondoc.Value) string {
	switch v.Kind() {
	case jsondoc.Object:
		return "a table with names"
	case jsondoc.Array:
		return "a list"
	case jsondoc.String:
		return "a text"
	case jsondoc.Number:
		return "a number"
	case jsondoc.Null:
		return "json.null"
	}
	return string(v.Raw())
}

// sink takes what is written.
type sink struct{ b *luaapi.Buffer }

// Write is that of io.Writer.
func (s sink) Write(p []byte) (int, error) {
	s.b.Add(string(p))
	return len(p), nil
}

// shown is a text of the script's as messages show it.
func shown(text string) string {
	const most = 60 // bytes
	if text = strings.ToValidUTF8(text, "\uFFFD"); len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
