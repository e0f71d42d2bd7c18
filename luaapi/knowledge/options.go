package knowledge

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

// Right ways to write the options, for messages.
const (
	rightKey      = `key = { hotel = "code" }`
	rightData     = `data = "data/hotels.json", or data = { hotel = { { id = 1, name = "Inn" } } }`
	rightShape    = `{ "hotel": [ { "id": 1, "name": "Inn" } ] }`
	rightMention  = `ordinal_mention_mapping = { ["1"] = function(list) return list[1] end }`
	rightRepesent = `represent = { hotel = function(object) return object.title end }`
)

// table is an option that is a table, nil if it isn't given.
func table(a luaapi.Args, options *lua.LTable, option, right string) *lua.LTable {
	t, _ := a.Option(options, option).(*lua.LTable)
	if t == nil {
		return nil
	}
	if name := a.State.FrozenName(t); name != "" {
		a.Raise("%s can't be %s; write %s", option, name, right)
	}
	a.Values.Open(t)
	return t
}

// keys are the attributes that identify objects, by type.
func (b *base) keys(a luaapi.Args, options *lua.LTable) map[string]string {
	t := table(a, options, "key", rightKey)
	if t == nil {
		return nil
	}
	keys := map[string]string{}
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		a.State.Meter().Step(a.L, 1)
		typ, ok := k.(lua.LString)
		if !ok {
			a.Raise("key takes the names of object types, not items; write %s", rightKey)
		}
		attribute, ok := v.(lua.LString)
		if !ok {
			a.Raise("key: '%s' needs the name of an attribute, but has %s; write %s", short(string(typ)), luaapi.TypeOf(v), rightKey)
		}
		keys[string(typ)] = string(attribute)
	}
	return keys
}

// functions are the functions of an option by name, nil if it isn't given. Mentions are texts: a number is taken for one.
func functions(a luaapi.Args, options *lua.LTable, option string, numbers bool) map[string]*lua.LFunction {
	right := rightRepesent
	if numbers {
		right = rightMention
	}
	t := table(a, options, option, right)
	if t == nil {
		return nil
	}
	found := map[string]*lua.LFunction{}
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		a.State.Meter().Step(a.L, 1)
		name, ok := k.(lua.LString)
		if n, is := k.(lua.LNumber); is && numbers {
			name, ok = lua.LString(number.Format(float64(n))), true
		}
		if !ok {
			a.Raise("%s takes names, not items; write %s", option, right)
		}
		fn, ok := v.(*lua.LFunction)
		if !ok {
			a.Raise("%s: '%s' needs a function, but has %s; write %s", option, short(string(name)), luaapi.TypeOf(v), right)
		}
		found[string(name)] = fn
	}
	return found
}

// source finds the data: a file of the snapshot, a table, or none where functions stand in for it.
func (b *base) source(a luaapi.Args, options *lua.LTable) store {
	switch data := a.Option(options, "data").(type) {
	case *lua.LTable:
		return tableStore(a, data)
	case lua.LString:
		return fileStore(a, string(data))
	case *lua.LNilType:
	default:
		a.Raise("data must be the name of a file or a table, but is %s; write %s", luaapi.TypeOf(data), rightData)
	}
	var missing []string
	for _, name := range sources() {
		if b.step[name] == nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == len(sources()) {
		a.Raise("needs data; write %s", rightData)
	}
	if len(missing) > 0 {
		a.Raise("needs data, or all of the functions %s; missing: %s", strings.Join(sources(), ", "), strings.Join(missing, ", "))
	}
	return store{}
}
