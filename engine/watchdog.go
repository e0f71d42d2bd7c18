package engine

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
)

// How the watchdog looks.
const (
	lookEvery  = 5 * time.Millisecond
	lookOften  = time.Millisecond // once half of what there is is used
	restAfter  = 20               // looks without a call, after which it rests
	stillFor   = 25 * time.Millisecond
	leaveFor   = 50 * time.Millisecond // how long a stopped call may take to go before another one is looked at
	smallShare = 16                    // a call with less than this part of the limit is not to blame, unless all together are
	smallest   = 64 << 10              // and one with less never is
)

// watchdog keeps the heap below a limit. The heap has no owners, so that a call is stopped only after all calls stood still,
// the garbage was collected, and what each of them can reach was weighed: the one that holds most is stopped, and no other.
type watchdog struct {
	limit  int64
	weigh  func(*watched) (bytes int64, complete bool)
	wake   chan struct{}
	caught chan (<-chan struct{}) // of stopped calls, for the goroutine to clean up after them
	stop   chan struct{}
	ended  sync.WaitGroup

	mu     sync.Mutex // held while the watchdog judges: calls begin and end outside of that
	calls  []*watched
	rests  bool
	alarm  int64 // heap at which calls are looked at: the limit, or more if what lies over it is none of theirs
	sample [1]metrics.Sample

	long   []*watched // calls that run for long, reused
	turned time.Time  // when they last took turns
}

// watched is a call that runs. One serves a worker for all its calls.
type watched struct {
	state    *interp.State
	leaving  atomic.Bool
	index    int           // in watchdog.calls
	reserved int64         // bytes that the call is about to allocate
	gone     chan struct{} // closed when the call leaves, nil unless it was caught
	caught   time.Time
	began    time.Time
	waits    bool          // held for its turn
	long     bool          // takes turns
	ran      time.Duration // how long it has run since there are turns
}

func newWatchdog(limit int64) *watchdog {
	scale := interp.NewScale()
	d := &watchdog{
		limit: limit, alarm: limit, rests: true, wake: make(chan struct{}, 1), caught: make(chan (<-chan struct{}), 1), stop: make(chan struct{}),
		weigh: func(c *watched) (int64, bool) { return c.state.Weigh(scale) },
	}
	d.sample[0].Name = "/memory/classes/heap/objects:bytes"
	d.ended.Go(d.run)
	return d
}

func (d *watchdog) close() {
	close(d.stop)
	d.ended.Wait()
}

// watch has the state's calls ask before they allocate much.
func (d *watchdog) watch(state *interp.State) *watched {
	c := &watched{state: state}
	state.Meter().AskRoom(func(bytes int64) { d.ask(c, bytes) })
	return c
}

// enter and leave bracket a call; the goroutine that runs it calls them.
func (d *watchdog) enter(c *watched, now time.Time) {
	d.mu.Lock()
	c.leaving.Store(false)
	c.reserved, c.gone, c.waits, c.long, c.ran, c.began = 0, nil, false, false, 0, now
	c.index = len(d.calls)
	d.calls = append(d.calls, c)
	wake := d.rests
	d.rests = false
	d.mu.Unlock()
	if wake {
		d.wake <- struct{}{}
	}
}

func (d *watchdog) leave(c *watched) {
	c.leaving.Store(true)
	d.mu.Lock()
	defer d.mu.Unlock()
	last := len(d.calls) - 1
	d.calls[c.index] = d.calls[last]
	d.calls[c.index].index = c.index
	d.calls[last] = nil
	d.calls = d.calls[:last]
	if c.gone != nil {
		close(c.gone)
	}
}

func (d *watchdog) run() {
	for {
		select {
		case <-d.wake:
		case <-d.stop:
			return
		}
		if !d.look() {
			return
		}
	}
}

// look looks at the heap as long as calls run; false if it is to stop.
func (d *watchdog) look() bool {
	timer := time.NewTimer(lookEvery)
	defer timer.Stop()
	for idle := 0; idle < restAfter; idle++ {
		select {
		case <-timer.C:
			if d.guard() {
				idle = 0
			}
		case gone := <-d.caught:
			d.cleanUp(gone)
		case <-d.stop:
			return false
		}
		d.mu.Lock()
		every := lookEvery
		if d.heap() > d.limit/2 && len(d.calls) > 0 {
			every = lookOften
		}
		if idle == restAfter-1 {
			d.rests = len(d.calls) == 0
			if !d.rests {
				idle = 0
			}
		}
		d.mu.Unlock()
		timer.Reset(every)
	}
	return true
}

