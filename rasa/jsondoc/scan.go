package jsondoc

import "unicode/utf8"

// scanner checks one text against the grammar and writes its tape. Nothing is recursive: the open containers are
// chained through the tape.
type scanner struct {
	text      []byte
	tape      []entry
	nonASCII  uint64 // a bit of 0x80 is set once a byte outside ASCII was seen in a string
	nonFinite bool
}

// document checks the whole text and returns where its value starts and ends.
func (s *scanner) document() (start, end int, bad fault) {
	start = s.blanks(0)
	if start == len(s.text) {
		return 0, 0, fault{start, empty}
	}
	if s.text[start] >= 0x80 {
		return 0, 0, fault{start, s.beginning(start)}
	}
	if c := s.text[start]; c == '{' || c == '[' {
		end, bad = s.container(start)
	} else {
		end, bad = s.scalar(start)
	}
	if bad.what == fine {
		if rest := s.blanks(end); rest < len(s.text) {
			bad = fault{rest, trailing}
		}
	}
	if bad.what == fine && s.nonASCII&highBits != 0 && !utf8.Valid(s.text) {
		bad = fault{firstInvalid(s.text), badUTF8}
	}
	return start, end, bad
}

// container checks the list or object that opens at i, with everything in it, and returns the offset after it.
func (s *scanner) container(i int) (int, fault) {
	text, tape := s.text, s.tape
	cur, depth, object := int32(-1), 0, false
	var bad fault

open: // text[i] is a bracket
	if depth == MaxDepth {
		return i, fault{i, tooDeep}
	}
	depth++
	tape = append(tape, entry{start: int32(i), next: cur})
	cur = int32(len(tape) - 1)
	object = text[i] == '{'
	i = s.blanks(i + 1)
	if i < len(text) && text[i] == text[tape[cur].start]+2 { // ] and } are two after their opening brackets
		goto shut
	}
	if !object {
		goto value
	}

key: // i is where a key must be
	if i >= len(text) || text[i] != '"' {
		return i, s.missing(i, noKey)
	}
	if i, bad = s.str(i); bad.what != fine {
		return i, bad
	}
	if i >= len(text) || text[i] != ':' {
		if i = s.blanks(i); i >= len(text) || text[i] != ':' {
			return i, s.missing(i, noColon)
		}
	}
	i++
	if i+1 < len(text) && text[i] == ' ' && text[i+1] > ' ' {
		i++
	} else {
		i = s.blanks(i)
	}

value: // i is where a value must be
	if i >= len(text) {
		return i, fault{i, cutOff}
	}
	switch c := text[i]; {
	case c == '"':
		i, bad = s.str(i)
	case c == '{' || c == '[':
		goto open
	default:
		i, bad = s.scalar(i)
	}
	if bad.what != fine {
		return i, bad
	}

after: // a value has ended before i
	if i >= len(text) || text[i] <= ' ' {
		i = s.blanks(i)
	}
	if i >= len(text) {
		return i, fault{i, cutOff}
	}
	if text[i] == ',' {
		i++
		if i+1 < len(text) && text[i] == ' ' && text[i+1] > ' ' {
			i++
		} else {
			i = s.blanks(i)
		}
		if object {
			goto key
		}
		goto value
	}
	if text[i] != text[tape[cur].start]+2 {
		if object {
			return i, fault{i, noCommaObject}
		}
		return i, fault{i, noCommaList}
	}

shut: // text[i] is the bracket that closes cur
	i++
	depth--
	e := &tape[cur]
	cur, e.end, e.next = e.next, int32(i), int32(len(tape))
	if depth == 0 {
		s.tape = tape
		return i, fault{}
	}
	object = text[tape[cur].start] == '{'
	goto after
}

// blanks returns the offset of the first byte from i on that is no white space.
func (s *scanner) blanks(i int) int {
	for i < len(s.text) {
		if c := s.text[i]; c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			break
		}
		i++
	}
	return i
}

func (s *scanner) missing(i int, what flaw) fault {
	if i >= len(s.text) {
		what = cutOff
	}
	return fault{i, what}
}

func (s *scanner) beginning(i int) flaw {
	switch {
	case i == 0 && len(s.text) >= 3 && string(s.text[:3]) == "\xef\xbb\xbf":
		return byteOrderMark
	case !utf8.Valid(s.text):
		return badUTF8
	}
	return noValue
}

func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return len(text)
}
