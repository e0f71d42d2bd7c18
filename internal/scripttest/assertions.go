package scripttest

import (
	"errors"
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

// check looks at the arguments of an assertion and says whether it holds. wrong is the failure of its contrary if it holds, and its
// own if not.
type check func(a luaapi.Args) (holds bool, wrong Failure)

// assertModule declares the assertions. The contraries are the same, held the other way round.
func (r *run) assertModule(name string, negated bool) luaapi.Module {
	m := luaapi.Module{Name: name, Doc: "What a test expects. Each takes a message as its last argument, which is shown when it fails."}
	expected, actual := value("expected"), value("actual")
	note := luaapi.Param{Name: "message", Type: "any", Optional: true}
	text := luaapi.Param{Name: "pattern", Type: "string"}
	fn := luaapi.Param{Name: "f", Type: "function"}
	add := func(name, doc, example string, check check, params ...luaapi.Param) {
		m.Members = append(m.Members, luaapi.Member{
			Name: name, Params: append(params, note), Doc: doc, Example: example, Returns: "any",
			Func: func(a luaapi.Args) int {
				if holds, wrong := check(a); holds == negated {
					r.fail(a, wrong, len(params)+1)
				}
				return a.Len() // they lie on top
			},
		})
	}
	add("equal", "Compares two values as == does.", `assert.equal(3, #result.events)`, r.equal, expected, actual)
	add("same", "Compares two values with all that is in them. A missing key equals json.null, and list marks don't matter.",
		`assert.same({ city = "Ulm" }, result.slots)`, r.same, expected, actual)
	for _, want := range []lua.LValue{lua.LTrue, lua.LFalse, lua.LNil} {
		add("is_"+want.String(), "Expects "+want.String()+" and nothing else.", `assert.is_`+want.String()+`(value)`, is(want), actual)
	}
	if !negated {
		add("is_not_nil", "Expects any value but nil.", `assert.is_not_nil(result.rejected)`, func(a luaapi.Args) (bool, Failure) {
			holds, wrong := is(lua.LNil)(a)
			return !holds, wrong
		}, actual)
	}
	add("truthy", "Expects what an if takes for true: anything but false and nil.", `assert.truthy(value)`, truth(true), actual)
	add("falsy", "Expects false or nil.", `assert.falsy(value)`, truth(false), actual)
	add("matches", "Expects a text in which the Lua pattern is found.", `assert.matches("^Order %a%-%d+", text)`, r.matches, text, actual)
	add("near", "Expects a number no further from expected than the tolerance.", `assert.near(0.3, sum, 0.001)`, near,
		luaapi.Param{Name: "expected", Type: "number"}, actual, luaapi.Param{Name: "tolerance", Type: "number"})
	add("has_error", "Expects the function to raise an error, with this part in its message if given.",
		`assert.has_error(function() run_action("action_pay") end, "no account")`, r.hasError, fn, value("part"))
	add("error_matches", "Expects the function to raise an error in whose message the Lua pattern is found.",
		`assert.error_matches(function() run_action("action_pay") end, "account %d+")`, r.errorMatches, fn, text)
	for _, kind := range []string{"string", "number", "table", "boolean", "function"} {
		add("is_"+kind, "Expects a value whose type is "+kind+".", `assert.is_`+kind+`(value)`, r.isType(kind), actual)
	}
	return m
}

// assertNames are the assertions' own names.
func assertNames() []string {
	return []string{
		"equal", "same", "is_true", "is_false", "is_nil", "is_not_nil", "truthy", "falsy", "matches", "near", "has_error", "error_matches",
		"is_string", "is_number", "is_table", "is_boolean", "is_function",
	}
}

func value(name string) luaapi.Param { return luaapi.Param{Name: name, Type: "any", Optional: true} }

// two raises unless two values came: a forgotten one is nil, and nil is a value.
func two(a luaapi.Args) {
	if a.Len() < 2 {
		a.Raise("needs two values, what is expected and what there is; it got %d", a.Len())
	}
}

func but(a luaapi.Args, v lua.LValue) Failure {
	return Failure{Message: "expected anything but " + show(a.Session, v, shownInline)}
}

func compared(a luaapi.Args, message string, expected, actual lua.LValue) Failure {
	return Failure{Message: message, Compared: true, Expected: show(a.Session, expected, shownAlone), Actual: show(a.Session, actual, shownAlone)}
}

func (r *run) equal(a luaapi.Args) (bool, Failure) {
	two(a)
	expected, actual := a.Get(1), a.Get(2)
	if equal(a.L, expected, actual) {
		return true, but(a, expected)
	}
	return false, compared(a, newDiffer(a).difference(expected, actual), expected, actual)
}

func (r *run) same(a luaapi.Args) (bool, Failure) {
	two(a)
	expected, actual := a.Get(1), a.Get(2)
	d := newDiffer(a)
	if d.same(expected, actual, &spot{}) {
		return true, but(a, expected)
	}
	f := compared(a, d.found[0], expected, actual)
	if expected.Type() == lua.LTTable && actual.Type() == lua.LTTable {
		f.Diff = d.found
		if d.more > 0 {
			f.Diff = append(f.Diff, sprintf("and %d further differences", d.more))
		}
	}
	if n := len(d.found) + d.more - 1; n > 0 {
		f.Message += sprintf(" (and %d more)", n)
	}
	return false, f
}

func is(want lua.LValue) check {
	return func(a luaapi.Args) (bool, Failure) {
		if a.Get(1) == want {
			return true, but(a, want)
		}
		return false, compared(a, newDiffer(a).wanted(want.String(), a.Get(1)), want, a.Get(1))
	}
}

// wanted says what came in the place of what was wanted.
func (d *differ) wanted(want string, actual lua.LValue) string {
	return "expected " + want + ", got " + show(d.a.Session, actual, shownInline)
}

func truth(want bool) check {
	words := map[bool]string{true: "a true value", false: "false or nil"}
	return func(a luaapi.Args) (bool, Failure) {
		holds := lua.LVAsBool(a.Get(1)) == want
		what := words[want]
		if holds {
			what = words[!want]
		}
		return holds, Failure{Message: newDiffer(a).wanted(what, a.Get(1))}
	}
}

// found says whether a Lua pattern is found in a text; a pattern that is none is an error of the test.
func found(L *lua.LState, text, pattern lua.LValue) bool {
	return luaapi.Call(L, L.GetField(lua.LString(""), "find"), text, pattern) != lua.LNil
}

func (r *run) matches(a luaapi.Args) (bool, Failure) {
	if _, ok := a.Get(2).(lua.LString); !ok && a.Get(2).Type() != lua.LTNumber {
		return false, Failure{Message: newDiffer(a).wanted("a text that matches "+quote(a.String(1)), a.Get(2))}
	}
	holds, words := found(a.L, lua.LString(a.String(2)), lua.LString(a.String(1))), "a text that matches "
	if holds {
		words = "no text that matches "
	}
	return holds, Failure{Message: newDiffer(a).wanted(words+quote(a.String(1)), a.Get(2))}
}

func near(a luaapi.Args) (bool, Failure) {
	expected, tolerance := a.Number(1, 0), a.Number(3, 0)
	words := sprintf("%s, give or take %s", number.Format(expected), number.Format(tolerance))
	actual, ok := number.From(a.Get(2))
	if !ok {
		return false, compared(a, newDiffer(a).wanted(words, a.Get(2)), a.Get(1), a.Get(2))
	}
	holds := math.Abs(actual-expected) <= tolerance
	if holds {
		words = "anything but " + words
	}
	return holds, compared(a, newDiffer(a).wanted(words, a.Get(2)), a.Get(1), a.Get(2))
}

// raisedBy calls a function and gives the message of what it raised.
func (r *run) raisedBy(a luaapi.Args) (message string, raised bool) {
	fn := a.Get(1)
	err := a.State.Attempt(a.L, func(L *lua.LState) {
		L.Push(fn)
		L.Call(0, 0)
	})
	if err == nil {
		return "", false
	}
	a.State.Rethrow(a.L)
	var what *interp.Raised
	if !errors.As(err, &what) {
		a.Raise("%s", err.Error())
	}
	return what.Message, true
}

func (r *run) hasError(a luaapi.Args) (bool, Failure) {
	part := a.Get(2)
	if part != lua.LNil && part.Type() != lua.LTString {
		a.Raise("takes a part of the message as a text, but got %s", luaapi.TypeOf(part))
	}
	message, raised := r.raisedBy(a)
	switch {
	case !raised && part != lua.LNil:
		return false, Failure{Message: "expected an error with " + quote(a.String(2)) + " in its message, and there was none"}
	case !raised:
		return false, Failure{Message: "expected an error, and there was none"}
	case part == lua.LNil:
		return true, Failure{Message: "expected no error, got: " + message}
	case strings.Contains(message, a.String(2)):
		return true, Failure{Message: "expected no error with " + quote(a.String(2)) + " in its message, got: " + message}
	}
	return false, Failure{Message: "expected an error with " + quote(a.String(2)) + " in its message, got: " + message}
}

func (r *run) errorMatches(a luaapi.Args) (bool, Failure) {
	message, raised := r.raisedBy(a)
	words := "expected an error that matches " + quote(a.String(2))
	switch {
	case !raised:
		return false, Failure{Message: words + ", and there was none"}
	case found(a.L, lua.LString(message), a.Get(2)):
		return true, Failure{Message: "expected no error that matches " + quote(a.String(2)) + ", got: " + message}
	}
	return false, Failure{Message: words + ", got: " + message}
}

func (r *run) isType(kind string) check {
	return func(a luaapi.Args) (bool, Failure) {
		got := luaapi.Call(a.L, r.state.L.G.Global.RawGetString("type"), a.Get(1)).String()
		if got == kind {
			return true, Failure{Message: newDiffer(a).wanted("anything but a "+kind, a.Get(1))}
		}
		return false, Failure{Message: newDiffer(a).wanted("a "+kind, a.Get(1)) + " (a " + got + ")"}
	}
}
