package interp

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// The library reads a text in arithmetic as Go reads numbers ("010" is 8, "1_000" is 1000). It asks for metamethods first,
// so strings get some that read it as Lua does.
func (s *State) stringArithmetic(meta *lua.LTable) {
	for event, operation := range map[string]func(a, b float64) float64{
		"add": func(a, b float64) float64 { return a + b },
		"sub": func(a, b float64) float64 { return a - b },
		"mul": func(a, b float64) float64 { return a * b },
		"div": func(a, b float64) float64 { return a / b },
		"mod": modulo,
		"pow": math.Pow,
	} {
		meta.RawSetString("__"+event, s.L.NewFunction(func(L *lua.LState) int {
			return arithmetic(L, event, operation)
		}))
	}
	meta.RawSetString("__unm", s.L.NewFunction(func(L *lua.LState) int {
		n, ok := number.From(L.Get(1))
		if !ok {
			L.RaiseError("__unm undefined")
		}
		L.Push(lua.LNumber(-n))
		return 1
	}))
}

func modulo(a, b float64) float64 {
	rest := math.Mod(a, b)
	if b > 0 && rest < 0 || b < 0 && rest > 0 {
		rest += b
	}
	return rest
}

func arithmetic(L *lua.LState, event string, operation func(a, b float64) float64) int {
	left, right := L.Get(1), L.Get(2)
	a, ok := number.From(left)
	b, fine := number.From(right)
	if ok && fine {
		L.Push(lua.LNumber(operation(a, b)))
		return 1
	}
	// The left operand's metamethod is asked first: here it was the string's, and the right one may have its own.
	if right.Type() != lua.LTString {
		if own := L.GetMetaField(right, "__"+event); own.Type() == lua.LTFunction {
			L.Push(own)
			L.Push(left)
			L.Push(right)
			L.Call(2, 1)
			return 1
		}
	}
	L.RaiseError("cannot perform %s operation between %s and %s", event, left.Type(), right.Type())
	return 0
}

// numberHook is the hidden name of the function through which the bounds of counting loops go: a text that says a number is
// one there, as in Lua, and the library takes none.
const numberHook = "\x00number"

func loopNumber(L *lua.LState) int {
	if v := L.Get(1); v.Type() != lua.LTNumber {
		if n, ok := number.From(v); ok {
			L.Push(lua.LNumber(n))
		}
	}
	return 1
}
