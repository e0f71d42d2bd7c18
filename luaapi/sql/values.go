package sql

import (
	"math"
	"strconv"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// maxExact is the largest whole number up to which a double holds every one.
const maxExact = 1 << 53

// request reads the arguments of a member: the statement, and the values for its placeholders.
func (h *handle) request(a luaapi.Args) database.Request {
	r := database.Request{Text: a.String(1)}
	a.State.Meter().Step(a.L, len(r.Text)/8)
	for i := 2; i <= a.Len(); i++ {
		r.Args = append(r.Args, h.argument(a, i-1, a.Get(i)))
	}
	return r
}

// argument is value i as databases take it.
func (h *handle) argument(a luaapi.Args, i int, v lua.LValue) any {
	if t, ok := v.(*lua.LTable); ok && h.m.expands(t) {
		return h.list(a, i, t)
	}
	return h.single(a, i, v)
}

// expands says whether a table stands for as many placeholders as it has items.
func (m *SQL) expands(t *lua.LTable) bool {
	v := m.s.Values
	return m.s.State.FrozenName(t) == "" && !v.IsArray(t) && !v.IsForced(t) && (v.IsList(t) || v.IsEmpty(t) && !v.IsObject(t))
}

func (h *handle) list(a luaapi.Args, i int, t *lua.LTable) database.List {
	v, meter := h.m.s.Values, h.m.s.State.Meter()
	length := v.Len(t)
	meter.Step(a.L, length)
	meter.Need(a.L, a.Name(), length*cellBytes)
	list := make(database.List, length)
	for k := range list {
		list[k] = h.single(a, i, v.Item(t, k+1))
	}
	return list
}

func (h *handle) single(a luaapi.Args, i int, v lua.LValue) any {
	values := h.m.s.Values
	if values.IsNull(v) {
		return nil
	}
	switch v := v.(type) {
	case lua.LBool:
		return bool(v)
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return h.number(a, i, float64(v))
	case *lua.LUserData:
		switch inner := v.Value.(type) {
		case *number.Integer:
			if n, err := strconv.ParseInt(inner.Digits(), 10, 64); err == nil {
				return n
			}
			return inner.Digits()
		case interface{ Time() time.Time }:
			return inner.Time()
		}
	case *lua.LTable:
		if values.IsArray(v) || values.IsForced(v) {
			text, err := values.AppendText(nil, v, "value "+strconv.Itoa(i))
			if err != nil {
				a.Raise("%s", err.Error())
			}
			return string(text)
		}
		if h.m.s.State.FrozenName(v) == "" {
			a.Raise("value %d is a table; json.object(t) and json.array(t) are stored as JSON text, and only a list alone stands for several ?", i)
		}
	}
	a.Raise("value %d is %s, and that can't be stored; a value is a text, a number, true, false, nil, a time, or json.object(t)", i, luaapi.TypeOf(v))
	return nil
}

func (h *handle) number(a luaapi.Args, i int, n float64) any {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0):
		a.Raise("value %d is the number %s; was something divided by zero?", i, number.Format(n))
	case n == math.Trunc(n) && n >= math.MinInt64 && n < math.MaxInt64:
		return int64(n)
	}
	return n
}

// layout is how the columns of a result become the names of a row.
type layout struct {
	shape *chunk.Shape
	place []int // of each column among the names
}

// newLayout gives columns of the same name one place: the last one's value will stand there.
func newLayout(columns []string) *layout {
	l := &layout{place: make([]int, len(columns))}
	known := make(map[string]int, len(columns))
	var names []string
	for i, name := range columns {
		at, ok := known[name]
		if !ok {
			at = len(names)
			known[name] = at
			names = append(names, name)
		}
		l.place[i] = at
	}
	l.shape = chunk.NewShape(names...)
	return l
}

func (h *handle) record(a luaapi.Args, l *layout, row []any) *lua.LTable {
	v := h.m.s.Values
	values := v.Slots(len(l.shape.Keys))
	for i, cell := range row {
		values[l.place[i]] = v.Slot(h.cell(a, cell))
	}
	h.m.s.State.Meter().Need(a.L, a.Name(), len(values)*cellBytes)
	return v.Record(l.shape, false, values)
}

// cell is a value from a database as scripts see it.
func (h *handle) cell(a luaapi.Args, cell any) lua.LValue {
	switch v := cell.(type) {
	case bool:
		return lua.LBool(v)
	case int64:
		return whole(v)
	case float64:
		return lua.LNumber(v)
	case string:
		return lua.LString(v)
	case time.Time:
		if value := h.m.moment(v); value != lua.LNil {
			return value
		}
		return lua.LString(v.Format(time.RFC3339Nano))
	case database.JSON:
		return h.document(a, string(v))
	}
	return lua.LNil
}

// document is a JSON text as json.decode gives it; what is no JSON stays a text.
func (h *handle) document(a luaapi.Args, text string) lua.LValue {
	h.m.s.State.Meter().Need(a.L, a.Name(), len(text))
	doc, err := jsondoc.Parse([]byte(text))
	if err != nil {
		return lua.LString(text)
	}
	return h.m.s.Values.From(doc.Root())
}

// whole is an integer: a text of digits where a double would change it.
func whole(n int64) lua.LValue {
	if n > maxExact || n < -maxExact {
		return lua.LString(strconv.FormatInt(n, 10))
	}
	return lua.LNumber(n)
}

// cellBytes is about what a value takes in Lua beside its text.
const cellBytes = 48
