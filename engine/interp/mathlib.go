package interp

import (
	"math"
	"math/rand/v2"

	lua "github.com/yuin/gopher-lua"
)

func mathConstants() map[string]lua.LValue {
	return map[string]lua.LValue{"pi": lua.LNumber(math.Pi), "huge": lua.LNumber(math.Inf(1))}
}

func (s *State) mathFunctions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"abs":        ofOne(math.Abs),
		"acos":       ofOne(math.Acos),
		"asin":       ofOne(math.Asin),
		"atan":       ofOne(math.Atan),
		"atan2":      ofTwo(math.Atan2),
		"ceil":       ofOne(math.Ceil),
		"cos":        ofOne(math.Cos),
		"cosh":       ofOne(math.Cosh),
		"deg":        ofOne(func(x float64) float64 { return x / (math.Pi / 180) }),
		"exp":        ofOne(math.Exp),
		"floor":      ofOne(math.Floor),
		"fmod":       ofTwo(math.Mod),
		"frexp":      mathFrexp,
		"ldexp":      ofTwo(func(x, e float64) float64 { return math.Ldexp(x, int(max(-1<<20, min(1<<20, e)))) }),
		"log":        ofOne(math.Log),
		"log10":      ofOne(math.Log10),
		"max":        extreme(func(a, b float64) bool { return a > b }),
		"min":        extreme(func(a, b float64) bool { return a < b }),
		"modf":       mathModf,
		"pow":        ofTwo(math.Pow),
		"rad":        ofOne(func(x float64) float64 { return x * (math.Pi / 180) }),
		"random":     s.mathRandom,
		"randomseed": s.mathRandomSeed,
		"sin":        ofOne(math.Sin),
		"sinh":       ofOne(math.Sinh),
		"sqrt":       ofOne(math.Sqrt),
		"tan":        ofOne(math.Tan),
		"tanh":       ofOne(math.Tanh),
	}
}

func ofOne(f func(float64) float64) lua.LGFunction {
	return func(L *lua.LState) int {
		L.Push(lua.LNumber(f(argNumber(L, 1))))
		return 1
	}
}

func ofTwo(f func(a, b float64) float64) lua.LGFunction {
	return func(L *lua.LState) int {
		a := argNumber(L, 1)
		L.Push(lua.LNumber(f(a, argNumber(L, 2))))
		return 1
	}
}

func extreme(better func(a, b float64) bool) lua.LGFunction {
	return func(L *lua.LState) int {
		best := argNumber(L, 1)
		for i := 2; i <= L.GetTop(); i++ {
			if n := argNumber(L, i); better(n, best) {
				best = n
			}
		}
		L.Push(lua.LNumber(best))
		return 1
	}
}

func mathFrexp(L *lua.LState) int {
	fraction, exponent := math.Frexp(argNumber(L, 1))
	L.Push(lua.LNumber(fraction))
	L.Push(lua.LNumber(exponent))
	return 2
}

func mathModf(L *lua.LState) int {
	n := argNumber(L, 1)
	whole, fraction := math.Trunc(n), 0.0
	if !math.IsInf(n, 0) {
		fraction = n - whole
	}
	fraction = math.Copysign(fraction, n)
	L.Push(lua.LNumber(whole))
	L.Push(lua.LNumber(fraction))
	return 2
}

// chance is the call's own source of random numbers, seeded when it is first needed: at random unless Options have a seed.
func (s *State) chance() *rand.Rand {
	if s.random == nil && s.opts.Seed != 0 {
		s.SeedRandom(s.opts.Seed)
	}
	if s.random == nil {
		s.random = rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())) //nolint:gosec // no secrets come from math.random
	}
	return s.random
}

func (s *State) mathRandom(L *lua.LState) int {
	var low, high float64
	switch L.GetTop() {
	case 0:
		L.Push(lua.LNumber(s.chance().Float64()))
		return 1
	case 1:
		low, high = 1, math.Trunc(argNumber(L, 1))
		if !(low <= high) {
			L.ArgError(1, "interval is empty")
		}
	case 2:
		low, high = math.Trunc(argNumber(L, 1)), math.Trunc(argNumber(L, 2))
		if !(low <= high) {
			L.ArgError(2, "interval is empty")
		}
	default:
		L.RaiseError("wrong number of arguments")
	}
	L.Push(lua.LNumber(s.between(low, high)))
	return 1
}

// between is a whole number from low to high, both included. Intervals too wide for exact counting are scaled.
func (s *State) between(low, high float64) float64 {
	if width := high - low; width < 1<<53 {
		return low + float64(s.chance().Uint64N(uint64(width)+1))
	}
	return min(high, low+math.Floor(s.chance().Float64()*(high-low)))
}

// SeedRandom makes the numbers that math.random gives in the rest of this call depend on the seed alone.
func (s *State) SeedRandom(seed float64) {
	s.random = rand.New(rand.NewPCG(math.Float64bits(seed), 0x9e3779b97f4a7c15)) //nolint:gosec // no secrets come from math.random
}

func (s *State) mathRandomSeed(L *lua.LState) int {
	s.SeedRandom(argNumber(L, 1))
	return 0
}
