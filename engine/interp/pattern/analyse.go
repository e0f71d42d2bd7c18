package pattern

// analyse finds what lets Match pass over places where the pattern can't match.
func (p *Pattern) analyse() {
	p.prefix = p.leading()
	p.measure()
	p.require()
	p.foresee()
	if p.anchored {
		return
	}
	if last := p.program[len(p.program)-1].op; len(p.prefix) == len(p.program)-1 && last == opMatch && p.prefix != "" {
		p.simple = literal
		return
	}
	p.simple = p.oneSet()
}

// leading returns the plain bytes that the pattern starts with.
func (p *Pattern) leading() string {
	var bytes []byte
	for i := range p.program {
		if p.program[i].op != opChar {
			break
		}
		bytes = append(bytes, p.program[i].a)
	}
	return string(bytes)
}

// measure counts the bytes that a match has at least.
func (p *Pattern) measure() {
	exact, ends := true, false
	for i := range p.program {
		switch in := &p.program[i]; in.op {
		case opChar, opSet:
			p.width++
		case opMax:
			p.width += int(in.min)
			exact = false
		case opBalance:
			p.width += 2
			exact = false
		case opMin, opOptional, opBackRef, opError, opFail:
			exact = false
		case opEnd:
			ends = true
		}
	}
	p.fixed = exact && ends
}

// require finds a byte that has to be in each match. The last one is the most telling: repetitions come before it.
func (p *Pattern) require() {
	p.need = -1
	for i := len(p.program) - 1; i >= len(p.prefix) && p.need < 0; i-- {
		switch in := &p.program[i]; in.op {
		case opChar:
			p.need = int(in.a)
		case opBalance:
			p.need = int(in.b)
		}
	}
}

// foresee tells each repeating item what has to come behind it. It goes backwards, so that each is looked at once.
func (p *Pattern) foresee() {
	after := instruction{op: opError, nextByte: -1}
	for i := len(p.program) - 1; i >= 0; i-- {
		in := &p.program[i]
		in.nextByte, in.next, in.orEnd = after.nextByte, after.next, after.orEnd
		in.final, in.settled = after.final, after.settled
		if in.op == opMax && in.next != nil && in.set.disjoint(in.next) {
			in.settled = true
		}
		after = p.following(in, after)
	}
	if !after.orEnd {
		p.first = after.next
	}
}

// shortProgram is up to how many items it is worth the memory to unite what may follow.
const shortProgram = 64

// following describes what has to come at an item, given what has to come behind it.
func (p *Pattern) following(in *instruction, behind instruction) instruction {
	at := instruction{nextByte: -1}
	switch in.op {
	case opOpen, opPosition, opClose, opFrontier:
		// They take no bytes. But a frontier may fail where the end of the pattern wouldn't.
		at = behind
		at.settled = behind.settled && in.op != opFrontier
	case opMatch:
		at.settled = true
	case opEnd:
		at.final = true
	case opChar:
		at.next, at.nextByte = single(in.a), int16(in.a)
	case opBalance:
		at.next, at.nextByte = single(in.a), int16(in.a)
	case opSet:
		at.next, at.nextByte = in.set, int16(in.set.only())
	case opMax:
		if in.min > 0 {
			at.next, at.nextByte = in.set, int16(in.set.only())
			return at
		}
		p.eitherOr(&at, in, behind)
	case opMin, opOptional:
		p.eitherOr(&at, in, behind)
	}
	return at
}

// eitherOr describes what has to come at an item that may take nothing: one of its set, or what has to come behind it.
func (p *Pattern) eitherOr(at, in *instruction, behind instruction) {
	if len(p.program) > shortProgram || behind.next == nil && !behind.final {
		return
	}
	both := *in.set
	if behind.next != nil {
		for c, may := range behind.next {
			both[c] = both[c] || may
		}
	}
	at.next, at.nextByte = &both, int16(both.only())
	at.orEnd = behind.orEnd || behind.final
}

// singles holds the set of each byte alone. It is never changed.
var singles = buildSingles()

func buildSingles() *[256]set {
	all := new([256]set)
	for c := range all {
		all[c][c] = true
	}
	return all
}

func single(c byte) *set { return &singles[c] }

func (p *Pattern) oneSet() simple {
	first := &p.program[0]
	if first.op != opSet && first.op != opMax {
		return notSimple
	}
	switch {
	case len(p.program) == 2 && p.program[1].op == opMatch && first.op == opSet:
		return oneByte
	case len(p.program) == 2 && p.program[1].op == opMatch && first.min > 0:
		return oneRun
	case len(p.program) == 3 && p.program[1].op == opEnd && p.program[2].op == opMatch && first.op == opMax:
		return lastRun
	}
	return notSimple
}
