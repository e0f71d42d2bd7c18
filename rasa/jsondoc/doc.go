// Package jsondoc reads a JSON text in place: it is checked and indexed in one pass, and its values are decoded only
// where somebody looks.
//
// On amd64 many bytes are looked at at once, with the instructions that the processor has; GODEBUG=cpu.avx512f=off or
// cpu.avx2=off tells it to do without. What is found is the same.
//
// It takes what encoding/json takes, and the bare numbers NaN, Infinity and -Infinity, which Python writes. It refuses
// invalid UTF-8 anywhere, a byte order mark, and containers nested deeper than [MaxDepth]. Of a name that an object has
// twice the last one counts. Half a surrogate pair (\ud83d on its own) is taken, and reads as U+FFFD.
package jsondoc

import (
	"math"
	"sync"
)

// MaxDepth is how deep lists and objects may be nested: a deeper text is refused.
const MaxDepth = 512

// maxText is the longest text in bytes; offsets are kept in 32 bits.
const maxText = math.MaxInt32

// Texts with fewer bytes are checked byte by byte: what the other scanners need to begin is worth more than they gain. For
// a document that is used once that includes their memory.
const (
	worthOften = 256
	worthOnce  = 8192
)

// entry is one list or object of the text, in the order of opening. The container spans text[start:end], its brackets
// included. next is the index after everything inside; while the container is open it holds its parent instead, which
// saves a stack.
type entry struct {
	start, end, next int32
}

// Doc is a checked text with the index of its lists and objects. It keeps the text and does not copy it: the text must
// not change as long as the document or a [Value] of it is in use. The zero Doc has no root. Reading from several
// goroutines at once is safe, Reset during that is not.
type Doc struct {
	text      []byte
	tape      []entry
	root      Value
	nonFinite bool
}

// Parse checks text and returns it as a document. The error is a *[SyntaxError].
func Parse(text []byte) (*Doc, error) {
	d := new(Doc)
	if err := d.reset(text, fastest(), worthOnce); err != nil {
		return nil, err
	}
	return d, nil
}

// Reset makes d the document of another text and reuses its memory, so that a warm Doc allocates nothing. Values of the
// former text must not be used any more. After an error d has no root.
func (d *Doc) Reset(text []byte) error {
	return d.reset(text, fastest(), worthOften)
}

func (d *Doc) reset(text []byte, how method, worth int) error {
	d.text, d.tape, d.root, d.nonFinite = text, d.tape[:0], Value{}, false
	if len(text) > maxText {
		return d.fail(fault{0, tooLong})
	}
	s := scanner{text: text, tape: d.tape}
	var bad fault
	start, end, ok := d.quick(&s, how, worth)
	if !ok {
		s = scanner{text: text, tape: s.tape[:0]}
		start, end, bad = s.document()
	}
	d.tape, d.nonFinite = s.tape, s.nonFinite
	if bad.what != fine {
		return d.fail(bad)
	}
	d.root = Value{doc: d, start: int32(start), end: int32(end), tape: -1}
	d.root.classify(0)
	return nil
}

// quick checks the text with vectors and returns where its value starts and ends; false if it is too short for that, does
// not begin with a bracket, or something seems to be wrong.
func (d *Doc) quick(s *scanner, how method, worth int) (start, end int, ok bool) {
	if how == bytewise || len(s.text) < worth {
		return 0, 0, false
	}
	start = s.blanks(0)
	if start == len(s.text) || s.text[start] != '{' && s.text[start] != '[' {
		return start, 0, false
	}
	work, _ := working.Get().(*vectors)
	end, ok = work.document(s, how)
	working.Put(work)
	return start, end, ok
}

// working is the memory that a scan needs while it runs. A document doesn't keep it: most wait for their script, or lie in a cache.
//
//nolint:gochecknoglobals // nothing in it outlives a scan
var working = sync.Pool{New: func() any { return new(vectors) }}

func (d *Doc) fail(bad fault) error {
	d.text, d.tape = nil, d.tape[:0]
	return &SyntaxError{Offset: bad.at, What: bad.what.String()}
}

// Root is the value that the whole text is; Missing when nothing was parsed.
func (d *Doc) Root() Value { return d.root }

// Text is the text that was parsed.
func (d *Doc) Text() []byte { return d.text }

// Containers is the number of lists and objects, the root's included. Their numbers, as [Value.Index] gives them, are
// less than that.
func (d *Doc) Containers() int { return len(d.tape) }

// NonFinite tells whether NaN, Infinity or -Infinity occurs anywhere: such a text is no JSON outside Python, and a part
// of it cannot be passed on unseen.
func (d *Doc) NonFinite() bool { return d.nonFinite }
