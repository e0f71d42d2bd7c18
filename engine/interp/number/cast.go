package number

import "math"

// Signed converts as C's cast to a 64-bit integer does on common processors: it drops the fraction, and what doesn't fit
// becomes the smallest integer.
func Signed(n float64) int64 {
	if n >= -(1<<63) && n < 1<<63 {
		return int64(n)
	}
	return math.MinInt64
}

// Unsigned converts as C's cast to an unsigned 64-bit integer does on common processors: negative numbers wrap around.
func Unsigned(n float64) uint64 {
	if n >= 1<<63 {
		return uint64(Signed(n-(1<<63))) ^ 1<<63
	}
	return uint64(Signed(n))
}

// Position converts a number that says a place or a count in a string: it drops the fraction, and what doesn't fit becomes
// the largest or smallest integer, so that sub(3, math.huge) reaches to the end.
func Position(n float64) int {
	switch {
	case n >= 1<<62:
		return 1 << 62
	case n > -(1 << 62):
		return int(n)
	}
	return -(1 << 62)
}
