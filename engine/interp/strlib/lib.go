// Package strlib is the string library of scripts: the functions of Lua 5.1's string table, bounded in time and memory.
package strlib

import (
	"hash/maphash"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/pattern"
)

// Lib is the string library of one interpreter state, with what it remembers from call to call: compiled patterns, parsed
// formats, short strings, a buffer. The state and its coroutines share it; it belongs to one goroutine at a time.
type Lib struct {
	meter    *meter.Meter
	tostring func(L *lua.LState, v lua.LValue) string
	state    *lua.LState // whose call the matcher works for
	matcher  pattern.Matcher
	patterns cache[*pattern.Pattern]
	iterated cache[*pattern.Pattern]
	formats  cache[[]piece]
	buffer   []byte
	seed     maphash.Seed
	short    [shortPairs]shortPair
}

// New returns the library of a state. tostring is what "%s" does with values that are neither strings nor numbers.
func New(m *meter.Meter, tostring func(L *lua.LState, v lua.LValue) string) *Lib {
	l := &Lib{meter: m, tostring: tostring, seed: maphash.MakeSeed()}
	l.matcher.Tick = func(steps int) error {
		l.meter.Step(l.state, steps)
		return nil
	}
	return l
}

// Functions returns the functions by the names they have in Lua's string table.
func (l *Lib) Functions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"byte":    l.byteValues,
		"char":    l.char,
		"find":    l.find,
		"format":  l.format,
		"gmatch":  l.gmatch,
		"gsub":    l.gsub,
		"len":     l.length,
		"lower":   l.lower,
		"match":   l.match,
		"rep":     l.rep,
		"reverse": l.reverse,
		"sub":     l.sub,
		"upper":   l.upper,
	}
}
