package csv

import (
	gocsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// About what rows cost, in bytes.
const (
	rowBytes  = 640
	cellBytes = 180
)

// read returns the rows of a text.
func (f format) read(a luaapi.Args, text string) *lua.LTable {
	reader := gocsv.NewReader(&source{a: a, rest: strings.TrimPrefix(text, byteOrderMark)})
	reader.Comma = f.delimiter
	reader.ReuseRecord = true
	list := a.NewList()
	var names []string
	first := 0 // the line on which the first row begins
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return list.Table()
		}
		if err != nil {
			a.Raise("%s", fault(err, record, first, reader.FieldsPerRecord))
		}
		if first == 0 {
			first, _ = reader.FieldPos(0)
			if f.header {
				names = header(a, record)
				continue
			}
		}
		a.State.Meter().Need(a.L, a.Name(), rowBytes+len(record)*cellBytes)
		if len(record) >= lua.MaxArrayIndex {
			a.Raise("line %d has %d values; a list can't have more than %d", first, len(record), lua.MaxArrayIndex-1)
		}
		list.Add(row(a, names, record))
	}
}

// row is one row as a table: under the names, or as a list if there are none.
func row(a luaapi.Args, names, record []string) *lua.LTable {
	a.State.Meter().Step(a.L, len(record))
	if names == nil {
		t := a.L.CreateTable(len(record), 0)
		for _, value := range record {
			t.Append(lua.LString(value))
		}
		return a.Values.MarkList(t)
	}
	t := a.L.CreateTable(0, len(record))
	for i, value := range record {
		t.RawSetString(names[i], lua.LString(value))
	}
	return t
}

// header copies the names of the columns, of which no two may be the same.
func header(a luaapi.Args, record []string) []string {
	a.State.Meter().Need(a.L, a.Name(), len(record)*cellBytes)
	names := append(make([]string, 0, len(record)), record...)
	columns := make(map[string]int, len(names))
	for i, name := range names {
		a.State.Meter().Step(a.L, 1)
		if before, ok := columns[name]; ok {
			a.Raise(`the columns %d and %d have the same name, "%s"; give each its own, or read lists with { header = false }`, before+1, i+1, shown(name))
		}
		columns[name] = i
	}
	return names
}

// fault says what is wrong, and on which line.
func fault(err error, record []string, first, width int) string {
	var bad *gocsv.ParseError
	if !errors.As(err, &bad) {
		return "the text can't be read"
	}
	switch {
	case errors.Is(bad.Err, gocsv.ErrFieldCount):
		return fmt.Sprintf("line %d has %s, but line %d has %s; is a value with a comma in it not in quotes?",
			bad.StartLine, values(len(record)), first, values(width))
	case errors.Is(bad.Err, gocsv.ErrBareQuote):
		return fmt.Sprintf(`line %d has a quote inside a value, at byte %d; put the value into quotes and double those inside it: "5"" pipe"`, bad.Line, bad.Column)
	case errors.Is(bad.Err, gocsv.ErrQuote):
		if bad.StartLine != bad.Line {
			return fmt.Sprintf(`line %d begins a value with a quote that is not closed right, up to line %d; quotes inside a value are doubled`, bad.StartLine, bad.Line)
		}
		return fmt.Sprintf(`line %d has a value whose quote is not closed right, at byte %d; quotes inside a value are doubled`, bad.Line, bad.Column)
	}
	return fmt.Sprintf("line %d can't be read", bad.Line)
}

func values(n int) string {
	if n == 1 {
		return "1 value"
	}
	return fmt.Sprintf("%d values", n)
}

const longestLine = 1 << 20 // bytes: a line is taken apart at one go

// source gives the reader its text, and raises when the call has to end.
type source struct {
	a     luaapi.Args
	rest  string
	lines int // that were read
	open  int // bytes of the line that is being read
}

// Read is that of io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n := copy(p, s.rest)
	if n == 0 {
		return 0, io.EOF
	}
	read := s.rest[:n]
	s.rest = s.rest[n:]
	s.open += n
	if end := strings.LastIndexByte(read, '\n'); end >= 0 {
		s.lines += strings.Count(read, "\n")
		s.open = n - end - 1
	}
	if s.open > longestLine {
		s.a.Raise("line %d is longer than %d MiB", s.lines+1, longestLine>>20)
	}
	const copies = 3 // of each byte: the line, the record and its text
	s.a.State.Meter().Step(s.a.L, 1+n/4)
	s.a.State.Meter().Need(s.a.L, s.a.Name(), copies*n)
	return n, nil
}
