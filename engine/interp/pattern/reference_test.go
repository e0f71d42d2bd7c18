package pattern_test

import (
	"errors"
	"fmt"
	"strings"
)

// reference is a matcher in the plainest form: a recursive walk over the pattern's text, one item at a time. It exists to be
// compared with.
type reference struct {
	subject, pattern string
	captures         [][2]int // start, and end or one of the marks below
	steps            int
}

const (
	stillOpen = -1
	isPlace   = -2
)

// errSteps ends a comparison that takes too long.
var errSteps = errors.New("too many steps")

type fault string

func (r *reference) fail(message string) { panic(fault(message)) }

// find returns the match as "start-end", the captures behind it, or the fault.
func (r *reference) find(init int, anchors bool) (result string) {
	defer func() {
		switch caught := recover().(type) {
		case nil:
		case fault:
			result = "fault: " + string(caught)
		default:
			panic(caught)
		}
	}()
	from := 0
	anchored := anchors && strings.HasPrefix(r.pattern, "^")
	if anchored {
		from = 1
	}
	for start := init; start <= len(r.subject); start++ {
		r.captures = nil
		if end := r.item(start, from); end >= 0 {
			result = fmt.Sprintf("%d-%d", start, end)
			for _, c := range r.captures {
				if c[1] == stillOpen {
					return result + " open"
				}
				result += fmt.Sprintf(" %d:%d", c[0], c[1])
			}
			return result
		}
		if anchored {
			break
		}
	}
	return "none"
}

// item matches the pattern from p on at place s and returns where the match ends, or -1.
func (r *reference) item(s, p int) int {
	if r.steps++; r.steps > 200000 {
		panic(fault(errSteps.Error()))
	}
	if p >= len(r.pattern) {
		return s
	}
	rest := r.pattern[p:]
	switch {
	case rest[0] == '(':
		mark, length := stillOpen, 1
		if strings.HasPrefix(rest, "()") {
			mark, length = isPlace, 2
		}
		if len(r.captures) == 32 {
			r.fail("too many captures")
		}
		r.captures = append(r.captures, [2]int{s, mark})
		end := r.item(s, p+length)
		if end < 0 {
			r.captures = r.captures[:len(r.captures)-1]
		}
		return end
	case rest[0] == ')':
		for i := len(r.captures) - 1; i >= 0; i-- {
			if r.captures[i][1] == stillOpen {
				r.captures[i][1] = s
				end := r.item(s, p+1)
				if end < 0 {
					r.captures[i][1] = stillOpen
				}
				return end
			}
		}
		r.fail("invalid pattern capture")
	case rest == "$":
		if s == len(r.subject) {
			return s
		}
		return -1
	case len(rest) > 1 && rest[0] == '%' && (rest[1] == 'b' || rest[1] == 'f' || rest[1] >= '0' && rest[1] <= '9'):
		return r.special(s, p, rest)
	}
	return r.repeated(s, p)
}

func (r *reference) special(s, p int, rest string) int {
	switch rest[1] {
	case 'b':
		if len(rest) < 4 {
			r.fail("unbalanced pattern")
		}
		depth := 0
		for i := s; i < len(r.subject); i++ {
			switch {
			case i > s && r.subject[i] == rest[3]:
				if depth--; depth == 0 {
					return r.item(i+1, p+4)
				}
			case r.subject[i] == rest[2]:
				depth++
			case i == s:
				return -1
			}
		}
		return -1
	case 'f':
		if len(rest) < 3 || rest[2] != '[' {
			r.fail("missing '[' after '%f' in pattern")
		}
		end := r.itemEnd(p + 2)
		at := func(i int) byte {
			if i < 0 || i >= len(r.subject) {
				return 0
			}
			return r.subject[i]
		}
		if r.holds(at(s-1), p+2, end) || !r.holds(at(s), p+2, end) {
			return -1
		}
		return r.item(s, end)
	}
	i := int(rest[1]) - '1'
	if i < 0 || i >= len(r.captures) || r.captures[i][1] == stillOpen {
		r.fail("invalid capture index")
	}
	if r.captures[i][1] == isPlace {
		return -1
	}
	held := r.subject[r.captures[i][0]:r.captures[i][1]]
	if !strings.HasPrefix(r.subject[s:], held) {
		return -1
	}
	return r.item(s+len(held), p+2)
}

func (r *reference) repeated(s, p int) int {
	end := r.itemEnd(p)
	fits := func(i int) bool { return i < len(r.subject) && r.holds(r.subject[i], p, end) }
	sign := byte(0)
	if end < len(r.pattern) {
		sign = r.pattern[end]
	}
	switch sign {
	case '?':
		if fits(s) {
			if e := r.item(s+1, end+1); e >= 0 {
				return e
			}
		}
		return r.item(s, end+1)
	case '*', '+':
		n := 0
		for fits(s + n) {
			n++
		}
		for low := strings.IndexByte("*+", sign); n >= low; n-- {
			if e := r.item(s+n, end+1); e >= 0 {
				return e
			}
		}
		return -1
	case '-':
		for {
			if e := r.item(s, end+1); e >= 0 {
				return e
			}
			if !fits(s) {
				return -1
			}
			s++
		}
	}
	if !fits(s) {
		return -1
	}
	return r.item(s+1, end)
}

// itemEnd returns where the single item at p ends.
func (r *reference) itemEnd(p int) int {
	switch r.pattern[p] {
	case '%':
		if p+1 == len(r.pattern) {
			r.fail("malformed pattern (ends with '%')")
		}
		return p + 2
	case '[':
		p++
		if p < len(r.pattern) && r.pattern[p] == '^' {
			p++
		}
		for first := true; ; first = false {
			if p >= len(r.pattern) {
				r.fail("malformed pattern (missing ']')")
			}
			if r.pattern[p] == ']' && !first {
				return p + 1
			}
			if r.pattern[p] == '%' {
				p++
			}
			p++
		}
	}
	return p + 1
}

// holds tells whether the byte c fits the single item pattern[p:end].
func (r *reference) holds(c byte, p, end int) bool {
	item := r.pattern[p:end]
	switch item[0] {
	case '.':
		return true
	case '%':
		return inClass(c, item[1])
	case '[':
		inside := item[1 : len(item)-1]
		negated := strings.HasPrefix(inside, "^")
		inside = strings.TrimPrefix(inside, "^")
		return inBrackets(c, inside) != negated
	}
	return c == item[0]
}

func inBrackets(c byte, inside string) bool {
	for i := 0; i < len(inside); i++ {
		switch {
		case inside[i] == '%':
			// A range that ends in "%" may leave one here whose byte is the closing bracket.
			escaped := byte(']')
			if i++; i < len(inside) {
				escaped = inside[i]
			}
			if inClass(c, escaped) {
				return true
			}
		case i+2 < len(inside) && inside[i+1] == '-':
			if inside[i] <= c && c <= inside[i+2] {
				return true
			}
			i += 2
		case inside[i] == c:
			return true
		}
	}
	return false
}

func inClass(c, class byte) bool {
	const lower, upper, digits = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
	members := map[byte]string{
		'a': lower + upper, 'd': digits, 'l': lower, 'u': upper, 'w': lower + upper + digits, 's': " \t\n\v\f\r", 'z': "\x00",
		'x': digits + "abcdefABCDEF", 'p': "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
		'c': "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f",
	}
	if set, ok := members[class]; ok {
		return strings.IndexByte(set, c) >= 0
	}
	if set, ok := members[class|0x20]; ok && class >= 'A' && class <= 'Z' {
		return strings.IndexByte(set, c) < 0
	}
	return c == class
}
