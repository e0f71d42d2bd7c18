package interp

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// NewInteger returns an integer that a double can't hold as a script sees it: it is a number by type, prints and compares as
// its digits, and reckons as the nearest double.
func (s *State) NewInteger(n *number.Integer) lua.LValue {
	if s.integers == nil {
		s.integers = s.integerMeta()
	}
	return &lua.LUserData{Value: n, Metatable: s.integers}
}

func (s *State) integerMeta() *lua.LTable {
	L := s.L
	meta := L.CreateTable(0, 8)
	for event, reckon := range map[string]func(a, b float64) float64{
		"__add": func(a, b float64) float64 { return a + b },
		"__sub": func(a, b float64) float64 { return a - b },
		"__mul": func(a, b float64) float64 { return a * b },
		"__div": func(a, b float64) float64 { return a / b },
		"__mod": func(a, b float64) float64 { return a - math.Floor(a/b)*b },
		"__pow": math.Pow,
	} {
		meta.RawSetString(event, L.NewFunction(func(L *lua.LState) int {
			a, okA := number.From(L.Get(1))
			b, okB := number.From(L.Get(2))
			if !okA || !okB {
				L.RaiseError("attempt to perform arithmetic on a %s value", notNumber(L).Type())
			}
			L.Push(lua.LNumber(reckon(a, b)))
			return 1
		}))
	}
	meta.RawSetString("__unm", L.NewFunction(func(L *lua.LState) int {
		a, _ := number.From(L.Get(1))
		L.Push(lua.LNumber(-a))
		return 1
	}))
	compare := func(event string, holds func(int) bool) {
		meta.RawSetString(event, L.NewFunction(func(L *lua.LState) int {
			a, b := integer(L.Get(1)), integer(L.Get(2))
			L.Push(lua.LBool(a != nil && b != nil && holds(a.Cmp(b))))
			return 1
		}))
	}
	compare("__eq", func(c int) bool { return c == 0 })
	compare("__lt", func(c int) bool { return c < 0 })
	compare("__le", func(c int) bool { return c <= 0 })
	meta.RawSetString("__concat", L.NewFunction(func(L *lua.LState) int {
		for i := 1; i <= 2; i++ {
			if v := L.Get(i); !lua.LVCanConvToString(v) && integer(v) == nil {
				L.RaiseError("attempt to concatenate a %s value", v.Type())
			}
		}
		L.Push(lua.LString(s.ToString(L, L.Get(1)) + s.ToString(L, L.Get(2))))
		return 1
	}))
	return meta
}

func integer(v lua.LValue) *number.Integer {
	if ud, ok := v.(*lua.LUserData); ok {
		n, _ := ud.Value.(*number.Integer)
		return n
	}
	return nil
}

func notNumber(L *lua.LState) lua.LValue {
	if _, ok := number.From(L.Get(1)); !ok {
		return L.Get(1)
	}
	return L.Get(2)
}
