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

DATA ·counting+0(SB)/8, $0x0706050403020100
DATA ·counting+8(SB)/8, $0x0f0e0d0c0b0a0908
DATA ·counting+16(SB)/8, $0x1716151413121110
DATA ·counting+24(SB)/8, $0x1f1e1d1c1b1a1918
DATA ·counting+32(SB)/8, $0x2726252423222120
DATA ·counting+40(SB)/8, $0x2f2e2d2c2b2a2928
DATA ·counting+48(SB)/8, $0x3736353433323130
DATA ·counting+56(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL ·counting(SB), RODATA|NOPTR, $64
