package strlib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"

	"github.com/luaction/luaction/engine/interp/pattern"
)

func (l *Lib) find(L *lua.LState) int {
	s, source := text(L, 1, "find"), text(L, 2, "find")
	init := l.from(L, s, "find")
	if lua.LVAsBool(L.Get(4)) || isPlain(source) {
		l.meter.Step(L, (len(s)-init)/bytesPerStep)
		at := strings.Index(s[init:], source)
		if at < 0 {
			L.Push(lua.LNil)
			return 1
		}
		L.Push(number.Whole(init + at + 1))
		L.Push(number.Whole(init + at + len(source)))
		return 2
	}
	p := l.compile(L, &l.patterns, "string.find", source)
	start, end, ok := l.search(L, p, s, init)
	if !ok {
		L.Push(lua.LNil)
		return 1
	}
	L.Push(number.Whole(start + 1))
	L.Push(number.Whole(end))
	return 2 + l.pushCaptures(L, "string.find", p, s)
}

func (l *Lib) match(L *lua.LState) int {
	s, source := text(L, 1, "match"), text(L, 2, "match")
	init := l.from(L, s, "match")
	p := l.compile(L, &l.patterns, "string.match", source)
	start, end, ok := l.search(L, p, s, init)
	if !ok {
		L.Push(lua.LNil)
		return 1
	}
	return l.pushMatch(L, "string.match", p, s, start, end)
}

// from returns where the search starts, counted from 0: argument 3, at most the end of s.
func (l *Lib) from(L *lua.LState, s, function string) int {
	return min(max(place(optional(L, 3, function, 1), len(s))-1, 0), len(s))
}

// isPlain tells whether a pattern stands for itself.
func isPlain(source string) bool {
	for i := 0; i < len(source); i++ {
		switch source[i] {
		case '^', '$', '*', '+', '?', '.', '(', '[', '%', '-':
			return false
		}
	}
	return true
}

// pushMatch pushes the captures of the last match, or all of it if the pattern has none, and returns how many values.
func (l *Lib) pushMatch(L *lua.LState, function string, p *pattern.Pattern, s string, start, end int) int {
	if p.Captures() == 0 {
		L.Push(l.part(L, function, s, start, end))
		return 1
	}
	return l.pushCaptures(L, function, p, s)
}

func (l *Lib) pushCaptures(L *lua.LState, function string, p *pattern.Pattern, s string) int {
	for i := range p.Captures() {
		L.Push(l.capture(L, function, p, s, i))
	}
	return p.Captures()
}

func (l *Lib) capture(L *lua.LState, function string, p *pattern.Pattern, s string, i int) lua.LValue {
	if p.Unfinished(i) {
		L.RaiseError("%s", pattern.ErrUnfinished.Error())
	}
	start, end := l.matcher.Capture(i)
	if l.matcher.IsPosition(i) {
		return number.Whole(start + 1)
	}
	return l.part(L, function, s, start, end)
}
