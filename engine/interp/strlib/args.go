package strlib

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/number"
)

const (
	maxString = meter.MaxString
	// bytesPerStep is how many bytes of a plain loop or a copy count as one step.
	bytesPerStep = 64
)

// text returns argument n as a string. Numbers are converted, as Lua does.
func text(L *lua.LState, n int, function string) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return number.Format(float64(v))
	case *lua.LUserData:
		if i := number.IntegerOf(v); i != nil {
			return i.Digits()
		}
	}
	typeError(L, n, function, "string")
	return ""
}

// double returns argument n as a number. Strings that say a number are converted, as Lua does.
func double(L *lua.LState, n int, function string) float64 {
	v := L.Get(n)
	if d, ok := v.(lua.LNumber); ok {
		return float64(d)
	}
	d, ok := number.From(v)
	if !ok {
		typeError(L, n, function, "number")
	}
	return d
}

// integer returns argument n as a count or a place.
func integer(L *lua.LState, n int, function string) int {
	return number.Position(double(L, n, function))
}

// optional is integer with a default for an argument that is absent or nil.
func optional(L *lua.LState, n int, function string, without int) int {
	if L.Get(n) == lua.LNil {
		return without
	}
	return integer(L, n, function)
}

func typeError(L *lua.LState, n int, function, expected string) {
	argError(L, n, function, fmt.Sprintf("%s expected, got %s", expected, typeName(L, n)))
}

func typeName(L *lua.LState, n int) string {
	if n > L.GetTop() {
		return "no value"
	}
	return L.Get(n).Type().String()
}

// argError raises Lua's complaint about argument n. In a method call the value before the colon isn't counted.
func argError(L *lua.LState, n int, function, message string) {
	if calledAsMethod(L, function) {
		if n--; n == 0 {
			L.RaiseError("calling '%s' on bad self (%s)", function, message)
		}
	}
	L.RaiseError("bad argument #%d to '%s' (%s)", n, function, message)
}

// calledAsMethod tells whether the running function was called with a colon. The interpreter doesn't say which instruction
// called, so the answer is taken from the calling line: it names the method, and doesn't name it as a field, too.
func calledAsMethod(L *lua.LState, function string) bool {
	caller, ok := L.GetStack(1)
	if !ok {
		return false
	}
	value, err := L.GetInfo("fl", caller, lua.LNil)
	fn, ok := value.(*lua.LFunction)
	if err != nil || !ok || fn.Proto == nil {
		return false
	}
	method := false
	for i, instruction := range fn.Proto.Code {
		if i >= len(fn.Proto.DbgSourcePositions) || fn.Proto.DbgSourcePositions[i] != caller.CurrentLine {
			continue
		}
		op := int(instruction >> 26)
		if op != lua.OP_SELF && op != lua.OP_GETTABLEKS && op != lua.OP_GETTABLE {
			continue
		}
		const constant = 1 << 8 // an operand from here on is the number of a constant
		operand := int(instruction >> 9 & 0x1ff)
		if operand < constant || operand-constant >= len(fn.Proto.Constants) ||
			fn.Proto.Constants[operand-constant] != lua.LString(function) {
			continue
		}
		if op != lua.OP_SELF {
			return false
		}
		method = true
	}
	return method
}
