package luaapi

import lua "github.com/yuin/gopher-lua"

// byDefault is what a key of a table reads as while it is missing or null.
type byDefault struct {
	key   string
	value *lua.LTable
}

// back makes the hidden metatable of tables that have defaults.
func (v *Values) back() {
	L := v.s.L
	v.backed = L.NewTable()
	v.backed.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
		value := lua.LNil
		if key, ok := L.Get(2).(lua.LString); ok {
			value = v.Get(L.CheckTable(1), string(key))
		}
		L.Push(value)
		return 1
	}))
	v.hide(v.backed, nil)
}

// SetDefault has scripts read a key of the table as the given table while it is missing or null. What goes out stays as it
// was, unless the script puts something into the default. A table with a metatable of the script's own is left alone.
func (v *Values) SetDefault(t *lua.LTable, key string, value *lua.LTable) {
	v.Fill(t)
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
	v.defaults[t] = append(v.defaults[t], byDefault{key: key, value: value})
}

// Get reads a key of a table as a script does that has set no metatable of its own: with the defaults, and null as nil.
func (v *Values) Get(t *lua.LTable, key string) lua.LValue {
	v.Fill(t)
	if value := t.RawGetString(key); !v.IsNull(value) {
		return value
	}
	for _, d := range v.defaults[t] {
		if d.key == key {
			return d.value
		}
	}
	return lua.LNil
}

// settle keeps what a script wrote into defaults.
func (v *Values) settle(t *lua.LTable) {
	for _, d := range v.defaults[t] {
		if !v.IsEmpty(d.value) && v.IsNull(t.RawGetString(d.key)) {
			t.RawSetString(d.key, d.value)
		}
	}
}

// IsEmpty says whether the table has nothing in it, not even a null.
func (v *Values) IsEmpty(t *lua.LTable) bool {
	v.Fill(t)
	if first, _ := t.Next(lua.LNil); first != lua.LNil {
		return false
	}
	n := v.asNode(t)
	return n == nil || !n.fields.anyNull()
}

// Untouched says whether the table is a lazy one that is still what its document says.
func (v *Values) Untouched(t *lua.LTable) bool { return t.Metatable == lua.LValue(v.lazy) }
