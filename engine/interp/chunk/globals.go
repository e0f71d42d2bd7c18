package chunk

import (
	"sync"

	lua "github.com/yuin/gopher-lua"

	integers "github.com/luaction/luaction/engine/interp/number"
)

// TypeName is the global whose function is Type.
const TypeName = "type"

// Type is Lua's type. It needs nothing of a state, so that all states have the same one, and scripts have it among their
// constants: to look up a global by its name takes longer than the call.
//
//nolint:gochecknoglobals // made once and never changed: compiled scripts hold it, and all states share them
var Type = sync.OnceValue(func() *lua.LFunction {
	var names [lua.LTChannel + 1]lua.LValue
	for i := range names {
		names[i] = lua.LString(lua.LValueType(i).String())
	}
	return &lua.LFunction{IsG: true, GFunction: func(L *lua.LState) int {
		value := L.CheckAny(1)
		if ud, ok := value.(*lua.LUserData); ok {
			if _, ok := ud.Value.(*integers.Integer); ok {
				L.Push(names[lua.LTNumber])
				return 1
			}
		}
		L.Push(names[value.Type()])
		return 1
	}}
})

// knowGlobals has the instructions that look up a global which all states share load it.
func knowGlobals(proto *lua.FunctionProto) {
	at := -1
	for i, inst := range proto.Code {
		if int(inst>>26) != lua.OP_GETGLOBAL || proto.Constants[inst&maxConstant] != lua.LValue(lua.LString(TypeName)) {
			continue
		}
		if at < 0 {
			if at = len(proto.Constants); at > maxConstant {
				return
			}
			proto.Constants = append(proto.Constants, Type())
		}
		proto.Code[i] = uint32(lua.OP_LOADK)<<26 | inst&(0xff<<18) | uint32(at)
	}
}

// maxConstant is the highest constant that an instruction can name.
const maxConstant = 1<<18 - 1
