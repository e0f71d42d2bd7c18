package scripttest

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// How much of two tables is compared and told.
const (
	mostDeep        = 20_000
	mostDifferences = 8
)

// differ finds where two values are not the same. A missing key equals json.null, and list marks don't matter.
type differ struct {
	a     luaapi.Args
	found []string // differences, the first few
	more  int      // and how many further ones
	pairs map[[2]*lua.LTable]bool
}

func newDiffer(a luaapi.Args) *differ { return &differ{a: a, pairs: map[[2]*lua.LTable]bool{}} }

// spot is where a value stands: a key of the table at another spot. It is written only where there is a difference.
type spot struct {
	outer *spot // nil for the value itself
	key   lua.LValue
	depth int
}

// String is the spot as a script writes it. Of one that lies deep, only both ends are written.
func (s *spot) String() string {
	const ends = 10 // steps
	var first, last []*spot
	for ; s.outer != nil; s = s.outer {
		if len(last) < ends {
			last = append(last, s)
		} else if s.depth <= ends {
			first = append(first, s)
		}
	}
	var text strings.Builder
	for i := len(first) - 1; i >= 0; i-- {
		text.WriteString(step(first[i].key, text.Len() == 0))
	}
	if n := len(last); n > 0 && last[n-1].depth > len(first)+1 {
		text.WriteString("…")
	}
	for i := len(last) - 1; i >= 0; i-- {
		text.WriteString(step(last[i].key, text.Len() == 0))
	}
	return text.String()
}

// same compares two values at a place.
func (d *differ) same(expected, actual lua.LValue, at *spot) bool {
	d.a.State.Meter().Step(d.a.L, 1)
	v := d.a.Values
	e, isTable := expected.(*lua.LTable)
	t, both := actual.(*lua.LTable)
	if isTable && both && d.a.State.FrozenName(e) == "" && d.a.State.FrozenName(t) == "" {
		if e == t || d.pairs[[2]*lua.LTable{e, t}] {
			return true
		}
		if at.depth > mostDeep {
			d.a.Raise("the tables lie in one another more than %d levels deep; compare a part of them", mostDeep)
		}
		d.room(2)
		d.pairs[[2]*lua.LTable{e, t}] = true
		return d.tables(e, t, at)
	}
	if v.IsNull(expected) && v.IsNull(actual) || equal(d.a.L, expected, actual) {
		return true
	}
	d.note(expected, actual, at)
	return false
}

// equal is what == says.
func equal(L *lua.LState, a, b lua.LValue) bool { return L.Equal(a, b) }

func (d *differ) tables(e, t *lua.LTable, at *spot) bool {
	v := d.a.Values
	v.Open(e)
	v.Open(t)
	well := true
	for _, key := range d.keysOf(e, t) {
		if !d.same(e.RawGet(key), t.RawGet(key), &spot{at, key, at.depth + 1}) {
			well = false
		}
	}
	return well
}

// keysOf are the keys of both tables: the items in their order, then those of the first, then what only the second has.
func (d *differ) keysOf(e, t *lua.LTable) []lua.LValue {
	var keys []lua.LValue
	ordered := true
	for _, table := range []*lua.LTable{e, t} {
		for key, _ := table.Next(lua.LNil); key != lua.LNil; key, _ = table.Next(key) {
			if table == t && e.RawGet(key) != lua.LNil {
				continue
			}
			if n := len(keys); n > 0 && before(key, keys[n-1]) < 0 {
				ordered = false
			}
			keys = append(keys, key)
			if len(keys)%keysPerNeed == 0 {
				d.room(keysPerNeed)
			}
		}
	}
	if !ordered {
		d.room(len(keys))
		slices.SortStableFunc(keys, before)
	}
	return keys
}

// keysPerNeed is after how many keys the budget is asked.
const keysPerNeed = 1024

// room accounts for so many keys.
func (d *differ) room(keys int) {
	const perKey = 48 // bytes: two words, twice over while a list grows
	d.a.State.Meter().Need(d.a.L, "assert.same", perKey*keys)
	d.a.State.Meter().Step(d.a.L, keys)
}

