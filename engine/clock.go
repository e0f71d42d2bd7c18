package engine

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

// tick is how often the clock looks, and so how much later than its deadline a call may be told to stop.
const tick = 5 * time.Millisecond

// grace is how long a script that was told to stop may take to do so, before it is left behind and the call answered without it.
const grace = 200 * time.Millisecond

// clock stops the calls whose time is up or whose caller has gone. One goroutine looks at all of them: a timer and a wait for
// several channels in each call cost as much as a small script.
type clock struct {
	lost   *atomic.Int64 // counts scripts that were left behind and still run
	rests  atomic.Bool
	wake   chan struct{}
	stop   chan struct{}
	ended  sync.WaitGroup
	mu     sync.Mutex
	leases map[*lease]struct{}
}

func newClock(lost *atomic.Int64) *clock {
	c := &clock{lost: lost, wake: make(chan struct{}, 1), stop: make(chan struct{}), leases: map[*lease]struct{}{}}
	c.rests.Store(true)
	c.ended.Go(c.run)
	return c
}

func (c *clock) close() {
	close(c.stop)
	c.ended.Wait()
}

// lease is what the clock knows of one worker: whether it runs a call, and until when it may.
type lease struct {
	meter *meter.Meter
	done  chan<- ended // has room for one
	mu    sync.Mutex
	phase phase
	ctx   context.Context
	until time.Time // its deadline; once it was told to stop, when it is left behind
	why   error     // it was told to stop
}

type phase int

const (
	idle phase = iota
	running
	told // to stop
	left // behind
)

// ended is what became of a worker's call.
type ended struct {
	failure  *Error
	reusable bool  // the worker may run another one
	left     error // why it was to stop, if it would not and was left behind
}

func (c *clock) lease(m *meter.Meter, done chan<- ended) *lease {
	l := &lease{meter: m, done: done}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leases[l] = struct{}{}
	return l
}

func (c *clock) forget(l *lease) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.leases, l)
}

// begin has the clock watch a call, until end.
func (c *clock) begin(l *lease, ctx context.Context, deadline time.Time) {
	l.mu.Lock()
	l.phase, l.ctx, l.until = running, ctx, deadline
	l.mu.Unlock()
	// The clock says that it rests before it looks a last time: it sees the call, or is seen to rest.
	if c.rests.Load() && c.rests.CompareAndSwap(true, false) {
		c.wake <- struct{}{}
	}
}

// end says whether the call's caller still waits for it. The clock has done its part when it doesn't.
func (c *clock) end(l *lease) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	waits := l.phase != left
	l.phase, l.ctx, l.why = idle, nil, nil
	if !waits {
		c.lost.Add(-1)
	}
	return waits
}

func (c *clock) run() {
	for {
		select {
		case <-c.wake:
		case <-c.stop:
			return
		}
		if !c.watch() {
			return
		}
	}
}

// watch looks at the calls as long as there are any; false if it is to stop.
func (c *clock) watch() bool {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for quiet := 0; ; {
		select {
		case <-ticker.C:
		case <-c.stop:
			return false
		}
		if c.look(time.Now()) {
			quiet = 0
			continue
		}
		if quiet++; quiet < restAfter {
			continue
		}
		c.rests.Store(true)
		if !c.look(time.Now()) || !c.rests.CompareAndSwap(true, false) {
			return true
		}
		quiet = 0
	}
}

// look stops whom it has to, and says whether any call runs.
func (c *clock) look(now time.Time) (runs bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for l := range c.leases {
		if c.judge(l, now) {
			runs = true
		}
	}
	return runs
}

func (c *clock) judge(l *lease, now time.Time) (runs bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch l.phase {
	case running:
		switch {
		case !now.Before(l.until):
			l.why = meter.ErrDeadline
		case l.ctx.Err() != nil:
			l.why = meter.ErrCanceled
		default:
			return true
		}
		l.phase, l.until = told, now.Add(grace)
		l.meter.Stop(l.why)
		return true
	case told:
		if now.Before(l.until) {
			return true
		}
		l.phase = left
		c.lost.Add(1)
		l.done <- ended{left: l.why}
	case idle, left:
	}
	return false
}
