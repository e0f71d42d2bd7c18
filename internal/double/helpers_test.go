package double_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
	"go.uber.org/goleak"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/env"
	apihttp "github.com/luaction/luaction/luaapi/http"
	apijson "github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/kv"
	"github.com/luaction/luaction/luaapi/sql"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/service/httpclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a test file's state and the engine of the action under test, as a test runner has them.
type world struct {
	set     *double.Set
	engine  *engine.Engine
	state   *interp.State
	session *luaapi.Session
	failed  []string    // what Callback had for errors
	tasks   chan func() // for the test file's goroutine; used while an action runs
	runs    bool
}

type options struct {
	double  double.Options
	timeout time.Duration
}

// newWorld has an action whose function has this body: its say(v) sets what run_action gives.
func newWorld(t testing.TB, body string, o options) *world {
	t.Helper()
	dir := t.TempDir()
	source := "return function(dispatcher, tracker, domain)\nlocal events = {} local function say(v) events[1] = SlotSet(\"x\", v) end\n" + body + "\nreturn events\nend\n"
	if err := os.WriteFile(filepath.Join(dir, "action_do.lua"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read})
	if snapshot := loader.Load(t.Context()); len(snapshot.Problems) > 0 {
		t.Fatal(snapshot.Problems)
	}
	w := &world{tasks: make(chan func())}
	o.double.Callback = w.callback
	o.double.Asserted = func(raised lua.LValue) bool { return strings.Contains(raised.String(), "asserted") }
	w.set = double.New(o.double)
	if err := w.set.Problem(); err != nil {
		t.Fatal(err)
	}
	opts := engine.Options{Snapshots: loader, Timeout: o.timeout}
	w.set.Configure(&opts)
	w.engine = engine.New(opts)
	w.state = interp.New(interp.Options{Location: opts.Location})
	w.session = luaapi.NewSession(w.state)
	times := apitime.NewTimes(w.session)
	for _, m := range w.set.Extend(w.session, []luaapi.Module{
		apijson.New(w.session), times.Module(), env.Looked(w.session, opts.LookEnv), apihttp.New(w.session, opts.HTTP),
		kv.New(w.session, opts.Store), sql.New(w.session, opts.Databases, times.Value).Module(),
	}) {
		w.session.Install(m)
	}
	w.session.Install(luaapi.Module{Name: "run_action", Only: true, Members: []luaapi.Member{{Name: "run_action", Func: w.runAction}}})
	t.Cleanup(func() {
		w.engine.Close()
		w.state.Close()
		w.set.Close()
	})
	return w
}

// callback calls a function in the test file's state.
func (w *world) callback(_ context.Context, fn *lua.LFunction) (err error) {
	call := func() {
		if _, err = w.state.Call(fn); err != nil {
			w.failed = append(w.failed, err.Error())
		}
	}
	if !w.runs {
		call()
		return err
	}
	done := make(chan struct{})
	w.tasks <- func() { call(); close(done) }
	<-done
	return err
}

// runAction is run_action() → what the action said; it raises the action's error.
func (w *world) runAction(a luaapi.Args) int {
	var answer engine.Answer
	var failed *engine.Error
	done := make(chan struct{})
	w.runs = true
	go func() {
		defer close(done)
		call, err := rasa.ParseCall([]byte(`{"next_action":"action_do","tracker":{"sender_id":"test"}}`))
		if err != nil {
			panic(err)
		}
		answer, failed = w.engine.Run(context.Background(), call, nil)
	}()
	for running := true; running; {
		select {
		case task := <-w.tasks:
			task()
		case <-done:
			running = false
		}
	}
	w.runs = false
	if failed != nil {
		a.L.RaiseError("%s: %s", failed.Code, failed.Error())
	}
	var said struct {
		Events []struct{ Value json.RawMessage }
	}
	if err := json.Unmarshal(answer.Body, &said); err != nil || len(said.Events) == 0 {
		return 0
	}
	doc, err := jsondoc.Parse(said.Events[0].Value)
	if err != nil {
		panic(err)
	}
	return a.Return(a.Values.From(doc.Root()))
}

// call calls the action on its own.
func (w *world) call() {
	call, err := rasa.ParseCall([]byte(`{"next_action":"action_do","tracker":{"sender_id":"test"}}`))
	if err != nil {
		panic(err)
	}
	_, _ = w.engine.Run(context.Background(), call, nil)
}

// run runs a test file and returns what it returns, as JSON.
func (w *world) run(t testing.TB, source string) (string, error) {
	t.Helper()
	chunk, _, problem := interp.Compile("x_test.lua", []byte(source))
	if problem != nil {
		t.Fatal(problem.Error())
	}
	call, err := rasa.ParseCall([]byte(`{"next_action":"x","tracker":{"sender_id":"test"}}`))
	if err != nil {
		t.Fatal(err)
	}
	w.state.Begin(context.Background(), time.Now().Add(time.Minute), 0)
	w.session.Begin(luaapi.Run{Call: call})
	defer func() {
		w.session.End()
		w.state.End()
	}()
	result, err := w.state.Call(w.state.Load(chunk))
	if err != nil {
		var script *interp.Error
		if errors.As(err, &script) && script.Fault {
			t.Errorf("a fault of Go's: %v", err)
		}
		return "", err
	}
	var text []byte
	if err := w.state.Protect(func() {
		var wrong *luaapi.ValueError
		if text, wrong = w.session.Values.AppendText(nil, result, "result"); wrong != nil {
			t.Fatal(wrong)
		}
	}); err != nil {
		return "", err
	}
	return string(text), nil
}

// row is one test: an action, a test file, and what that returns, or a part of its error.
type row struct {
	action, file string
	want         string
	wrong        string   // in place of want
	unmet        []string // a part of each
}

func check(t *testing.T, o options, rows []row) {
	t.Helper()
	for _, r := range rows {
		w := newWorld(t, r.action, o)
		got, err := w.run(t, r.file)
		switch {
		case r.wrong == "" && (err != nil || got != r.want):
			t.Errorf("%s\n\t%s\n\tgives %s %v\n\twant  %s", r.action, r.file, got, err, r.want)
		case r.wrong != "" && (err == nil || !strings.Contains(err.Error(), r.wrong)):
			t.Errorf("%s\n\t%s\n\tgives %s %v\n\twant  %s", r.action, r.file, got, err, r.wrong)
		}
		unmet := w.set.Unmet()
		if len(unmet) != len(r.unmet) {
			t.Errorf("%s\n\t%s\n\tunmet: %q", r.action, r.file, unmet)
			continue
		}
		for i := range unmet {
			if !strings.Contains(unmet[i], r.unmet[i]) {
				t.Errorf("%s\n\t%s\n\tunmet: %s\n\twant   %s", r.action, r.file, unmet[i], r.unmet[i])
			}
		}
	}
}

func snow() options {
	return options{double: double.Options{HTTP: httpclient.Options{Services: map[string]httpclient.Service{
		"snow": {URL: "https://snow.example.org/api/now", Bearer: "secret"},
	}}}}
}
