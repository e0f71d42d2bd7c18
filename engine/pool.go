package engine

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// pool holds the interpreter states. At most max exist at once, states that would not end not counted; idle ones beyond
// keep are given up after a while.
type pool struct {
	create func() *worker
	places chan struct{} // one token for each state that may exist and isn't in use
	mu     sync.Mutex
	idle   []*worker // the last one was used last
	closed bool
	trims  int          // how often the idle ones were looked through: a clock that costs a call nothing
	lost   atomic.Int64 // abandoned and still running
}

// trimEvery is how often idle states are looked for, idleTrims how many times one must be found that nobody needed.
const (
	trimEvery = 30 * time.Second
	idleTrims = 2
)

func newPool(maximum int, create func() *worker) *pool {
	p := &pool{create: create, places: make(chan struct{}, maximum)}
	for range maximum {
		p.places <- struct{}{}
	}
	return p
}

// run is the only door to a state: it waits for one under the context, has f use it, and gives it back, or throws it away if f says
// that it can't be used again.
func (p *pool) run(ctx context.Context, deadline time.Time, f func(*worker) (reusable bool)) error {
	select {
	case <-p.places:
	default:
		ctx, cancel := context.WithDeadline(ctx, deadline)
		defer cancel()
		select {
		case <-p.places:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	defer func() { p.places <- struct{}{} }()
	w := p.take()
	reusable := false
	defer func() {
		if !reusable || !p.put(w) {
			w.retire()
		}
	}()
	reusable = f(w)
	return nil
}

func (p *pool) take() *worker {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		w := p.idle[n-1]
		p.idle[n-1] = nil
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return w
	}
	p.mu.Unlock()
	return p.create()
}

func (p *pool) put(w *worker) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	w.idleSince = p.trims
	p.idle = append(p.idle, w)
	return true
}

// trim gives up states that were idle for long, but for keep of them.
func (p *pool) trim(keep int) {
	p.mu.Lock()
	var old []*worker
	for p.trims++; len(p.idle) > keep && p.trims-p.idle[0].idleSince > idleTrims; {
		old = append(old, p.idle[0])
		p.idle = append(p.idle[:0], p.idle[1:]...)
	}
	p.mu.Unlock()
	for _, w := range old {
		w.retire()
	}
}

func (p *pool) close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, w := range idle {
		w.retire()
	}
}
