package pattern

import "strings"

// run matches the program at one place. What could be matched otherwise waits in m.choices; since a program has no loops
// each item waits there at most once, and captures set behind a choice are set anew before they are read.
func (p *Pattern) run(m *Matcher, s string, at int) (end int, ok bool, err error) {
	m.reset(len(p.program))
	pc, from := 0, 0
	for {
		in := &p.program[pc]
		good := false
		switch in.op {
		case opChar:
			if good = at < len(s) && s[at] == in.a; good {
				at++
			}
		case opSet:
			if good = at < len(s) && in.set[s[at]]; good {
				at++
			}
		case opMax:
			at, err = p.most(m, s, at, pc)
			good = at >= 0
		case opMin:
			at, err = p.least(m, s, at, pc)
			good = at >= 0
		case opOptional:
			if good = true; at < len(s) && in.set[s[at]] {
				m.choices = append(m.choices, choice{pc: pc, at: at})
				at++
			}
		case opOpen:
			m.captures[in.a], good = capture{start: at, end: at}, true
		case opPosition:
			m.captures[in.a], good = capture{start: at, end: -1}, true
		case opClose:
			m.captures[in.a].end, good = at, true
		case opMatch:
			return at, true, nil
		case opError:
			return 0, false, in.err
		default:
			at, err = p.rare(m, in, s, at)
			good = at >= 0
		}
		if good {
			pc++
			continue
		}
		if err == nil {
			err = m.spend(1 + (pc-from)/2)
		}
		if err != nil {
			return 0, false, err
		}
		if pc, at, err = p.retry(m, s); pc < 0 || err != nil {
			return 0, false, err
		}
		from = pc
	}
}

// rare matches the items that few patterns have. A negative place is a failure.
func (p *Pattern) rare(m *Matcher, in *instruction, s string, at int) (int, error) {
	switch in.op {
	case opEnd:
		if at == len(s) {
			return at, nil
		}
	case opBackRef:
		held := s[m.captures[in.a].start:m.captures[in.a].end]
		if strings.HasPrefix(s[at:], held) {
			return at + len(held), m.spend(len(held) / bytesPerStep)
		}
	case opBalance:
		return balance(m, s, at, in.a, in.b)
	case opFrontier:
		var before, here byte
		if at > 0 {
			before = s[at-1]
		}
		if at < len(s) {
			here = s[at]
		}
		if !in.set[before] && in.set[here] {
			return at, nil
		}
	}
	return -1, nil
}

func balance(m *Matcher, s string, at int, open, shut byte) (int, error) {
	if at >= len(s) || s[at] != open {
		return -1, nil
	}
	depth := 1
	for i := at + 1; i < len(s); i++ {
		switch s[i] {
		case shut:
			if depth--; depth == 0 {
				return i + 1, m.spend((i - at) / bytesPerStep)
			}
		case open:
			depth++
		}
	}
	return -1, m.spend((len(s) - at) / bytesPerStep)
}
