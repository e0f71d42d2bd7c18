// Package number is what Lua 5.1 takes for a number and how it writes one: conversion from text, to text, the numeric verbs
// of string.format, and integers too long for a double.
package number

import (
	"math"
	"strconv"
)

// wholeLimit is 2^53: up to there each whole number has a double of its own, so all its digits are worth printing.
const wholeLimit = 1 << 53

// Append appends n as tostring writes it: whole numbers up to 2^53 with all their digits, others as C's "%.14g", infinity as
// "inf" or "-inf", what is not a number as "nan" or "-nan".
func Append(dst []byte, n float64) []byte {
	if n >= -wholeLimit && n <= wholeLimit {
		if whole := int64(n); float64(whole) == n {
			if whole == 0 && math.Signbit(n) {
				return append(dst, "-0"...)
			}
			return strconv.AppendInt(dst, whole, 10)
		}
	}
	if math.IsInf(n, 0) || n != n {
		return appendSpecial(dst, n)
	}
	return strconv.AppendFloat(dst, n, 'g', 14, 64)
}

// Format returns what Append appends.
func Format(n float64) string {
	var room [32]byte
	return string(Append(room[:0], n))
}

func appendSpecial(dst []byte, n float64) []byte {
	if math.Signbit(n) {
		dst = append(dst, '-')
	}
	if n != n {
		return append(dst, "nan"...)
	}
	return append(dst, "inf"...)
}
