package luaapi

import (
	"slices"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// hideLazy makes the hidden metatable of lazy tables: what a script does to one comes here.
func (v *Values) hideLazy() {
	L := v.s.L
	v.lazy = L.NewTable()
	v.lazy.RawSetString("__index", L.NewFunction(v.lazyIndex))
	v.lazy.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
		t := L.CheckTable(1)
		v.Open(t)
		L.SetTable(t, L.Get(2), L.Get(3))
		return 0
	}))
	v.lazy.RawSetString("__len", L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LNumber(v.Len(L.CheckTable(1))))
		return 1
	}))
	v.hide(v.lazy, interp.Hidden{Fill: v.Open, Next: v.step, Item: v.Item, Held: v.held})
}

// manyReads is from how many reads on an object is filled, because its own maps answer faster.
const manyReads = 24

func (v *Values) lazyIndex(L *lua.LState) int {
	t, ok := L.Get(1).(*lua.LTable)
	if !ok {
		return 0
	}
	n := v.asLazy(t)
	if n == nil { // it was left behind by another call, or filled by what touching it does
		L.Push(L.GetTable(t, L.Get(2)))
		return 1
	}
	value := lua.LNil
	switch key := L.Get(2).(type) {
	case lua.LString:
		if n.reads++; n.reads > manyReads {
			v.Open(t)
			L.Push(L.GetTable(t, key))
			return 1
		}
		if value = v.lazyGet(n, string(key)); value == lua.LNil && n.more != nil {
			value = v.Get(t, string(key))
		}
	case lua.LNumber:
		if i := int(key); lua.LNumber(i) == key {
			value = v.lazyItem(n, i)
		}
	}
	L.Push(value)
	return 1
}

// step is the step of next and pairs. ok is false if the table has to be filled for that.
func (v *Values) step(t *lua.LTable, after lua.LValue) (key, value lua.LValue, ok bool) {
	n := v.asLazy(t)
	if n == nil || n.more != nil && v.written(n.more.defaults) {
		return nil, nil, false
	}
	return v.lazyNext(n, after)
}

// held gives what a lazy table holds outside of itself. Another goroutine calls it, so that it must not touch the table.
func (v *Values) held(t *lua.LTable, visit func(lua.LValue)) {
	if n := (*node)(unsafe.Pointer(t)); n.source == fromRecord && n.call == v.call {
		for _, value := range n.record().values {
			if value != nil {
				visit(value)
			}
		}
	}
}

// Len is the number of items, as # gives it.
func (v *Values) Len(t *lua.LTable) int {
	if n := v.asLazy(t); n != nil {
		return v.lazyLen(n)
	}
	return t.Len()
}

// Item is an item of a table, from 1.
func (v *Values) Item(t *lua.LTable, i int) lua.LValue {
	if n := v.asLazy(t); n != nil {
		return v.lazyItem(n, i)
	}
	return t.RawGetInt(i)
}

// Each walks over a table in its order, until f returns false. f must not change the table.
func (v *Values) Each(t *lua.LTable, f func(key, value lua.LValue) bool) {
	key := lua.LNil
	for {
		var value lua.LValue
		ok := false
		if n := v.asLazy(t); n != nil {
			if key, value, ok = v.lazyNext(n, key); !ok {
				v.Open(t)
				key = lua.LNil // a table is refused at the first step or never
			}
		}
		if !ok {
			key, value = t.Next(key)
		}
		if key == lua.LNil || !f(key, value) {
			return
		}
	}
}

// Names are the names in a table in their order, those that are null among them.
func (v *Values) Names(t *lua.LTable) []string {
	n := v.asLazy(t)
	switch {
	case n == nil:
		return v.ownNames(t)
	case n.source == fromRecord && n.record().nulls:
		return slices.Clone(n.record().shape.Keys)
	case n.source == fromText && n.text().doc.Kind() == jsondoc.Object && !v.doubled(n.text()):
		children, doc := v.childrenOf(n.text()), n.text().doc.Doc()
		names := make([]string, len(children))
		for i := range children {
			names[i] = doc.Name(&children[i]).Text()
		}
		return names
	}
	v.Open(t)
	return v.ownNames(t)
}

func (v *Values) ownNames(t *lua.LTable) []string {
	var names []string
	known := v.asNode(t).fieldsOf()
	if known != nil {
		for _, f := range known.list {
			if f.null || t.RawGetString(f.key) != lua.LNil {
				names = append(names, f.key)
			}
		}
	}
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		if name, ok := key.(lua.LString); ok && (known == nil || known.find(string(name)) < 0) {
			names = append(names, string(name))
		}
	}
	return names
}

// Lazy turns a JSON list or object into a table that is read from the document as long as nobody writes to it.
func (v *Values) Lazy(doc jsondoc.Value) *lua.LTable {
	n := v.newText(doc, nil)
	v.nodes = append(v.nodes, n)
	return &n.LTable
}

// OnTouch returns an empty lazy table which calls f when a script touches it.
func (v *Values) OnTouch(f func()) *lua.LTable {
	n := v.newText(jsondoc.Value{}, nil)
	n.extra().touch = f
	return &n.LTable
}

// Source is what a table is read from; false if it is no lazy one of a document, or not what that says any more.
func (v *Values) Source(t *lua.LTable) (doc jsondoc.Value, untouched bool) {
	n := v.asLazy(t)
	if n == nil || n.source != fromText || n.changed || n.more != nil && v.written(n.more.defaults) {
		return jsondoc.Value{}, false
	}
	return n.text().doc, true
}
