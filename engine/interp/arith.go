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

// moduloHook is the hidden name of a function that does what the operator % does, for chunk.Compile to call where a script
// writes it: the library's own gives 0.1 for 1 % 0.1, and -0 for -4 % 2.
const moduloHook = "\x00mod"

// modulo is a % b as the manual defines it.
func modulo(a, b float64) float64 { return a - math.Floor(a/b)*b }

func moduloOperator(L *lua.LState) int {
	left, right := L.Get(1), L.Get(2)
	a, ok := left.(lua.LNumber)
	b, fine := right.(lua.LNumber)
	if ok && fine {
		L.Push(lua.LNumber(modulo(float64(a), float64(b))))
		return 1
	}
	event := lua.LNil
	if left.Type() != lua.LTString {
		event = L.GetMetaField(left, "__mod")
	}
	if event == lua.LNil && right.Type() != lua.LTString {
		event = L.GetMetaField(right, "__mod")
	}
	if !callable(L, event) {
		return arithmetic(L, "mod", modulo)
	}
	L.Push(event)
	L.Push(left)
	L.Push(right)
	L.Call(2, 1)
	return 1
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
