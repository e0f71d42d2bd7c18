// Package trace notes each line that a script runs with the time it took, folded so that loops stay short.
package trace

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/luaction/luaction/engine/interp"
)

// maxNodes is how many different lines, counted anew for each way that led to them, are kept apart.
const maxNodes = 20000

// Trace takes the steps of one call. Its Step is for engine.Options.
type Trace struct {
	mu     sync.Mutex // a script that would not end goes on while the trace is read
	clock  func() time.Time
	began  time.Time
	took   time.Duration
	ended  bool
	steps  int64
	nodes  int
	floor  int // the least depth
	root   node
	path   []*node // from the root to the running line
	last   *node
	lastAt time.Time
}

// node is a line as it was reached in one way: from the line that called its function, and so on. Lines of one function lie beside
// each other, whatever loops they ran in; lines of what they called lie below them.
type node struct {
	script string
	line   int
	depth  int
	count  int64
	own    time.Duration // until the next line, without those of what it called
	turn   int64         // of its latest run
	at     int           // see interp.Step
	below  []*node       // by script and line
}

// New returns a trace. clock is time.Now if nil.
func New(clock func() time.Time) *Trace {
	if clock == nil {
		clock = time.Now
	}
	return &Trace{clock: clock, began: clock()}
}

// Step takes a line that is about to run.
func (t *Trace) Step(s interp.Step) {
	now := t.clock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return
	}
	if t.last == nil {
		t.began, t.floor = now, s.Depth
	} else {
		t.last.own += now.Sub(t.lastAt)
	}
	t.steps++
	if t.last = t.find(s); t.last.count == 0 || s.At <= t.last.at { // else it goes on
		t.last.count++
	}
	t.last.at = s.At
	t.last.turn = t.steps
	t.lastAt = t.clock() // what the trace itself took is nobody's
}

// find returns the line's node below the line that called its function.
func (t *Trace) find(s interp.Step) *node {
	depth := max(s.Depth, t.floor)
	for len(t.path) > 0 && t.path[len(t.path)-1].depth >= depth {
		t.path = t.path[:len(t.path)-1]
	}
	parent := &t.root
	if len(t.path) > 0 {
		parent = t.path[len(t.path)-1]
	}
	at, found := slices.BinarySearchFunc(parent.below, s, func(n *node, s interp.Step) int {
		return cmp.Or(cmp.Compare(n.script, s.Script), cmp.Compare(n.line, s.Line))
	})
	switch {
	case found:
	case t.nodes >= maxNodes && parent != &t.root:
		return parent
	default:
		t.nodes++
		parent.below = slices.Insert(parent.below, at, &node{script: s.Script, line: s.Line, depth: depth})
	}
	n := parent.below[at]
	t.path = append(t.path, n)
	return n
}

// End ends the trace; steps that come later are left out.
func (t *Trace) End() {
	now := t.clock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return
	}
	t.ended = true
	if t.last != nil {
		t.last.own += now.Sub(t.lastAt)
	}
	t.took = now.Sub(t.began)
}
