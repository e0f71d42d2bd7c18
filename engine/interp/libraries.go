package interp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/strlib"
)

// openLibraries puts in place what scripts may say of Lua's own: an allow-list, so that what is not named here is not there.
func (s *State) openLibraries() {
	L := s.L
	for name, f := range s.baseFunctions() {
		s.SetGlobal(name, L.NewFunction(f))
	}
	s.SetGlobal(chunk.TypeName, chunk.Type())
	s.nextFunction, _ = s.globals.RawGetString("next").(*lua.LFunction)
	s.ipairsStep = L.NewFunction(s.ipairsNext)
	s.SetGlobal("_VERSION", lua.LString("Lua 5.1"))

	s.strings = strlib.New(s.meter, s.ToString)
	stringMembers := s.library("string", s.strings.Functions())
	s.library("table", s.tableFunctions())
	s.library("os", s.osFunctions())
	s.library("coroutine", s.coroutineFunctions())
	math := s.library("math", s.mathFunctions())
	constants := mathConstants()
	for _, name := range sortedKeys(constants) {
		math.RawSetString(name, constants[name])
	}

	// Strings get a metatable of their own, so that ("x"):rep reaches the functions above and nothing else.
	meta := L.CreateTable(0, 16)
	meta.RawSetString("__index", stringMembers)
	meta.RawSetString("__metatable", lua.LFalse)
	s.stringArithmetic(meta)
	L.SetMetatable(lua.LString(""), meta)
}

// library makes one frozen library table global and returns its members.
func (s *State) library(name string, functions map[string]lua.LGFunction) *lua.LTable {
	members := s.L.CreateTable(0, len(functions))
	for _, member := range sortedKeys(functions) {
		members.RawSetString(member, s.L.NewFunction(functions[member]))
	}
	s.SetGlobal(name, s.Frozen("the library "+name, members, func(L *lua.LState) int {
		if key, ok := L.Get(2).(lua.LString); ok {
			if instead, retired := retiredMembers()[name][string(key)]; retired {
				L.RaiseError("%s", fmt.Sprintf("'%s.%s' is not there: %s", name, string(key), instead))
			}
		}
		L.Push(lua.LNil)
		return 1
	}))
	return members
}

// Library returns the table of one of Lua's own libraries, and its members, which may be added to before the first call.
func (s *State) Library(name string) (table, members *lua.LTable) {
	table, _ = s.globals.RawGetString(name).(*lua.LTable)
	return table, s.guardOf(table).Members
}
