package interp

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/spell"
)

// withArticle is a value's type in a sentence.
func withArticle(v lua.LValue) string {
	if v == lua.LNil {
		return "nil"
	}
	if text, ok := v.(lua.LString); ok {
		return "the text " + quoted(string(text)) + ": use tonumber(…)"
	}
	return "a " + typeName(v)
}

// tells is whether the expression that gave a variable its value says more than the variable.
func (o *operand) tells() bool { return o != nil && o.text != "" && o.text != "nil" }

// nilHint says which expression is nil, where Lua's sentence doesn't.
func nilHint(o operand, kind string) string {
	if kind != "nil" {
		return ""
	}
	switch {
	case o.kind == "local" && o.base.tells():
		return o.base.text + " gave nil"
	case o.kind == "field" && strings.HasSuffix(o.text, "[0]"):
		return o.text + " is nil: items count from 1"
	case o.kind == "local" && handed(o.name):
		return o.name + " was not handed on: write it as an argument where this function is called; an action's file returns " +
			"its function without parentheses"
	case o.kind == "" && o.text != "" && o.text != "nil", o.kind == "field" && o.text != "" && o.text != o.name:
		return o.text + " is nil"
	}
	return ""
}

// handed says whether the name is one that Rasa's call hands to the action's function.
func handed(name string) bool { return name == "dispatcher" || name == "tracker" || name == "domain" }

// shadow tells whether the operand is a variable of the script's own with the name of one of luaction's libraries.
func (s *State) shadow(o operand) string {
	if o.kind != "local" && o.kind != "upvalue" {
		return ""
	}
	global := s.global(o.name)
	g := s.guardOf(global)
	if g == nil || o.value == global {
		return ""
	}
	return "`" + o.name + "` is your own local variable here, not " + g.Name + "; give the variable another name"
}

func (s *State) indexHint(o operand, kind string) string {
	if hint := s.shadow(o); hint != "" {
		return hint
	}
	hint := nilHint(o, kind)
	switch {
	case hint == "" || strings.Contains(hint, ": "):
	case o.kind == "local":
		hint += ": ask first with if " + o.name + " then … end"
	default:
		hint += ": ask first whether it is there"
	}
	return hint
}

// callHint says what to do about a call of what is no function.
func (s *State) callHint(o operand, value lua.LValue) string {
	if o.base == nil || o.kind == "local" {
		if hint := s.shadow(o); hint != "" {
			return hint
		}
		return nilHint(o, typeName(value))
	}
	if hint := s.shadow(*o.base); hint != "" {
		return hint
	}
	if value != lua.LNil || o.name == "?" {
		return nilHint(o, typeName(value))
	}
	owner := o.base.said()
	if o.base.text == "" {
		owner = "the value before the name"
	}
	names := s.names(o.base.value)
	if near := spell.Nearest(o.name, names); near != "" {
		return owner + " has no '" + o.name + "'; did you mean '" + near + "'?"
	}
	if o.text != "" && o.kind == "field" {
		return o.text + " is nil"
	}
	return ""
}

// misspelt is the hint of a field that is nil while its table has one of nearly the same name; else the one given.
func (s *State) misspelt(o operand, kind, hint string) string {
	if kind != "nil" || o.kind != "field" || o.base == nil || !isName(o.name) || o.text == "" {
		return hint
	}
	if near := spell.Nearest(o.name, s.names(o.base.value)); near != "" {
		return o.text + " is nil; did you mean '" + near + "'?"
	}
	return hint
}

// names are the text keys that a value answers to.
func (s *State) names(value lua.LValue) []string {
	var t *lua.LTable
	switch v := value.(type) {
	case *lua.LTable:
		t = v
	case lua.LString:
		t, _ = s.L.GetMetaField(v, "__index").(*lua.LTable)
	}
	var names []string
	for depth := 0; t != nil && depth < maxDepth; depth++ {
		if g := s.guardOf(t); g != nil && g.Members != nil {
			t = g.Members
		}
		count := 0
		s.opened(t)
		for k, _ := t.Next(lua.LNil); k != lua.LNil && count < 1000; k, _ = t.Next(k) {
			count++
			if name, ok := k.(lua.LString); ok && isName(string(name)) {
				names = append(names, string(name))
			}
		}
		meta, _ := t.Metatable.(*lua.LTable)
		if meta == nil {
			break
		}
		t, _ = meta.RawGetString("__index").(*lua.LTable)
	}
	return names
}

func arithmeticHint(o operand, kind string) string {
	if kind != "string" {
		hint := nilHint(o, kind)
		if hint != "" && o.text != "" && !strings.Contains(hint, ": ") {
			hint += ": write (" + o.text + " or 0)"
		}
		return hint
	}
	hint := textHint(o)
	if text, ok := o.value.(lua.LString); ok && hint == quoted(string(text))+" is no number" {
		hint += "; to join texts use .."
	}
	return hint
}

// textHint is about a text that stands where a number is needed.
func textHint(o operand) string {
	text, ok := o.value.(lua.LString)
	if !ok {
		return "the text is no number"
	}
	if shown := quoted(string(text)); shown != o.text && o.text != "" {
		return o.text + " is the text " + shown + ", which is no number"
	}
	return quoted(string(text)) + " is no number"
}

func concatHint(o operand, kind string) string {
	if o.kind == "local" && kind == "nil" && o.base.tells() {
		return o.base.text + " gave nil: write (" + o.text + " or \"\")"
	}
	switch {
	case kind == "nil" && strings.HasSuffix(o.text, "[0]"):
		return o.text + " is nil: items count from 1"
	case kind == "nil" && o.text != "" && o.text != "nil":
		return o.text + " is nil: write (" + o.text + " or \"\")"
	case kind == "nil":
		return "write (… or \"\")"
	case kind == "table":
		list := o.text
		if list == "" {
			list = "…"
		}
		return "a list is joined by table.concat(" + list + ", \", \"), and json.encode(" + list + ") shows any table"
	case o.text != "":
		return "use tostring(" + o.text + ")"
	}
	return "use tostring(…)"
}

// compareHint tells the types of both sides apart.
func compareHint(a operand, left string, b operand, right string) string {
	if number.IntegerOf(a.value) != nil || number.IntegerOf(b.value) != nil {
		return "a number of more than 15 digits compares only with its like; compare tostring(…) of both"
	}
	text, other := a, b
	switch {
	case left == "number" && right == "string":
		text, other = b, a
	case left == "string" && right == "number":
	case left == "nil" || right == "nil":
		if right == "nil" {
			text = b
		}
		switch {
		case text.text == "" || text.text == "nil":
			return ""
		case left == "number" || right == "number":
			return text.text + " is nil: write (" + text.text + " or 0)"
		}
		return text.text + " is nil"
	default:
		return ""
	}
	if text.text == "" || other.text == "" {
		return "one is a number, the other a text; use tonumber(…)"
	}
	if _, literal := text.value.(lua.LString); literal && text.text[0] == '"' {
		return other.text + " is a number and " + text.text + " a text: leave out the quotes"
	}
	return other.text + " is a number and " + text.text + " a text; use tonumber(" + text.text + ")"
}
