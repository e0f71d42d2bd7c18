package pattern

import "strings"

// Match looks for the first match in s that starts at init or later; an anchored pattern has to match at init. Places count
// from 0 and init is in 0..len(s). The captures are in m until the next call. The error is a fault of the pattern that was
// reached, or what Tick returned.
func (p *Pattern) Match(m *Matcher, s string, init int) (start, end int, ok bool, err error) {
	if p.anchored {
		end, ok, err = p.run(m, s, init)
		if err == nil {
			err = m.spend(1)
		}
		return init, end, ok, err
	}
	if p.simple != notSimple {
		start, end, ok = p.matchSimple(s, init)
		return start, end, ok, m.spend(1 + (max(start, init)-init)/bytesPerStep + (end-start)/bytesPerStep)
	}
	if p.fixed {
		if init > len(s)-p.width {
			return 0, 0, false, m.spend(1)
		}
		start = len(s) - p.width
		end, ok, err = p.run(m, s, start)
		return start, end, ok, err
	}
	needed := init - 1 // up to here it is known where the byte is that a match needs
	for start = init; ; start++ {
		from := start
		if start = p.candidate(s, start); start < 0 {
			return 0, 0, false, m.spend(1 + (len(s)-from)/bytesPerStep)
		}
		if err = m.spend(1 + (start-from)/bytesPerStep); err != nil {
			return 0, 0, false, err
		}
		if end, ok, err = p.run(m, s, start); ok || err != nil {
			return start, end, ok, err
		}
		if p.need >= 0 && start > needed {
			i := strings.IndexByte(s[start:], byte(p.need))
			if i < 0 {
				return 0, 0, false, m.spend((len(s) - start) / bytesPerStep)
			}
			needed = start + i
		}
	}
}

// candidate returns the next place at which a match may start, or -1.
func (p *Pattern) candidate(s string, at int) int {
	if at > len(s)-p.width {
		return -1
	}
	switch {
	case len(p.prefix) == 1:
		if i := strings.IndexByte(s[at:], p.prefix[0]); i >= 0 {
			return at + i
		}
		return -1
	case p.prefix != "":
		if i := strings.Index(s[at:], p.prefix); i >= 0 {
			return at + i
		}
		return -1
	case p.first != nil:
		for first := p.first; at < len(s); at++ {
			if first[s[at]] {
				return at
			}
		}
		return -1
	}
	return at
}

// matchSimple matches the patterns that need no program. If there is no match, start is how far it looked.
func (p *Pattern) matchSimple(s string, at int) (start, end int, ok bool) {
	if p.simple == literal {
		i := strings.Index(s[at:], p.prefix)
		if i < 0 {
			return len(s), len(s), false
		}
		return at + i, at + i + len(p.prefix), true
	}
	members := p.program[0].set
	if p.simple == lastRun {
		start = len(s)
		for start > at && members[s[start-1]] {
			start--
		}
		return start, len(s), len(s)-start >= int(p.program[0].min)
	}
	for ; at < len(s); at++ {
		if members[s[at]] {
			break
		}
	}
	if at == len(s) {
		return at, at, false
	}
	end = at + 1
	if p.simple == oneRun {
		for end < len(s) && members[s[end]] {
			end++
		}
	}
	return at, end, true
}
