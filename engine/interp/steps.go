package interp

import (
	"github.com/luaction/luaction/engine/interp/meter"
)

// Step is a line of a script that is about to run.
type Step struct {
	Script string // path below the scripts folder
	Line   int
	Depth  int // how many calls deep, from 1
}

// stepper is the meter of a state whose steps are told. The interpreter asks its context before each instruction, which makes
// the context the place to look from; a state that tells nobody has the plain meter and pays nothing.
type stepper struct {
	*meter.Meter
	s    *State
	tell func(Step)
	last Step
	pc   int
}

// Done is Meter.Done, and tells of the line if the instruction begins one: another line, another call, or the next turn of a loop.
func (w *stepper) Done() <-chan struct{} {
	if frame := w.s.in.frame(w.s.L.G.CurrentThread); frame != nil && frame.Fn != nil && frame.Fn.Proto != nil {
		proto, pc := frame.Fn.Proto, frame.Pc-1
		if pc >= 0 && pc < len(proto.DbgSourcePositions) {
			step := Step{Script: proto.SourceName, Line: proto.DbgSourcePositions[pc], Depth: frame.Idx}
			if turn := step == w.last && pc <= w.pc; turn || step != w.last {
				w.last = step
				w.tell(step)
			}
			w.pc = pc
		}
	}
	return w.Meter.Done()
}
