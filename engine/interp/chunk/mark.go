package chunk

import lua "github.com/yuin/gopher-lua"

// The compiler gives every goto an instruction that detaches captured variables, but lets it detach all variables of the
// function unless the goto happens to leave a block with a captured one. So a goto carries the right register above
// its line number, where the compiler hands it through untouched, and finish puts it into the instruction.

const markShift = 32

func mark(line, level int) int { return line | (level+1)<<markShift }

// finish puts marks into their instructions, has fields read in the cheaper way, and returns the length of the longest function. Code slices are clipped:
// the compiler reserves 12 KB for each function.
func finish(proto *lua.FunctionProto) (longest *lua.FunctionProto) {
	longest = proto
	for i, line := range proto.DbgSourcePositions {
		if line>>markShift == 0 {
			continue
		}
		level := line>>markShift - 1
		proto.DbgSourcePositions[i] = line & (1<<markShift - 1)
		if inst := proto.Code[i]; int(inst>>26) == lua.OP_CLOSE {
			proto.Code[i] = inst&^(0xff<<18) | uint32(level&0xff)<<18
		}
	}
	for i, inst := range proto.Code {
		// The special instruction for constant names makes a new value of the name for each table that has an __index function, as all
		// of luaction's tables do; the general one hands on the constant, and costs plain tables next to nothing.
		if int(inst>>26) == lua.OP_GETTABLEKS {
			proto.Code[i] = inst&(1<<26-1) | uint32(lua.OP_GETTABLE)<<26
		}
	}
	knowGlobals(proto)
	proto.Code = append([]uint32(nil), proto.Code...)
	proto.DbgSourcePositions = append([]int(nil), proto.DbgSourcePositions...)
	for _, child := range proto.FunctionPrototypes {
		if l := finish(child); len(l.Code) > len(longest.Code) {
			longest = l
		}
	}
	return longest
}
