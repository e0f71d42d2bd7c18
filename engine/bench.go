package engine

import (
	"context"
	"log/slog"
	"time"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
)

// BenchOptions configure a Bench. Call and Snapshot are required.
type BenchOptions struct {
	// Call is what members such as kv.conversation see of a conversation.
	Call *rasa.Call
	// Snapshot has the shared modules and data files.
	Snapshot *script.Snapshot
	// Log is where log and print go; nowhere if nil.
	Log *slog.Logger
	// Extend returns the modules that are to be there, from those that actions have; nil for the same.
	Extend func(*luaapi.Session, []luaapi.Module) []luaapi.Module
}

// Bench is a state such as actions run in, for Lua that is no action: a file of tests. It has a goroutine of its own, so that what
// would not end can be left behind. Unlike an action it keeps what it has from one Do to the next, and there is no answer,
// dispatcher, tracker or domain. Its methods belong to one goroutine; a Bench is closed before its engine is.
type Bench struct {
	engine  *Engine
	state   *interp.State
	session *luaapi.Session
	run     luaapi.Run
	jobs    chan func()
	done    chan ended
	lease   *lease
	watched *watched
	over    error
}

// NewBench returns a Bench with the engine's modules and limits. ctx is the context that members wait under.
func (e *Engine) NewBench(ctx context.Context, o BenchOptions) *Bench {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	state := interp.New(interp.Options{
		Now: e.opts.Now, Location: e.opts.Location, Sleep: e.opts.Sleep, OnStep: e.opts.OnStep, Seed: e.opts.Seed,
	})
	b := &Bench{engine: e, state: state, session: luaapi.NewSession(state), jobs: make(chan func()), done: make(chan ended, 1)}
	b.lease, b.watched = e.clock.lease(state.Meter(), b.done), e.watch.watch(state)
	all := modules(b.session, &e.opts)
	if o.Extend != nil {
		all = o.Extend(b.session, all)
	}
	for _, m := range all {
		b.session.Install(m)
	}
	b.run = luaapi.Run{Call: o.Call, Domain: o.Call.Domain, Library: library{o.Snapshot}, Target: e.opts.Target, Log: o.Log}
	state.Begin(ctx, time.Time{}, e.opts.MaxBytes)
	go b.loop()
	return b
}

// Session is what the bench's modules see; it is for f of Do, and for whoever prepares globals before the first Do.
func (b *Bench) Session() *luaapi.Session { return b.session }

// Do runs f on the bench's goroutine and returns when it has ended, or is told to at the timeout or the end of ctx and doesn't
// within a moment. f may call functions of scripts by Session().State.Call. The error is why f was stopped; the bench is of no
// more use then, and every further Do returns that error.
func (b *Bench) Do(ctx context.Context, timeout time.Duration, f func()) error {
	if b.over != nil {
		return b.over
	}
	b.engine.clock.begin(b.lease, ctx, time.Now().Add(timeout))
	b.jobs <- f
	if end := <-b.done; end.left != nil {
		b.over = end.left
	} else {
		b.over = b.state.Meter().Stopped()
	}
	return b.over
}

// Close gives the state back, once what was left behind has ended.
func (b *Bench) Close() {
	b.engine.clock.forget(b.lease)
	close(b.jobs)
}

func (b *Bench) loop() {
	for f := range b.jobs {
		b.state.Meter().Afresh()
		b.engine.watch.enter(b.watched, time.Now())
		b.session.Begin(b.run) // what members count is counted anew
		f()
		b.engine.watch.leave(b.watched)
		if b.engine.clock.end(b.lease) {
			b.done <- ended{}
		}
	}
	b.session.End()
	b.state.End()
	b.state.Close()
}
