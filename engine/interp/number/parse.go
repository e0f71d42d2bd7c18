package number

import "strconv"

// Parse converts text to a number as Lua 5.1 does: blanks around it, a sign, decimal digits with point and exponent, or a
// hexadecimal integer. It takes no octal, no underscores, no names such as "inf". Too large a number is infinite.
func Parse(s string) (float64, bool) {
	s = trim(s)
	body, negative := cutSign(s)
	if len(body) >= 2 && body[0] == '0' && body[1]|0x20 == 'x' {
		n, ok := parseHex(body[2:])
		return signed(n, negative), ok
	}
	if len(body) == 0 {
		return 0, false
	}
	if n, ok := shortDecimal(body); ok {
		return signed(n, negative), true
	}
	if !isDecimal(body) {
		return 0, false
	}
	// The only error left is a number out of range, for which ParseFloat returns the infinity that strtod returns too.
	n, _ := strconv.ParseFloat(body, 64)
	return signed(n, negative), true
}

// ParseBase converts text to a whole number in a base from 2 to 36, as tonumber(s, base) does; base 10 is Parse.
func ParseBase(s string, base int) (float64, bool) {
	if base == 10 {
		return Parse(s)
	}
	if base < 2 || base > 36 {
		return 0, false
	}
	s = trim(s)
	body, negative := cutSign(s)
	if base == 16 && len(body) >= 2 && body[0] == '0' && body[1]|0x20 == 'x' {
		body = body[2:]
	}
	if len(body) == 0 {
		return 0, false
	}
	n := 0.0
	for i := range len(body) {
		d := digit(body[i])
		if d >= base {
			return 0, false
		}
		n = n*float64(base) + float64(d)
	}
	return signed(n, negative), true
}

func signed(n float64, negative bool) float64 {
	if negative {
		return -n
	}
	return n
}

func trim(s string) string {
	for len(s) > 0 && isBlank(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func cutSign(s string) (string, bool) {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		return s[1:], s[0] == '-'
	}
	return s, false
}

// shortDecimal is the common case: a few digits and nothing else.
func shortDecimal(s string) (float64, bool) {
	if len(s) > 15 {
		return 0, false
	}
	n := int64(0)
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int64(d)
	}
	return float64(n), true
}

func isDecimal(s string) bool {
	rest, whole := cutDigits(s)
	fraction := 0
	if len(rest) > 0 && rest[0] == '.' {
		rest, fraction = cutDigits(rest[1:])
	}
	if whole+fraction == 0 {
		return false
	}
	if len(rest) == 0 {
		return true
	}
	if rest[0]|0x20 != 'e' {
		return false
	}
	exponent, _ := cutSign(rest[1:])
	rest, n := cutDigits(exponent)
	return n > 0 && rest == ""
}

func cutDigits(s string) (rest string, n int) {
	for n < len(s) && s[n]-'0' <= 9 {
		n++
	}
	return s[n:], n
}

func parseHex(s string) (float64, bool) {
	if len(s) == 0 {
		return 0, false
	}
	n := uint64(0)
	for i := range len(s) {
		d := digit(s[i])
		if d > 15 {
			return 0, false
		}
		n = n<<4 | uint64(d)
	}
	if len(s) <= 16 {
		return float64(n), true
	}
	far, _ := strconv.ParseFloat("0x"+s+"p0", 64)
	return far, true
}

// digit is the value of a digit in any base up to 36, or 36 for another byte.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return int(c|0x20-'a') + 10
	}
	return 36
}
