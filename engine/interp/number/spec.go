package number

import (
	"bytes"
	"math"
	"strconv"
)

// Spec is one verb of a C format with its flags. The zero value with a Verb and Precision -1 is the bare verb.
type Spec struct {
	Verb                            byte // d, u, o, x, X for integers; e, E, f, g, G for doubles; s and c for text
	Minus, Plus, Space, Sharp, Zero bool
	Width                           int // in bytes, 0 to 99
	Precision                       int // -1 when none was written, else 0 to 99
}

// AppendInt appends a signed integer as C's %d.
func (p *Spec) AppendInt(dst []byte, n int64) []byte {
	if p.Width == 0 && p.Precision < 0 && !p.Plus && !p.Space {
		return strconv.AppendInt(dst, n, 10)
	}
	var room [24]byte
	if n < 0 {
		return p.AppendDigits(dst, true, strconv.AppendUint(room[:0], -uint64(n), 10))
	}
	return p.AppendDigits(dst, false, strconv.AppendUint(room[:0], uint64(n), 10))
}

// AppendDigits appends an integer of any length, given as decimal digits, as C's %d.
func (p *Spec) AppendDigits(dst []byte, negative bool, digits []byte) []byte {
	return p.appendInteger(dst, p.sign(negative), digits)
}

// AppendUint appends an unsigned integer as C's %u, %o, %x or %X.
func (p *Spec) AppendUint(dst []byte, n uint64) []byte {
	var room [32]byte
	switch p.Verb {
	case 'o':
		digits := strconv.AppendUint(room[:0], n, 8)
		if p.Sharp && n != 0 && p.Precision <= len(digits) {
			digits = append([]byte{'0'}, digits...)
		}
		if p.Sharp && n == 0 && p.Precision == 0 {
			return p.pad(dst, "", digits, false)
		}
		return p.appendInteger(dst, "", digits)
	case 'x', 'X':
		digits := strconv.AppendUint(room[:0], n, 16)
		prefix := ""
		if p.Sharp && n != 0 {
			prefix = "0x"
		}
		if p.Verb == 'X' {
			digits = bytes.ToUpper(digits)
			if prefix != "" {
				prefix = "0X"
			}
		}
		return p.appendInteger(dst, prefix, digits)
	}
	return p.appendInteger(dst, "", strconv.AppendUint(room[:0], n, 10))
}

// appendInteger adds the precision's zeros. C ignores the flag 0 once a precision is written, and writes nothing at all
// for a zero with precision 0.
func (p *Spec) appendInteger(dst []byte, prefix string, digits []byte) []byte {
	if p.Precision < 0 {
		return p.pad(dst, prefix, digits, p.Zero)
	}
	if p.Precision == 0 && len(digits) == 1 && digits[0] == '0' {
		digits = digits[:0]
	}
	if missing := p.Precision - len(digits); missing > 0 {
		var room [128]byte
		long := room[:0]
		for range missing {
			long = append(long, '0')
		}
		digits = append(long, digits...)
	}
	return p.pad(dst, prefix, digits, false)
}

// AppendFloat appends a double as C's %e, %E, %f, %g or %G.
func (p *Spec) AppendFloat(dst []byte, n float64) []byte {
	sign := p.sign(math.Signbit(n))
	n = math.Abs(n)
	var room [512]byte
	if math.IsInf(n, 0) || n != n {
		body := append(room[:0], "inf"...)
		if n != n {
			body = append(room[:0], "nan"...)
		}
		return p.pad(dst, sign, p.cased(body), false)
	}
	precision := p.Precision
	if precision < 0 {
		precision = 6
	}
	var body []byte
	switch p.Verb {
	case 'e', 'E':
		body = p.pointed(strconv.AppendFloat(room[:0], n, 'e', precision, 64))
	case 'f':
		body = p.pointed(strconv.AppendFloat(room[:0], n, 'f', precision, 64))
	default:
		body = p.general(room[:0], n, max(precision, 1))
	}
	return p.pad(dst, sign, p.cased(body), p.Zero)
}

// general is %g. With # the zeros at the end stay, which strconv has no way to say, so the exponent is found first.
func (p *Spec) general(body []byte, n float64, precision int) []byte {
	if !p.Sharp {
		return strconv.AppendFloat(body, n, 'g', precision, 64)
	}
	body = strconv.AppendFloat(body, n, 'e', precision-1, 64)
	exponent, _ := strconv.Atoi(string(body[bytes.IndexByte(body, 'e')+1:]))
	if exponent >= -4 && exponent < precision {
		body = strconv.AppendFloat(body[:0], n, 'f', precision-1-exponent, 64)
	}
	return p.pointed(body)
}

// pointed writes the point that # asks for where no digit follows it.
func (p *Spec) pointed(body []byte) []byte {
	if !p.Sharp || bytes.IndexByte(body, '.') >= 0 {
		return body
	}
	at := bytes.IndexByte(body, 'e')
	if at < 0 {
		return append(body, '.')
	}
	body = append(body, 0)
	copy(body[at+1:], body[at:])
	body[at] = '.'
	return body
}

func (p *Spec) cased(body []byte) []byte {
	if p.Verb == 'E' || p.Verb == 'G' {
		return bytes.ToUpper(body)
	}
	return body
}

func (p *Spec) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case p.Plus:
		return "+"
	case p.Space:
		return " "
	}
	return ""
}

// AppendText appends s as C's %s: cut to the precision, filled with blanks to the width. Both count bytes.
func (p *Spec) AppendText(dst []byte, s string) []byte {
	if p.Precision >= 0 && len(s) > p.Precision {
		s = s[:p.Precision]
	}
	if p.Minus {
		dst = append(dst, s...)
		return fill(dst, ' ', p.Width-len(s))
	}
	return append(fill(dst, ' ', p.Width-len(s)), s...)
}

// AppendByte appends c as C's %c, for which the precision says nothing.
func (p *Spec) AppendByte(dst []byte, c byte) []byte {
	return p.pad(dst, "", []byte{c}, false)
}

func (p *Spec) pad(dst []byte, prefix string, body []byte, zeros bool) []byte {
	missing := p.Width - len(prefix) - len(body)
	if missing > 0 && !p.Minus && !zeros {
		dst = fill(dst, ' ', missing)
	}
	dst = append(dst, prefix...)
	if missing > 0 && !p.Minus && zeros {
		dst = fill(dst, '0', missing)
	}
	dst = append(dst, body...)
	if p.Minus {
		dst = fill(dst, ' ', missing)
	}
	return dst
}

func fill(dst []byte, with byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, with)
	}
	return dst
}
