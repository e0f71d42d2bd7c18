// Package form is form{…} and slots{…}: the actions by which Rasa has slots extracted and checked. Both make a function like
// that of any other action.
package form

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

const (
	exampleForm  = `return form { validate = { cuisine = function(value) return value:lower() end } }`
	exampleSlots = `return slots { validate = { city = function(value) return value:upper() end } }`
)

// New returns the module: the globals form and slots.
func New(s *luaapi.Session) luaapi.Module {
	m := &module{s: s}
	param := []luaapi.Param{{Name: "the argument", Type: "table", Fields: fields()}}
	return luaapi.Module{
		Name: "form", Only: true,
		Doc: "Makes the actions that extract and check slots.",
		Members: []luaapi.Member{
			{
				Name: "form", Params: param, Returns: "function",
				Doc: "Makes the action validate_<form>: extract and validate hold a function for each slot, required_slots gives the names " +
					"of the slots that the form asks for.",
				Example: exampleForm,
				Func:    func(a luaapi.Args) int { return m.make(a, true) },
			},
			{
				Name: "slots", Params: param, Returns: "function",
				Doc: "Makes the action action_validate_slot_mappings, which extracts and checks the slots that belong to no form; " +
					"it takes what form takes.",
				Example: exampleSlots,
				Func:    func(a luaapi.Args) int { return m.make(a, false) },
			},
		},
	}
}

func fields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "required_slots", Type: "function", Doc: "(domain_slots, dispatcher, tracker, domain): gives the list of slots to ask for."},
		{Name: "extract", Type: "table", Doc: "Under each slot a function(dispatcher, tracker, domain) that finds its value."},
		{Name: "validate", Type: "table", Doc: "Under each slot a function(value, dispatcher, tracker, domain) that gives the value to keep, or nil to clear it."},
	}
}

type module struct {
	s *luaapi.Session
}

// parts are what a script gave to form or slots.
type parts struct {
	asks              bool // a form, which may say what to ask for next
	required          *lua.LFunction
	extract, validate map[string]*lua.LFunction
	script            string // where they were given
	line              int
}

func (m *module) make(a luaapi.Args, asks bool) int {
	options := a.Options(1)
	p := &parts{asks: asks}
	p.required, _ = a.Option(options, "required_slots").(*lua.LFunction)
	p.extract = functions(a, options, "extract")
	p.validate = functions(a, options, "validate")
	p.script, p.line = a.Place()
	// Lua has to see what Go holds, so that the call's memory counts it.
	var held []lua.LValue
	if p.required != nil {
		held = append(held, p.required)
	}
	for _, table := range []map[string]*lua.LFunction{p.extract, p.validate} {
		for _, fn := range table {
			held = append(held, fn)
		}
	}
	return a.Return(a.L.NewClosure(func(L *lua.LState) int { return m.act(L, p) }, held...))
}

// functions are the functions of an option, by slot.
func functions(a luaapi.Args, options *lua.LTable, option string) map[string]*lua.LFunction {
	table, _ := a.Option(options, option).(*lua.LTable)
	if table == nil {
		return nil
	}
	if name := a.State.FrozenName(table); name != "" {
		a.Raise("%s takes a table with a function for each slot, but got %s", option, name)
	}
	found := map[string]*lua.LFunction{}
	for k, v := table.Next(lua.LNil); k != lua.LNil; k, v = table.Next(k) {
		slot, ok := k.(lua.LString)
		if !ok {
			a.Raise("%s takes the names of slots, not items; write %s", option, right(option))
		}
		fn, ok := v.(*lua.LFunction)
		if !ok {
			a.Raise("%s: the slot '%s' needs a function, but has %s; write %s", option, string(slot), luaapi.TypeOf(v), right(option))
		}
		found[string(slot)] = fn
	}
	return found
}

func right(option string) string {
	if option == "extract" {
		return "extract = { cuisine = function(dispatcher, tracker, domain) … end }"
	}
	return "validate = { cuisine = function(value, dispatcher, tracker, domain) … end }"
}
