package scripttest

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
)

// words are describe, it and what else only tests can say, but for assert.
func (r *run) words() luaapi.Module {
	body := luaapi.Param{Name: "f", Type: "function"}
	optional := luaapi.Param{Name: "f", Type: "function", Optional: true}
	name := luaapi.Param{Name: "name", Type: "string"}
	return luaapi.Module{
		Name: "test", Only: true, Doc: "What only tests can say.",
		Members: []luaapi.Member{
			{
				Name: "describe", Params: []luaapi.Param{name, body}, Func: r.describe,
				Doc:     "Groups tests, and what runs before and after each of them; groups may lie inside one another.",
				Example: `describe("opening hours", function() end)`,
			},
			{
				Name: "it", Params: []luaapi.Param{name, optional}, Func: r.it,
				Doc:     "Is one test: it fails if its function raises an error. Without a function it is pending.",
				Example: `it("knows Sunday", function() assert.is_true(true) end)`,
			},
			{
				Name: "pending", Params: []luaapi.Param{{Name: "name", Type: "string", Optional: true}, optional}, Func: r.pending,
				Doc:     "Is a test that is not run; inside a test it ends that as pending, with a reason.",
				Example: `pending("knows holidays")`,
			},
			{
				Name: "before_each", Params: []luaapi.Param{body}, Func: r.hook(func(b *block) *[]*lua.LFunction { return &b.before }),
				Doc:     "Runs a function before each test of its group, those of the groups around first.",
				Example: `before_each(function() time.freeze("2026-11-22") end)`,
			},
			{
				Name: "after_each", Params: []luaapi.Param{body}, Func: r.hook(func(b *block) *[]*lua.LFunction { return &b.after }),
				Doc:     "Runs a function after each test of its group, also of one that failed, those of the groups around last.",
				Example: `after_each(function() print("done") end)`,
			},
			{
				Name: "run_action", Func: r.runAction, Returns: "action_result",
				Params: []luaapi.Param{name, {
					Name: "given", Type: "table", Optional: true, Fields: append(givenFields(), wholeFields()...), Doc: "What the conversation is like.",
				}},
				Doc: "Runs an action as Rasa would have it run, in a conversation as given, and gives its answer. " +
					"slots are as they are after the events, rejected is the message of reject or nil; an error of the action is raised.",
				Example: `local result = run_action("action_greet", { slots = { name = "Ann" }, text = "hello" })`,
			},
			{
				Name: "reject", Params: []luaapi.Param{{Name: "message", Type: "string", Optional: true}},
				Doc:     "Is for actions; a test sees it as run_action(…).rejected.",
				Example: `assert.equal("no account yet", run_action("action_pay").rejected)`,
				Func: func(a luaapi.Args) int {
					a.Raise("only an action can reject; what it said is run_action(…).rejected, and a test fails by error(…) or assert")
					return 0
				},
			},
		},
	}
}

// Reference declares what only tests can say, beside the words of stubs. It is for reading: its functions can't be called.
func Reference() []luaapi.Module {
	r := &run{}
	return []luaapi.Module{r.words(), r.assertModule("assert", false), resultObject()}
}

// resultObject is what run_action returns.
func resultObject() luaapi.Module {
	return luaapi.Module{
		Name: "action_result", Object: true, Doc: "What came of an action.",
		Fields: []luaapi.Field{
			{Name: "events", Type: "list of event", Doc: "The events that go to Rasa."},
			{Name: "responses", Type: "list", Doc: "The responses that go to Rasa, with all their keys."},
			{Name: "slots", Type: "table", Doc: "The slots as they are after the events."},
			{Name: "rejected", Type: "string or nil", Doc: "The message of reject, nil if the action didn't."},
			{Name: "logs", Type: "list", Doc: "What the action logged: tables with level, message and fields."},
		},
	}
}

// retire has the words of other test programs say what to write instead.
func retire(s *interp.State) {
	for name, instead := range map[string]string{
		"setup": "write before_each", "before_all": "write before_each", "lazy_setup": "write before_each",
		"teardown": "write after_each", "after_all": "write after_each", "lazy_teardown": "write after_each", "finally": "write after_each",
		"context": "write describe", "insulate": "write describe, each test starts clean anyway", "expose": "write describe",
		"spec": "write it", "test": "write it", "xit": "write pending",
		"spy": "write http.stub, sql.stub or env.stub, whose handles tell what was asked", "mock": "write http.stub, sql.stub or env.stub",
		"stub": "write http.stub, sql.stub or env.stub", "expect": "write assert.equal(expected, actual)",
		"dispatcher": "the action has it; look at run_action(…).responses",
		"tracker":    "the action has it; give run_action what it is to see, and look at run_action(…).slots",
		"domain":     "the action has it; give run_action { domain = … }",
	} {
		s.Retire(name, instead)
	}
}

func (r *run) outside(a luaapi.Args) {
	if r.block == nil {
		a.Raise("stands inside a test, where it is too late; put it beside it(…), into the file or a describe")
	}
}

func (r *run) describe(a luaapi.Args) int {
	r.outside(a)
	outer := r.block
	r.block = &block{outer: outer, name: a.String(1)}
	defer func() { r.block = outer }()
	luaapi.Call(a.L, a.Get(2))
	return 0
}

func (r *run) it(a luaapi.Args) int {
	r.outside(a)
	body, _ := a.Get(2).(*lua.LFunction)
	r.declare(a, body)
	return 0
}

func (r *run) declare(a luaapi.Args, body *lua.LFunction) {
	_, line := a.Place()
	r.entries = append(r.entries, &entry{in: r.block, body: body,
		Test: Test{File: r.test.Path, Names: append(r.block.names(), a.String(1)), Line: line}})
}

func (r *run) pending(a luaapi.Args) int {
	if r.block != nil {
		r.declare(a, nil)
		return 0
	}
	script, line := a.Place()
	text := lua.LString(script + ":" + strconv.Itoa(line) + ": this test is pending")
	r.skipped = &skip{a.String(1), text}
	a.State.Again(a.L, &interp.Raised{Value: text, Message: string(text)})
	return 0
}

func (r *run) hook(which func(*block) *[]*lua.LFunction) func(luaapi.Args) int {
	return func(a luaapi.Args) int {
		r.outside(a)
		if fn, ok := a.Get(1).(*lua.LFunction); ok {
			list := which(r.block)
			*list = append(*list, fn)
		}
		return 0
	}
}
