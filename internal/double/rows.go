package double

import (
	"math"
	"strconv"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	apitime "github.com/luaction/luaction/luaapi/time"
)

// value is what a database would have got, as the function gets it.
func (f *file) value(L *lua.LState, arg any) lua.LValue {
	switch v := arg.(type) {
	case bool:
		return lua.LBool(v)
	case int64:
		const maxExact = 1 << 53
		if v > maxExact || v < -maxExact {
			return lua.LString(strconv.FormatInt(v, 10))
		}
		return lua.LNumber(v)
	case float64:
		return lua.LNumber(v)
	case string:
		return lua.LString(v)
	case time.Time:
		return f.moment(L, v)
	case database.List:
		list := L.CreateTable(len(v), 0)
		for _, item := range v {
			if item == nil {
				list.Append(f.s.Values.Null())
				continue
			}
			list.Append(f.value(L, item))
		}
		return f.s.Values.MarkList(list)
	}
	return lua.LNil
}

// moment is a time of the same kind as those that the module time makes here: others would not compare with them.
func (f *file) moment(L *lua.LState, t time.Time) lua.LValue {
	made := luaapi.Call(L, L.GetField(L.GetField(f.s.L.Env, "time"), "unix"), lua.LNumber(0))
	m, ok := apitime.NewMoment(t)
	if sample, isTime := made.(*lua.LUserData); ok && isTime {
		return &lua.LUserData{Value: m, Metatable: sample.Metatable}
	}
	return lua.LString(t.Format(time.RFC3339Nano))
}

func (w *answerer) raise(L *lua.LState, format string, args ...any) {
	L.RaiseError("%s", "the function of sql.stub at "+w.place+" "+sprintf(format, args...))
}

// changed is what the function returned for exec.
func (w *answerer) changed(L *lua.LState, results []lua.LValue) (r database.Result) {
	n, ok := number.From(first(results))
	if !ok || n < 0 || n != math.Trunc(n) || n > math.MaxInt32 {
		w.raise(L, "must return for exec how many rows were changed, and returned %s", luaapi.TypeOf(first(results)))
	}
	r.Affected = int64(n)
	if len(results) > 1 {
		if id, ok := number.From(results[1]); ok && id == math.Trunc(id) {
			r.ID, r.HasID = int64(id), true
		}
	}
	return r
}

// rows are what the function returned for query, row and value. The columns are all names that any row has, as they first came.
func (w *answerer) rows(L *lua.LState, result lua.LValue) *database.Rows {
	v := w.f.s.Values
	t, ok := result.(*lua.LTable)
	if !ok || w.f.s.State.FrozenName(t) != "" {
		w.raise(L, "must return a list of rows, such as { { id = 7 } }, {} for none, and returned %s", luaapi.TypeOf(result))
	}
	var list []*lua.LTable
	switch {
	case v.IsEmpty(t):
	case !v.IsList(t):
		list = append(list, t) // one row
	default:
		for i := 1; i <= v.Len(t); i++ {
			row, ok := v.Item(t, i).(*lua.LTable)
			if !ok || v.IsList(row) || w.f.s.State.FrozenName(row) != "" {
				w.raise(L, "returned a list whose item %d is no row; a row is a table such as { id = 7 }", i)
			}
			list = append(list, row)
		}
	}
	rows, place := &database.Rows{}, map[string]int{}
	for _, row := range list {
		for _, name := range v.Names(row) {
			if _, known := place[name]; !known {
				place[name] = len(rows.Columns)
				rows.Columns = append(rows.Columns, name)
			}
		}
	}
	for _, row := range list {
		for _, name := range rows.Columns {
			cell := w.cell(L, name, v.Get(row, name))
			rows.Cells = append(rows.Cells, cell)
			if text, ok := cell.(string); ok {
				rows.Bytes += len(text)
			}
		}
	}
	const perCell = 48
	rows.Bytes += perCell * len(rows.Cells)
	return rows
}

// cell is a value of a row as a database would have given it.
func (w *answerer) cell(L *lua.LState, name string, value lua.LValue) any {
	values := w.f.s.Values
	if values.IsNull(value) {
		return nil
	}
	switch v := value.(type) {
	case lua.LBool:
		return bool(v)
	case lua.LString:
		return string(v)
	case lua.LNumber:
		const maxExact = 1 << 53
		if n := float64(v); n == math.Trunc(n) && math.Abs(n) <= maxExact {
			return int64(n)
		}
		return float64(v)
	case *lua.LUserData:
		switch inner := v.Value.(type) {
		case *number.Integer:
			return inner.Digits()
		case interface{ Time() time.Time }:
			return inner.Time()
		}
	case *lua.LTable:
		text, err := values.AppendText(nil, v, name)
		if err != nil {
			w.raise(L, "returned a row that can't be: %s", err.Error())
		}
		return database.JSON(text)
	}
	w.raise(L, "returned a row whose %s is %s, which no database holds", shown(name), luaapi.TypeOf(value))
	return nil
}
