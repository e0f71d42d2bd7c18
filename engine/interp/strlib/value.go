package strlib

import (
	"hash/maphash"
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

const (
	// shortLength is up to where strings are remembered by their bytes, so that the same word needs no memory twice.
	shortLength = 40
	shortPairs  = 128
	// keepWhole is the longest string of which a remembered piece may keep the whole alive.
	keepWhole = 256
	// shareFrom is how long a string has to be before a small piece of it is copied instead of keeping it alive.
	shareFrom = 4 << 10
)

type shortString struct {
	text  string
	value lua.LValue
}

// shortPair are the two strings of one hash that are remembered: two words that alternate shouldn't push each other out.
type shortPair [2]shortString

// ready holds values that are used again and again. They are never changed.
var ready = makeReady()

type readyValues struct {
	empty lua.LValue
	bytes [256]lua.LValue
}

func makeReady() *readyValues {
	r := &readyValues{empty: lua.LString("")}
	for c := range r.bytes {
		r.bytes[c] = lua.LString([]byte{byte(c)})
	}
	return r
}

// made returns the string of b, which is copied unless it is too large to be kept as the buffer. After it b may only be given
// back.
func (l *Lib) made(L *lua.LState, function string, b []byte) lua.LValue {
	switch {
	case len(b) == 0:
		return ready.empty
	case len(b) == 1:
		return ready.bytes[b[0]]
	case cap(b) > keptBuffer && len(b) > cap(b)/2:
		// Nobody gets a buffer of this size again, so the string may have its bytes.
		return lua.LString(unsafe.String(&b[0], len(b)))
	case len(b) > shortLength:
		l.meter.Grow(L, function, len(b))
		return lua.LString(b)
	}
	pair := &l.short[maphash.Bytes(l.seed, b)%shortPairs]
	for i := range pair {
		if pair[i].text == string(b) {
			return pair[i].value
		}
	}
	return pair.add(string(b))
}

// Text returns b as a string: short ones that were made before are found again, others are copied.
func (l *Lib) Text(L *lua.LState, function string, b []byte) lua.LValue {
	return l.made(L, function, b)
}

// part returns s[start:end], which shares the bytes of s unless that would keep much more alive than it needs.
func (l *Lib) part(L *lua.LState, function, s string, start, end int) lua.LValue {
	text := s[start:end]
	switch {
	case len(text) == 0:
		return ready.empty
	case len(text) == 1:
		return ready.bytes[text[0]]
	case len(text) <= shortLength:
		return l.shortPart(text, len(s) > keepWhole)
	case len(s) > shareFrom && len(text) < len(s)/4:
		l.meter.Grow(L, function, len(text))
		text = strings.Clone(text)
	}
	return lua.LString(text)
}

func (l *Lib) shortPart(text string, clone bool) lua.LValue {
	pair := &l.short[maphash.String(l.seed, text)%shortPairs]
	for i := range pair {
		if pair[i].text == text {
			return pair[i].value
		}
	}
	if clone {
		text = strings.Clone(text)
	}
	return pair.add(text)
}

// add remembers text in place of the older of the two.
func (p *shortPair) add(text string) lua.LValue {
	p[1] = p[0]
	p[0] = shortString{text: text, value: lua.LString(text)}
	return p[0].value
}

// keptBuffer is the largest buffer that is kept from call to call.
const keptBuffer = 64 << 10

// takeBuffer returns the buffer, empty. Until it is given back whoever else asks, such as a callback, gets one of its own.
func (l *Lib) takeBuffer() []byte {
	b := l.buffer
	l.buffer = nil
	return b[:0]
}

func (l *Lib) giveBuffer(b []byte) {
	if cap(b) <= keptBuffer && cap(b) > cap(l.buffer) {
		l.buffer = b
	}
}

// room makes place for n more bytes in b and counts what it allocates.
func (l *Lib) room(L *lua.LState, function string, b []byte, n int) []byte {
	if cap(b)-len(b) >= n {
		return b
	}
	need := len(b) + n
	size := max(need, 2*cap(b), 128)
	if size > maxString && need <= maxString {
		size = maxString
	}
	l.meter.Grow(L, function, size)
	l.meter.Step(L, len(b)/bytesPerStep)
	wider := make([]byte, len(b), size)
	copy(wider, b)
	return wider
}
