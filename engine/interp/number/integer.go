package number

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// Integer is a whole number from JSON that a double can't hold. In Lua it travels as a userdata whose Value is *Integer. It
// prints, compares with its like and is sent on as its digits; for everything else it counts as the nearest double. It is
// immutable.
type Integer struct {
	digits string
	float  float64
}

// NewInteger returns the integer with the given decimal digits, which may start with "-". Other text is outside the
// contract.
func NewInteger(digits string) *Integer {
	float, _ := strconv.ParseFloat(digits, 64)
	return &Integer{digits: digits, float: float}
}

// Digits returns the digits as they were given.
func (i *Integer) Digits() string { return i.digits }

// Float returns the nearest double.
func (i *Integer) Float() float64 { return i.float }

// Cmp is -1, 0 or 1 as i is less than, equal to or greater than other.
func (i *Integer) Cmp(other *Integer) int {
	a, aNegative := magnitude(i.digits)
	b, bNegative := magnitude(other.digits)
	if aNegative != bNegative {
		if aNegative {
			return -1
		}
		return 1
	}
	order := len(a) - len(b)
	if order == 0 {
		order = strings.Compare(a, b)
	}
	if aNegative {
		order = -order
	}
	return min(max(order, -1), 1)
}

// magnitude cuts off sign and leading zeros, so that longer is larger; zero has no sign.
func magnitude(digits string) (string, bool) {
	body, negative := cutSign(digits)
	body = strings.TrimLeft(body, "0")
	return body, negative && body != ""
}

// IntegerOf returns the integer that v carries, or nil.
func IntegerOf(v lua.LValue) *Integer {
	if data, ok := v.(*lua.LUserData); ok {
		if i, ok := data.Value.(*Integer); ok {
			return i
		}
	}
	return nil
}

// From returns the number that v is or, as a string, says; an Integer gives the nearest double. False means that Lua takes v
// for no number.
func From(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return Parse(string(v))
	case *lua.LUserData:
		if i, ok := v.Value.(*Integer); ok {
			return i.float, true
		}
	}
	return 0, false
}
