package interp

import lua "github.com/yuin/gopher-lua"

// declared is a group of local variables that a statement or a loop declares: names in consecutive registers.
type declared struct {
	register int
	from     int // the first instruction that may use them
	names    []string
}

func (d declared) name(register int) (string, bool) {
	if i := register - d.register; i >= 0 && i < len(d.names) {
		return d.names[i], isName(d.names[i])
	}
	return "", false
}

// local returns the name of the local variable that the instruction at pc finds in a register, false if that is none or
// can't be told. The library records names and where they begin, not their registers, and ends that can't be relied on. The
// register follows from the instruction that set the variable; that the register still is the variable's, from when it was
// set: what an expression keeps in a register is set on the line that uses it.
func (c code) local(register, pc int) (string, bool) {
	if register < int(c.NumParameters) {
		name := c.DbgLocals[register].Name
		return name, isName(name)
	}
	var name string
	from := -1
	for _, d := range append(c.statements(pc), c.loops(pc)...) {
		if found, ok := d.name(register); ok && d.from >= from {
			name, from = found, d.from
		}
	}
	if from < 0 {
		return "", false
	}
	set := c.lastSet(register, pc)
	if set == from && c.at(set).op() == lua.OP_CLOSURE { // a local function
		return name, true
	}
	return name, set < from || c.DbgSourcePositions[set] != c.DbgSourcePositions[pc]
}

// isName tells whether a script's author wrote the name: what the compiler makes up contains other characters.
func isName(name string) bool {
	for _, c := range []byte(name) {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return name != "" && (name[0] < '0' || name[0] > '9')
}

// lastSet returns the place of the last instruction before pc that sets the register, -1 if there is none.
func (c code) lastSet(register, pc int) int {
	found := -1
	for at := 0; at < pc; at = c.after(at) {
		i := c.at(at)
		first, last := i.writes()
		if i.op() == lua.OP_CALL {
			first, last = i.a(), 255 // a call leaves nothing of what lay above its function
		}
		if register >= first && register <= last {
			found = at
		}
	}
	return found
}

// statements returns what the local statements before pc declare, in their order.
func (c code) statements(pc int) []declared {
	var all []declared
	before, at := -1, 0
	for first := int(c.NumParameters); first < len(c.DbgLocals) && c.DbgLocals[first].StartPc <= pc; {
		d := declared{from: c.DbgLocals[first].StartPc}
		for ; first < len(c.DbgLocals) && c.DbgLocals[first].StartPc == d.from; first++ {
			d.names = append(d.names, c.DbgLocals[first].Name)
		}
		for ; at < d.from; at = c.after(at) {
			before = at
		}
		if own, ok := c.localFunction(d, before, all); ok {
			d.register = own
			all = append(all, d)
			continue
		}
		if before < 0 {
			continue
		}
		i := c.at(before)
		first, last := i.writes()
		switch i.op() {
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_SETLIST: // the end of a table constructor
			first, last = i.a(), i.a()
		}
		if d.register = last - len(d.names) + 1; last >= first && d.register >= 0 {
			all = append(all, d)
		}
	}
	return all
}

// localFunction returns the register of the first of the names if the last is a local function: that begins before the
// instruction that makes it, while other variables begin behind the one that sets them.
func (c code) localFunction(d declared, before int, earlier []declared) (int, bool) {
	if d.from >= len(c.Code) || c.at(d.from).op() != lua.OP_CLOSURE {
		return 0, false
	}
	own := c.at(d.from).a()
	if before < 0 {
		return own - len(d.names) + 1, true
	}
	first, last := c.at(before).writes()
	if len(d.names) > 1 {
		return own - len(d.names) + 1, last == own-1
	}
	if last < first || last >= own {
		return own, true
	}
	for _, e := range earlier {
		if _, ok := e.name(last); ok {
			return own, true
		}
	}
	return own, last < int(c.NumParameters)
}

// loops returns what the loops around pc declare, the outermost last.
func (c code) loops(pc int) []declared {
	var all []declared
	for at := 0; at < len(c.Code); at = c.after(at) {
		i := c.at(at)
		body, count := 0, 0
		switch i.op() {
		case lua.OP_FORLOOP:
			body, count = at+1+i.jump(), 1
		case lua.OP_TFORLOOP:
			body, count = at+2+c.at(at+1).jump(), i.c()
		}
		if count == 0 || at < pc || body > pc {
			continue
		}
		d := declared{register: i.a() + 3, from: body}
		for _, l := range c.DbgLocals {
			if l.StartPc == body && len(d.names) < count {
				d.names = append(d.names, l.Name)
			}
		}
		all = append(all, d)
	}
	return all
}
