package scripttest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
)

// sender is the conversation of the tests.
const sender = "test"

// run is one file of tests while it runs. What has no lock belongs to the bench's goroutine while that works, and to the file's
// between.
type run struct {
	ctx    context.Context
	o      *Options
	test   *script.Test
	chunk  *chunk.Chunk
	engine *engine.Engine
	bench  *engine.Bench
	state  *interp.State
	double *double.Set
	log    *sink

	block *block // the describe that is running; nil while tests run
	// required are the shared modules that the file itself asked for. What a test asks for beside them is forgotten after it.
	required map[string]lua.LValue
	entries  []*entry // in the file's order
	skipped  *skip    // the running test said pending
	raised   *assertion
	// stubFailed is what a stub's function raised while an action ran.
	stubFailed *interp.Raised
	// stubAsserted is the assertion that failed in a stub's function.
	stubAsserted *assertion
	calls        calls

	mu     sync.Mutex
	faults []string // what fails the running test though no script was told
}

type fixed struct{ *script.Snapshot }

// Current is the snapshot, whatever changes.
func (f fixed) Current() *script.Snapshot { return f.Snapshot }

// runFile runs the tests of one file.
func runFile(ctx context.Context, o *Options, test *script.Test) *File {
	began := o.Now()
	r := &run{ctx: ctx, o: o, test: test, log: &sink{}}
	result := &File{Path: test.Path}
	if ctx.Err() == nil {
		r.file(result)
	}
	result.Failure.hide(o.Engine.Mask)
	for i := range result.Tests {
		result.Tests[i].Failure.hide(o.Engine.Mask)
	}
	result.Duration = o.Now().Sub(began)
	return result
}

func (r *run) file(result *File) {
	if result.Failure = r.compile(); result.Failure != nil {
		return
	}
	if err := r.open(); err != nil {
		result.Failure = &Failure{Message: err.Error()}
		return
	}
	defer r.close()
	result.Failure = r.load()
	result.Log = r.log.take()
	if result.Failure != nil {
		return
	}
	entries := wanted(r.entries, r.o.Run)
	over := ""
	for _, e := range entries {
		if over != "" {
			e.Status, e.Reason = NotRun, over
		} else {
			over = r.one(e)
		}
		result.Tests = append(result.Tests, e.Test)
	}
}

func (r *run) compile() *Failure {
	if r.test.Fault != "" {
		return &Failure{Message: r.test.Fault}
	}
	c, _, problem := interp.Compile(r.test.Path, r.test.Text)
	if problem == nil {
		r.chunk = c
		return nil
	}
	f := &Failure{Message: problem.Message}
	if problem.Hint != "" {
		f.Message += "; " + problem.Hint
	}
	if problem.Line > 0 {
		f.Places = []Place{{Script: problem.Script, Line: problem.Line, Source: textLine(r.test.Text, problem.Line)}}
	}
	return explained(f)
}

// textLine is a line of a text that could not be compiled.
func textLine(text []byte, line int) string {
	lines := strings.SplitN(string(text), "\n", line+1)
	if line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
}

// open makes the engine of the actions and the state of the file.
func (r *run) open() error {
	r.double = double.New(double.Options{Callback: r.callback, Asserted: r.asserted, Location: r.o.Engine.Location, HTTP: r.o.HTTP})
	if err := r.double.Problem(); err != nil {
		r.double.Close()
		return err
	}
	o := r.o.Engine
	o.Snapshots, o.Timeout, o.Seed, o.Dropped = fixed{r.o.Snapshot}, r.o.Timeout, seed, r.dropped
	o.Domains = rasa.NewDomainCache(0, 0) // what one test sent, another must not find
	o.Log = slog.New(mask.Handler(&handler{sink: r.log, action: true}, o.Mask))
	if r.o.Coverage != nil {
		o.OnStep = r.o.Coverage.step
	}
	r.double.Configure(&o)
	r.engine = engine.New(o)
	call, err := rasa.ParseCall([]byte(`{"tracker":{"sender_id":"` + sender + `"}}`))
	if err != nil {
		return err
	}
	r.bench = r.engine.NewBench(context.WithValue(r.ctx, ofTest{}, true), engine.BenchOptions{
		Call: call, Snapshot: r.o.Snapshot, Log: slog.New(mask.Handler(&handler{sink: r.log}, o.Mask)), Extend: r.extend,
	})
	return nil
}

func (r *run) close() {
	r.bench.Close()
	r.calls.running.Wait()
	r.engine.Close()
	r.double.Close()
}

// seed is what math.random begins each test and each action with.
const seed = 1

func (r *run) extend(s *luaapi.Session, modules []luaapi.Module) []luaapi.Module {
	r.state = s.State
	all := r.double.Extend(s, modules)
	kept := all[:0]
	for _, m := range all {
		if m.Name != "reject" { // words has one of its own
			kept = append(kept, r.insideTests(m))
		}
	}
	r.installAssert(s)
	return append(kept, r.words())
}

// insideTests has the words whose effect ends with a test say so where no test runs.
func (r *run) insideTests(m luaapi.Module) luaapi.Module {
	for i := range m.Members {
		member := &m.Members[i]
		if member.Name != "stub" && member.Name != "freeze" && member.Name != "advance" {
			continue
		}
		inside := member.Func
		member.Func = func(a luaapi.Args) int {
			if r.block != nil {
				a.Raise("holds for one test; put it into it(…), or into before_each(…) for all tests of a group")
			}
			return inside(a)
		}
	}
	return m
}

