package form_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/form"
	"github.com/luaction/luaction/luaapi/json"
)

func modules() []func(*luaapi.Session) luaapi.Module {
	return []func(*luaapi.Session) luaapi.Module{form.New, json.New, luaapi.Reject}
}

// whole makes the body of an action of a file that returns one.
func whole(file string) string {
	return "local action = (function() " + file + "\nend)() return action(dispatcher, tracker, domain)"
}

const (
	ab       = `{"forms":{"f":{"required_slots":["a","b"]}}}`
	noEvents = ``
)

// request is a call of validate_f with slot events at the end: a=1;b=null.
func request(domain, slots string) string {
	var list []string
	for _, slot := range strings.Split(slots, ";") {
		if name, value, ok := strings.Cut(slot, "="); ok {
			list = append(list, `{"event":"slot","name":"`+name+`","value":`+value+`}`)
		}
	}
	return `{"next_action":"validate_f","domain":` + domain + `,"tracker":{"sender_id":"s","slots":{},"events":[{"event":"user"}` +
		strings.Join(append([]string{""}, list...), ",") + `]}}`
}

// short writes the slots of an answer: a=1;b=null.
func short(t *testing.T, answer string) string {
	t.Helper()
	text, ok := strings.CutPrefix(answer, `{"events":[`)
	text, rest := strings.CutSuffix(text, `],"responses":[]}`)
	if !ok || !rest {
		t.Fatalf("unexpected %s", answer)
	}
	text = strings.ReplaceAll(text, `},{"event":"slot","timestamp":null,"name":"`, ";")
	text = strings.TrimPrefix(text, `{"event":"slot","timestamp":null,"name":"`)
	return strings.ReplaceAll(strings.TrimSuffix(text, "}"), `","value":`, "=")
}

func TestForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, domain, slots, script, want string }{
		{"false is a value", ab, `a=1`, `return form { validate = { a = function() return false end } }`, `a=false`},
		{"null", ab, `a=1`, `return form { validate = { a = function() return json.null end } }`, `a=null`},
		{"nothing", ab, `a=1`, `return form { validate = { a = function() end } }`, `a=null`},
		{"a list", ab, `a=1`, `return form { validate = { a = function() return { 1, 2 } end } }`, `a=[1,2]`},
		{"an empty list", ab, `a=1`, `return form { validate = { a = function() return json.array {} end } }`, `a=[]`},
		{"an object", ab, `a=1`, `return form { validate = { a = function() return json.object { b = 1 } end } }`, `a={"b":1}`},
		{"an empty object", ab, `a=1`, `return form { validate = { a = function() return json.object {} end } }`, `a={}`},
		{"the table it was given", ab, `a={"b":1,"c":null}`, `return form { validate = { a = function(value) return value end } }`,
			`a={"b":1,"c":null}`},
		{"that table when changed", ab, `a={"b":1}`, `return form { validate = { a = function(value) value.d = 2 return value end } }`,
			`a={"b":1,"d":2}`},
		{"a table for a slot", ab, `a=1`, `return form { validate = { a = function() return { a = { c = 1 } } end } }`, `a={"c":1}`},
		{"a long integer", ab, `a=12345678901234567890`, `return form { validate = { a = function(value) return value end } }`,
			`a=12345678901234567890`},
		{"nulls from JSON", ab, `a=1`, `return form { validate = { a = function() return json.decode('{"b":null,"a":2,"c":null}') end } }`,
			`a=2;b=null;c=null`},
		{"others in their order", ab, `b=1;a=2`,
			`return form { validate = { a = function() return { z = 1, a = 3, y = json.null } end } }`, `b=1;a=3;z=1;y=null`},
		{"own first when extracted", ab, noEvents, `return form { extract = { b = function() return { z = 1, a = 2, b = 3 } end } }`,
			`b=3;a=2`},
		{"nothing extracted", ab, noEvents, `return form { extract = { a = function() end, b = function() return {} end } }`, ``},
		{"null extracted", ab, noEvents, `return form { extract = { a = function() return json.null end } }`, `a=null`},
		{"false extracted", ab, noEvents, `return form { extract = { a = function() return false end } }`, `a=false`},
		{"null arrives as nil", ab, `a=null`, `return form { validate = { a = function(value) return type(value) end } }`, `a="nil"`},
		{"seen at once", ab, `a=1;b=2`,
			`return form { validate = { a = function() return { a = 5, c = json.null } end, b = function(_, d, t) return t.slots.a + #t.events end } }`,
			`a=5;b=8;c=null`},
		{"dropped, then set again", ab, `c=1;b=1`, `return form { validate = { b = function() return { c = 7 } end } }`, `b=1;c=7`},
		{"set, then dropped", ab, `b=1;c=1`, `return form { validate = { b = function() return { c = 7 } end } }`, `b=1`},
		{"an event is no answer", ab, `a=1`, `return form { validate = { a = function() return SlotSet("a", 2) end } }`, `a=1`},
		{"nor is a list of them", ab, `a=1`, `return form { validate = { a = function() return { SlotSet("a", 2) } end } }`, `a=1`},
		{"nor a function", ab, `a=1`, `return form { validate = { a = function() return pairs end } }`, `a=1`},
		{"nor the tracker", ab, `a=1`, `return form { validate = { a = function(_, _, t) return t end } }`, `a=1`},
		{"nor odd keys", ab, `a=1`, `return form { validate = { a = function() return { [true] = 1, b = 2 } end } }`, `a=1`},
		{"underscores", `{"forms":{"f":{"required_slots":["a-b-c"]}}}`, `a-b-c=1`,
			`return form { validate = { a_b_c = function(value) return value + 1 end } }`, `a-b-c=2`},
		{"the exact name goes first", `{"forms":{"f":{"required_slots":["a-b"]}}}`, `a-b=1`,
			`return form { validate = { a_b = function() return 2 end, ["a-b"] = function() return 3 end } }`, `a-b=3`},
		{"an old domain", `{"forms":{"f":{"required_slots":{"b":[],"a":null}}}}`, `a=1;b=2;c=3`,
			`return form { required_slots = function(names) return { names[2], names[1] } end }`, `a=1;b=2;requested_slot=null`},
		{"an old domain's own object", `{"forms":{"f":{"required_slots":{"b":[],"a":null}}}}`, `a=1`,
			`return form { required_slots = function(_, _, _, domain) return domain.forms.f.required_slots end }`, `a=1`},
		{"a domain of the script's", `{"forms":{"f":{"required_slots":["a"]}}}`, `a=1;b=2`,
			`local f = form {} return function(d, t) return f(d, t, { forms = { f = { required_slots = { "b" } } } }) end`, `b=2`},
		{"a part of the domain as the domain", `{"forms":{"f":{"required_slots":["a"]}},"other":{"forms":{"f":{"required_slots":["b"]}}}}`, `a=1;b=2`,
			`local f = form {} return function(d, t, domain) return f(d, t, domain.other) end`, `b=2`},
		{"a domain without forms", `{"forms":null}`, `a=1`, `return form {}`, ``},
		{"a list of forms", `{"forms":["f"]}`, `a=1`, `return form {}`, ``},
		{"false is not missing", ab, `a=false`, `return form { required_slots = function() return { "a", "c" } end }`,
			`a=false;requested_slot="c"`},
		{"null is", ab, `a=null`, `return form { required_slots = function() return { "a", "c" } end }`, `a=null;requested_slot="a"`},
		{"the names may be changed", ab, noEvents, `return form { required_slots = function(names) table.insert(names, 1, "c") return names end }`,
			`requested_slot="c"`},
		{"slots never asks", `{"slots":{"a":{}}}`, `a=1`, `return slots { required_slots = function() return { "b", "a" } end }`, `a=1`},
		{"slots of forms are no global ones",
			`{"slots":{"a":{"mappings":[{"conditions":[{"active_loop":"f"}]}]},"b":{"mappings":[{"conditions":[{"active_loop":""}]}]},"c":null}}`,
			`a=1;b=2;c=3`, `return slots {}`, `b=2;c=3`},
		{"a script of its own around it", ab, `a=1`,
			`local check = form { validate = { a = function(value) return value + 1 end } }
			return function(dispatcher, tracker) local list = check(dispatcher, tracker) list[#list + 1] = SlotSet("x", tracker.slots.a) return list end`,
			`a=2;x=2`},
		{"in a coroutine", ab, `a=1`, `local check = form { validate = { a = function(value) return value + 1 end } }
			return function(...) return coroutine.wrap(function(...) return check(...) end)(...) end`, `a=2`},
		{"functions of the library", ab, `a="X"`, `return form { validate = { a = string.lower } }`, `a="x"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			answer, _, err := apitest.Run(t, apitest.Case{Request: request(c.domain, c.slots), Script: whole(c.script), Modules: modules()})
			if err != nil {
				t.Fatal(err)
			}
			if got := short(t, answer); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	const place = "action_test.lua:2: "
	for _, c := range []struct{ script, want string }{
		{`return form { validat = {} }`,
			place + "form: doesn't know 'validat'; did you mean 'validate'? It takes required_slots, extract, validate."},
		{`return slots { x = 1 }`, place + "slots: doesn't know 'x'. It takes required_slots, extract, validate."},
		{`return form()`, place + "form: the argument must be a table, but is nil; write for example return form {"},
		{`return form { function() end }`, place + "form: takes names, not items"},
		{`return form { required_slots = { "a" } }`, place + "form: required_slots must be a function, but is a table"},
		{`return form { validate = function() end }`, place + "form: validate must be a table, but is a function"},
		{`return form { extract = { a = 1 } }`, place + "form: extract: the slot 'a' needs a function, but has a number; write extract = {"},
		{`return form { validate = { function() end } }`, place + "form: validate takes the names of slots, not items; write validate = {"},
		{`return form { validate = json }`, place + "form: validate takes a table with a function for each slot, but got the module json"},
		{`return form { required_slots = function() end }`,
			place + "required_slots must return a list of slot names, but returned nil; write for example"},
		{`return form { required_slots = function() return { x = 1 } end }`, "but returned a table with names"},
		{`return form { required_slots = function() return { "a", 2 } end }`, "but item 2 is a number"},
		{`return form { required_slots = function(_, _, tracker) return tracker end }`, "but returned the tracker"},
		{`local f = form {} return function() return f() end`, place + "what form{…} makes needs the tracker as its second argument, but has nil"},
		{`local f = slots {} return function(d, t) return f(d, {}, {}) end`,
			"what slots{…} makes needs the tracker as its second argument, but has another table"},
		{`local f = form {} return function(d, t) return f(d, t, 5) end`, "needs the domain as its third argument, but has a number"},
		{"return form { validate = {\na = function(value) return value.x.y end } }", "action_test.lua:3: "},
		{"return form {\nvalidate = {\na = function() return { { pairs } } end } }",
			"events[1].value[1][1]: a function can't be sent to Rasa"},
	} {
		_, _, err := apitest.Run(t, apitest.Case{Request: request(ab, `a=1`), Script: whole(c.script), Modules: modules()})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.script, err, c.want)
		}
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ script, want string }{
		{`return form {}`, `the slot 'a' stays as it came: validate has no function for it" script=action_test.lua line=2`},
		{"return form {\nrequired_slots = function() return { 'zz' } end }",
			`the slot 'zz' is required, but the domain doesn't list it here and extract has no function for it: nothing fills it`},
		{"return form { validate = {\na = function() return pairs end } }",
			`validate.a returned a function, so the slot stays as it is; return the slot's value, or a table such as { a = value }" script=action_test.lua line=3`},
		{"return form { validate = {\na = function() return SlotSet('a', 1) end } }", `validate.a returned an event, so`},
		{"return form { extract = {\na = function(_, tracker) return tracker end } }",
			`extract.a returned the tracker, so nothing is extracted; return the slot's value`},
	} {
		_, log, err := apitest.Run(t, apitest.Case{Request: request(ab, `a=1`), Script: whole(c.script), Modules: modules()})
		if all := strings.Join(log, "\n"); err != nil || !strings.Contains(all, "level=WARN") || !strings.Contains(all, c.want) {
			t.Errorf("%s:\n got %v %s\nwant %s", c.script, err, all, c.want)
		}
	}
}

