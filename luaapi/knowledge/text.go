package knowledge

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Limits of a text that shows a value.
const (
	maxText  = 1 << 20 // bytes; more is no message
	maxDepth = 200
)

// truth says whether a value is one to speak of: not nothing, false, zero or empty.
func (r *run) truth(c cell) bool {
	if c.value == nil {
		switch c.doc.Kind() {
		case jsondoc.Bool:
			return c.doc.Bool()
		case jsondoc.Number:
			return c.doc.Float() != 0
		case jsondoc.String:
			return !c.doc.TextIs("")
		case jsondoc.Array:
			items := c.doc.Items()
			return items.Next()
		case jsondoc.Object:
			members := c.doc.Members()
			return members.Next()
		}
		return false
	}
	switch v := c.value.(type) {
	case lua.LString:
		return v != ""
	case lua.LNumber:
		return v != 0
	case *lua.LTable:
		return r.s.State.FrozenName(v) != "" || !r.s.Values.IsEmpty(v)
	}
	return c.value != lua.LFalse && !r.s.Values.IsNull(c.value)
}

// text is a value as Python's str writes it, which people know from the reference's answers.
func (r *run) text(c cell) string {
	switch {
	case c.value == nil && c.doc.Kind() == jsondoc.String:
		return c.doc.Text()
	case c.value != nil:
		if s, ok := c.value.(lua.LString); ok {
			return string(s)
		}
	}
	w := writer{r: r}
	if c.value != nil {
		w.lua(c.value)
	} else {
		w.json(c.doc, 0)
	}
	return w.out.String()
}

// writer writes a value as Python's repr does.
type writer struct {
	r    *run
	out  strings.Builder
	open []*lua.LTable // tables that are being written, outermost first
}

func (w *writer) write(text string) {
	w.r.s.State.Meter().Step(w.r.L, 1)
	if w.out.Len()+len(text) > maxText {
		w.r.raise(nil, "a value is too long to be said: as text it has more than %d KiB; write utter_attribute_value or represent yourself", maxText>>10)
	}
	w.out.WriteString(text)
}

func (w *writer) deep(depth int) {
	if depth > maxDepth {
		w.r.raise(nil, "a value can't be said: it has lists in lists more than %d deep", maxDepth)
	}
}

func (w *writer) json(doc jsondoc.Value, depth int) {
	w.deep(depth)
	switch doc.Kind() {
	case jsondoc.Bool:
		w.bool(doc.Bool())
	case jsondoc.Number:
		if doc.IsInteger() {
			w.write(integer(string(doc.Raw())))
		} else {
			w.write(float(doc.Float()))
		}
	case jsondoc.String:
		w.quoted(doc.Text())
	case jsondoc.Array:
		between := "["
		for items := doc.Items(); items.Next(); between = ", " {
			w.write(between)
			w.json(items.Value(), depth+1)
		}
		w.close(between, "[", "]")
	case jsondoc.Object:
		between := "{"
		for m := doc.Members(); m.Next(); between = ", " {
			w.write(between)
			w.quoted(m.Key())
			w.write(": ")
			w.json(m.Value(), depth+1)
		}
		w.close(between, "{", "}")
	default:
		w.write("None")
	}
}

// close ends a list or object; one without anything in it was not opened yet.
func (w *writer) close(between, open, shut string) {
	if between == open {
		w.write(open)
	}
	w.write(shut)
}

func (w *writer) bool(b bool) {
	if b {
		w.write("True")
	} else {
		w.write("False")
	}
}

func (w *writer) lua(value lua.LValue) {
	switch v := value.(type) {
	case lua.LBool:
		w.bool(bool(v))
	case lua.LNumber:
		if n := float64(v); n == math.Trunc(n) && math.Abs(n) <= 1<<53 {
			w.write(strconv.FormatInt(int64(n), 10))
		} else {
			w.write(float(n))
		}
	case lua.LString:
		w.quoted(string(v))
	case *lua.LTable:
		w.table(v)
	case *lua.LUserData:
		if n, ok := v.Value.(*number.Integer); ok {
			w.write(n.Digits())
			return
		}
		if !w.r.s.Values.IsNull(v) {
			w.write(named(w.r.s, v))
			return
		}
		w.write("None")
	case *lua.LNilType:
		w.write("None")
	default:
		w.write(named(w.r.s, v))
	}
}

func (w *writer) table(t *lua.LTable) {
	v := w.r.s.Values
	if name := w.r.s.State.FrozenName(t); name != "" {
		w.write(name)
		return
	}
	list := v.IsList(t) || v.IsEmpty(t) && !v.IsObject(t)
	v.Open(t)
	open, shut := "{", "}"
	if list {
		open, shut = "[", "]"
	}
	for _, outer := range w.open {
		if outer == t {
			w.write(open + "..." + shut)
			return
		}
	}
	w.deep(len(w.open))
	w.open = append(w.open, t)
	between := open
	if list {
		for i := 1; i <= t.Len(); i, between = i+1, ", " {
			w.write(between)
			w.lua(t.RawGetInt(i))
		}
	} else {
		for k, item := t.Next(lua.LNil); k != lua.LNil; k, item = t.Next(k) {
			w.write(between)
			w.lua(k)
			w.write(": ")
			w.lua(item)
			between = ", "
		}
	}
	w.open = w.open[:len(w.open)-1]
	w.close(between, open, shut)
}

// integer is a whole number's digits; -0 is 0.
func integer(digits string) string {
	if digits == "-0" {
		return "0"
	}
	return digits
}

// float writes a number in its shortest form that reads back the same, as Python does: 4.0, 1e+16, 1e-05.
func float(n float64) string {
	switch {
	case math.IsNaN(n):
		return "nan"
	case math.IsInf(n, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(n, 'g', -1, 64)), "+")
	case n != 0 && (math.Abs(n) < 1e-4 || math.Abs(n) >= 1e16):
		return strconv.FormatFloat(n, 'e', -1, 64)
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// quoted writes a text in quotes, in double ones if it has only single ones in it.
func (w *writer) quoted(text string) {
	w.write("")
	if w.out.Len()+len(text) > maxText {
		w.write(text) // which raises
	}
	quote := '\''
	if strings.Contains(text, "'") && !strings.Contains(text, `"`) {
		quote = '"'
	}
	w.out.WriteRune(quote)
	for _, c := range text {
		switch {
		case c == quote || c == '\\':
			w.out.WriteRune('\\')
			w.out.WriteRune(c)
		case c == '\n':
			w.out.WriteString(`\n`)
		case c == '\r':
			w.out.WriteString(`\r`)
		case c == '\t':
			w.out.WriteString(`\t`)
		case unicode.IsPrint(c):
			w.out.WriteRune(c)
		default:
			w.out.WriteString(escape(c))
		}
	}
	w.out.WriteRune(quote)
}

// escape writes a character that can't be printed.
func escape(c rune) string {
	hex := strconv.FormatInt(int64(c), 16)
	switch {
	case c < 1<<8:
		return `\x` + strings.Repeat("0", 2-len(hex)) + hex
	case c < 1<<16:
		return `\u` + strings.Repeat("0", 4-len(hex)) + hex
	}
	return `\U` + strings.Repeat("0", 8-len(hex)) + hex
}