// before puts numbers in their order ahead of all else.
func before(a, b lua.LValue) int {
	x, isNumber := a.(lua.LNumber)
	y, both := b.(lua.LNumber)
	switch {
	case isNumber && both && x < y, isNumber && !both:
		return -1
	case isNumber && both && x > y, both && !isNumber:
		return 1
	}
	return 0
}

// step is how a key is written behind a place.
func step(key lua.LValue, first bool) string {
	name, ok := key.(lua.LString)
	if !ok || len(name) > shownKey || !plainName(string(name)) {
		return "[" + shortKey(key) + "]"
	}
	if first {
		return string(name)
	}
	return "." + string(name)
}

func (d *differ) note(expected, actual lua.LValue, at *spot) {
	if len(d.found) == mostDifferences {
		d.more++
		return
	}
	text := d.difference(expected, actual)
	if place := at.String(); place != "" {
		text = place + ": " + text
	}
	d.found = append(d.found, text)
}

// difference says what two values are that should be the same.
func (d *differ) difference(expected, actual lua.LValue) string {
	v := d.a.Values
	show := func(value lua.LValue) string { return show(d.a.Session, value, shownInline) }
	switch {
	case v.IsNull(expected) && v.IsNull(actual): // assert.equal tells the two apart
		return "expected " + show(expected) + ", got " + show(actual) + "; assert.same takes them for the same"
	case v.IsNull(expected):
		return "expected nothing, got " + show(actual)
	case v.IsNull(actual):
		return "expected " + show(expected) + ", got nothing"
	}
	e, g := show(expected), show(actual)
	if x, y, numbers := numbersOf(expected, actual); numbers && e == g {
		return almost(x, y)
	}
	if e == g {
		e, g = e+" ("+luaapi.TypeOf(expected)+")", g+" ("+luaapi.TypeOf(actual)+")"
		if expected.Type() == lua.LTTable && actual.Type() == lua.LTTable {
			return "these are two tables with the same content; assert.same compares what is in them: " + show(expected)
		}
	} else if expected.Type() != actual.Type() && (scalar(expected) && scalar(actual)) {
		e, g = e+" ("+luaapi.TypeOf(expected)+")", g+" ("+luaapi.TypeOf(actual)+")"
	}
	text := "expected " + e + ", got " + g
	if x, ok := expected.(lua.LString); ok {
		if y, ok := actual.(lua.LString); ok {
			text += parting(string(x), string(y))
		}
	}
	return text
}

func numbersOf(expected, actual lua.LValue) (x, y float64, both bool) {
	e, isNumber := expected.(lua.LNumber)
	a, alsoNumber := actual.(lua.LNumber)
	return float64(e), float64(a), isNumber && alsoNumber
}

// almost is what to say of two numbers that are printed alike and are not the same.
func almost(x, y float64) string {
	if math.IsNaN(x) && math.IsNaN(y) {
		return "expected nan, got nan; nan is no number, and not even the same as itself: ask with n ~= n"
	}
	digits := func(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
	return sprintf("expected %s, got %s; assert.near(expected, actual, 0.001) lets fractions differ a little", digits(x), digits(y))
}

func scalar(v lua.LValue) bool { return v.Type() == lua.LTString || v.Type() == lua.LTNumber }

// parting says where two long texts part.
func parting(x, y string) string {
	const long = 40
	if len(x) < long || len(y) < long {
		return ""
	}
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	for i > 0 && (i < len(x) && !utf8.RuneStart(x[i]) || i < len(y) && !utf8.RuneStart(y[i])) {
		i--
	}
	if i == 0 {
		return ""
	}
	const around = 20 // characters
	piece := func(rest string) string {
		if rest == "" {
			return "the end"
		}
		runes := []rune(cut(rest, around*utf8.UTFMax))
		return quote(string(runes[:min(len(runes), around)]))
	}
	return sprintf(" (they part at character %d: %s and %s)", utf8.RuneCountInString(x[:i])+1, piece(x[i:]), piece(y[i:]))
}
