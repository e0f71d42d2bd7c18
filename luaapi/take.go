package luaapi

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// param is the declared parameter of argument i, for messages; arguments beyond the last one belong to it.
func (a Args) param(i int) *Param {
	return &a.member.Params[min(i, len(a.member.Params))-1]
}

// Text is argument i as a text, strictly: it raises for a number, which String takes for its digits.
func (a Args) Text(i int) string {
	v := a.Get(i)
	text, ok := v.(lua.LString)
	if !ok {
		name := a.param(i).Name
		if _, isNumber := number.From(v); isNumber {
			a.Raise("%s must be a text, but is %s; write tostring(…) around it", name, TypeOf(v))
		}
		a.wrong(name, "string", v)
	}
	return string(text)
}

// Whole is argument i as a whole number from least to most, or the default if it is nil. It raises for any other number.
func (a Args) Whole(i, least, most, byDefault int) int {
	v := a.Get(i)
	if v == lua.LNil {
		return byDefault
	}
	n, _ := number.From(v)
	switch name := a.param(i).Name; {
	case n != math.Trunc(n):
		a.Raise("%s must be a whole number, but is %s", name, number.Format(n))
	case n <= float64(least):
		if n < float64(least) && least > math.MinInt {
			a.Raise("%s must be %d or more, but is %s", name, least, number.Format(n))
		}
		return least
	case n >= float64(most):
		if n > float64(most) && most < math.MaxInt {
			a.Raise("%s must be %d or less, but is %s", name, most, number.Format(n))
		}
		return most
	}
	return int(n)
}

// Own is argument i as a table of the script's: it raises for one that belongs to luaction, such as a module.
func (a Args) Own(i int) *lua.LTable {
	t := a.Table(i)
	if t == nil {
		return nil
	}
	if name := a.State.FrozenName(t); name != "" {
		a.Raise("%s must be a table of your own, but is %s", a.param(i).Name, name)
	}
	return t
}
