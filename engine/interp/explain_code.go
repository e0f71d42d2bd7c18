package interp

import lua "github.com/yuin/gopher-lua"

// instruction is one of the interpreter's, taken apart.
type instruction uint32

func (i instruction) op() int { return int(i >> 26) }
func (i instruction) a() int  { return int(i>>18) & 0xff }
func (i instruction) b() int  { return int(i) & 0x1ff }
func (i instruction) c() int  { return int(i>>9) & 0x1ff }
func (i instruction) bx() int { return int(i) & 0x3ffff }

// jump is where a jump leads, relative to the next instruction.
func (i instruction) jump() int { return i.bx() - 0x1ffff }

// constantBit marks an operand that is a constant.
const constantBit = 1 << 8

// writes returns the registers that the instruction sets; last < first if none.
func (i instruction) writes() (first, last int) {
	a := i.a()
	switch i.op() {
	case lua.OP_SETGLOBAL, lua.OP_SETUPVAL, lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_JMP, lua.OP_EQ, lua.OP_LT, lua.OP_LE,
		lua.OP_TEST, lua.OP_RETURN, lua.OP_SETLIST, lua.OP_CLOSE, lua.OP_NOP, lua.OP_TAILCALL:
		return 0, -1
	case lua.OP_LOADNIL:
		return a, i.b()
	case lua.OP_SELF:
		return a, a + 1
	case lua.OP_CALL:
		return a, a + i.c() - 2
	case lua.OP_VARARG:
		return a, a + i.b() - 2
	case lua.OP_FORPREP:
		return a, a
	case lua.OP_FORLOOP:
		return a, a + 3
	case lua.OP_TFORLOOP:
		return a + 2, a + 2 + i.c()
	}
	return a, a
}

// code is a function's instructions.
type code struct{ *lua.FunctionProto }

func (c code) at(pc int) instruction { return instruction(c.Code[pc]) }

// after returns the place of the instruction behind the one at pc: a closure is followed by what it captures, a long list by
// its number.
func (c code) after(pc int) int {
	switch i := c.at(pc); i.op() {
	case lua.OP_CLOSURE:
		return pc + 1 + int(c.FunctionPrototypes[i.bx()].NumUpvalues)
	case lua.OP_SETLIST:
		if i.c() == 0 {
			return pc + 2
		}
	}
	return pc + 1
}

// setter returns the place of the instruction that gave the register the value it has at pc, -1 if that depends on the way
// that led there.
func (c code) setter(register, pc int) int {
	found, merged := -1, -1 // merged: up to there, ways may meet
	for at := 0; at < pc; at = c.after(at) {
		i := c.at(at)
		switch i.op() {
		case lua.OP_JMP, lua.OP_FORPREP:
			if to := at + 1 + i.jump(); to <= pc {
				merged = max(merged, to)
			}
		case lua.OP_CALL:
			// A call leaves nothing of what lay above it.
			if register >= i.a() {
				found = unlessMerged(at, merged)
			}
			continue
		}
		if first, last := i.writes(); register >= first && register <= last {
			found = unlessMerged(at, merged)
		}
	}
	return found
}

func unlessMerged(at, merged int) int {
	if at < merged {
		return -1
	}
	return at
}

// text returns the constant that an operand stands for, if it is a text.
func (c code) text(operand int) (string, bool) {
	if operand&constantBit == 0 {
		return "", false
	}
	text, ok := c.Constants[operand&^constantBit].(lua.LString)
	return string(text), ok
}
