// Package apitest runs a piece of Lua against modules of the API, for the modules' own tests.
package apitest

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/events"
	"github.com/luaction/luaction/luaapi/tracker"
	"github.com/luaction/luaction/rasa"
)

// Bare is the smallest request: a conversation named test, and nothing in it.
const Bare = `{"next_action":"action_test","tracker":{"sender_id":"test"}}`

// Case is one call of one script.
type Case struct {
	// Request is the body of the request; Bare when empty.
	Request string
	// Script is the body of the action's function (dispatcher, tracker, domain); its first line is line 2 of action_test.lua.
	// A script that begins with "return function" is a whole file.
	Script string
	// Modules are installed beside events, dispatcher, tracker and a small json (null, array and object).
	Modules []func(*luaapi.Session) luaapi.Module
	// Stream takes what the script streams; nil as over HTTP.
	Stream dispatcher.Stream
	// Options configure the interpreter.
	Options interp.Options
}

// Run runs the case once. answer is what would be sent to Rasa, log the lines of the log, such as "WARN text script=… line=3",
// dropped items of the answer among them. A script that doesn't compile, and a request that can't be read, fail the test.
func Run(t testing.TB, c Case) (answer string, log []string, err error) {
	t.Helper()
	r := New(t, c)
	answer, err = r.Call(t, c)
	return answer, r.Log(), err
}

// Runner is a state with the modules installed, for several calls one after the other.
type Runner struct {
	state               *interp.State
	session             *luaapi.Session
	said                *dispatcher.Dispatcher
	dispatcher, tracker *lua.LTable
	out                 strings.Builder
}

// New returns a Runner with the case's modules and options, which is closed when the test ends.
func New(t testing.TB, c Case) *Runner {
	t.Helper()
	r := &Runner{state: interp.New(c.Options)}
	t.Cleanup(r.state.Close)
	r.session = luaapi.NewSession(r.state)
	r.said = dispatcher.New(r.session)
	r.dispatcher = r.session.Install(r.said.Module())
	r.tracker = r.session.Install(tracker.New(r.session))
	r.session.Install(events.New(r.session))
	own := false
	for _, module := range c.Modules {
		m := module(r.session)
		own = own || m.Name == "json"
		r.session.Install(m)
	}
	if !own {
		r.session.Install(marks(r.session))
	}
	return r
}

// Log returns the lines of the log up to now.
func (r *Runner) Log() []string {
	if r.out.Len() == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(r.out.String(), "\n"), "\n")
}

// Call runs the case's script on its request; the modules are the runner's.
func (r *Runner) Call(t testing.TB, c Case) (string, error) {
	t.Helper()
	request, script := c.Request, c.Script
	if request == "" {
		request = Bare
	}
	if !strings.HasPrefix(script, "return function") {
		script = "return function(dispatcher, tracker, domain)\n" + script + "\nend"
	}
	file, _, problem := interp.Compile("action_test.lua", []byte(script))
	if problem != nil {
		t.Fatalf("the script doesn't compile: %+v", *problem)
	}
	body := []byte(request)
	call, err := rasa.ParseCall(body)
	if err != nil {
		t.Fatalf("the request can't be read: %v", err)
	}
	r.state.Begin(context.Background(), time.Time{}, 0)
	r.session.Begin(luaapi.Run{Call: call, Domain: call.Domain, Log: r.logger()})
	r.said.StreamTo(c.Stream)
	defer func() {
		r.session.End()
		r.state.End()
		for i := range body { // as the next request does: nothing may point into it any more
			body[i] = '#'
		}
	}()
	action, err := r.state.Call(r.state.Load(file))
	if err != nil {
		return "", err
	}
	domain := r.session.Values.From(call.Domain)
	if domain == lua.LNil {
		domain = r.session.Values.Object()
	}
	result, err := r.state.Call(action, r.dispatcher, r.tracker, domain)
	if err != nil {
		return "", err
	}
	return r.answer(result)
}

func (r *Runner) answer(result lua.LValue) (string, error) {
	var answer []byte
	var refused *luaapi.AnswerError
	err := r.state.Protect(func() {
		answer, refused = r.session.Answer(nil, result, r.said.Messages(), func(place, what string) {
			r.session.Log.Error("dropped", "place", place, "what", what)
		})
	})
	if err != nil {
		return "", err
	}
	if refused != nil {
		return "", refused
	}
	return string(answer), nil
}

func (r *Runner) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(&r.out, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: plain}))
}

// plain leaves out the time, so that a line is always the same.
func plain(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// marks is what of the module json the scripts of tests need.
func marks(s *luaapi.Session) luaapi.Module {
	table := func(a luaapi.Args) *lua.LTable {
		if t := a.Table(1); t != nil {
			return t
		}
		return s.L.NewTable()
	}
	param := []luaapi.Param{{Name: "t", Type: "table", Optional: true}}
	return luaapi.Module{
		Name:   "json",
		Fields: []luaapi.Field{{Name: "null", Get: s.Values.Null}},
		Members: []luaapi.Member{
			{Name: "array", Params: param, Func: func(a luaapi.Args) int { return a.Return(s.Values.MarkArray(table(a))) }},
			{Name: "object", Params: param, Func: func(a luaapi.Args) int { return a.Return(s.Values.MarkObject(table(a))) }},
		},
	}
}
