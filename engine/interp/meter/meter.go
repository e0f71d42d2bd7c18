// Package meter holds what one call may still use up: its time, its memory, and whether it was told to stop.
package meter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// Limits that hold for every call, whatever the configuration says.
const (
	// MaxString is the longest string, in bytes, that a library function makes.
	MaxString = 64 << 20
	// stepsPerLook is how many steps a library function takes between two looks at the clock.
	stepsPerLook = 1 << 12
)

// Reasons for which a call is stopped through any pcall. Stopped returns one of them, or an error that wraps one.
var (
	ErrDeadline = errors.New("the action took longer than it may")
	ErrCanceled = errors.New("the call was cancelled")
	ErrMemory   = errors.New("the scripts use more memory than they may")
)

// Meter is the budget of the call that a state is running. It is the context of the interpreter, too: the interpreter looks
// at Done before each instruction, and a nil channel is the cheapest thing to look at, so Done is nil until the call has to
// stop. Stop may be called from any goroutine; everything else belongs to the goroutine that runs the script.
type Meter struct {
	done     atomic.Pointer[chan struct{}]
	mu       sync.Mutex
	reason   error
	orderly  bool
	deadline time.Time
	parent   context.Context
	steps    int
	bytes    int64
	maxBytes int64
	wake     chan struct{} // Stop ends a Sleep through it; made by the first Sleep, under mu
	timer    *time.Timer   // of Sleep, used again
}

var _ context.Context = (*Meter)(nil)

// New returns a meter that limits nothing until Begin.
func New() *Meter { return &Meter{} }

// Begin opens the budget of one call. The deadline is for Deadline only: whoever runs the call stops it with Stop when the
// time has come. maxBytes is how much the call's library functions may allocate in all; 0 is no limit.
func (m *Meter) Begin(parent context.Context, deadline time.Time, maxBytes int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done.Store(nil)
	m.reason = nil
	m.orderly = false
	m.parent = parent
	m.deadline = deadline
	m.steps = 0
	m.bytes = 0
	m.maxBytes = maxBytes
	select {
	case <-m.wake: // a stop of the call before, which nobody slept through
	default:
	}
}

// Stop ends the call for the given reason; the first reason counts.
func (m *Meter) Stop(reason error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.reason != nil {
		return
	}
	m.reason = reason
	closed := make(chan struct{})
	close(closed)
	m.done.Store(&closed)
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// Leave ends the call from inside, through any pcall, for a reason that leaves the state in good order: the script asked for it.
func (m *Meter) Leave(L *lua.LState, reason error) {
	m.mu.Lock()
	m.orderly = m.reason == nil
	m.mu.Unlock()
	m.Stop(reason)
	m.Look(L)
}

// Orderly says whether the call was ended by Leave.
func (m *Meter) Orderly() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.orderly
}

// Stopped returns the reason for which the call has to end, or nil.
func (m *Meter) Stopped() error {
	if m.done.Load() == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reason
}

// Step counts n small steps of a library function and raises the reason if the call has to end. Functions that loop over
// their input call it; n is about what the loop's turn costs in comparisons or copied words.
func (m *Meter) Step(L *lua.LState, n int) {
	m.steps += n
	if m.steps < stepsPerLook {
		return
	}
	m.steps = 0
	m.Look(L)
}

// Look raises the reason if the call has to end.
func (m *Meter) Look(L *lua.LState) {
	if reason := m.Stopped(); reason != nil {
		L.RaiseError("%s", reason.Error())
	}
}

// Grow counts n bytes that a library function is about to allocate. Past the call's budget it raises an error that names
// the function; n over MaxString is refused at once.
func (m *Meter) Grow(L *lua.LState, function string, n int) {
	if n > MaxString || n < 0 {
		L.RaiseError("%s: the result would be longer than %d MiB, the longest a string may be", function, MaxString>>20)
	}
	m.bytes += int64(n)
	if m.maxBytes > 0 && m.bytes > m.maxBytes {
		m.Stop(fmt.Errorf("%w: %s made more than %d MiB in this call", ErrMemory, function, m.maxBytes>>20))
		m.Look(L)
	}
}

// Sleep waits for d, or until the call has to end; look at Stopped afterwards. A d of 0 or less returns at once.
func (m *Meter) Sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	m.mu.Lock()
	if m.reason != nil {
		m.mu.Unlock()
		return
	}
	if m.wake == nil {
		// One place in it, so that a Stop between here and the wait below is not lost.
		m.wake = make(chan struct{}, 1)
	}
	m.mu.Unlock()
	if m.timer == nil {
		m.timer = time.NewTimer(d)
	} else {
		m.timer.Reset(d)
	}
	select {
	case <-m.timer.C:
	case <-m.wake:
		m.timer.Stop()
	}
}

// Deadline returns when the call ends, for functions that wait.
func (m *Meter) Deadline() (time.Time, bool) { return m.deadline, !m.deadline.IsZero() }

// Done is nil until the call has to end, then a closed channel.
func (m *Meter) Done() <-chan struct{} {
	if c := m.done.Load(); c != nil {
		return *c
	}
	return nil
}

// Err returns the reason for which the call has to end, or nil.
func (m *Meter) Err() error { return m.Stopped() }

// Value looks the key up in the context that the call came with.
func (m *Meter) Value(key any) any {
	if m.parent == nil {
		return nil
	}
	return m.parent.Value(key)
}

// Parent returns the context that the call came with, for functions that wait for something outside.
func (m *Meter) Parent() context.Context {
	if m.parent == nil {
		return context.Background()
	}
	return m.parent
}
