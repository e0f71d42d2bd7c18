package scripttest

import (
	"slices"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// assertion is one that failed: what it raised as a text, and what the report says of it.
type assertion struct {
	Failure
	text lua.LString
	at   Place
}

// fail raises the failure where the assertion stands. note is the argument with the author's own words.
func (r *run) fail(a luaapi.Args, f Failure, note int) {
	if note > 0 && a.Get(note) != lua.LNil {
		f.Note = a.State.ToString(a.L, a.Get(note))
	}
	script, line := a.Place()
	text := f.Message
	if f.Note != "" {
		text = f.Note + ": " + text
	}
	if script != "" {
		text = script + ":" + strconv.Itoa(line) + ": " + text
	}
	r.raised = &assertion{Failure: f, text: lua.LString(text), at: r.place(script, line)}
	a.State.Again(a.L, &interp.Raised{Value: r.raised.text, Message: text})
}

// asserted says whether a raised value is a failed assertion.
func (r *run) asserted(value lua.LValue) bool {
	return r.raised != nil && value == lua.LValue(r.raised.text)
}

// installAssert makes the table assert: its members, the words between, and the call.
func (r *run) installAssert(s *luaapi.Session) {
	retire(s.State)
	chain := &chain{s: s}
	for negated, name := range []string{"assert", "assert.is_not"} {
		table := s.Install(r.assertModule(name, negated == 1))
		if negated == 1 {
			s.State.SetGlobal(name, lua.LNil)
		}
		meta, _ := table.Metatable.(*lua.LTable)
		members, _ := meta.RawGetString("__index").(*lua.LTable)
		chain.tables[negated], chain.members[negated] = table, members
		meta.RawSetString("__call", s.L.NewFunction(r.called(negated == 1)))
		if behind, ok := members.Metatable.(*lua.LTable); ok {
			behind.RawSetString("__index", s.L.NewFunction(func(L *lua.LState) int { return chain.find(L, negated) }))
		}
	}
}

// chain finds what assert.are_not.same and the like mean: words that say nothing, a not, and the name of an assertion.
type chain struct {
	s       *luaapi.Session
	tables  [2]*lua.LTable // the second asserts the contrary
	members [2]*lua.LTable
}

func fillers() []string {
	return []string{"is", "are", "was", "were", "has", "have", "does", "do", "be", "a", "an", "to"}
}

// spellings are other names of assertions, without the words that say nothing.
func spellings() map[string]string {
	return map[string]string{
		"equals": "equal", "eq": "equal", "eql": "equal", "deep_equal": "same", "deep_equals": "same",
		"true": "is_true", "false": "is_false", "nil": "is_nil", "null": "is_nil", "none": "is_nil", "falsey": "falsy", "truth": "truthy",
		"match": "matches", "error": "has_error", "errors": "has_error", "throw": "has_error", "throws": "has_error",
		"error_matches": "error_matches", "error_match": "error_matches", "matches_error": "error_matches",
		"string": "is_string", "number": "is_number", "table": "is_table", "boolean": "is_boolean", "function": "is_function",
		"near_to": "near", "close": "near", "close_to": "near",
	}
}

// find answers assert.<name> for a name that is no member.
func (c *chain) find(L *lua.LState, negated int) int {
	name, ok := L.Get(2).(lua.LString)
	if !ok {
		L.RaiseError("assert has no items, only names such as equal")
	}
	words := strings.FieldsFunc(strings.ToLower(string(name)), func(r rune) bool { return r == '_' })
	for {
		if len(words) == 0 {
			L.Push(c.tables[negated])
			return 1
		}
		rest := strings.Join(words, "_")
		if other, ok := spellings()[rest]; ok {
			rest = other
		}
		if fn := c.members[negated].RawGetString(rest); fn != lua.LNil {
			L.Push(fn)
			return 1
		}
		switch first := words[0]; {
		case first == "not" || first == "no":
			negated = 1 - negated
		case !slices.Contains(fillers(), first):
			L.RaiseError("%s", unknownAssert(string(name), words))
		}
		words = words[1:]
	}
}

// elsewhere are words of other test programs, with what to write here.
func elsewhere() map[string]string {
	part := "assert.is_true(text.contains(whole, part))"
	return map[string]string{
		"contains": part, "contain": part, "includes": part, "include": part,
		"greater": "assert.is_true(a > b)", "less": "assert.is_true(a < b)", "empty": "assert.same({}, actual)", "length": "assert.equal(n, #list)",
	}
}

func unknownAssert(name string, words []string) string {
	text := "assert has no '" + luaapi.Shown(name) + "'"
	if instead := elsewhere()[words[len(words)-1]]; instead != "" {
		return text + "; write " + instead
	}
	known := assertNames()
	for other := range spellings() {
		known = append(known, other)
	}
	slices.Sort(known)
	near := spell.Nearest(name, known)
	if near == "" {
		near = spell.Nearest(strings.Join(words, "_"), known)
	}
	if near != "" {
		if better, ok := spellings()[near]; ok {
			near = better
		}
		return text + "; did you mean '" + near + "'?"
	}
	return text + "; it has " + strings.Join(assertNames(), ", ") + ", and their contraries such as is_not.equal"
}

// called is assert(v, message) as Lua has it.
func (r *run) called(negated bool) lua.LGFunction {
	return func(L *lua.LState) int {
		if negated {
			L.RaiseError("assert.is_not needs the name of an assertion; write for example assert.is_not.equal(expected, actual)")
		}
		if L.GetTop() < 2 {
			L.RaiseError("assert needs a value")
		}
		if lua.LVAsBool(L.Get(2)) {
			return L.GetTop() - 1
		}
		script, line := r.state.Caller(L)
		f := Failure{Message: "expected a true value, got " + L.Get(2).String()}
		switch message := L.Get(3).(type) {
		case *lua.LNilType:
		case lua.LString, lua.LNumber:
			f.Message = message.String()
		default: // as Lua's own: what is raised is the value itself
			r.state.Again(L, &interp.Raised{Value: message})
		}
		text := script + ":" + strconv.Itoa(line) + ": " + f.Message
		r.raised = &assertion{Failure: f, text: lua.LString(text), at: r.place(script, line)}
		r.state.Again(L, &interp.Raised{Value: r.raised.text, Message: text})
		return 0
	}
}
