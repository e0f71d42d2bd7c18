package luaapi

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// maxExact is the largest whole number up to which a double holds every one.
const maxExact = 1 << 53

// About what Lua tables cost, in bytes: counted against the call's memory before a table is made.
const (
	tableBytes  = 112 // an empty table
	objectBytes = 640 // what a table with names takes at once: its maps begin with eight places
	memberBytes = 176 // a name, its place and a short value
	itemBytes   = 32  // a place in a list, with a short value
)

// From turns a JSON value into a Lua one. null and a missing value are nil. It raises when the call has to end, and for a
// list too long for Lua.
func (v *Values) From(doc jsondoc.Value) lua.LValue {
	switch doc.Kind() {
	case jsondoc.Bool:
		return lua.LBool(doc.Bool())
	case jsondoc.Number:
		return v.number(doc)
	case jsondoc.String:
		return v.text(doc)
	case jsondoc.Array:
		return v.items(doc)
	case jsondoc.Object:
		t, keys := v.members(doc)
		if len(keys.list) == 0 {
			t.Metatable = v.object
			return t
		}
		n := &node{LTable: *t, more: &extras{fields: keys}}
		n.Metatable = v.node
		return &n.LTable
	}
	return lua.LNil
}

// items makes the table of a list.
func (v *Values) items(doc jsondoc.Value) *lua.LTable {
	length := doc.Len()
	v.grow(length, tableBytes+length*itemBytes)
	v.fits(length)
	t := v.s.L.CreateTable(length, 0)
	for items := doc.Items(); items.Next(); {
		item := v.From(items.Value())
		if item == lua.LNil {
			item = v.null
		}
		t.Append(item)
	}
	t.Metatable = v.list
	return t
}

// fits raises for a list that is too long for Lua.
func (v *Values) fits(length int) {
	if length >= lua.MaxArrayIndex {
		v.s.thread().RaiseError("a JSON list has %d items; Lua's lists can't have more than %d here", length, lua.MaxArrayIndex-1)
	}
}

// members makes the table of an object, without a mark, and lists its keys if one of them is null. Of a doubled key the last
// value counts, at the first place.
func (v *Values) members(doc jsondoc.Value) (*lua.LTable, fields) {
	length, nulls := 0, false
	for m := doc.Members(); m.Next(); length++ {
		nulls = nulls || m.Value().IsNull()
	}
	var keys fields
	if nulls {
		keys.list = make([]field, 0, length)
	}
	if length > 0 {
		v.grow(length, tableBytes+objectBytes+length*memberBytes)
	}
	t := v.s.L.CreateTable(0, length)
	for m := doc.Members(); m.Next(); {
		key, value := m.Key(), v.From(m.Value())
		t.RawSetString(key, value)
		if nulls {
			keys.set(key, value == lua.LNil)
		}
	}
	return t, keys
}

// grow counts a table that is about to be made against the call's budget.
func (v *Values) grow(steps, bytes int) {
	L, meter := v.s.thread(), v.s.State.Meter()
	meter.Step(L, 1+steps)
	meter.Need(L, "reading JSON", bytes)
}

// number is a double where that holds the number exactly, else a value that keeps its digits.
func (v *Values) number(doc jsondoc.Value) lua.LValue {
	n := doc.Float()
	if n > -maxExact && n < maxExact || !doc.IsInteger() {
		return v.box(n)
	}
	var room [32]byte
	digits := string(doc.Raw())
	if string(appendNumber(room[:0], n)) == digits {
		return lua.LNumber(n)
	}
	value, ok := v.integers[digits]
	if !ok {
		value = v.s.State.NewInteger(number.NewInteger(digits))
		v.integers[digits] = value
	}
	return value
}
