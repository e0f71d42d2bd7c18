package strlib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// longFormat is from where the memory of splitting a format is worth counting.
const longFormat = 4 << 10

func (l *Lib) format(L *lua.LState) int {
	format := text(L, 1, "format")
	pieces, ok := l.formats.entries[format]
	if !ok {
		l.meter.Step(L, len(format))
		if len(format) > longFormat {
			l.meter.Grow(L, "string.format", len(format))
			l.meter.Grow(L, "string.format", min(strings.Count(format, "%"), maxValues)*128)
		}
		pieces = layout(format)
		l.formats.put(format, pieces, 128*len(pieces))
	}
	b := l.takeBuffer()
	arg, top := 1, L.GetTop()
	for i := range pieces {
		p := &pieces[i]
		if p.text != "" {
			b = append(l.room(L, "string.format", b, len(p.text)), p.text...)
			continue
		}
		if arg++; arg > top {
			argError(L, arg, "format", "no value")
		}
		if p.fault != "" {
			L.RaiseError("%s", p.fault)
		}
		b = l.appendVerb(L, b, p, arg)
	}
	l.meter.Step(L, 1+len(b)/bytesPerStep)
	L.Push(l.made(L, "string.format", b))
	l.giveBuffer(b)
	return 1
}

// appendVerb appends argument arg as the verb says. Numbers take so little room that it isn't counted.
func (l *Lib) appendVerb(L *lua.LState, b []byte, p *piece, arg int) []byte {
	switch p.spec.Verb {
	case 's':
		return l.appendText(L, b, p, arg)
	case 'q':
		return l.appendQuoted(L, b, text(L, arg, "format"))
	case 'd', 'i':
		if i := number.IntegerOf(L.Get(arg)); i != nil {
			digits := i.Digits()
			return p.spec.AppendDigits(b, digits[0] == '-', []byte(strings.TrimPrefix(digits, "-")))
		}
		return p.spec.AppendInt(b, number.Signed(double(L, arg, "format")))
	case 'c':
		return p.spec.AppendByte(b, byte(number.Signed(double(L, arg, "format"))))
	case 'o', 'u', 'x', 'X':
		return p.spec.AppendUint(b, number.Unsigned(double(L, arg, "format")))
	}
	return p.spec.AppendFloat(b, double(L, arg, "format"))
}

func (l *Lib) appendText(L *lua.LState, b []byte, p *piece, arg int) []byte {
	var s string
	switch v := L.Get(arg).(type) {
	case lua.LString:
		s = string(v)
	case lua.LNumber:
		var room [32]byte
		digits := number.Append(room[:0], float64(v))
		if p.bare {
			return append(l.room(L, "string.format", b, len(digits)), digits...)
		}
		s = string(digits)
	default:
		s = l.tostring(L, v)
	}
	b = l.room(L, "string.format", b, max(len(s), p.spec.Width))
	if p.bare {
		return append(b, s...)
	}
	return p.spec.AppendText(b, s)
}

// appendQuoted appends s so that Lua reads it back as the same string.
func (l *Lib) appendQuoted(L *lua.LState, b []byte, s string) []byte {
	l.meter.Step(L, len(s)/bytesPerStep)
	b = append(l.room(L, "string.format", b, len(s)+2), '"')
	from := 0
	for i := 0; i < len(s); i++ {
		escaped := ""
		switch s[i] {
		case '"':
			escaped = `\"`
		case '\\':
			escaped = `\\`
		case '\n':
			escaped = "\\\n"
		case '\r':
			escaped = `\r`
		case 0:
			escaped = `\000`
		default:
			continue
		}
		b = l.room(L, "string.format", b, i-from+len(escaped))
		b = append(append(b, s[from:i]...), escaped...)
		from = i + 1
	}
	b = append(l.room(L, "string.format", b, len(s)-from+1), s[from:]...)
	return append(b, '"')
}
