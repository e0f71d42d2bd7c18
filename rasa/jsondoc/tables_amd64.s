//go:build !purego

#include "textflag.h"

// White space stands at its own low four bits; the other places match no byte.
DATA ·blankBytes+0(SB)/8, $0xffffffffffffff20
DATA ·blankBytes+8(SB)/8, $0xffff0dffff0a09ff
GLOBL ·blankBytes(SB), RODATA|NOPTR, $16

// Sets of bytes, a bit each: a byte is in a set if the bit stands in the tables both at its low and at its high four
// bits. 1 is " and /, 2 is \, 4 is b f n, 8 is r t u, 16 the digits, 32 the letters a to f, small or not.
// AFTERSLASH and HEXDIGITS are put together of them.
DATA ·lowNibble+0(SB)/8, $0x10343838303d3010
DATA ·lowNibble+8(SB)/8, $0x0104000200001010
GLOBL ·lowNibble(SB), RODATA|NOPTR, $16
DATA ·highNibble+0(SB)/8, $0x0824022010010000
DATA ·highNibble+8(SB)/8, $0
GLOBL ·highNibble(SB), RODATA|NOPTR, $16

DATA ·nines+0(SB)/8, $0x0909090909090909
DATA ·nines+8(SB)/8, $0x0909090909090909
DATA ·nines+16(SB)/8, $0x0909090909090909
DATA ·nines+24(SB)/8, $0x0909090909090909
GLOBL ·nines(SB), RODATA|NOPTR, $32
