package number

import lua "github.com/yuin/gopher-lua"

// readyNumbers is how many whole numbers, from 0, are values already: Go allocates for each number that it puts into an
// interface.
const readyNumbers = 1 << 10

var ready = makeReady()

func makeReady() (values [readyNumbers]lua.LValue) {
	for n := range values {
		values[n] = lua.LNumber(n)
	}
	return values
}

// Whole is a whole number as a value; small ones cost nothing.
func Whole(n int) lua.LValue {
	if IsReady(n) {
		return ready[n]
	}
	return lua.LNumber(n)
}

// IsReady says whether Whole has the number at hand.
func IsReady(n int) bool { return n >= 0 && n < readyNumbers }
