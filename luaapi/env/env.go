// Package env is the module env: the environment variables that the configuration lets scripts read.
package env

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// Variable is an environment variable that scripts may read. Set: it is there, maybe empty.
type Variable struct {
	Name, Value string
	Set         bool
}

// Look finds a variable where no list says all there are: a nil one is not set. An error is raised to the script, and says what to
// write instead.
type Look func(name string) (value *string, err error)

// Looked returns the module for a session's state, with the variables that look finds.
func Looked(s *luaapi.Session, look Look) luaapi.Module {
	declared := New(s, nil)
	declared.Members[0].Func = func(a luaapi.Args) int {
		value, err := look(a.String(1))
		switch {
		case err != nil:
			a.Raise("%s", err.Error())
		case value == nil:
			return a.Return(a.Get(2))
		}
		return a.Return(lua.LString(*value))
	}
	return declared
}

// New returns the module for a session's state. Scripts read these variables and no others.
func New(_ *luaapi.Session, variables []Variable) luaapi.Module {
	m := &module{values: make(map[string]lua.LValue, len(variables))}
	for _, v := range variables {
		m.names = append(m.names, v.Name)
		m.values[v.Name] = lua.LNil
		if v.Set {
			m.values[v.Name] = lua.LString(v.Value)
		}
	}
	return luaapi.Module{
		Name: "env", Doc: "Reads the environment variables that the configuration lists.",
		Members: []luaapi.Member{{
			Name:    "get",
			Params:  []luaapi.Param{{Name: "name", Type: "string"}, {Name: "default", Type: "any", Optional: true}},
			Returns: "any or nil",
			Doc: "Gives the value of an environment variable, or the default if it isn't set. The names that may be read stand in " +
				"the configuration, under env; any other is an error.",
			Example: `local shop = env.get("SHOP_NAME", "our shop")`,
			Func:    m.get,
		}},
	}
}

type module struct {
	names  []string
	values map[string]lua.LValue // nil for one that isn't set
}

// longest is how much of a name a message repeats, in bytes.
const longest = 60

func (m *module) get(a luaapi.Args) int {
	name := a.String(1)
	value, listed := m.values[name]
	if !listed {
		m.refuse(a, name)
	}
	if value == lua.LNil {
		value = a.Get(2)
	}
	return a.Return(value)
}

func (m *module) refuse(a luaapi.Args, name string) {
	near := spell.Nearest(name, m.names)
	if len(name) > longest {
		name = name[:longest] + "…"
	}
	if near != "" {
		a.Raise("the configuration doesn't list '%s'; did you mean '%s'?", name, near)
	}
	a.Raise("the configuration doesn't list '%s'; whoever runs the server can add it there, under env", name)
}
