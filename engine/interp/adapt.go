package interp

import lua "github.com/yuin/gopher-lua"

// adapt makes a script's metatable do what Lua 5.1 says where the library goes its own way: it asks __len of tables, which Lua
// doesn't, and gives __unm one argument, not two. What it finds there it replaces with values that do the same for a script
// that calls them.
func (s *State) adapt(meta *lua.LTable) {
	if length, ok := meta.RawGetString("__len").(*lua.LFunction); ok {
		// The library asks functions only.
		shy := s.L.CreateTable(0, 1)
		shy.RawSetString("__call", s.L.NewFunction(func(L *lua.LState) int {
			L.Replace(1, length)
			L.Call(L.GetTop()-1, lua.MultRet)
			return L.GetTop()
		}))
		meta.RawSetString("__len", &lua.LUserData{Metatable: shy})
	}
	if negate, ok := meta.RawGetString("__unm").(*lua.LFunction); ok && !negate.IsG &&
		(negate.Proto.NumParameters > 1 || negate.Proto.IsVarArg != 0) {
		meta.RawSetString("__unm", s.L.NewFunction(func(L *lua.LState) int {
			value := L.Get(1)
			L.Push(negate)
			L.Push(value)
			L.Push(value)
			L.Call(2, 1)
			return 1
		}))
	}
}
