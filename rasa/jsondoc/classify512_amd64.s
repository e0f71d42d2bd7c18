//go:build !purego

#include "textflag.h"
#include "go_asm.h"
#include "tables_amd64.h"

// One byte in every byte of z.
#define FILL(byte, z) MOVL $byte, AX; VPBROADCASTB AX, z

// The mask of the bytes of Z0 that equal those of z, into the class at off.
#define CLASS(z, off) VPCMPEQB z, Z0, K1; KMOVQ K1, off(DI)

// func classify512(w *vectors, first int, text *byte, count int)
//
// It looks for no structure: it only writes which bytes are of which class. Two things are rare and dear, so they are
// looked for once per chunk: bytes below a space (Python writes none), and backslashes.
TEXT ·classify512(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), BX
	MOVQ first+8(FP), DI
	MOVQ text+16(FP), SI
	MOVQ count+24(FP), R8
	IMULQ $chunk__size, DI
	LEAQ vectors_chunks(BX)(DI*1), DI

	FILL(0x22, Z16)
	FILL(0x5c, Z17)
	FILL(0x20, Z18)
	FILL(0x2c, Z19)
	FILL(0x3a, Z20)
	FILL(0x7b, Z21)
	FILL(0x7d, Z22)
	FILL(0x30, Z23)
	FILL(0x2e, Z24)
	FILL(0x2d, Z25)
	FILL(10, Z26)
	KMOVQ vectors_slashes(BX), K6 // the backslashes of the block before

chunk:
	VMOVDQA64 Z18, Z14 // the least byte, at most a space; what is outside ASCII is below 0 here
	KMOVQ K6, K7       // backslashes of the chunk, and of the block before
	MOVL $8, CX

block:
	VMOVDQU64 (SI), Z0
	VPMINSB Z0, Z14, Z14
	CLASS(Z16, chunk_quote)
	VPCMPEQB Z17, Z0, K6
	KMOVQ K6, chunk_slash(DI)
	KORQ K6, K7, K7
	CLASS(Z18, chunk_white)
	CLASS(Z19, chunk_comma)
	CLASS(Z20, chunk_colon)
	VPSUBB Z23, Z0, Z2
	VPCMPUB $1, Z26, Z2, K1
	KMOVQ K1, chunk_digit(DI)
	CLASS(Z24, chunk_dot)
	CLASS(Z25, chunk_minus)
	CLASS(Z23, chunk_zero)
	VPORQ Z18, Z0, Z0 // [ and ] become { and }
	CLASS(Z21, chunk_open)
	CLASS(Z22, chunk_shut)
	ADDQ $64, SI
	ADDQ $8, DI
	DECL CX
	JNZ block

	SUBQ $64, DI
	MOVQ $0, chunk_rare(DI)
	VPCMPB $1, Z18, Z14, K1
	KTESTQ K1, K1
	JNZ low
slashes:
	KTESTQ K7, K7
	JNZ escapes
next:
	ADDQ $chunk__size, DI
	DECQ R8
	JNZ chunk

	KMOVQ K6, vectors_slashes(BX)
	VZEROUPPER
	RET

low: // tabs, line ends, what is no white space, and what is outside ASCII
	VPXORQ Z3, Z3, Z3
	VBROADCASTI32X4 ·blankBytes(SB), Z1
	ORQ $const_hasControl, chunk_rare(DI)
	MOVQ $-8, CX
lowBlock:
	MOVQ CX, DX
	SHLQ $6, DX
	VMOVDQU64 (SI)(DX*1), Z0
	VPORQ Z0, Z3, Z3
	VPCMPUB $1, Z18, Z0, K1
	KMOVQ K1, (chunk_control+64)(DI)(CX*8)
	VPSHUFB Z0, Z1, Z2
	VPCMPEQB Z2, Z0, K1
	KMOVQ K1, (chunk_white+64)(DI)(CX*8)
	INCQ CX
	JNZ lowBlock
	VPMOVB2M Z3, K1
	KMOVQ K1, AX
	ORQ AX, vectors_high(BX)
	JMP slashes

escapes: // what may follow a backslash, hexadecimal digits, u
	VBROADCASTI32X4 ·lowNibble(SB), Z1
	VBROADCASTI32X4 ·highNibble(SB), Z2
	FILL(0x0f, Z3)
	FILL(AFTERSLASH, Z4)
	FILL(HEXDIGITS, Z5)
	FILL(0x75, Z6)
	ORQ $const_hasEscape, chunk_rare(DI)
	MOVQ $-8, CX
escapeBlock:
	MOVQ CX, DX
	SHLQ $6, DX
	VMOVDQU64 (SI)(DX*1), Z0
	VPSRLW $4, Z0, Z7
	VPANDQ Z3, Z7, Z7
	VPSHUFB Z7, Z2, Z7
	VPSHUFB Z0, Z1, Z8
	VPANDQ Z7, Z8, Z8
	VPTESTMB Z4, Z8, K1
	KMOVQ K1, (chunk_escape+64)(DI)(CX*8)
	VPTESTMB Z5, Z8, K1
	KMOVQ K1, (chunk_hex+64)(DI)(CX*8)
	VPCMPEQB Z6, Z0, K1
	KMOVQ K1, (chunk_unicode+64)(DI)(CX*8)
	INCQ CX
	JNZ escapeBlock
	JMP next
