package jsondoc

import (
	"encoding/binary"
	"math/bits"
)

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// str checks the string whose opening quote is at i and returns the offset after its closing quote. It looks at eight
// bytes at a time: a bit of highBits is set in stop for the first byte that ends the run (and perhaps wrongly for ones
// above it, which do not matter).
func (s *scanner) str(i int) (int, fault) {
	text, seen := s.text, uint64(0)
	i++
run:
	for i+8 <= len(text) {
		w := binary.LittleEndian.Uint64(text[i:])
		quote := w ^ lowBits*'"'
		slash := w ^ lowBits*'\\'
		stop := ((quote-lowBits)&^quote | (slash-lowBits)&^slash | (w-lowBits*' ')&^w) & highBits
		if stop != 0 {
			n := bits.TrailingZeros64(stop)
			seen |= w & (1<<n - 1)
			i += n >> 3
			goto stopped
		}
		seen |= w
		i += 8
	}
	for i < len(text) && text[i] != '"' && text[i] != '\\' && text[i] >= ' ' {
		seen |= uint64(text[i])
		i++
	}
	if i >= len(text) {
		return i, fault{i, openString}
	}

stopped: // text[i] ends the run
	if text[i] == '"' {
		s.nonASCII |= seen
		return i + 1, fault{}
	}
	if text[i] < ' ' {
		return i, fault{i, controlCharacter}
	}
	end, what := escape(text, i)
	if what != fine {
		return i, fault{i, what}
	}
	i = end
	goto run
}

// escape checks the escape whose backslash is at i and returns the offset after it.
func escape(text []byte, i int) (int, flaw) {
	if i+1 >= len(text) {
		return i, openString
	}
	switch text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, fine
	case 'u':
		for k := i + 2; k < i+6; k++ {
			if k >= len(text) {
				return i, openString
			}
			if hexDigit(text[k]) < 0 {
				return i, badHex
			}
		}
		return i + 6, fine
	}
	return i, badEscape
}

// hexDigit is the worth of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// scalar checks the string, number or word that starts at i and returns the offset after it.
func (s *scanner) scalar(i int) (int, fault) {
	switch c := s.text[i]; {
	case c == '"':
		return s.str(i)
	case c == '-' || '0' <= c && c <= '9':
		return s.number(i)
	case c == 't':
		return s.word(i, "true")
	case c == 'f':
		return s.word(i, "false")
	case c == 'n':
		return s.word(i, "null")
	case c == 'N':
		s.nonFinite = true
		return s.word(i, "NaN")
	case c == 'I':
		s.nonFinite = true
		return s.word(i, "Infinity")
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return i, fault{i, badWord}
	case c >= 0x80:
		return i, fault{i, s.beginning(i)}
	}
	return i, fault{i, noValue}
}

func (s *scanner) word(i int, word string) (int, fault) {
	if len(s.text)-i < len(word) || string(s.text[i:i+len(word)]) != word {
		return i, fault{i, badWord}
	}
	return i + len(word), fault{}
}

// number checks a number by JSON's grammar, and -Infinity.
func (s *scanner) number(i int) (int, fault) {
	text, start := s.text, i
	if text[i] == '-' {
		i++
		if i < len(text) && text[i] == 'I' {
			s.nonFinite = true
			return s.word(i, "Infinity")
		}
	}
	first := i
	i = digits(text, i)
	if i == first || text[first] == '0' && i > first+1 {
		return i, fault{start, badNumber}
	}
	if i < len(text) && text[i] == '.' {
		fraction := i + 1
		if i = digits(text, fraction); i == fraction {
			return i, fault{start, badNumber}
		}
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		exponent := i
		if i = digits(text, exponent); i == exponent {
			return i, fault{start, badNumber}
		}
	}
	return i, fault{}
}

func digits(text []byte, i int) int {
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	return i
}
