//go:build !purego

package jsondoc

import "math/bits"

const evenBits = 0x5555555555555555

// grammar writes the second group of masks of count chunks; false if something is wrong. Nothing in it goes from token to
// token. What stands right after a class, white space aside, is found by adding: a carry runs from each byte of the class
// through the white space, and stops where it ends.
func grammar(w *vectors, count int) bool {
	bad := uint64(0)
	inString, escaped := uint64(int32(w.inString)), uint64(w.escaped)
	afterMark, afterColon, run, afterKey := uint64(w.afterMark), uint64(w.afterColon), uint64(w.run), uint64(w.afterKey)
	const last = len(mask{}) - 1
	lastScalar, lastDigit, lastMark, lastZero := w.lastScalar[last], w.lastDigit[last], w.lastMark[last], w.lastZero[last]
	unicode := w.lastUnicode[last]
	for k := range w.chunks[:count] {
		c := &w.chunks[k]
		c.oddWords = 0
		for i := range c.quote {
			quote := c.quote[i]
			if c.rare&hasEscape != 0 {
				var wrong uint64
				quote, escaped, unicode, wrong = c.escapes(i, escaped, unicode)
				bad |= wrong
			}
			inside := prefixXor(quote) ^ inString // with the opening quote and without the closing one
			inString = uint64(int64(inside) >> 63)
			if c.rare&hasControl != 0 {
				bad |= c.control[i] & inside
			}
			white, comma, colon := c.white[i], c.comma[i]&^inside, c.colon[i]&^inside
			open, shut := c.open[i]&^inside, c.shut[i]&^inside
			scalar := ^(quote | inside | white | comma | colon | open | shut)
			c.bracket[i], c.inObject[i] = open|shut, colon

			var item, value, runs, named uint64
			item, afterMark = bits.Add64(comma|open|white, comma|open, afterMark)
			value, afterColon = bits.Add64(colon|white, colon, afterColon) // white space stays in it, but nothing starts there
			item &^= white
			digit, dot, minus := c.digit[i]&^inside, c.dot[i]&^inside, c.minus[i]&^inside
			opening := quote & inside
			// Two things in one addition, for strings and numbers never touch: from the quotes of keys to where they
			// are closed, and from dots through the digits after them.
			runs, run = bits.Add64(inside|digit|dot, opening&item|dot, run)
			key := runs & quote &^ inside
			named, afterKey = bits.Add64(key|open|white, key|open, afterKey)
			named &^= white

			scalar1 := scalar<<1 | lastScalar>>63
			digit1 := digit<<1 | lastDigit>>63
			mark := dot | minus
			mark1 := mark<<1 | lastMark>>63
			lastScalar, lastDigit, lastMark = scalar, digit, mark

			expected := item | value
			bad |= (opening | open | scalar&^scalar1) &^ expected
			bad |= (comma | colon) & expected
			bad |= (shut&expected | colon) &^ named
			c.inList[i] = named&^expected&^colon | item&^(opening|shut)

			zero := c.zero[i] &^ inside & runs &^ digit1
			other, other1 := scalar&^(digit|mark), scalar1&^(digit1|mark1)
			odd := other&^other1 | // begins a word, or stands after a plain number
				runs&dot | minus&scalar1 | // a second dot, a minus inside
				mark1&^digit | dot&^digit1 | // no digit beside one
				(zero<<1|lastZero>>63)&digit
			lastZero = zero
			c.odd[i] = odd
			if odd != 0 {
				c.oddWords |= 1 << i
			}
		}
	}
	w.inString, w.escaped = uint32(inString), uint32(escaped)
	w.afterMark, w.afterColon, w.run, w.afterKey = uint32(afterMark), uint32(afterColon), uint32(run), uint32(afterKey)
	w.lastScalar[last], w.lastDigit[last], w.lastMark[last], w.lastZero[last] = lastScalar, lastDigit, lastMark, lastZero
	w.lastUnicode[last] = unicode
	return bad == 0
}

// escapes checks the escapes of word i and returns its quotes that are not escaped. escaped tells whether its first byte
// is, and then whether that of the next word is; unicode is where u follows a backslash, in the word before and then in this.
func (c *chunk) escapes(i int, escaped, unicode uint64) (quote, escapedNext, unicodeHere, wrong uint64) {
	slash := c.slash[i]
	// In a run of backslashes every other one begins an escape. Subtracting the run's first from what follows it turns
	// the bits at odd distances over, whether the run begins at an even or an odd place.
	begins := slash &^ escaped
	ends := ((begins<<1 | ^uint64(evenBits)) - begins) ^ ^uint64(evenBits)
	all := ends ^ (slash | escaped)
	here := all & c.unicode[i]
	digits := here<<1 | here<<2 | here<<3 | here<<4 | unicode>>63 | unicode>>62 | unicode>>61 | unicode>>60
	return c.quote[i] &^ all, (ends & slash) >> 63, here, all&^c.escape[i] | digits&^c.hex[i]
}

// kinds holds inList and inObject of count chunks against the kinds of containers that walk found.
func kinds(w *vectors, count int) bool {
	bad, object := uint64(0), uint64(int32(w.inObject))
	for k := range w.chunks[:count] {
		c := &w.chunks[k]
		for i := range c.inList {
			change := w.change[k*len(c.inList)+i]
			after := prefixXor(change) ^ object
			inside := after ^ change // a bracket stands in what was before it
			object = uint64(int64(after) >> 63)
			bad |= inside&c.inList[i] | c.inObject[i]&^inside
		}
	}
	w.inObject = uint32(object)
	return bad == 0
}

// prefixXor sets each bit to whether an odd number of bits is set up to there.
func prefixXor(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}
