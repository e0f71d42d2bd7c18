package luaapi

import (
	"fmt"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/rasa/jsondoc"
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// Values turns JSON into Lua and back, and knows of each table whether it came from a list or an object: Lua itself does not.
// The knowledge is a hidden metatable, so that a table costs no entry anywhere else.
type Values struct {
	s    *Session
	null *lua.LUserData

	list   *lua.LTable // from a JSON list, or json.array
	object *lua.LTable // from a JSON object without nulls
	forced *lua.LTable // json.object
	node   *lua.LTable // an object that has fields Lua can't hold; see node
	lazy   *lua.LTable // a node that is filled when it is first touched
	backed *lua.LTable // a table some of whose keys read as a default while they are missing; what it had is in replaced

	defaults map[*lua.LTable][]byDefault // of the backed tables

	arrays     map[*lua.LTable]bool        // what json.array marked
	replaced   map[*lua.LTable]*lua.LTable // tables whose metatable is another than their mark, because the script set it or they are backed
	integers   map[string]lua.LValue       // the integers of this call by their digits, so that equal ones are one table key
	openTables []*lua.LTable               // the tables that are being encoded, outermost first
	call       uint32                      // counts the calls: a lazy node of an ended one must not be filled

	texts
	children               []jsondoc.Child // of the lazy nodes that were looked into, each node's side by side
	nodes                  []*textNode     // of the call, by number
	emptyList, emptyObject *lua.LUserData  // in a record: a fresh empty list or object, once somebody reads it

	// Nodes, and room for the values of records, are made several at once, and never used by a second call.
	textNodes                        []textNode
	recordNodes                      []recordNode
	room                             []lua.LValue
	madeTexts, madeRecords, madeRoom int
	madeConstructed                  int
}

// null is json.null.
type null struct{}

func (null) String() string  { return "null" }
func (null) LuaType() string { return "json.null" }

func newValues(s *Session) *Values {
	L := s.L
	v := &Values{
		s: s, null: &lua.LUserData{Value: null{}, Metatable: lua.LNil},
		arrays: map[*lua.LTable]bool{}, replaced: map[*lua.LTable]*lua.LTable{}, defaults: map[*lua.LTable][]byDefault{}, integers: map[string]lua.LValue{},
	}
	v.emptyList, v.emptyObject = &lua.LUserData{Metatable: lua.LNil}, &lua.LUserData{Metatable: lua.LNil}
	v.prepare()
	s.State.Keep(func(visit func(lua.LValue)) {
		for _, n := range v.nodes {
			visit(&n.LTable)
		}
	})
	for _, meta := range []**lua.LTable{&v.list, &v.object, &v.forced, &v.node} {
		*meta = L.CreateTable(0, 2)
		v.hide(*meta, interp.Hidden{})
	}
	v.hideLazy()
	s.State.SetRecords(v.constructed)
	v.back()
	return v
}

// hide makes a metatable one that scripts can't see.
func (v *Values) hide(meta *lua.LTable, h interp.Hidden) {
	h.Replace = func(t *lua.LTable) {
		// The mark of a backed table is in replaced already.
		if old, ok := t.Metatable.(*lua.LTable); ok && old != v.backed {
			v.replaced[t] = old
		}
	}
	v.s.State.Hide(meta, h)
}

// end drops what belongs to the call. What a script might have kept of it stays empty for good.
func (v *Values) end() {
	v.call++
	clear(v.arrays)
	clear(v.replaced)
	clear(v.defaults)
	clear(v.integers)
	clear(v.openTables[:cap(v.openTables)])
	v.openTables = v.openTables[:0]
	v.texts.end()
	clear(v.nodes)
	v.nodes, v.children = v.nodes[:0], v.children[:0]
	if cap(v.children) > mostKept {
		v.children, v.nodes = nil, nil
	}
	v.textNodes, v.recordNodes, v.room = nil, nil, nil
	v.madeTexts, v.madeRecords, v.madeRoom, v.madeConstructed = 0, 0, 0, 0
}

// mostKept is for how many children the room is kept from call to call: 4 MiB.
const mostKept = 1 << 17

// Null is json.null.
func (v *Values) Null() lua.LValue { return v.null }

// IsNull says whether the value goes out as null: nil or json.null.
func (v *Values) IsNull(value lua.LValue) bool {
	return value == lua.LNil || value == lua.LValue(v.null)
}

// mark returns the metatable that tells what the table is, or nil for a plain one.
func (v *Values) mark(t *lua.LTable) *lua.LTable {
	meta, _ := t.Metatable.(*lua.LTable)
	switch meta {
	case nil:
		if len(v.replaced) == 0 {
			return nil
		}
	case v.list, v.object, v.forced, v.node, v.lazy:
		return meta
	}
	return v.replaced[t]
}

// asNode returns the node that a table is part of, or nil.
func (v *Values) asNode(t *lua.LTable) *node {
	if mark := v.mark(t); mark != nil && (mark == v.node || mark == v.lazy) {
		return (*node)(unsafe.Pointer(t))
	}
	return nil
}

// MarkList has a table go out as a list, also when it is empty, and returns it.
func (v *Values) MarkList(t *lua.LTable) *lua.LTable { return v.setMark(t, v.list) }

// MarkArray is MarkList on behalf of a script, which IsArray tells from a list that came so.
func (v *Values) MarkArray(t *lua.LTable) *lua.LTable {
	v.arrays[t] = true
	return v.MarkList(t)
}

// IsArray says whether json.array marked the table, and nothing else since.
func (v *Values) IsArray(t *lua.LTable) bool { return v.arrays[t] && v.mark(t) == v.list }

// MarkObject has a table go out as an object, also when it is empty, and returns it.
func (v *Values) MarkObject(t *lua.LTable) *lua.LTable { return v.setMark(t, v.forced) }

func (v *Values) setMark(t *lua.LTable, mark *lua.LTable) *lua.LTable {
	v.Open(t)
	n := v.asNode(t)
	switch {
	case n != nil && mark == v.forced:
		n.forced = true // it keeps its nulls
	case t.Metatable == lua.LNil || v.mark(t) == t.Metatable:
		t.Metatable = mark
		delete(v.replaced, t)
	default:
		v.replaced[t] = mark
	}
	return t
}

// IsForced says whether json.object marked the table.
func (v *Values) IsForced(t *lua.LTable) bool {
	n := v.asNode(t)
	return n != nil && n.forced || n == nil && v.mark(t) == v.forced
}

// IsList says whether the table goes out as a list: it came as one, or has items. An empty plain table may become either.
func (v *Values) IsList(t *lua.LTable) bool {
	if n := v.asLazy(t); n != nil {
		return n.isList()
	}
	return v.mark(t) == v.list || t.Len() > 0
}

// IsObject says whether the table came as an object or was marked as one.
func (v *Values) IsObject(t *lua.LTable) bool {
	if n := v.asLazy(t); n != nil {
		return !n.isList() && !n.isPlain()
	}
	mark := v.mark(t)
	return mark != nil && mark != v.list
}

// Object returns a new table that goes out with the given keys in their order, where a key that has no value goes out as
// null. Scripts see a plain table. Where the keys are always the same, Record costs less.
func (v *Values) Object(keys ...string) *lua.LTable {
	n := &recordNode{}
	n.LTable = *v.s.L.CreateTable(0, len(keys))
	if len(keys) > 0 {
		known := &n.extra().fields
		known.list = make([]field, len(keys))
		for i, k := range keys {
			known.list[i] = field{key: k, null: true}
		}
	}
	n.Metatable, n.source = v.node, fromRecord
	return &n.LTable
}

// SetField sets a key of a table that goes out; null is kept as null where Lua would forget it.
func (v *Values) SetField(t *lua.LTable, key string, value lua.LValue) {
	if value == lua.LValue(v.null) {
		value = lua.LNil
	}
	if n := v.asLazy(t); n != nil && n.source == fromRecord && n.record().nulls {
		if i := n.record().shape.Find(key); i >= 0 {
			n.record().values[i] = v.Slot(value)
			return
		}
	}
	v.Open(t)
	t.RawSetString(key, value)
	n := v.asNode(t)
	if n == nil {
		return
	}
	if n.fieldsOf() == nil {
		if value != lua.LNil {
			return // without fields the table's own order is the one that goes out
		}
		n.extra().fields = presentKeys(t)
	}
	n.more.fields.set(key, value == lua.LNil)
}

// presentKeys lists the names of a table in their order, so that a null that comes later goes out behind them.
func presentKeys(t *lua.LTable) fields {
	var present fields
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		if name, ok := key.(lua.LString); ok {
			present.set(string(name), false)
		}
	}
	return present
}

// HasKey says whether the table has the key, null or not.
func (v *Values) HasKey(t *lua.LTable, key string) bool {
	if n := v.asLazy(t); n != nil {
		return v.lazyHas(n, key)
	}
	if t.RawGetString(key) != lua.LNil {
		return true
	}
	known := v.asNode(t).fieldsOf()
	return known != nil && known.isNull(key)
}

// SetPlace remembers which line of a script made a table that Object or Record returned.
func (v *Values) SetPlace(t *lua.LTable, script string, line int) {
	if n := v.asNode(t); n != nil && n.source == fromRecord {
		n.record().script, n.record().line = script, int32(line)
	}
}

// Place returns which line of a script made the table, if that is known.
func (v *Values) Place(t *lua.LTable) (script string, line int) {
	if n := v.asNode(t); n != nil && n.source == fromRecord {
		return n.record().script, int(n.record().line)
	}
	return "", 0
}
