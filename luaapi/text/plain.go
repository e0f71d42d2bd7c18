package text

import (
	"math"
	"strings"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

const bytesPerStep = 64 // how many bytes are looked through at about the cost of a step

func step(a luaapi.Args, bytes int) { a.State.Meter().Step(a.L, 1+bytes/bytesPerStep) }

// count is how many characters the text has.
func count(a luaapi.Args, s string) int {
	step(a, 4*len(s))
	return utf8.RuneCountInString(s)
}

func length(a luaapi.Args) int { return a.Return(lua.LNumber(count(a, a.Text(1)))) }

func sub(a luaapi.Args) int {
	s := a.Text(1)
	i, j := a.Whole(2, math.MinInt, math.MaxInt, 1), a.Whole(3, math.MinInt, math.MaxInt, -1)
	length := count(a, s)
	from, to := max(place(i, length), 1), min(place(j, length), length)
	if from > to {
		return a.Return(lua.LString(""))
	}
	start := offset(s, from-1)
	return a.Return(a.Part(s, start, start+offset(s[start:], to-from+1)))
}

// place is the place from the beginning that a negative one from the end means.
func place(at, length int) int {
	if at < 0 {
		return length + at + 1
	}
	return at
}

// offset is where the character after n others begins, in bytes.
func offset(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

func trim(a luaapi.Args) int {
	s := a.Text(1)
	cut := isSpace
	if a.Get(2) != lua.LNil {
		cut = set(a, a.Text(2))
	}
	meter := a.State.Meter()
	start, end := 0, len(s)
	for start < end {
		r, size := decode(s[start:end])
		if !cut(r) {
			break
		}
		meter.Step(a.L, 1)
		start += size
	}
	for end > start {
		r, size := decodeLast(s[start:end])
		if !cut(r) {
			break
		}
		meter.Step(a.L, 1)
		end -= size
	}
	return a.Return(a.Part(s, start, end))
}

// decode is the first character of a text that is not empty. Bytes that are no UTF-8 are a character each, below 0.
func decode(s string) (r rune, size int) {
	if r, size = utf8.DecodeRuneInString(s); r == utf8.RuneError && size == 1 {
		r = -rune(s[0])
	}
	return r, size
}

// decodeLast is the last character of a text that is not empty.
func decodeLast(s string) (r rune, size int) {
	if r, size = utf8.DecodeLastRuneInString(s); r == utf8.RuneError && size == 1 {
		r = -rune(s[len(s)-1])
	}
	return r, size
}

// set says which characters are among those of a text.
func set(a luaapi.Args, chars string) func(rune) bool {
	meter := a.State.Meter()
	const entry = 16 // bytes
	meter.Need(a.L, a.Name(), min(len(chars), utf8.MaxRune)*entry)
	in := map[rune]bool{}
	for at := 0; at < len(chars); {
		meter.Step(a.L, 4)
		r, size := decode(chars[at:])
		in[r] = true
		at += size
	}
	return func(r rune) bool { return in[r] }
}

func startsWith(a luaapi.Args) int {
	s, part := a.Text(1), a.Text(2)
	step(a, len(part))
	return a.Return(lua.LBool(strings.HasPrefix(s, part)))
}

func endsWith(a luaapi.Args) int {
	s, part := a.Text(1), a.Text(2)
	step(a, len(part))
	return a.Return(lua.LBool(strings.HasSuffix(s, part)))
}

func contains(a luaapi.Args) int {
	s, part := a.Text(1), a.Text(2)
	return a.Return(lua.LBool(find(a, s, part) >= 0))
}

// find is where part begins in s, -1 if it is not there.
func find(a luaapi.Args, s, part string) int {
	at := strings.Index(s, part)
	if at < 0 {
		step(a, len(s))
	} else {
		step(a, at+len(part))
	}
	return at
}

func split(a luaapi.Args) int {
	s := a.Text(1)
	most := a.Whole(3, 0, math.MaxInt, math.MaxInt)
	list := a.NewList()
	if a.Get(2) == lua.LNil {
		words(a, s, most, list)
		return a.Return(list.Table())
	}
	sep := a.Text(2)
	if sep == "" {
		a.Raise(`sep must not be empty; leave it out to split at blanks, and take single characters with text.sub`)
	}
	from := 0
	for cuts := 0; cuts < most; cuts++ {
		at := find(a, s[from:], sep)
		if at < 0 {
			break
		}
		list.Add(a.Part(s, from, from+at))
		from += at + len(sep)
	}
	list.Add(a.Part(s, from, len(s)))
	return a.Return(list.Table())
}

// words adds the parts between blanks; after so many cuts what is left, as it is.
func words(a luaapi.Args, s string, most int, list luaapi.Listing) {
	blank := func(r rune) bool {
		a.State.Meter().Step(a.L, 1)
		return isSpace(r)
	}
	written := func(r rune) bool { return !blank(r) }
	for from, cuts := 0, 0; ; cuts++ {
		start := strings.IndexFunc(s[from:], written)
		if start < 0 {
			return
		}
		from += start
		length := strings.IndexFunc(s[from:], blank)
		if length < 0 || cuts >= most {
			list.Add(a.Part(s, from, len(s)))
			return
		}
		list.Add(a.Part(s, from, from+length))
		from += length
	}
}

func replace(a luaapi.Args) int {
	s, old, with := a.Text(1), a.Text(2), a.Text(3)
	most := a.Whole(4, 0, math.MaxInt, math.MaxInt)
	b := a.NewBuffer(0)
	from := 0
	for done := 0; done < most; done++ {
		at := find(a, s[from:], old)
		if at < 0 {
			break
		}
		if old == "" && done > 0 { // between characters, as Python does
			if from == len(s) {
				break
			}
			_, at = utf8.DecodeRuneInString(s[from:])
		}
		b.Add(s[from : from+at])
		b.Add(with)
		from += at + len(old)
	}
	if from == 0 && b.Len() == 0 {
		return a.Return(lua.LString(s))
	}
	b.Add(s[from:])
	return a.Return(b.Value())
}
