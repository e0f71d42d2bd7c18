package luaapi

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// Open moves what a lazy table holds into the table itself, for Go code that changes it or reads it by itself; Get, Item, Len and
// Each need none of that. What is inside stays lazy. It raises as From does.
func (v *Values) Open(t *lua.LTable) {
	n := v.asLazy(t)
	switch {
	case n == nil:
		return
	case n.source == fromRecord:
		v.openRecord(n.record())
	case n.isList():
		v.openList(n.text())
	default:
		v.openObject(n.text())
	}
	n.dirty()
	if n.more != nil && len(n.more.defaults) > 0 {
		defaults := n.more.defaults
		n.more.defaults = nil
		for _, d := range defaults {
			v.setDefault(t, d)
		}
	}
}

func (v *Values) openRecord(n *recordNode) {
	v.grow(len(n.values), objectBytes+len(n.values)*memberBytes)
	t := v.s.L.CreateTable(0, len(n.values))
	for i := range n.values {
		if value := v.recordValue(n, i); value != lua.LNil {
			t.RawSetString(n.shape.Keys[i], value)
		}
	}
	n.LTable = *t
	if !n.nulls {
		n.source, n.values = fromNothing, nil // a plain table from now on
		return
	}
	known := &n.extra().fields
	known.list = make([]field, len(n.values), len(n.values)+1)
	for i, key := range n.shape.Keys {
		known.list[i] = field{key: key, null: n.values[i] == nil}
	}
	n.Metatable, n.values = v.node, nil
}

func (v *Values) openList(n *textNode) {
	length := len(v.childrenOf(n))
	v.grow(length, tableBytes+length*itemBytes)
	v.fits(length)
	t := v.s.L.CreateTable(length, 0)
	for i := range length {
		t.Append(v.item(n, i))
	}
	n.LTable = *t
	n.Metatable = v.list
}

func (v *Values) openObject(n *textNode) {
	length, nulls := len(v.childrenOf(n)), false
	if length > 0 {
		v.grow(length, tableBytes+objectBytes+length*memberBytes)
	}
	for _, c := range v.childrenOf(n) {
		nulls = nulls || c.Kind() == jsondoc.Null
	}
	var keys fields
	if nulls {
		keys.list = make([]field, 0, length)
	}
	t, doc := v.s.L.CreateTable(0, length), n.doc.Doc()
	for i := range length {
		key, value := doc.Name(&v.childrenOf(n)[i]).Text(), v.childValue(n, i)
		t.RawSetString(key, value)
		if nulls {
			keys.set(key, value == lua.LNil)
		}
	}
	// Only now: an error that a script catches must not leave an empty table behind.
	n.LTable = *t
	if n.Metatable = v.node; nulls {
		n.extra().fields = keys
	}
}
