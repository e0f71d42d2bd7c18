package scripttest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

// How many bytes of a value messages show: within a line, and where it stands alone.
const (
	shownInline = 160
	shownAlone  = 1000
	shownText   = 400 // of one text
	shownKey    = 80  // of a key
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// show writes a value as an author would, up to about so many bytes.
func show(s *luaapi.Session, value lua.LValue, most int) string {
	w := &writer{s: s, most: most}
	w.value(value)
	if w.b.Len() > most {
		return cut(w.b.String(), most) + " …"
	}
	return w.b.String()
}

type writer struct {
	s    *luaapi.Session
	b    strings.Builder
	most int
	open []*lua.LTable
}

func (w *writer) value(value lua.LValue) {
	switch value := value.(type) {
	case *lua.LTable:
		w.table(value)
	case lua.LString:
		w.b.WriteString(quote(cut(string(value), shownText)))
		if len(value) > shownText {
			fmt.Fprintf(&w.b, "… (%d bytes)", len(value))
		}
	default:
		w.b.WriteString(short(value))
	}
}

// short writes what is no table.
func short(value lua.LValue) string {
	switch value := value.(type) {
	case lua.LString:
		return quote(string(value))
	case lua.LNumber:
		return number.Format(float64(value))
	case *lua.LNilType, lua.LBool:
		return value.String()
	case *lua.LUserData:
		if n, ok := value.Value.(*number.Integer); ok {
			return n.Digits()
		}
		if j, ok := value.Value.(luaapi.JSONAppender); ok {
			return string(j.AppendJSON(nil)) + " (" + luaapi.TypeOf(value) + ")"
		}
	}
	return luaapi.TypeOf(value)
}

// shortKey is a key in brackets, of which a long text is cut.
func shortKey(key lua.LValue) string {
	if text, ok := key.(lua.LString); ok && len(text) > shownKey {
		return quote(cut(string(text), shownKey)) + "…"
	}
	return short(key)
}

func (w *writer) table(t *lua.LTable) {
	for _, outer := range w.open {
		if outer == t {
			w.b.WriteString("{ itself }")
			return
		}
	}
	if name := w.s.State.FrozenName(t); name != "" {
		w.b.WriteString(name)
		return
	}
	w.open = append(w.open, t)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	w.s.Values.Open(t)
	n := 0
	w.b.WriteString("{")
	for key, value := t.Next(lua.LNil); key != lua.LNil && w.b.Len() <= w.most; key, value = t.Next(key) {
		if n > 0 {
			w.b.WriteString(",")
		}
		w.b.WriteString(" ")
		n++
		if key != lua.LValue(lua.LNumber(n)) {
			if name, ok := key.(lua.LString); ok && len(name) <= shownKey && plainName(string(name)) {
				w.b.WriteString(string(name) + " = ")
			} else {
				w.b.WriteString("[" + shortKey(key) + "] = ")
			}
		}
		w.value(value)
	}
	if n > 0 {
		w.b.WriteString(" ")
	}
	w.b.WriteString("}")
}

// quote is a text in quotes as Lua reads it.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == utf8.RuneError && size <= 1, !unicode.IsPrint(r) && r != ' ' && size == 1:
			fmt.Fprintf(&b, `\%03d`, text[i])
		case !unicode.IsPrint(r):
			for _, c := range []byte(text[i : i+size]) {
				fmt.Fprintf(&b, `\%03d`, c)
			}
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	b.WriteByte('"')
	return b.String()
}

// plainName says whether Lua takes the name as it is.
func plainName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
