package luaapi_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// modules are those that the tests of the core need beside the ones that apitest has.
var modules = []func(*luaapi.Session) luaapi.Module{json.New, luaapi.Reject, probe}

// probe gives scripts lazy tables and places for values: lazy(text), a long list, keep(value), kept() …
func probe(s *luaapi.Session) luaapi.Module {
	var kept lua.LValue = lua.LNil
	value := []luaapi.Param{{Name: "value", Type: "any", Optional: true}}
	return luaapi.Module{Name: "probe", Members: []luaapi.Member{
		{Name: "lazy", Params: []luaapi.Param{{Name: "text", Type: "string"}}, Example: `probe.lazy("[]")`, Func: func(a luaapi.Args) int {
			doc, err := jsondoc.Parse([]byte(a.String(1)))
			if err != nil {
				a.Raise("%s", err.Error())
			}
			return a.Return(s.Values.Lazy(doc.Root()))
		}},
		{Name: "many", Params: []luaapi.Param{{Name: "unit", Type: "string"}, {Name: "n", Type: "number"}}, Func: func(a luaapi.Args) int {
			return a.Return(lua.LString("[" + strings.Repeat(a.String(1)+",", int(a.Number(2, 0))) + "1]"))
		}},
		{Name: "keep", Params: value, Func: func(a luaapi.Args) int { kept = a.Get(1); return 0 }},
		{Name: "kept", Func: func(a luaapi.Args) int { return a.Return(kept) }},
		{Name: "options", Params: []luaapi.Param{{Name: "options", Type: "table", Optional: true, Fields: []luaapi.Field{
			{Name: "timeout", Type: "number"}, {Name: "headers", Type: "table"}, {Name: "retry", Type: "boolean|number"},
		}}}, Func: func(a luaapi.Args) int {
			o := a.Options(1)
			if o != nil {
				a.Option(o, "timeout")
				a.Option(o, "headers")
				a.Option(o, "retry")
			}
			return a.Return(lua.LString("fine"))
		}},
		{Name: "needs", Params: []luaapi.Param{
			{Name: "name", Type: "string"}, {Name: "count", Type: "number", Optional: true}, {Name: "f", Type: "function|table", Optional: true},
		}, Example: `probe.needs("a", 1)`, Func: func(a luaapi.Args) int {
			return a.Return(lua.LString(a.String(1)), lua.LNumber(a.Number(2, 7)))
		}},
	}}
}

// request is a call whose slot v is the JSON text.
func request(v string) string {
	return `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{"v":` + v + `}}}`
}

// run runs a script on a conversation whose slot v is the JSON text; "" for none.
func run(t testing.TB, v, script string) (string, []string, error) {
	t.Helper()
	c := apitest.Case{Script: script, Modules: modules}
	if v != "" {
		c.Request = request(v)
	}
	return apitest.Run(t, c)
}

// sent returns what the script's value x goes out as: the script says `x = …` last.
func sent(t testing.TB, v, script string) (string, error) {
	t.Helper()
	answer, _, err := run(t, v, "local v, x = tracker:get_slot('v')\n"+script+"\nreturn SlotSet('x', x)")
	answer = strings.TrimPrefix(answer, `{"events":[{"event":"slot","timestamp":null,"name":"x","value":`)
	return strings.TrimSuffix(answer, `}],"responses":[]}`), err
}

// check runs Lua that raises if something is wrong.
func check(t *testing.T, v, script string) {
	t.Helper()
	if _, _, err := run(t, v, "local v = tracker:get_slot('v')\n"+script); err != nil {
		t.Errorf("%s\n  with v = %s\n  %v", script, v, err)
	}
}

// fails checks that the error has all the parts.
func fails(t *testing.T, err error, script string, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s\n  raised nothing, want %q", script, parts)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s\n  raised %q, want %q in it", script, err, part)
		}
	}
}

// filled opens a lazy table and those inside it, and returns it.
func filled(v *luaapi.Values, t *lua.LTable) *lua.LTable {
	v.Open(t)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		if inner, ok := value.(*lua.LTable); ok {
			if _, untouched := v.Source(inner); untouched {
				filled(v, inner)
			}
		}
	}
	return t
}

// files is a set of shared modules by name.
type files map[string]string

// Lib compiles the file of that name.
func (f files) Lib(name string) (*chunk.Chunk, bool) {
	source, ok := f[name]
	if !ok {
		return nil, false
	}
	c, _, problem := interp.Compile(strings.ReplaceAll(name, ".", "/")+".lua", []byte(source))
	return c, problem == nil
}

// LibNames returns the names there are.
func (f files) LibNames() []string {
	var names []string
	for name := range f {
		names = append(names, name)
	}
	return names
}

// bench is a state with a session, for what apitest can't do: files to require, and calls that are open for a while.
type bench struct {
	state   *interp.State
	session *luaapi.Session
}

func newBench(t testing.TB) *bench {
	t.Helper()
	state := interp.New(interp.Options{})
	t.Cleanup(state.Close)
	b := &bench{state: state, session: luaapi.NewSession(state)}
	for _, m := range []func(*luaapi.Session) luaapi.Module{json.New, luaapi.Require, luaapi.Reject, probe} {
		b.session.Install(m(b.session))
	}
	return b
}

// open begins a call with so much memory; 0 is no limit.
func (b *bench) open(library luaapi.Library, bytes int64) {
	b.state.Begin(context.Background(), time.Time{}, bytes)
	b.session.Begin(luaapi.Run{Call: &rasa.Call{}, Library: library, Log: slog.New(slog.DiscardHandler)})
}

func (b *bench) close() {
	b.session.End()
	b.state.End()
}

// call runs a file in a call of its own and returns what it returns, as JSON.
func (b *bench) call(t testing.TB, library luaapi.Library, bytes int64, source string) (string, error) {
	t.Helper()
	c := compile(t, source)
	b.open(library, bytes)
	defer b.close()
	value, err := b.state.Call(b.state.Load(c))
	if err != nil {
		return "", err
	}
	text, refused := b.session.Values.AppendText(nil, value, "value")
	if refused != nil {
		return "", refused
	}
	return string(text), nil
}

func compile(t testing.TB, source string) *chunk.Chunk {
	t.Helper()
	c, _, problem := interp.Compile("action_test.lua", []byte(source))
	if problem != nil {
		t.Fatalf("%s doesn't compile: %+v", source, *problem)
	}
	return c
}

func parse(t testing.TB, text string) jsondoc.Value {
	t.Helper()
	doc, err := jsondoc.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Root()
}
