//go:build !purego

package jsondoc

import (
	"encoding/binary"
	"math/bits"
)

// oddScalars checks the scalars that the masks leave open, each by itself: words, numbers with an exponent, and what is
// none.
func (s *scanner) oddScalars(w *vectors, count int) bool {
	checked := 0 // what ends before has been checked
	for k := range count {
		c := &w.chunks[k]
		for words := c.oddWords; words != 0; words &= words - 1 {
			i := bits.TrailingZeros64(words)
			first := int(w.base) + k*chunkSize + i*64
			for odd := c.odd[i%len(c.odd)]; odd != 0; odd &= odd - 1 {
				at := first + bits.TrailingZeros64(odd)
				if at < checked {
					continue
				}
				if checked = s.oddScalar(at); checked < 0 {
					return false
				}
			}
		}
	}
	return true
}

// oddScalar checks the scalar that has a byte at i, or ends there, and returns its end; -1 if it is none.
func (s *scanner) oddScalar(i int) int {
	text := s.text
	if i < len(text) && text[i]|0x20 == 'e' && text[i-1]-'0' <= 9 {
		return exponent(text, i)
	}
	if i+8 <= len(text) {
		if end := word(binary.LittleEndian.Uint64(text[i:]), i); end > 0 && ends(text[i-1]) {
			return end
		}
	}
	if i >= len(text) {
		return -1
	}
	if ends(text[i]) {
		i--
	}
	for i > 0 && !ends(text[i-1]) {
		i--
	}
	if ends(text[i]) {
		return -1
	}
	end, bad := s.scalar(i)
	if bad.what != fine || end >= len(text) || !ends(text[end]) {
		return -1
	}
	return end
}

// exponent returns the end of the number whose exponent begins at i, -1 if that is wrong. What is before it is right, or
// an earlier byte of it would have been odd, and the number looked at from there.
func exponent(text []byte, i int) int {
	i++
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		i++
	}
	end := digits(text, i)
	if end == i || end >= len(text) || !ends(text[end]) {
		return -1
	}
	return end
}

// word returns the end of the null, true or false at i, where next is read from; 0 if there is none or it goes on. It
// does not branch on which of them it is, for that is not foreseen.
func word(next uint64, i int) int {
	const (
		null  = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
		True  = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
		False = 'f' | 'a'<<8 | 'l'<<16 | 's'<<24 | 'e'<<32
	)
	longer := (next>>3&3 - 1) >> 63 // 1 for f, 0 for t and n
	if min((next^null)<<32, (next^True)<<32, (next^False)<<24) != 0 || !ends(byte(next>>(32+8*longer))) {
		return 0
	}
	return i + 4 + int(longer)
}

// ends tells whether a byte cannot be part of a number or word, but may stand beside one.
func ends(c byte) bool {
	const (
		low  = 1<<' ' | 1<<'\t' | 1<<'\n' | 1<<'\r' | 1<<'"' | 1<<',' | 1<<':'
		high = 1<<('['-64) | 1<<(']'-64) | 1<<('{'-64) | 1<<('}'-64)
	)
	return (uint64(low)>>c|uint64(high)>>(c-64))&1 != 0
}
