package strlib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

func (l *Lib) length(L *lua.LState) int {
	L.Push(number.Whole(len(text(L, 1, "len"))))
	return 1
}

// place turns a place as scripts count it, from 1 or backwards from -1, into one from 1; 0 is before the start.
func place(at, length int) int {
	if at < 0 {
		at += length + 1
	}
	return max(at, 0)
}

func (l *Lib) sub(L *lua.LState) int {
	s := text(L, 1, "sub")
	start := max(place(integer(L, 2, "sub"), len(s)), 1)
	end := min(place(optional(L, 3, "sub", -1), len(s)), len(s))
	switch {
	case start > end:
		L.Push(ready.empty)
	case start == 1 && end == len(s):
		l.pushSame(L, s)
	default:
		L.Push(l.part(L, "string.sub", s, start-1, end))
	}
	return 1
}

// pushSame pushes the first argument, whose text is s, without making a new string of it.
func (l *Lib) pushSame(L *lua.LState, s string) {
	v := L.Get(1)
	if v.Type() != lua.LTString {
		v = lua.LString(s)
	}
	L.Push(v)
}

func (l *Lib) upper(L *lua.LState) int { return l.mapBytes(L, "string.upper", 'a') }

func (l *Lib) lower(L *lua.LState) int { return l.mapBytes(L, "string.lower", 'A') }

// mapBytes changes the case of the 26 letters from first on.
func (l *Lib) mapBytes(L *lua.LState, function string, first byte) int {
	s := text(L, 1, function[len("string."):])
	at := 0
	for at < len(s) && s[at]-first >= 26 {
		at++
	}
	l.meter.Step(L, len(s)/bytesPerStep)
	if at == len(s) {
		l.pushSame(L, s)
		return 1
	}
	b := append(l.room(L, function, l.takeBuffer(), len(s)), s...)
	for ; at < len(b); at++ {
		if b[at]-first < 26 {
			b[at] ^= 'a' ^ 'A'
		}
	}
	L.Push(l.made(L, function, b))
	l.giveBuffer(b)
	return 1
}

func (l *Lib) reverse(L *lua.LState) int {
	s := text(L, 1, "reverse")
	l.meter.Step(L, len(s)/bytesPerStep)
	b := l.room(L, "string.reverse", l.takeBuffer(), len(s))
	for i := len(s) - 1; i >= 0; i-- {
		b = append(b, s[i])
	}
	L.Push(l.made(L, "string.reverse", b))
	l.giveBuffer(b)
	return 1
}

func (l *Lib) rep(L *lua.LState) int {
	s := text(L, 1, "rep")
	times := integer(L, 2, "rep")
	switch {
	case times <= 0 || s == "":
		L.Push(ready.empty)
		return 1
	case times == 1:
		l.pushSame(L, s)
		return 1
	}
	size := maxString + 1
	if times <= maxString/len(s) {
		size = times * len(s)
	}
	if size <= shortLength {
		b := l.room(L, "string.rep", l.takeBuffer(), size)
		for range times {
			b = append(b, s...)
		}
		L.Push(l.made(L, "string.rep", b))
		l.giveBuffer(b)
		return 1
	}
	l.meter.Grow(L, "string.rep", size)
	l.meter.Step(L, size/bytesPerStep)
	L.Push(lua.LString(strings.Repeat(s, times)))
	return 1
}

// maxValues is how many values byte returns at most.
const maxValues = 60000

func (l *Lib) byteValues(L *lua.LState) int {
	s := text(L, 1, "byte")
	start := place(optional(L, 2, "byte", 1), len(s))
	end := place(optional(L, 3, "byte", start), len(s))
	start, end = max(start, 1), min(end, len(s))
	if start > end {
		return 0
	}
	n := end - start + 1
	if n > maxValues {
		L.RaiseError("string slice too long")
	}
	l.meter.Step(L, n)
	for _, c := range []byte(s[start-1 : end]) {
		L.Push(number.Whole(int(c)))
	}
	return n
}

func (l *Lib) char(L *lua.LState) int {
	n := L.GetTop()
	l.meter.Step(L, n)
	b := l.room(L, "string.char", l.takeBuffer(), n)
	for i := 1; i <= n; i++ {
		c := integer(L, i, "char")
		if c < 0 || c > 255 {
			argError(L, i, "char", "invalid value")
		}
		b = append(b, byte(c))
	}
	L.Push(l.made(L, "string.char", b))
	l.giveBuffer(b)
	return 1
}
