package engine

import (
	"context"
	"log/slog"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/tracker"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// job is one call as a worker sees it.
type job struct {
	ctx      context.Context
	call     *rasa.Call
	action   *script.Action
	snapshot *script.Snapshot
	domain   jsondoc.Value
	known    bool // the domain is at hand
	began    time.Time
	deadline time.Time
}

// worker is a state with its API and the goroutine that runs it: a script that would not end can be left behind.
type worker struct {
	state      *interp.State
	session    *luaapi.Session
	dispatcher *dispatcher.Dispatcher
	tables     struct{ dispatcher, tracker *lua.LTable }
	main       *lua.LFunction
	log        *slog.Logger
	mask       *mask.Mask
	target     rasa.Target
	jobs       chan struct{} // there is one
	done       chan ended
	clock      *clock
	lease      *lease
	dog        *watchdog
	watched    *watched
	onDrop     func(action, script, what string)
	idleSince  int // see pool

	// What the goroutine works on; nobody else touches it between jobs and done.
	job    job
	out    []byte
	failed *luaapi.AnswerError
	// function is what the action's file returned.
	function *lua.LFunction
}

func (e *Engine) newWorker() *worker {
	state := interp.New(interp.Options{
		Now: e.opts.Now, Location: e.opts.Location, Sleep: e.opts.Sleep, OnStep: e.opts.OnStep, Seed: e.opts.Seed,
	})
	w := &worker{
		state: state, session: luaapi.NewSession(state), target: e.opts.Target,
		jobs: make(chan struct{}), done: make(chan ended, 1), mask: e.opts.Mask,
	}
	w.onDrop = e.opts.Dropped
	w.clock, w.lease = e.clock, e.clock.lease(state.Meter(), w.done)
	w.dog, w.watched = e.watch, e.watch.watch(state)
	w.log = slog.New(&callLog{worker: w, next: e.opts.Log.Handler()})
	w.dispatcher = dispatcher.New(w.session)
	e.shelf.stock(w.session, &e.opts)
	w.tables.dispatcher = w.session.Install(w.dispatcher.Module())
	w.tables.tracker = w.session.Install(tracker.New(w.session))
	w.main = state.L.NewFunction(w.script)
	go w.loop()
	return w
}

// retire ends the worker once its script has ended, if it ever does.
func (w *worker) retire() {
	w.clock.forget(w.lease)
	close(w.jobs)
}

func (w *worker) loop() {
	for range w.jobs {
		failure := w.execute()
		reusable := w.end() // here, where the state's memory is at hand
		if w.clock.end(w.lease) {
			w.done <- ended{failure: failure, reusable: reusable}
		}
	}
	w.state.Close()
}

// execute runs one call from beginning to end. It is the only place where scripts run.
func (w *worker) execute() (failure *Error) {
	j := &w.job
	w.dog.enter(w.watched, j.began)
	defer w.dog.leave(w.watched)
	w.out, w.failed, w.function = w.out[:0], nil, nil
	w.session.Begin(luaapi.Run{Call: j.call, Domain: j.domain, Library: library{j.snapshot}, Target: w.target,
		Log: w.log})
	_, err := w.state.Call(w.main)
	if err != nil || w.failed != nil {
		failure = w.explain(err)
	}
	return failure
}

// end drops what belonged to the call and says whether the state may serve another one.
func (w *worker) end() bool {
	w.session.End()
	w.job, w.failed, w.function = job{}, nil, nil
	return w.state.End()
}

// script is the call as the interpreter sees it: the file, the function that it returns, and the answer.
func (w *worker) script(L *lua.LState) int {
	L.Push(w.state.Load(w.job.action.Chunk))
	L.Call(0, 1)
	function := L.Get(-1)
	L.Pop(1)
	var ok bool
	if w.function, ok = function.(*lua.LFunction); !ok {
		w.failed = &luaapi.AnswerError{Message: notAnAction(function), Line: w.job.action.Chunk.LastLine()}
		return 0
	}
	L.Push(function)
	L.Push(w.tables.dispatcher)
	L.Push(w.tables.tracker)
	L.Push(w.domainTable(L))
	L.Call(3, 1)
	result := L.Get(-1)
	L.Pop(1)
	w.out, w.failed = w.session.Answer(w.out, result, w.dispatcher.Messages(), w.dropped)
	return 0
}

func notAnAction(value lua.LValue) string {
	if value == lua.LNil {
		return "the file returns nothing; " + endItWith
	}
	return "the file returns " + luaapi.TypeOf(value) + "; it has to return a function(dispatcher, tracker, domain)"
}

// domainTable is the third argument. Where the domain is not at hand, to touch it ends the call, so that it is asked for.
func (w *worker) domainTable(L *lua.LState) *lua.LTable {
	if !w.job.known {
		return w.session.Values.OnTouch(func() { w.state.Meter().Leave(L, luaapi.ErrDomainMissing) })
	}
	if !w.job.domain.Exists() {
		return w.session.Values.MarkObject(L.CreateTable(0, 0))
	}
	return w.session.Values.Lazy(w.job.domain)
}

func (w *worker) dropped(place, what string) {
	message := place + " is left out: it is " + what + ", no event; events are made by builders such as SlotSet(\"name\", value)"
	w.log.Error(message, "script", w.job.action.Path)
	if w.onDrop != nil {
		w.onDrop(w.job.action.Name, w.job.action.Path, message)
	}
}

// chunkOf returns the chunk of a script by its path.
func (w *worker) chunkOf(path string) *chunk.Chunk {
	if w.job.action != nil && w.job.action.Path == path {
		return w.job.action.Chunk
	}
	if w.job.snapshot == nil {
		return nil
	}
	for _, lib := range w.job.snapshot.Libs {
		if lib.Path == path {
			return lib.Chunk
		}
	}
	return nil
}

func (w *worker) sourceLine(path string, line int) string {
	if c := w.chunkOf(path); c != nil {
		return c.Line(line)
	}
	return ""
}