// load runs the file once, which declares the tests.
func (r *run) load() *Failure {
	r.block = &block{}
	end := r.do(func() *ended {
		_, err := r.state.Call(r.state.Load(r.chunk))
		r.block, r.required = nil, r.bench.Session().Required()
		if err != nil {
			return &ended{failure: r.failure(err, "the file")}
		}
		return &ended{failure: r.unheard(nil)}
	}, "the file")
	return end.failure
}

// patience is how long a report waits for what was left behind: it may yet say where it was.
const patience = 2 * time.Second

// do has f run on the bench's goroutine.
func (r *run) do(f func() *ended, what string) *ended {
	done := make(chan *ended, 1)
	stopped := r.bench.Do(r.ctx, r.o.Timeout, func() {
		r.calls.own()
		done <- f()
	})
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case end := <-done:
		end.stopped = stopped
		return end
	case <-wait.C:
		return &ended{failure: r.stopped(stopped, nil, what), stopped: stopped}
	}
}

// ended is what came of a test's functions.
type ended struct {
	stopped error // why no further one can run, nil if it can
	failure *Failure
	skipped *string
}

// one runs one test. over is why no further one of the file can run, "" if they can.
func (r *run) one(e *entry) (over string) {
	if e.body == nil {
		e.Status = Pending
		return ""
	}
	if r.ctx.Err() != nil {
		e.Status, e.Reason = NotRun, "the run was ended"
		return e.Reason
	}
	began := r.o.Now()
	r.double.Reset()
	end := r.do(func() *ended {
		r.bench.Session().SetRequired(r.required)
		r.state.SeedRandom(seed)
		return r.functions(e)
	}, "the test")
	e.Duration = r.o.Now().Sub(began)
	e.Log = r.log.take()
	switch {
	case end.failure != nil:
		e.Status, e.Failure = Failed, end.failure
	case end.skipped != nil:
		e.Status, e.Reason = Pending, *end.skipped
	default:
		e.Status = Passed
	}
	if end.stopped != nil {
		return fmt.Sprintf("“%s” had to be stopped", e.Name())
	}
	return ""
}

// functions runs the test's function with the hooks around it. What goes wrong first is the reason; a hook after the test runs
// whatever went wrong before.
func (r *run) functions(e *entry) *ended {
	end := &ended{}
	r.skipped, r.raised, r.stubFailed, r.stubAsserted = nil, nil, nil, nil
	call := func(fn *lua.LFunction) bool {
		_, err := r.state.Call(fn)
		if err == nil {
			return true
		}
		if reason := r.pends(err); reason != nil {
			end.skipped = reason
			return false
		}
		end.failed(r.failure(err, "the test"))
		return false
	}
	well := true
	for _, hook := range e.in.beforeEach() {
		if well = call(hook); !well {
			break
		}
	}
	if well {
		call(e.body)
	}
	for _, hook := range e.in.afterEach() {
		if r.state.Meter().Stopped() != nil {
			break
		}
		call(hook)
	}
	if missed := r.stubAsserted; missed != nil && end.failure == nil {
		end.failure = &missed.Failure
		end.failure.Places = []Place{missed.at, r.place(r.test.Path, e.Line)}
	}
	end.failure = r.unheard(end.failure, r.place(r.test.Path, e.Line))
	return end
}

// failed adds a failure: the first is the reason.
func (e *ended) failed(f *Failure) {
	switch {
	case e.failure == nil:
		e.failure = f
	case f.Message != e.failure.Message:
		text := f.Message
		if f.Note != "" {
			text = f.Note + ": " + text
		}
		if len(f.Places) > 0 {
			text = f.Places[0].Script + ":" + strconv.Itoa(f.Places[0].Line) + ": " + text
		}
		e.failure.More = append(e.failure.More, text)
	}
}

// skip is what pending raises inside a test.
type skip struct {
	reason string
	text   lua.LString // what was raised
}

// pends gives the reason if it was pending that ended a function of the test, and not something after a pending that was caught.
func (r *run) pends(err error) *string {
	var raised *interp.Error
	if r.skipped == nil || !errors.As(err, &raised) || raised.Stopped != nil || raised.Value != lua.LValue(r.skipped.text) {
		return nil
	}
	return &r.skipped.reason
}

// unheard adds to a failure what went wrong without any script being told; places are where it is said to be if there is no other
// failure.
func (r *run) unheard(f *Failure, places ...Place) *Failure {
	r.mu.Lock()
	faults := append(r.faults, r.double.Unmet()...)
	r.faults = nil
	r.mu.Unlock()
	for _, fault := range faults {
		switch {
		case f == nil:
			f = explained(&Failure{Message: fault, Places: places})
		case !strings.Contains(f.Message, fault):
			f.More = append(f.More, fault)
		}
	}
	return f
}

func (r *run) dropped(_, script, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, script+": "+what)
}

// stopped is the failure of what was ended from outside.
func (r *run) stopped(reason error, places []Place, what string) *Failure {
	message := reason.Error()
	switch {
	case errors.Is(reason, meter.ErrDeadline):
		message = fmt.Sprintf("%s took longer than %s, the most it may take", what, r.o.Timeout)
		if action := r.calls.name(); action != "" {
			message += "; it was waiting for " + action
		}
	case errors.Is(reason, meter.ErrCanceled):
		message = "the run was ended"
	}
	return explained(&Failure{Message: message, Places: places})
}
