package luaapi

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// byDefault is what a key of a table reads as while it is missing or null.
type byDefault struct {
	key   string
	list  bool        // an empty list, else an empty object
	value *lua.LTable // nil as long as nobody has read it
}

func (v *Values) defaultValue(d *byDefault) *lua.LTable {
	switch {
	case d.value != nil:
	case d.list:
		d.value = v.MarkList(v.s.L.CreateTable(0, 0))
	default:
		d.value = v.Object()
	}
	return d.value
}

// back makes the hidden metatable of tables that have defaults.
func (v *Values) back() {
	L := v.s.L
	v.backed = L.CreateTable(0, 8)
	v.backed.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
		value := lua.LNil
		if key, ok := L.Get(2).(lua.LString); ok {
			value = v.Get(L.CheckTable(1), string(key))
		}
		L.Push(value)
		return 1
	}))
	v.hide(v.backed, interp.Hidden{})
}

// DefaultList and DefaultObject have scripts read a key of the table as an empty list or object while it is missing or null.
// What goes out stays as it was, unless the script puts something into the default. A table with a metatable of the script's
// own is left alone.
func (v *Values) DefaultList(t *lua.LTable, key string) {
	v.setDefault(t, byDefault{key: key, list: true})
}

// DefaultObject is described at DefaultList.
func (v *Values) DefaultObject(t *lua.LTable, key string) { v.setDefault(t, byDefault{key: key}) }

func (v *Values) setDefault(t *lua.LTable, d byDefault) {
	if n := v.asLazy(t); n != nil {
		more := n.extra()
		more.defaults = append(more.defaults, d)
		return
	}
	if t.Metatable != lua.LValue(v.backed) {
		mark := v.mark(t)
		if mark == nil && t.Metatable != lua.LNil || v.replaced[t] != nil {
			return
		}
		if mark == nil {
			mark = v.object
		}
		v.replaced[t] = mark
		t.Metatable = v.backed
	}
	v.defaults[t] = append(v.defaults[t], d)
}

// Get reads a key of a table as a script does that has set no metatable of its own: with the defaults, and null as nil.
func (v *Values) Get(t *lua.LTable, key string) lua.LValue {
	var defaults []byDefault
	if n := v.asLazy(t); n != nil {
		if value := v.lazyGet(n, key); !v.IsNull(value) || n.more == nil {
			return value
		}
		defaults = n.more.defaults
	} else {
		if value := t.RawGetString(key); !v.IsNull(value) {
			return value
		}
		defaults = v.defaults[t]
	}
	for i := range defaults {
		if defaults[i].key == key {
			return v.defaultValue(&defaults[i])
		}
	}
	return lua.LNil
}

// settle keeps what a script wrote into defaults.
func (v *Values) settle(t *lua.LTable) {
	if n := v.asLazy(t); n != nil {
		if n.more == nil || !v.written(n.more.defaults) {
			return
		}
		v.Open(t)
	}
	defaults := v.defaults[t]
	if !v.written(defaults) {
		return
	}
	for i := range defaults {
		if d := &defaults[i]; d.value != nil && !v.IsEmpty(d.value) && v.IsNull(t.RawGetString(d.key)) {
			t.RawSetString(d.key, d.value)
		}
	}
}

// written says whether a script put something into one of the defaults.
func (v *Values) written(defaults []byDefault) bool {
	for i := range defaults {
		if defaults[i].value != nil && !v.IsEmpty(defaults[i].value) {
			return true
		}
	}
	return false
}

// IsEmpty says whether the table has nothing in it, not even a null.
func (v *Values) IsEmpty(t *lua.LTable) bool {
	if n := v.asLazy(t); n != nil {
		return v.lazyEmpty(n)
	}
	if first, _ := t.Next(lua.LNil); first != lua.LNil {
		return false
	}
	known := v.asNode(t).fieldsOf()
	return known == nil || !known.anyNull()
}
