package pattern

import "strings"

// most matches a greedy item: it returns the farthest place from which the rest may match, or a negative one, and leaves a
// choice if nearer ones remain.
func (p *Pattern) most(m *Matcher, s string, at, pc int) (int, error) {
	in := &p.program[pc]
	far := at
	if in.all {
		far = len(s)
	} else {
		for members := in.set; far < len(s) && members[s[far]]; {
			far++
		}
	}
	if far-at < int(in.min) || in.final && far != len(s) {
		return -1, m.spend((far - at) / bytesPerStep)
	}
	low, reached := at+int(in.min), far
	if in.settled || in.final {
		if in.next != nil && !in.mayFollow(s, far) {
			far = -1
		}
		return far, m.spend((reached - at) / bytesPerStep)
	}
	far = in.back(s, far, low)
	if far > low {
		m.choices = append(m.choices, choice{pc: pc, at: far - 1, low: low})
	}
	return far, m.spend((reached - at + reached - max(far, low)) / bytesPerStep)
}

// mayFollow tells whether what is at a place may come behind the item. It needs next.
func (in *instruction) mayFollow(s string, at int) bool {
	if at >= len(s) {
		return in.orEnd
	}
	return in.next[s[at]]
}

// back returns the last place from far down to low where what follows may match, or -1.
func (in *instruction) back(s string, far, low int) int {
	if in.next == nil {
		if far < low {
			return -1
		}
		return far
	}
	if far == len(s) {
		if in.orEnd && far >= low {
			return far
		}
		far--
	}
	if in.nextByte >= 0 && far >= low {
		if i := strings.LastIndexByte(s[low:far+1], byte(in.nextByte)); i >= 0 {
			return low + i
		}
		return -1
	}
	for next := in.next; far >= low; far-- {
		if next[s[far]] {
			return far
		}
	}
	return -1
}

// least matches a reluctant item: it returns the nearest place from which the rest may match, or a negative one, and leaves a
// choice if farther ones remain.
func (p *Pattern) least(m *Matcher, s string, at, pc int) (int, error) {
	in := &p.program[pc]
	near := in.forward(s, at)
	if near < 0 {
		return -1, m.spend((len(s) - at) / bytesPerStep)
	}
	if near < len(s) && !in.final && !in.settled && in.set[s[near]] {
		m.choices = append(m.choices, choice{pc: pc, at: near + 1})
	}
	return near, m.spend((near - at) / bytesPerStep)
}

// forward returns the first place from at on, over members of the set only, where what follows may match, or -1.
func (in *instruction) forward(s string, at int) int {
	switch {
	case in.final:
		if !in.all {
			for i := at; i < len(s); i++ {
				if !in.set[s[i]] {
					return -1
				}
			}
		}
		return len(s)
	case in.next == nil:
		return at
	case in.all && in.nextByte >= 0:
		if i := strings.IndexByte(s[at:], byte(in.nextByte)); i >= 0 {
			return at + i
		}
		return in.atEnd(s)
	}
	for next, members := in.next, in.set; at < len(s); at++ {
		if next[s[at]] {
			return at
		}
		if !members[s[at]] {
			return -1
		}
	}
	return in.atEnd(s)
}

// atEnd returns the end of the subject if that may follow, or -1.
func (in *instruction) atEnd(s string) int {
	if in.orEnd {
		return len(s)
	}
	return -1
}

// retry takes the last choice that still has another place to offer, and returns where to go on: the item and the place. A
// negative item means that none is left.
func (p *Pattern) retry(m *Matcher, s string) (pc, at int, err error) {
	for len(m.choices) > 0 {
		last := &m.choices[len(m.choices)-1]
		in := &p.program[last.pc]
		pc = last.pc
		switch in.op {
		case opMax:
			from := last.at
			at = in.back(s, from, last.low)
			if err = m.spend((from - max(at, last.low)) / bytesPerStep); err != nil {
				return -1, 0, err
			}
			last.at = at - 1
			if at <= last.low {
				m.choices = m.choices[:len(m.choices)-1]
			}
			if at >= 0 {
				return pc + 1, at, nil
			}
		case opMin:
			from := last.at
			m.choices = m.choices[:len(m.choices)-1]
			if at, err = p.least(m, s, from, pc); at >= 0 || err != nil {
				return pc + 1, at, err
			}
		default:
			at = last.at
			m.choices = m.choices[:len(m.choices)-1]
			return pc + 1, at, nil
		}
	}
	return -1, 0, nil
}
