package interp

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// argNumber returns argument n as a number. Strings that say a number are converted, as Lua does.
func argNumber(L *lua.LState, n int) float64 {
	v := L.Get(n)
	if d, ok := v.(lua.LNumber); ok {
		return float64(d)
	}
	d, ok := number.From(v)
	if !ok {
		L.TypeError(n, lua.LTNumber)
	}
	return d
}

// argInt returns argument n as a count or a place.
func argInt(L *lua.LState, n int) int { return number.Position(argNumber(L, n)) }

// optInt is argInt with a default for an argument that is absent or nil.
func optInt(L *lua.LState, n, without int) int {
	if L.Get(n) == lua.LNil {
		return without
	}
	return argInt(L, n)
}

// argText returns argument n as a string; numbers are converted, as Lua does.
func argText(L *lua.LState, n int) string {
	text, ok := asText(L.Get(n))
	if !ok {
		L.TypeError(n, lua.LTString)
	}
	return text
}

// asText is the text of a string or a number, which Lua takes for one another.
func asText(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case lua.LNumber:
		return number.Format(float64(v)), true
	case *lua.LUserData:
		if i := number.IntegerOf(v); i != nil {
			return i.Digits(), true
		}
	}
	return "", false
}

// typeName is what type gives for the value.
func typeName(v lua.LValue) string {
	if number.IntegerOf(v) != nil {
		return "number"
	}
	return v.Type().String()
}

// item reads t[i] without metamethods, wherever the library keeps it.
func item(t *lua.LTable, i int) lua.LValue {
	if i >= 1 && i < maxArrayIndex {
		return t.RawGetInt(i)
	}
	return t.RawGet(lua.LNumber(i))
}
