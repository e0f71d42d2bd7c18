package jsondoc

import (
	"fmt"
	"slices"
)

// Method is one of the ways to check a text.
type Method = method

// Methods are those that this processor and build have, the bytewise one first.
func Methods() []Method {
	var all []Method
	for m := bytewise; m <= fastest(); m++ {
		all = append(all, m)
	}
	return all
}

func (m method) String() string { return [...]string{"bytewise", "avx2", "avx512", "avx512VBMI2"}[m] }

// ResetBy is Reset with one method, however short the text is.
func (d *Doc) ResetBy(m Method, text []byte) error { return d.reset(text, m, 0) }

// Differs checks text by one method, and tells how that is not what the bytewise scanner finds: "" if it is the same. The
// method must come to its verdict by itself, without asking the bytewise scanner.
func (d *Doc) Differs(m Method, text []byte) string {
	if m == bytewise {
		return ""
	}
	var plain Doc
	refused := plain.ResetBy(bytewise, text)
	s := scanner{text: text, tape: d.tape[:0]}
	start, end, taken := d.quick(&s, m, 0)
	d.tape = s.tape[:0]
	switch {
	case start == len(text) || text[start] != '{' && text[start] != '[':
		return ""
	case taken != (refused == nil):
		return fmt.Sprintf("%v: taken is %v, but bytewise says %v", m, taken, refused)
	case !taken:
		return ""
	case start != int(plain.root.start) || end != int(plain.root.end):
		return fmt.Sprintf("%v: root is %d:%d, bytewise %d:%d", m, start, end, plain.root.start, plain.root.end)
	case !slices.Equal(s.tape, plain.tape):
		return fmt.Sprintf("%v: tape is %v, bytewise %v", m, s.tape, plain.tape)
	case s.nonFinite != plain.nonFinite:
		return fmt.Sprintf("%v: nonFinite is %v", m, s.nonFinite)
	}
	return ""
}
