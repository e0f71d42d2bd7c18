package tables

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// pair is one key of a table with its value.
type pair struct{ key, value lua.LValue }

// pairs are those of a table as they are now: what a script's function does to the table doesn't matter.
func pairs(a luaapi.Args, i int) []pair {
	t := a.Own(i)
	const perPair = 48 // bytes
	m := a.State.Meter()
	n := t.Len()
	m.Need(a.L, a.Name(), n*perPair)
	list := make([]pair, 0, n)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		m.Step(a.L, 1)
		if len(list) >= n {
			m.Need(a.L, a.Name(), 2*perPair)
		}
		list = append(list, pair{key, value})
	}
	return list
}

// items are those of a list. It raises for a table that has names.
func items(a luaapi.Args, i int, name string) []pair {
	list := pairs(a, i)
	for n, p := range list {
		a.State.Meter().Step(a.L, 1)
		if p.key != lua.LNumber(n+1) {
			a.Raise("%s must be a list, but has the key %s", name, shown(p.key))
		}
	}
	return list
}

// shown is a key as messages show it.
func shown(key lua.LValue) string {
	if text, ok := key.(lua.LString); ok {
		const most = 40 // bytes
		if len(text) > most {
			return "'" + string(text[:most]) + "…'"
		}
		return "'" + string(text) + "'"
	}
	if n, ok := key.(lua.LNumber); ok {
		return "[" + n.String() + "], and none before it"
	}
	return "[" + luaapi.TypeOf(key) + "]"
}

// call returns what the script's function at argument i gives for a value.
func call(a luaapi.Args, i int, p pair) lua.LValue {
	a.State.Meter().Step(a.L, 1)
	a.L.Push(a.Get(i))
	a.L.Push(p.value)
	a.L.Push(p.key)
	a.L.Call(2, 1)
	result := a.L.Get(-1)
	a.L.Pop(1)
	return result
}

// like returns a new table that goes out as the given one does when it is empty, too.
func like(a luaapi.Args, t *lua.LTable) *lua.LTable {
	switch {
	case a.Values.IsList(t):
		return a.Values.MarkList(a.L.CreateTable(0, 0))
	case a.Values.IsObject(t):
		return a.Values.Object()
	}
	return a.L.CreateTable(0, 0)
}

// put sets a key of a new table.
func put(a luaapi.Args, t *lua.LTable, key, value lua.LValue) {
	const perKey = 180 // bytes
	a.State.Meter().Step(a.L, 1)
	a.State.Meter().Need(a.L, a.Name(), perKey)
	t.RawSet(key, value)
}

func mapped(a luaapi.Args) int {
	source := a.Own(1)
	isList := a.Values.IsList(source)
	made := like(a, source)
	for _, p := range pairs(a, 1) {
		value := call(a, 2, p)
		if _, numbered := p.key.(lua.LNumber); value == lua.LNil && numbered && isList {
			a.Raise("f gave nothing for item %s; a list can't have holes: return a value, or json.null", p.key.String())
		}
		put(a, made, p.key, value)
	}
	return a.Return(made)
}

func filter(a luaapi.Args) int {
	list := a.NewList()
	for _, p := range items(a, 1, "list") {
		if lua.LVAsBool(call(a, 2, p)) {
			list.Add(p.value)
		}
	}
	return a.Return(list.Table())
}

func find(a luaapi.Args) int {
	_, isFunction := a.Get(2).(*lua.LFunction)
	for _, p := range pairs(a, 1) {
		if isFunction && lua.LVAsBool(call(a, 2, p)) || !isFunction && a.L.Equal(p.value, a.Get(2)) {
			return a.Return(p.value, p.key)
		}
	}
	return a.Return(lua.LNil)
}

func contains(a luaapi.Args) int {
	for _, p := range pairs(a, 1) {
		a.State.Meter().Step(a.L, 1)
		if a.L.Equal(p.value, a.Get(2)) {
			return a.Return(lua.LTrue)
		}
	}
	return a.Return(lua.LFalse)
}

func keys(a luaapi.Args) int {
	list := a.NewList()
	for _, p := range pairs(a, 1) {
		list.Add(p.key)
	}
	return a.Return(list.Table())
}

func values(a luaapi.Args) int {
	list := a.NewList()
	for _, p := range pairs(a, 1) {
		list.Add(p.value)
	}
	return a.Return(list.Table())
}

func merge(a luaapi.Args) int {
	made := like(a, a.Own(1))
	for i := 1; i <= a.Len(); i++ {
		switch v := a.Get(i).(type) {
		case *lua.LNilType:
		case *lua.LTable:
			for _, p := range pairs(a, i) {
				put(a, made, p.key, p.value)
			}
		default:
			a.Raise("argument %d must be a table, but is %s", i, luaapi.TypeOf(v))
		}
	}
	return a.Return(made)
}

func extend(a luaapi.Args) int {
	more := items(a, 2, "more")
	length := len(items(a, 1, "list"))
	list := a.Own(1)
	if length+len(more) >= lua.MaxArrayIndex {
		a.Raise("the list would have more than %d items, the most a list may have", lua.MaxArrayIndex-1)
	}
	const perItem = 32 // bytes
	a.State.Meter().Need(a.L, a.Name(), perItem*(length+len(more)))
	for _, p := range more {
		a.State.Meter().Step(a.L, 1)
		list.Append(p.value)
	}
	return a.Return(list)
}

func get(a luaapi.Args) int {
	value := a.Get(1)
	for i := 2; i <= a.Len(); i++ {
		a.State.Meter().Step(a.L, 1)
		switch v := value.(type) {
		case *lua.LTable:
		case *lua.LUserData:
			if v.Metatable == lua.LNil || a.L.GetMetaField(v, "__index") == lua.LNil {
				return a.Return(lua.LNil)
			}
		default:
			return a.Return(lua.LNil)
		}
		if a.Get(i) == lua.LNil {
			return a.Return(lua.LNil)
		}
		value = a.L.GetTable(value, a.Get(i))
	}
	return a.Return(value)
}
