package jsondoc

import (
	"math"
	"strconv"
)

// Float is the double nearest to a number, as Python reads it: 1e400 is +Inf, and NaN, Infinity and -Infinity are what
// they say. It is NaN for what is no number.
func (v Value) Float() float64 {
	if v.kind != Number {
		return math.NaN()
	}
	raw := v.Raw()
	if n, ok := smallInteger(raw); ok {
		return n
	}
	switch raw[len(raw)-1] {
	case 'N':
		return math.NaN()
	case 'y':
		if raw[0] == '-' {
			return math.Inf(-1)
		}
		return math.Inf(1)
	}
	// An error can only be that the number is out of range, and then f is the infinity wanted.
	f, _ := strconv.ParseFloat(string(raw), 64)
	return f
}

// smallInteger reads up to 15 digits, which a double always holds exactly.
func smallInteger(raw []byte) (float64, bool) {
	digits := raw
	if raw[0] == '-' {
		digits = raw[1:]
	}
	if len(digits) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	f := float64(n)
	if raw[0] == '-' {
		f = math.Copysign(f, -1) // -0 keeps its sign
	}
	return f, true
}

// IsInteger tells whether a number is written without a fraction and an exponent, and is none of NaN, Infinity and
// -Infinity.
func (v Value) IsInteger() bool {
	if v.kind != Number {
		return false
	}
	for _, c := range v.Raw() {
		if c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
