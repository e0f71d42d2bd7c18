package scripttest

import (
	"maps"
	"slices"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
)

// Coverage counts how often each line of the scripts ran.
type Coverage struct{ scripts map[string]*lines }

// lines are those of one script.
type lines struct {
	can  []bool          // by line, from 1: something on it can run
	runs []atomic.Uint64 // likewise
}

// NewCoverage returns the Coverage of all actions and shared modules of a snapshot.
func NewCoverage(s *script.Snapshot) *Coverage {
	c := &Coverage{scripts: map[string]*lines{}}
	for _, a := range s.Actions {
		c.scripts[a.Path] = linesOf(a.Chunk.Proto)
	}
	for _, lib := range s.Libs {
		c.scripts[lib.Path] = linesOf(lib.Chunk.Proto)
	}
	return c
}

func linesOf(proto *lua.FunctionProto) *lines {
	l := &lines{}
	l.note(proto)
	l.runs = make([]atomic.Uint64, len(l.can))
	return l
}

// note marks the lines of a function's instructions, but for those that no author would call a line that runs: the return that the
// compiler puts behind every function, jumps, and what tells a new function of its upvalues.
func (l *lines) note(proto *lua.FunctionProto) {
	const operation = 26 // where an instruction's operation begins
	last := len(proto.Code) - 1
	skip := 0
	for pc, inst := range proto.Code {
		if skip > 0 {
			skip--
			continue
		}
		switch int(inst >> operation) {
		case lua.OP_JMP, lua.OP_CLOSE, lua.OP_NOP:
			continue
		case lua.OP_CLOSURE:
			const index = 1<<18 - 1
			if i := int(inst & index); i < len(proto.FunctionPrototypes) {
				skip = int(proto.FunctionPrototypes[i].NumUpvalues)
			}
		case lua.OP_RETURN:
			if pc == last {
				continue
			}
		}
		line := proto.DbgSourcePositions[pc]
		for len(l.can) <= line {
			l.can = append(l.can, false)
		}
		l.can[line] = true
	}
	for _, child := range proto.FunctionPrototypes {
		l.note(child)
	}
}

// step counts a line; it is called from as many goroutines as run scripts.
func (c *Coverage) step(s interp.Step) {
	if l := c.scripts[s.Script]; l != nil && s.Line < len(l.runs) {
		l.runs[s.Line].Add(1)
	}
}

// Covered is what ran of one script.
type Covered struct {
	Script string
	Runs   []LineRuns // the lines that can run, in their order
}

// LineRuns is how often a line ran.
type LineRuns struct {
	Line int
	Runs uint64
}

// Scripts tells what ran, by path.
func (c *Coverage) Scripts() []Covered {
	var all []Covered
	for _, path := range slices.Sorted(maps.Keys(c.scripts)) {
		l := c.scripts[path]
		covered := Covered{Script: path}
		for line, can := range l.can {
			if can {
				covered.Runs = append(covered.Runs, LineRuns{line, l.runs[line].Load()})
			}
		}
		all = append(all, covered)
	}
	return all
}

// Hit is how many of the lines ran at least once.
func (c *Covered) Hit() int {
	n := 0
	for _, r := range c.Runs {
		if r.Runs > 0 {
			n++
		}
	}
	return n
}

// Missed are the first and last lines of the stretches that did not run: lines between two that can't run count to both sides.
func (c *Covered) Missed() [][2]int {
	var ranges [][2]int
	open := false
	for _, r := range c.Runs {
		switch {
		case r.Runs > 0:
			open = false
		case open:
			ranges[len(ranges)-1][1] = r.Line
		default:
			ranges = append(ranges, [2]int{r.Line, r.Line})
			open = true
		}
	}
	return ranges
}