// guard judges if the heap has grown past what is allowed. It tells whether calls run.
func (d *watchdog) guard() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.calls) == 0 {
		return false
	}
	d.takeTurns(time.Now())
	heap := d.heap()
	if heap < d.limit-d.limit/8 {
		d.alarm = d.limit
	}
	if heap > d.alarm {
		d.judge(nil)
	}
	return true
}

// ask waits until a call may allocate so many bytes more, or was stopped because of them.
func (d *watchdog) ask(c *watched, bytes int64) {
	m := c.state.Meter()
	m.Away()
	defer m.Back()
	for m.Stopped() == nil {
		d.mu.Lock()
		c.reserved = bytes
		if d.heap()+d.reserved() <= d.limit {
			d.mu.Unlock()
			return
		}
		gone := d.judge(c)
		d.mu.Unlock()
		if gone == nil {
			return
		}
		waitFor(gone)
	}
}

func waitFor(gone <-chan struct{}) {
	timer := time.NewTimer(leaveFor)
	defer timer.Stop()
	select {
	case <-gone:
	case <-timer.C:
	}
}

// cleanUp gives the memory of a stopped call back to the system.
func (d *watchdog) cleanUp(gone <-chan struct{}) {
	waitFor(gone)
	debug.FreeOSMemory()
}

// heap is what objects take, garbage that is not yet collected included.
func (d *watchdog) heap() int64 {
	metrics.Read(d.sample[:])
	return int64(d.sample[0].Value.Uint64())
}

func (d *watchdog) reserved() (bytes int64) {
	for _, c := range d.calls {
		bytes += c.reserved
	}
	return bytes
}

// judge stops a call if the heap is over the limit without its garbage, too, and returns what is closed when it has gone.
// asking is the call that asks, nil if none does.
func (d *watchdog) judge(asking *watched) (gone <-chan struct{}) {
	d.hold(asking)
	defer func() {
		for _, c := range d.calls {
			c.waits = false
			c.state.Meter().Release()
		}
	}()
	runtime.GC()
	live := d.heap()
	// So that calls are not looked at again for every bit of garbage.
	d.alarm = max(d.limit, live+d.limit/8)
	need := live + d.reserved()
	if need <= d.limit {
		return nil
	}
	c := d.pick(need)
	if c == nil {
		return nil
	}
	if c.gone == nil {
		c.gone, c.caught = make(chan struct{}), time.Now()
		c.state.Meter().Stop(fmt.Errorf("%w: they use more than %d MiB together, and this one most of it", meter.ErrMemory, d.limit>>20))
		select {
		case d.caught <- c.gone:
		default: // one that was caught before is being cleaned up after
		}
	}
	return c.gone
}

// hold has all calls stand still, as far as they do so soon. The one that asks does already.
func (d *watchdog) hold(asking *watched) {
	for _, c := range d.calls {
		c.state.Meter().Hold()
	}
	until := time.Now().Add(stillFor)
	for _, c := range d.calls {
		m := c.state.Meter()
		for !m.Still() && !c.leaving.Load() && m.Stopped() == nil && time.Now().Before(until) {
			time.Sleep(20 * time.Microsecond)
		}
		if c != asking && m.Still() && !c.leaving.Load() {
			c.reserved = 0 // it has been allocated
		}
	}
}

// pick returns the call that holds most, nil if none holds much. One that was stopped and has not gone yet comes first: its
// memory will come back.
func (d *watchdog) pick(need int64) *watched {
	var worst, busiest *watched
	var most, counted, total, made int64
	for _, c := range d.calls {
		m := c.state.Meter()
		switch {
		case c.gone != nil && time.Since(c.caught) < grace:
			return c
		case c.gone != nil || m.Stopped() != nil || c.leaving.Load() || !m.Still():
			continue
		}
		bytes, complete := d.weigh(c)
		bytes += c.reserved
		total += bytes
		rank := bytes
		if !complete {
			rank = max(bytes, need/2)
		}
		if worst == nil || rank > most || rank == most && bytes > counted {
			worst, most, counted = c, rank, bytes
		}
		if m.Bytes() > made {
			busiest, made = c, m.Bytes()
		}
	}
	switch {
	case most >= d.limit/smallShare, total > need/2 && most >= smallest: // few large ones, or many small ones
		return worst
	case need > d.limit+d.limit/4 && made > d.limit/2: // held by what can't be weighed
		return busiest
	}
	return nil
}
