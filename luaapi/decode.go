package luaapi

import (
	"unsafe"

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
	longText    = 64  // longer texts are counted by themselves
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
		if length := len(doc.Raw()); length > longText {
			v.grow(0, length)
		}
		return lua.LString(doc.Text())
	case jsondoc.Array:
		return v.items(doc)
	case jsondoc.Object:
		t, keys := v.members(doc)
		if len(keys.list) == 0 {
			t.Metatable = v.object
			return t
		}
		n := &node{LTable: *t, fields: keys}
		n.Metatable = v.node
		return &n.LTable
	}
	return lua.LNil
}

// Lazy turns a JSON list or object into a table that is filled when it is first touched.
func (v *Values) Lazy(doc jsondoc.Value) *lua.LTable {
	n := &node{LTable: *v.s.L.CreateTable(0, 0), doc: doc, call: v.call}
	n.Metatable = v.lazy
	return &n.LTable
}

// OnTouch returns an empty lazy table which calls f when a script touches it.
func (v *Values) OnTouch(f func()) *lua.LTable {
	t := v.Lazy(jsondoc.Value{})
	(*node)(unsafe.Pointer(t)).touch = f
	return t
}

// Fill fills a lazy table, and returns it; it leaves any other as it is. It raises as From does.
func (v *Values) Fill(t *lua.LTable) *lua.LTable {
	if t.Metatable != lua.LValue(v.lazy) {
		return t
	}
	n := (*node)(unsafe.Pointer(t))
	switch touch := n.touch; {
	case n.call != v.call: // the body that it was to be filled from is gone
		n.Metatable = v.object
	case touch != nil:
		n.Metatable, n.touch = v.object, nil
		touch()
	case n.doc.Kind() == jsondoc.Array:
		n.LTable = *v.items(n.doc)
	default:
		// Only then: an error that a script catches must not leave an empty table behind.
		members, keys := v.members(n.doc)
		n.LTable, n.fields = *members, keys
		n.Metatable = v.node
	}
	n.doc, n.touch = jsondoc.Value{}, nil
	return t
}

// items makes the table of a list.
func (v *Values) items(doc jsondoc.Value) *lua.LTable {
	length := doc.Len()
	v.grow(length, tableBytes+length*itemBytes)
	if length >= lua.MaxArrayIndex {
		v.s.thread().RaiseError("a JSON list has %d items; Lua's lists can't have more than %d here", length, lua.MaxArrayIndex-1)
	}
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
		return lua.LNumber(n)
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
