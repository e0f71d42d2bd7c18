package scripttest

import (
	"context"
	"errors"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
)

// calls is what a file knows of the actions that its tests call. A function that a test gave as a stub belongs to the file's
// state: it runs while that state waits for the action, on the goroutine that waits.
type calls struct {
	running sync.WaitGroup
	lone    sync.Mutex // held by a goroutine that works for the waiting state without an action: a part of http.all

	mu       sync.Mutex
	owner    string // the goroutine that may touch the state now
	active   int    // actions that run, inside one another
	waiting  string // the action that the state was waiting for when it was stopped
	requests chan stubCall
}

// stubCall asks the waiting state to run a function.
type stubCall struct {
	fn    *lua.LFunction
	reply chan error // has room for one
}

// own notes that the running goroutine works on the state from now on.
func (c *calls) own() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.owner, c.waiting = interp.Goroutine(), ""
}

func (c *calls) name() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.waiting
}

// stopped notes which action was waited for.
func (c *calls) stopped(action string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = action
}

func (c *calls) enter() chan stubCall {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.requests == nil {
		c.requests = make(chan stubCall)
	}
	c.active++
	return c.requests
}

func (c *calls) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.active--
}

// outcome is what came of an action.
type outcome struct {
	answer engine.Answer
	err    *engine.Error
}

// await runs the call in the actions' engine while the file's state waits, and runs the stubs' functions meanwhile.
func (r *run) await(a luaapi.Args, call *rasa.Call) outcome {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	requests := r.calls.enter()
	defer r.calls.leave()
	done := make(chan outcome, 1)
	r.calls.running.Go(func() {
		answer, err := r.engine.Run(ctx, call, nil)
		done <- outcome{answer, err}
	})
	for {
		var end *outcome
		var asked *stubCall
		a.State.Meter().Wait(func(ctx context.Context) {
			select {
			case o := <-done:
				end = &o
			case s := <-requests:
				asked = &s
			case <-ctx.Done():
			}
		})
		switch {
		case end != nil:
			return *end
		case asked != nil:
			asked.reply <- r.invoke(a.L, asked.fn)
		}
		if a.State.Meter().Stopped() != nil {
			r.calls.stopped(call.Action)
		}
		a.State.Rethrow(a.L)
	}
}

// ofTest marks the context of what the test file itself waits for; actions have another one.
type ofTest struct{}

var errLate = errors.New("the test had ended when its stub was asked")

// callback runs a function of the test file's on behalf of a double.
func (r *run) callback(ctx context.Context, fn *lua.LFunction) error {
	c, me := &r.calls, interp.Goroutine()
	c.mu.Lock()
	own, acts, requests := c.owner == me, c.active > 0, c.requests
	c.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case own:
		return r.inPlace(fn)
	case ctx.Value(ofTest{}) == nil && !acts: // an action that was stopped, and hasn't noticed yet
		return errLate
	case ctx.Value(ofTest{}) == nil:
		asked := stubCall{fn, make(chan error, 1)}
		select {
		case requests <- asked:
		case <-ctx.Done():
			return errLate
		}
		select {
		case err := <-asked.reply:
			return err
		case <-ctx.Done():
			return errLate
		}
	}
	c.lone.Lock()
	defer c.lone.Unlock()
	c.mu.Lock()
	before := c.owner
	c.owner = me
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.owner = before
		c.mu.Unlock()
	}()
	return r.inPlace(fn)
}

// inPlace runs a function while the file's state waits for nothing but that.
func (r *run) inPlace(fn *lua.LFunction) error {
	if m := r.state.Meter(); m.Still() {
		m.Back()
		defer m.Away()
	}
	return r.invoke(r.state.L.G.CurrentThread, fn)
}

// invoke calls a function of the file's. What it raises fails the test, whatever the action makes of it.
func (r *run) invoke(L *lua.LState, fn *lua.LFunction) error {
	err := r.state.Attempt(L, func(L *lua.LState) {
		L.Push(fn)
		L.Call(0, 0)
	})
	if err != nil {
		r.note(err)
	}
	return err
}

// note keeps the first error of a stub's function, and the first assertion that failed in one: that fails the test whoever catches
// the error, an action, assert.has_error or pcall.
func (r *run) note(err error) {
	var raised *interp.Raised
	if !errors.As(err, &raised) {
		return
	}
	if r.stubFailed == nil {
		r.stubFailed = raised
	}
	if r.stubAsserted == nil && r.asserted(raised.Value) {
		r.stubAsserted = r.raised
	}
}
