//go:build !purego

package jsondoc

import (
	"slices"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/sys/cpu"
)

const (
	chunkSize = 512 // bytes
	batch     = 4   // chunks that are checked in one go
	slack     = 64  // so much more than there is may be written to a list of brackets
)

// What is rare in a chunk: only with its bit set are the masks made that it needs.
const (
	hasControl = 1 << iota // bytes below a space: the mask control
	hasEscape              // a backslash here, or in the last block before: the masks escape, hex and unicode
)

// mask tells of 512 bytes which are of a class: bit i of word b stands for byte 64b+i.
type mask [chunkSize / 64]uint64

// chunk is what is found out of 512 bytes. The first group of masks comes from the classifier, and does not know yet what
// is inside strings; the second is what the grammar makes of it.
type chunk struct {
	quote, slash, white, comma, colon, open, shut mask
	digit, dot, minus, zero                       mask
	control, escape, hex, unicode                 mask // see rare

	bracket  mask // outside strings
	inList   mask // what can only be in a list
	inObject mask // what can only be in an object
	odd      mask // bytes of scalars, or right after them, that are to be looked at one by one

	rare     uint64    // hasControl, hasEscape
	oddWords uint64    // a bit for each word of odd that is not zero
	_        [6]uint64 // so that no mask lies across cache lines
}

// vectors is the working memory of the scanners that look at many bytes at once, and what they remember from one batch
// to the next.
type vectors struct {
	chunks [batch]chunk
	change [batch * chunkSize / 64]uint64  // brackets after which the kind of container is another
	list   [batch*chunkSize + slack]uint32 // their offsets in the text
	stack  [MaxDepth + 2]int32             // open containers: their entry times two, and one for an object
	tail   [chunkSize / 8]uint64           // the last chunk, with spaces after its end

	// The last words of the chunk before (in the last lane, where the vectors are shifted in from).
	lastScalar, lastDigit, lastMark, lastZero, lastUnicode mask

	high    uint64 // is not 0 once a byte outside ASCII was there
	slashes uint64 // backslashes of the last block

	// Carries of one bit; inString and inObject have all bits set or none.
	inString, escaped, afterMark, afterColon, run, afterKey, inObject uint32

	base, containers, depth int32
}

// classify512 and classify2 write the first group of masks of count chunks of text, the first of them at index first.
// Nothing is read beyond them.
//
//go:noescape
func classify512(w *vectors, first int, text *byte, count int)

//go:noescape
func classify2(w *vectors, first int, text *byte, count int)

// grammar512 writes the second group of masks of count chunks; false if something is wrong.
//
//go:noescape
func grammar512(w *vectors, count int) (fine bool)

// kinds512 holds inList and inObject of count chunks against the kinds of containers that walk found.
//
//go:noescape
func kinds512(w *vectors, count int) (fine bool)

// places writes to list where the brackets of count chunks are in the text, and returns how many there are. It may write
// up to slack more.
//
//go:noescape
func places(w *vectors, count int, list *uint32) (brackets int)

// places512 is places with AVX-512 and its VBMI2.
//
//go:noescape
func places512(w *vectors, count int, list *uint32) (brackets int)

// walk pairs the brackets in list, at least one, and writes the tape, whose first entry is at tape and which has room for
// an entry per bracket and one more. It notes in change after which of them the kind of container is another. It returns
// the offset after the root, 0 if that is still open, -1 if something is wrong.
//
//go:noescape
func walk(w *vectors, text *byte, tape *entry, list *uint32, brackets int) (root int)

// fastest is the fastest scanner that this processor has the instructions for.
func fastest() method {
	x := &cpu.X86
	switch {
	case !x.HasAVX2 || !x.HasBMI1 || !x.HasBMI2 || !x.HasPOPCNT:
		return bytewise
	case !x.HasAVX512F || !x.HasAVX512BW || !x.HasAVX512DQ:
		return avx2
	case !x.HasAVX512VBMI2:
		return avx512
	}
	return avx512VBMI2
}

// document checks the text of s as its own document does, but finds only that something is wrong, not what. The text
// must begin with a bracket.
func (w *vectors) document(s *scanner, how method) (end int, ok bool) {
	w.reset()
	for base := 0; base < len(s.text); base += batch * chunkSize {
		w.base = int32(base)
		count := w.classify(s.text[base:min(len(s.text), base+batch*chunkSize)], how)
		if how == avx2 && !grammar(w, count) || how != avx2 && !grammar512(w, count) {
			return 0, false
		}
		if end = w.brackets(s, how, count); end < 0 {
			return 0, false
		}
		if how == avx2 && !kinds(w, count) || how != avx2 && !kinds512(w, count) || !s.oddScalars(w, count) {
			return 0, false
		}
		if end > 0 {
			return end, s.blanks(end) == len(s.text) && (w.high == 0 || utf8.Valid(s.text))
		}
	}
	return 0, false
}

// brackets adds those of a batch to the tape of s. It returns what walk does.
func (w *vectors) brackets(s *scanner, how method, count int) (root int) {
	w.change = [len(w.change)]uint64{}
	list, n := &w.list[0], 0
	if how == avx512VBMI2 {
		n = places512(w, count, list)
	} else {
		n = places(w, count, list)
	}
	if n == 0 {
		return 0
	}
	s.tape = slices.Grow(s.tape, n+1)
	root = walk(w, unsafe.SliceData(s.text), unsafe.SliceData(s.tape), list, n)
	s.tape = s.tape[:w.containers]
	return root
}

// reset forgets the text before.
func (w *vectors) reset() {
	w.lastScalar, w.lastDigit, w.lastMark, w.lastZero, w.lastUnicode = mask{}, mask{}, mask{}, mask{}, mask{}
	w.high, w.slashes = 0, 0
	w.inString, w.escaped, w.afterMark, w.run, w.afterKey, w.inObject = 0, 0, 0, 0, 0, 0
	w.afterColon = 1 // the root stands where no item of a list and no key may
	w.containers, w.depth, w.stack[0] = 0, 0, 0
}

// classify makes the masks of a batch, whose text may end before it is full, and returns how many chunks that are.
func (w *vectors) classify(text []byte, how method) int {
	kernel := classify512
	if how == avx2 {
		kernel = classify2
	}
	full := len(text) / chunkSize
	if full > 0 {
		kernel(w, 0, unsafe.SliceData(text), full)
	}
	rest := text[full*chunkSize:]
	if len(rest) == 0 {
		return full
	}
	for i := len(rest) / 8; i < len(w.tail); i++ {
		w.tail[i] = lowBits * ' '
	}
	tail := (*[chunkSize]byte)(unsafe.Pointer(&w.tail))
	copy(tail[:], rest)
	kernel(w, full, &tail[0], 1)
	return full + 1
}
