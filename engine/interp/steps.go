package interp

import (
	"github.com/luaction/luaction/engine/interp/meter"
)

// Step is a line of a script that is about to run.
type Step struct {
	Script string // path below the scripts folder
	Line   int
	Depth  int // how many calls deep, from 1; what a coroutine runs is deeper than who resumed it
	// At counts the instructions of the function. A line that comes again at a later one than before goes on, after a call or after
	// another line of the same statement; else it runs anew.
	At int
}

// stepper is the meter of a state whose steps are told. The interpreter asks its context before each instruction, which makes
// the context the place to look from; a state that tells nobody has the plain meter and pays nothing.
type stepper struct {
	*meter.Meter
	s    *State
	tell func(Step)
	last Step
}

// Done is Meter.Done, and tells of the line if the instruction begins one: another line, another call, or the next turn of a loop.
func (w *stepper) Done() <-chan struct{} {
	// What has no name is a part of the interpreter.
	if frame := w.s.in.frame(w.s.L.G.CurrentThread); frame != nil && frame.Fn != nil && frame.Fn.Proto != nil && frame.Fn.Proto.SourceName != "" {
		proto, pc := frame.Fn.Proto, frame.Pc-1
		if pc >= 0 && pc < len(proto.DbgSourcePositions) {
			step := Step{Script: proto.SourceName, Line: proto.DbgSourcePositions[pc], Depth: frame.Idx + w.resumers(), At: pc}
			if pc <= w.last.At || step.Script != w.last.Script || step.Line != w.last.Line || step.Depth != w.last.Depth {
				w.tell(step)
			}
			w.last = step
		}
	}
	return w.Meter.Done()
}

// resumers is how many calls deep the coroutines are that wait for the running one.
func (w *stepper) resumers() int {
	depth := 0
	for thread := w.s.L.G.CurrentThread.Parent; thread != nil; thread = thread.Parent {
		if frame := w.s.in.frame(thread); frame != nil {
			depth += frame.Idx + 1
		}
	}
	return depth
}
