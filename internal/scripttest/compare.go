package scripttest

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// How much of two tables is compared and told.
const (
	mostDeep        = 200
	mostDifferences = 8
)

// differ finds where two values are not the same. A missing key equals json.null, and list marks don't matter.
type differ struct {
	a     luaapi.Args
	found []string // differences, the first few
	more  int      // and how many further ones
	pairs map[[2]*lua.LTable]bool
	first [2]lua.LValue // the values of the first difference
}

func newDiffer(a luaapi.Args) *differ { return &differ{a: a, pairs: map[[2]*lua.LTable]bool{}} }

// same compares two values at a place.
func (d *differ) same(expected, actual lua.LValue, at string, depth int) bool {
	d.a.State.Meter().Step(d.a.L, 1)
	v := d.a.Values
	e, isTable := expected.(*lua.LTable)
	t, both := actual.(*lua.LTable)
	if isTable && both && d.a.State.FrozenName(e) == "" && d.a.State.FrozenName(t) == "" {
		if e == t || d.pairs[[2]*lua.LTable{e, t}] {
			return true
		}
		if depth > mostDeep {
			d.note(expected, actual, at)
			return false
		}
		d.pairs[[2]*lua.LTable{e, t}] = true
		return d.tables(e, t, at, depth)
	}
	if v.IsNull(expected) && v.IsNull(actual) || equal(d.a.L, expected, actual) {
		return true
	}
	d.note(expected, actual, at)
	return false
}

// equal is what == says.
func equal(L *lua.LState, a, b lua.LValue) bool { return L.Equal(a, b) }

func (d *differ) tables(e, t *lua.LTable, at string, depth int) bool {
	v := d.a.Values
	v.Open(e)
	v.Open(t)
	well := true
	for _, key := range keysOf(e, t) {
		if !d.same(e.RawGet(key), t.RawGet(key), at+step(key, at == ""), depth+1) {
			well = false
		}
	}
	return well
}

// keysOf are the keys of both tables: the items in their order, then those of the first, then what only the second has.
func keysOf(e, t *lua.LTable) []lua.LValue {
	var keys []lua.LValue
	seen := map[lua.LValue]bool{}
	for _, table := range []*lua.LTable{e, t} {
		for key, _ := table.Next(lua.LNil); key != lua.LNil; key, _ = table.Next(key) {
			if !seen[key] {
				seen[key] = true
				keys = append(keys, key)
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b lua.LValue) int {
		x, isNumber := a.(lua.LNumber)
		y, both := b.(lua.LNumber)
		switch {
		case isNumber && both && x < y, isNumber && !both:
			return -1
		case isNumber && both && x > y, both && !isNumber:
			return 1
		}
		return 0
	})
	return keys
}

// step is how a key is written behind a place.
func step(key lua.LValue, first bool) string {
	name, ok := key.(lua.LString)
	if !ok || !plainName(string(name)) {
		return "[" + short(key) + "]"
	}
	if first {
		return string(name)
	}
	return "." + string(name)
}

func (d *differ) note(expected, actual lua.LValue, at string) {
	if len(d.found) == 0 {
		d.first = [2]lua.LValue{expected, actual}
	}
	if len(d.found) == mostDifferences {
		d.more++
		return
	}
	text := d.difference(expected, actual)
	if at != "" {
		text = at + ": " + text
	}
	d.found = append(d.found, text)
}

// difference says what two values are that should be the same.
func (d *differ) difference(expected, actual lua.LValue) string {
	v := d.a.Values
	show := func(value lua.LValue) string { return show(d.a.Session, value, shownInline) }
	switch {
	case v.IsNull(expected):
		return "expected nothing, got " + show(actual)
	case v.IsNull(actual):
		return "expected " + show(expected) + ", got nothing"
	}
	e, g := show(expected), show(actual)
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

func scalar(v lua.LValue) bool { return v.Type() == lua.LTString || v.Type() == lua.LTNumber }

// parting says where two long texts part.
func parting(x, y string) string {
	const long = 40
	if len(x) < long || len(y) < long {
		return ""
	}
	a, b := []rune(x), []rune(y)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == 0 {
		return ""
	}
	const around = 20
	piece := func(r []rune) string {
		if i >= len(r) {
			return "the end"
		}
		return quote(string(r[i:min(len(r), i+around)]))
	}
	return sprintf(" (they part at character %d: %s and %s)", i+1, piece(a), piece(b))
}
