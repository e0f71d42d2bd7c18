//go:build !purego

#include "textflag.h"
#include "go_asm.h"
#include "tables_amd64.h"

#define FILL(byte, x, y) MOVL $byte, AX; VMOVD AX, x; VPBROADCASTB x, y

// Two masks of 32 bits from a and b, as one of 64 at off.
#define STORE(a, b, off) \
	VPMOVMSKB a, AX; \
	VPMOVMSKB b, DX; \
	SHLQ $32, DX;    \
	ORQ DX, AX;      \
	MOVQ AX, off

// The mask of the bytes of Y0 and Y1 that equal those of y.
#define CLASS(y, off) \
	VPCMPEQB y, Y0, Y2; \
	VPCMPEQB y, Y1, Y3; \
	STORE(Y2, Y3, off)

// func classify2(w *vectors, first int, text *byte, count int)
//
// As classify512, with 32 bytes at a time.
TEXT ·classify2(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), BX
	MOVQ first+8(FP), DI
	MOVQ text+16(FP), SI
	MOVQ count+24(FP), R8
	IMULQ $chunk__size, DI
	LEAQ vectors_chunks(BX)(DI*1), DI
	MOVQ vectors_slashes(BX), R9
	VPXOR Y15, Y15, Y15 // all bytes, or-ed

chunk:
	FILL(0x20, X14, Y14) // the least byte, at most a space
	MOVQ R9, R10 // backslashes of the chunk, and of the block before
	MOVL $8, CX
	FILL(0x22, X4, Y4)
	FILL(0x5c, X5, Y5)
	FILL(0x20, X6, Y6)
	FILL(0x2c, X7, Y7)
	FILL(0x3a, X8, Y8)
	FILL(0x7b, X9, Y9)
	FILL(0x7d, X10, Y10)
	FILL(0x30, X11, Y11)
	FILL(0x2e, X12, Y12)
	FILL(0x2d, X13, Y13)

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPOR Y0, Y15, Y15
	VPOR Y1, Y15, Y15
	VPMINUB Y0, Y14, Y14
	VPMINUB Y1, Y14, Y14
	CLASS(Y4, chunk_quote(DI))
	CLASS(Y5, chunk_slash(DI))
	MOVQ AX, R9
	ORQ AX, R10
	CLASS(Y6, chunk_white(DI))
	CLASS(Y7, chunk_comma(DI))
	CLASS(Y8, chunk_colon(DI))
	CLASS(Y12, chunk_dot(DI))
	CLASS(Y13, chunk_minus(DI))
	CLASS(Y11, chunk_zero(DI))
	// A digit is what is at most 9 without '0'.
	VPSUBB Y11, Y0, Y2
	VPMINUB ·nines(SB), Y2, Y3
	VPCMPEQB Y2, Y3, Y2
	VPMOVMSKB Y2, AX
	VPSUBB Y11, Y1, Y2
	VPMINUB ·nines(SB), Y2, Y3
	VPCMPEQB Y2, Y3, Y2
	VPMOVMSKB Y2, DX
	SHLQ $32, DX
	ORQ DX, AX
	MOVQ AX, chunk_digit(DI)
	VPOR Y6, Y0, Y0 // [ and ] become { and }
	VPOR Y6, Y1, Y1
	CLASS(Y9, chunk_open(DI))
	CLASS(Y10, chunk_shut(DI))
	ADDQ $64, SI
	ADDQ $8, DI
	DECL CX
	JNZ block

	SUBQ $64, DI
	MOVQ $0, chunk_rare(DI)
	VPCMPEQB Y6, Y14, Y14
	VPMOVMSKB Y14, AX
	CMPL AX, $-1
	JNE low
slashes:
	TESTQ R10, R10
	JNZ escapes
next:
	ADDQ $chunk__size, DI
	DECQ R8
	JNZ chunk

	MOVQ R9, vectors_slashes(BX)
	VPMOVMSKB Y15, AX
	ORQ AX, vectors_high(BX)
	VZEROUPPER
	RET

low: // tabs, line ends and what is no white space
	VBROADCASTI128 ·blankBytes(SB), Y4
	FILL(0x1f, X5, Y5)
	ORQ $const_hasControl, chunk_rare(DI)
	MOVQ $-8, CX
lowBlock:
	MOVQ CX, DX
	SHLQ $6, DX
	VMOVDQU (SI)(DX*1), Y0
	VMOVDQU 32(SI)(DX*1), Y1
	VPMINUB Y5, Y0, Y2
	VPMINUB Y5, Y1, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	STORE(Y2, Y3, (chunk_control+64)(DI)(CX*8))
	VPSHUFB Y0, Y4, Y2
	VPSHUFB Y1, Y4, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	STORE(Y2, Y3, (chunk_white+64)(DI)(CX*8))
	INCQ CX
	JNZ lowBlock
	JMP slashes

escapes: // what may follow a backslash, hexadecimal digits, u
	VBROADCASTI128 ·lowNibble(SB), Y4
	VBROADCASTI128 ·highNibble(SB), Y5
	FILL(0x0f, X6, Y6)
	FILL(AFTERSLASH, X7, Y7)
	FILL(HEXDIGITS, X8, Y8)
	FILL(0x75, X9, Y9)
	VPXOR Y10, Y10, Y10
	ORQ $const_hasEscape, chunk_rare(DI)
	MOVQ $-8, CX
escapeBlock:
	MOVQ CX, DX
	SHLQ $6, DX
	VMOVDQU (SI)(DX*1), Y0
	VMOVDQU 32(SI)(DX*1), Y1
	VPCMPEQB Y9, Y0, Y2
	VPCMPEQB Y9, Y1, Y3
	STORE(Y2, Y3, (chunk_unicode+64)(DI)(CX*8))
	VPSRLW $4, Y0, Y2
	VPSRLW $4, Y1, Y3
	VPAND Y6, Y2, Y2
	VPAND Y6, Y3, Y3
	VPSHUFB Y2, Y5, Y2
	VPSHUFB Y3, Y5, Y3
	VPSHUFB Y0, Y4, Y0
	VPSHUFB Y1, Y4, Y1
	VPAND Y2, Y0, Y0
	VPAND Y3, Y1, Y1
	VPAND Y7, Y0, Y2
	VPAND Y7, Y1, Y3
	VPCMPEQB Y10, Y2, Y2
	VPCMPEQB Y10, Y3, Y3
	STORE(Y2, Y3, (chunk_escape+64)(DI)(CX*8))
	NOTQ (chunk_escape+64)(DI)(CX*8)
	VPAND Y8, Y0, Y2
	VPAND Y8, Y1, Y3
	VPCMPEQB Y10, Y2, Y2
	VPCMPEQB Y10, Y3, Y3
	STORE(Y2, Y3, (chunk_hex+64)(DI)(CX*8))
	NOTQ (chunk_hex+64)(DI)(CX*8)
	INCQ CX
	JNZ escapeBlock
	JMP next