// TestEndsTheCall says that what a function raises or rejects goes through the form.
func TestEndsTheCall(t *testing.T) {
	t.Parallel()
	script := whole(`return form { validate = { a = function() reject("no") end } }`)
	if _, _, err := apitest.Run(t, apitest.Case{Request: request(ab, `a=1`), Script: script, Modules: modules()}); err == nil ||
		!strings.Contains(err.Error(), "no") {
		t.Errorf("got %v", err)
	}
	script = `local f = form { validate = { a = function() error("caught", 0) end } }
		local ok, message = pcall(f, dispatcher, tracker, domain) return { SlotSet("a", message) }`
	answer, _, err := apitest.Run(t, apitest.Case{Request: request(ab, `a=1`), Script: script, Modules: modules()})
	if err != nil || short(t, answer) != `a="caught"` {
		t.Errorf("got %s, %v", answer, err)
	}
}

func TestDomainNotAtHand(t *testing.T) {
	t.Parallel()
	const call = `{"next_action":"validate_f","domain_digest":"d","tracker":{"sender_id":"s","slots":{},"events":[]}}`
	script := whole(`local f = form {} return function(dispatcher, tracker) return f(dispatcher, tracker) end`)
	if _, _, err := apitest.Run(t, apitest.Case{Request: call, Script: script, Modules: modules()}); err == nil ||
		!strings.Contains(err.Error(), luaapi.ErrDomainMissing.Error()) {
		t.Errorf("got %v", err)
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	m := apitestModule(t)
	for _, member := range m.Members {
		if member.Doc == "" || !strings.Contains(member.Example, member.Name) {
			t.Errorf("%s: doc %q, example %q", member.Name, member.Doc, member.Example)
		}
		if _, _, err := apitest.Run(t, apitest.Case{Request: request(ab, `a="x"`), Script: whole(member.Example), Modules: modules()}); err != nil {
			t.Errorf("%s: %v", member.Example, err)
		}
	}
}

// apitestModule is the module as it is declared.
func apitestModule(t *testing.T) (declared luaapi.Module) {
	t.Helper()
	apitest.New(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{func(s *luaapi.Session) luaapi.Module {
		declared = form.New(s)
		return declared
	}}})
	return declared
}
