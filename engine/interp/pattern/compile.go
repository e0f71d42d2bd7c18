package pattern

// Compile compiles a pattern. With anchors a "^" at its start ties it to the place where the search starts; without, as in
// gmatch, it is an ordinary byte there. A malformed pattern is no error here but one of Match; the error is for patterns
// longer than MaxSource.
func Compile(source string, anchors bool) (*Pattern, error) {
	if len(source) > MaxSource {
		return nil, errTooLong
	}
	c := compiler{source: source, sets: map[set]*set{}, pattern: &Pattern{}}
	if anchors && source != "" && source[0] == '^' {
		c.pattern.anchored = true
		c.at = 1
	}
	c.program = make([]instruction, 0, min(len(source)+1, 16))
	for c.item() {
	}
	c.pattern.program = c.program
	c.pattern.captures = c.level
	c.pattern.sets = len(c.sets)
	for i := range c.level {
		if !c.closed[i] && !c.position[i] {
			c.pattern.open |= 1 << i
		}
	}
	c.pattern.analyse()
	return c.pattern, nil
}

type compiler struct {
	source   string
	at       int
	program  []instruction
	pattern  *Pattern
	level    int
	closed   [MaxCaptures]bool
	position [MaxCaptures]bool
	sets     map[set]*set
}

// item compiles the next item and tells whether more may follow.
func (c *compiler) item() bool {
	if c.at >= len(c.source) {
		return c.add(instruction{op: opMatch}, 0)
	}
	switch c.source[c.at] {
	case '(':
		return c.startCapture()
	case ')':
		return c.endCapture()
	case '$':
		if c.at+1 == len(c.source) {
			return c.add(instruction{op: opEnd}, 1)
		}
	case '%':
		switch following := c.peek(1); {
		case following == 'b':
			if c.at+3 >= len(c.source) {
				return c.fault(errBalance)
			}
			return c.add(instruction{op: opBalance, a: c.source[c.at+2], b: c.source[c.at+3]}, 4)
		case following == 'f':
			return c.frontier()
		case following >= '0' && following <= '9':
			return c.backReference(following - '1')
		}
	}
	return c.single()
}

// peek returns the byte n places further on, or -1 at the end.
func (c *compiler) peek(n int) int {
	if c.at+n >= len(c.source) {
		return -1
	}
	return int(c.source[c.at+n])
}

func (c *compiler) add(in instruction, length int) bool {
	c.program = append(c.program, in)
	c.at += length
	return in.op != opMatch
}

// fault ends the program: what comes behind it can't be reached.
func (c *compiler) fault(err error) bool {
	c.program = append(c.program, instruction{op: opError, err: err})
	return false
}

func (c *compiler) startCapture() bool {
	if c.level == MaxCaptures {
		return c.fault(errMany)
	}
	capture := byte(c.level)
	c.level++
	if c.peek(1) == ')' {
		c.position[capture] = true
		return c.add(instruction{op: opPosition, a: capture}, 2)
	}
	return c.add(instruction{op: opOpen, a: capture}, 1)
}

func (c *compiler) endCapture() bool {
	for i := c.level - 1; i >= 0; i-- {
		if !c.closed[i] && !c.position[i] {
			c.closed[i] = true
			return c.add(instruction{op: opClose, a: byte(i)}, 1)
		}
	}
	return c.fault(errClose)
}

func (c *compiler) backReference(i int) bool {
	switch {
	case i >= 0 && i < c.level && c.position[i]:
		// Lua compares the place's mark with the rest's length; no text is that long.
		return c.add(instruction{op: opFail}, 2)
	case i < 0 || i >= c.level || !c.closed[i]:
		return c.fault(errBackRef)
	}
	return c.add(instruction{op: opBackRef, a: byte(i)}, 2)
}

func (c *compiler) frontier() bool {
	c.at += 2
	if c.peek(0) != '[' {
		return c.fault(errFrontier)
	}
	members, err := c.bracket()
	if err != nil {
		return c.fault(err)
	}
	return c.add(instruction{op: opFrontier, set: members}, 0)
}

// single compiles what stands for one byte, and the sign of repetition behind it.
func (c *compiler) single() bool {
	in := instruction{op: opSet}
	var err error
	switch first := c.source[c.at]; {
	case first == '[':
		in.set, err = c.bracket()
	case first == '.':
		in.set, in.all = anything, true
		c.at++
	case first == '%' && c.peek(1) < 0:
		err = errEnd
	case first == '%' && classes[c.source[c.at+1]] != nil:
		in.set = classes[c.source[c.at+1]]
		c.at += 2
	case first == '%':
		in.op, in.a = opChar, c.source[c.at+1]
		c.at += 2
	default:
		in.op, in.a = opChar, first
		c.at++
	}
	if err != nil {
		return c.fault(err)
	}
	return c.repeated(in)
}

func (c *compiler) repeated(in instruction) bool {
	length := 1
	plain := in.op
	switch c.peek(0) {
	case '*':
		in.op = opMax
	case '+':
		in.op, in.min = opMax, 1
	case '-':
		in.op = opMin
	case '?':
		in.op = opOptional
	default:
		length = 0
	}
	if length == 1 && plain == opChar {
		var one set
		one[in.a] = true
		var err error
		if in.set, err = c.share(&one); err != nil {
			return c.fault(err)
		}
	}
	return c.add(in, length)
}

// bracket compiles a set in brackets and steps behind it. A "]" right at its start is a member.
func (c *compiler) bracket() (*set, error) {
	at, negated := c.at+1, false
	if at < len(c.source) && c.source[at] == '^' {
		negated = true
		at++
	}
	end := c.bracketEnd(at)
	if end < 0 {
		return nil, errBracket
	}
	var members set
	for ; at < end; at++ {
		switch {
		case c.source[at] == '%':
			at++
			members.addEscaped(c.source[at])
		case c.source[at+1] == '-' && at+2 < end:
			members.addRange(c.source[at], c.source[at+2])
			at += 2
		default:
			members[c.source[at]] = true
		}
	}
	c.at = end + 1
	if negated {
		return c.share(complement(&members))
	}
	return c.share(&members)
}

func (c *compiler) bracketEnd(at int) int {
	for first := true; first || at >= len(c.source) || c.source[at] != ']'; first = false {
		if at >= len(c.source) {
			return -1
		}
		escape := c.source[at] == '%'
		at++
		if escape && at < len(c.source) {
			at++
		}
	}
	return at
}

// share keeps one copy of equal sets: a long pattern repeats few.
func (c *compiler) share(members *set) (*set, error) {
	if shared := c.sets[*members]; shared != nil {
		return shared, nil
	}
	if len(c.sets) == maxSets {
		return nil, errTooManySets
	}
	own := new(set)
	*own = *members
	c.sets[*members] = own
	return own, nil
}
