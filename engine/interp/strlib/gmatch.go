package strlib

import (
	lua "github.com/yuin/gopher-lua"
)

func (l *Lib) gmatch(L *lua.LState) int {
	s, source := text(L, 1, "gmatch"), text(L, 2, "gmatch")
	p := l.compile(L, &l.iterated, "string.gmatch", source)
	next := 0
	L.Push(L.NewClosure(func(L *lua.LState) int {
		if next > len(s) {
			return 0
		}
		start, end, ok := l.search(L, p, s, next)
		if !ok {
			next = len(s) + 1
			return 0
		}
		next = end
		if end == start {
			next++
		}
		return l.pushMatch(L, "string.gmatch", p, s, start, end)
	}, lua.LString(s)))
	return 1
}
