package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// headroom is how much garbage may pile up, in bytes, before it is collected. Go's own rule, as much as is in use, has a server
// whose scripts hold next to nothing collect forty times a second: that was a quarter of what a small call cost.
const headroom = 48 << 20

// In percent of what is in use: what a large heap gets, and the most that a small heap gets. Go's own setting is 100.
const (
	leastPercent = 50
	mostPercent  = 500
)

// garbage keeps the collector's percentage at what headroom asks for, as the heap grows and shrinks.
type garbage struct {
	held    sync.Mutex
	stopped bool
	before  int // the percentage to put back
	now     int
}

// relaxGarbage begins to do so, unless GOGC says what to do. The result ends it.
func relaxGarbage() (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	g := &garbage{now: mostPercent} // there is nothing in use yet, and to load the scripts makes much garbage
	g.before = debug.SetGCPercent(mostPercent)
	g.afterNext()
	return func() {
		g.held.Lock()
		defer g.held.Unlock()
		if !g.stopped {
			g.stopped = true
			debug.SetGCPercent(g.before)
		}
	}
}

// afterNext has settle called after the next collection: a finalizer is the only thing that runs then, and not later, so that a
// heap that grows fast never meets a percentage that was meant for a small one.
func (g *garbage) afterNext() {
	type sentinel struct{ _ *int } // small objects without pointers share a place, and are never finalized
	runtime.SetFinalizer(&sentinel{}, func(*sentinel) { g.settle() })
}

func (g *garbage) settle() {
	g.held.Lock()
	defer g.held.Unlock()
	if g.stopped {
		return
	}
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if percent := percentFor(sample[0].Value.Uint64()); percent != g.now {
		g.now = percent
		debug.SetGCPercent(percent)
	}
	g.afterNext()
}

// percentFor is the percentage that leaves headroom over a live heap, in steps, since to set it stops all for a moment.
func percentFor(live uint64) int {
	const step = 50
	percent := int(headroom * 100 / max(live, 1) / step * step)
	return min(max(percent, leastPercent), mostPercent)
}
