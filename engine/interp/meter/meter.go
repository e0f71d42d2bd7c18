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
	// bytesPerAsk is how much a call's library functions allocate between two questions whether there is room.
	bytesPerAsk = 1 << 20
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
// stop, or to wait. Stop, Hold and Release may be called from any goroutine; everything else belongs to the goroutine that
// runs the script.
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
	fresh    int64                   // of bytes, since the last question for room
	room     func(int64)             // see AskRoom; nil if nobody has to be asked
	gate     chan struct{}           // always nil: done points here while the script is to wait
	hold     chan struct{}           // closed by Release; nil unless held, under mu
	away     bool                    // the script's goroutine leaves the state alone, under mu
	wake     chan struct{}           // Stop ends a Sleep through it; made by the first Sleep, under mu
	timer    *time.Timer             // of Sleep, used again
	waits    context.CancelCauseFunc // ends what Wait waits for; nil unless it does, under mu
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
	m.bytes, m.fresh = 0, 0
	m.hold, m.away = nil, false
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
	if m.hold != nil {
		close(m.hold)
		m.hold = nil
	}
	select {
	case m.wake <- struct{}{}:
	default:
	}
	if m.waits != nil {
		m.waits(reason)
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

// Look raises the reason if the call has to end, and waits as long as the call is held.
func (m *Meter) Look(L *lua.LState) {
	if m.done.Load() == &m.gate {
		m.Away()
		m.Back()
	}
	if reason := m.Stopped(); reason != nil {
		L.RaiseError("%s", reason.Error())
	}
}

// Grow counts n bytes of a string that a library function is about to make, as Need does; n over MaxString is refused at once.
func (m *Meter) Grow(L *lua.LState, function string, n int) {
	if n > MaxString || n < 0 {
		L.RaiseError("%s: the result would be longer than %d MiB, the longest a string may be", function, MaxString>>20)
	}
	m.Need(L, function, n)
}

// Need counts n bytes that a library function is about to allocate. Past the call's budget it stops the call with an error
// that names the function, and if the server has no room for them, whoever is to blame is stopped first.
func (m *Meter) Need(L *lua.LState, function string, n int) {
	m.bytes += int64(n)
	if m.maxBytes > 0 && m.bytes > m.maxBytes {
		m.Stop(fmt.Errorf("%w: %s made more than %d MiB in this call", ErrMemory, function, m.maxBytes>>20))
		m.Look(L)
	}
	if m.fresh += int64(n); m.fresh >= bytesPerAsk && m.room != nil {
		m.fresh = 0
		m.room(int64(n))
		m.Look(L)
	}
}

// Afresh forgets what was counted, for a state that goes on to something new in the same call.
func (m *Meter) Afresh() { m.steps, m.bytes, m.fresh = 0, 0, 0 }

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
	m.Away()
	select {
	case <-m.timer.C:
	case <-m.wake:
		m.timer.Stop()
	}
	m.Back()
}

// Pass counts d as time that has passed although nobody waited: the call's deadline comes so much sooner, and ends it if it is
// over by then; look at Stopped afterwards. It is for clocks that a test moves.
func (m *Meter) Pass(d time.Duration) {
	if m.deadline.IsZero() || d <= 0 {
		return
	}
	m.deadline = m.deadline.Add(-d)
	if !time.Now().Before(m.deadline) {
		m.Stop(ErrDeadline)
	}
}

// Deadline returns when the call ends, for functions that wait.
func (m *Meter) Deadline() (time.Time, bool) { return m.deadline, !m.deadline.IsZero() }

// Done is nil until the call has to end, then a closed channel. While the call is held it does not return: only the goroutine
// that runs the script may ask.
func (m *Meter) Done() <-chan struct{} {
	c := m.done.Load()
	if c == nil {
		return nil
	}
	for c == &m.gate {
		m.Away()
		m.Back()
		if c = m.done.Load(); c == nil {
			return nil
		}
	}
	return *c
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
