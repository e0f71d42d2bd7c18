package interp

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"
)

// Error is a script's failure, told for its author.
type Error struct {
	Message string     // what went wrong, without its place
	Script  string     // "" if unknown
	Line    int        // 0 if unknown
	Trace   []string   // the calls that led there, innermost first: "lib/x.lua:3 in function 'price'"
	Value   lua.LValue // what was raised
	Stopped error      // the meter's reason, if the call was stopped
	Fault   bool       // a fault of Go's: the message is not for authors
}

// Error returns the message with its place.
func (e *Error) Error() string {
	if e.Script == "" {
		return e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.Script, e.Line, e.Message)
}

// Unwrap returns the reason for which the call was stopped, if it was.
func (e *Error) Unwrap() error { return e.Stopped }

const maxTrace = 20

var placed = regexp.MustCompile(`(?s)^([^\n:]+\.lua):(\d+): ?(.*)$`)

// note keeps where an error that may reach the top was raised. It runs nothing of the script's: the calls that die are still
// on the stack.
func (s *State) note(L *lua.LState, value lua.LValue) {
	if s.fault != nil && s.fault.Value == value {
		return
	}
	e := &Error{Value: value}
	for level := 0; len(e.Trace) < maxTrace && level < 2*callDepth; level++ {
		dbg, ok := L.GetStack(level)
		if !ok {
			break
		}
		if _, err := L.GetInfo("Sl", dbg, lua.LNil); err != nil || dbg.Source == "" {
			continue
		}
		place := fmt.Sprintf("%s:%d", dbg.Source, dbg.CurrentLine)
		if n := len(e.Trace); n > 0 && e.Trace[n-1] == place {
			continue
		}
		e.Trace = append(e.Trace, place)
		if e.Script == "" {
			e.Script, e.Line = dbg.Source, dbg.CurrentLine
		}
	}
	s.fault = e
}

// failure makes the *Error of what protect returned.
func (s *State) failure(err error) *Error {
	reason := s.meter.Stopped()
	var raised *lua.ApiError
	switch {
	case !errors.As(err, &raised):
		return &Error{Message: err.Error(), Fault: true, Stopped: reason}
	case s.broken != "" && reason == nil:
		return &Error{Message: s.broken, Fault: true}
	}
	e := s.fault
	s.fault = nil
	if e == nil {
		e = &Error{Value: raised.Object}
	}
	if reason == nil {
		e.Message = s.describe(e.Value)
		reason = s.meter.Stopped() // a value's own words may be endless
	}
	if reason != nil {
		e.Stopped = reason
		e.Message = reason.Error()
		return e
	}
	e.Message = cut(e.Message)
	if m := placed.FindStringSubmatch(e.Message); m != nil {
		e.Script, e.Message = m[1], m[3]
		e.Line, _ = strconv.Atoi(m[2])
	}
	return e
}

// maxMessage is how much of what a script raised is told, in bytes: it is copied, searched and logged.
const maxMessage = 8 << 10

func cut(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.Clone(strings.ToValidUTF8(message[:maxMessage], "")) + " …"
}

// describe says what was raised, for people.
func (s *State) describe(value lua.LValue) string {
	if text, ok := asText(value); ok {
		return text
	}
	if s.L.GetMetaField(value, "__tostring") != lua.LNil {
		if text, ok := s.ownText(value); ok {
			return text
		}
	}
	if t, ok := value.(*lua.LTable); ok {
		if text, ok := s.opened(t).RawGetString("message").(lua.LString); ok {
			return string(text)
		}
		return "the script raised the table " + glimpse(t)
	}
	return "the script raised " + typeName(value) + ", error(…) takes a text"
}

// opened is a table that is about to be looked into for a message. What it takes to fill it may raise an error itself, which is
// then explained: that one has to do without.
func (s *State) opened(t *lua.LTable) *lua.LTable {
	if g := s.guardOf(t); g != nil && g.Fill != nil && !s.opening && s.meter.Stopped() == nil {
		s.opening = true
		defer func() { s.opening = false }()
		g.Fill(t)
	}
	return t
}

// ownText is what the value's __tostring gives; false if that fails.
func (s *State) ownText(value lua.LValue) (text string, ok bool) {
	L := s.L
	base := L.GetTop()
	L.Push(L.NewFunction(func(L *lua.LState) int {
		text = s.ToString(L, value)
		return 0
	}))
	err := s.protect(L, 0, false)
	L.SetTop(base)
	return text, err == nil
}

const (
	glimpsed     = 4  // how many items of a table a message shows
	glimpsedText = 40 // and how many bytes of a text
)

// glimpse shows the first items of a table.
func glimpse(t *lua.LTable) string {
	var b strings.Builder
	b.WriteString("{")
	shown := 0
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		if shown > 0 {
			b.WriteString(",")
		}
		b.WriteString(" ")
		if shown++; shown > glimpsed {
			b.WriteString("…")
			break
		}
		if name, ok := k.(lua.LString); ok {
			b.WriteString(shorten(string(name)) + " = ")
		} else if k != lua.LNumber(shown) {
			b.WriteString("[" + glimpseOf(k) + "] = ")
		}
		b.WriteString(glimpseOf(v))
	}
	if shown > 0 {
		b.WriteString(" ")
	}
	return b.String() + "}"
}

// glimpseOf shows one value.
func glimpseOf(v lua.LValue) string {
	if text, ok := v.(lua.LString); ok {
		return strconv.Quote(shorten(string(text)))
	}
	if text, ok := asText(v); ok {
		return text
	}
	switch v.Type() {
	case lua.LTNil, lua.LTBool:
		return v.String()
	case lua.LTTable:
		return "{…}"
	}
	return "a " + typeName(v)
}

// shorten cuts a text for a message, between characters.
func shorten(text string) string {
	if len(text) <= glimpsedText {
		return text
	}
	end := glimpsedText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
