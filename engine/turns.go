package engine

import (
	"cmp"
	"runtime"
	"slices"
	"time"
)

// How processor time is shared.
const (
	// longAfter is when a call counts as a long one: nearly all end before.
	longAfter = 50 * time.Millisecond
	// slice is how long the long calls that run do so before others of them take their turn.
	slice = 25 * time.Millisecond
)

// lanes is how many long calls run at once.
func lanes() int { return 2 * runtime.GOMAXPROCS(0) }

// takeTurns lets a few of the calls run that have been running for long, and holds the others, in turn. Without it a burst of scripts that loop
// would leave every other call, and the clock that ends them, a small part of the processor. The caller holds mu.
func (d *watchdog) takeTurns(now time.Time) {
	long := d.long[:0]
	for _, c := range d.calls {
		if now.Sub(c.began) < longAfter || c.leaving.Load() || c.state.Meter().Stopped() != nil {
			continue
		}
		if c.waits || !c.state.Meter().Still() { // one that sleeps takes no time
			long = append(long, c)
		}
	}
	d.long = long
	if len(long) <= lanes() {
		for _, c := range long {
			c.goOn()
		}
		return
	}
	if now.Sub(d.turned) < slice {
		return
	}
	for _, c := range long {
		if !c.waits && c.long {
			c.ran += now.Sub(d.turned)
		}
		c.long = true
	}
	d.turned = now
	// Who ran least goes on, so that a call which only came late to its turn is soon done.
	slices.SortStableFunc(long, func(a, b *watched) int { return cmp.Compare(a.ran, b.ran) })
	for i, c := range long {
		if i < lanes() {
			c.goOn()
			continue
		}
		c.state.Meter().Hold()
		c.waits = true
	}
}

func (c *watched) goOn() {
	if c.waits {
		c.waits = false
		c.state.Meter().Release()
	}
}
