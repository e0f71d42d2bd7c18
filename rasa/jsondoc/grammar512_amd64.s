//go:build !purego

#include "textflag.h"
#include "go_asm.h"

// d = x + y, both of 512 bits, carry in and out. y must be a part of x. K1, K2, AX and CX are used up. Lanes that
// overflow hand a carry to the next, lanes of ones hand it on: that is itself an addition, of one bit per lane.
#define ADD512(x, y, d, carry) \
	VPADDQ y, x, d;           \
	VPCMPUQ $1, x, d, K1;     \
	VPCMPEQQ Z21, d, K2;      \
	KMOVB K1, AX;             \
	KMOVB K2, CX;             \
	LEAL (carry)(AX*2), AX;   \
	ADDL CX, AX;              \
	XORL AX, CX;              \
	KMOVB CX, K1;             \
	MOVL AX, carry;           \
	SHRL $8, carry;           \
	VPSUBQ Z21, d, K1, d

// d = x << 1, with the last bit of the chunk before, which before keeps. Z18 is used up.
#define NEXT512(x, before, d) \
	VALIGNQ $7, before, x, Z18; \
	VMOVDQA64 x, before;        \
	VPSRLQ $63, Z18, Z18;       \
	VPADDQ x, x, d;             \
	VPORQ Z18, d, d

// Z20 |= x & y, Z20 |= x &^ y
#define BAD(x, y) VPTERNLOGQ $0xf8, y, x, Z20
#define BADNOT(x, y) VPTERNLOGQ $0xf4, y, x, Z20

// func grammar512(w *vectors, count int) (fine bool)
//
// The same as grammar does in Go, on the eight words of a chunk at once; the names of the masks are the same.
TEXT ·grammar512(SB), NOSPLIT, $0-17
	MOVQ w+0(FP), BX
	MOVQ count+8(FP), DI
	LEAQ vectors_chunks(BX), SI

	VPTERNLOGQ $0xff, Z21, Z21, Z21 // ones
	VPXORQ Z20, Z20, Z20            // what is wrong
	MOVQ $0xaaaaaaaaaaaaaaaa, AX
	VPBROADCASTQ AX, Z22
	VMOVDQU64 vectors_lastScalar(BX), Z23
	VMOVDQU64 vectors_lastDigit(BX), Z24
	VMOVDQU64 vectors_lastMark(BX), Z25
	VMOVDQU64 vectors_lastZero(BX), Z26
	VMOVDQU64 vectors_lastUnicode(BX), Z27
	MOVL vectors_inString(BX), R8
	MOVL vectors_escaped(BX), R9
	MOVL vectors_afterMark(BX), R10
	MOVL vectors_afterColon(BX), R11
	MOVL vectors_run(BX), R12
	MOVL vectors_afterKey(BX), R13

chunk:
	VMOVDQU64 chunk_quote(SI), Z0
	MOVQ chunk_rare(SI), DX
	TESTB $const_hasEscape, DX
	JNZ escapes
strings: // Z1 = inside, with the opening quote and without the closing one
	VPSLLQ $1, Z0, Z1
	VPXORQ Z0, Z1, Z1
	VPSLLQ $2, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $4, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $8, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $16, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $32, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPMOVQ2M Z1, K1 // the lanes with an odd number of quotes, then the same over the lanes
	KMOVB K1, AX
	LEAL (AX)(AX*1), CX
	XORL CX, AX
	LEAL (AX*4), CX
	XORL CX, AX
	MOVL AX, CX
	SHLL $4, CX
	XORL CX, AX
	LEAL (AX)(AX*1), CX
	XORL R8, CX
	KMOVB CX, K1
	VPXORQ Z21, Z1, K1, Z1
	SHLL $24, AX
	SARL $31, AX
	XORL AX, R8

	TESTB $const_hasControl, DX
	JNZ control
outside: // the classes outside strings
	VMOVDQU64 chunk_white(SI), Z2
	VMOVDQU64 chunk_comma(SI), Z3
	VMOVDQU64 chunk_colon(SI), Z4
	VMOVDQU64 chunk_open(SI), Z5
	VMOVDQU64 chunk_shut(SI), Z6
	VPORQ Z0, Z1, Z10
	VPTERNLOGQ $0xfe, Z3, Z2, Z10
	VPTERNLOGQ $0xfe, Z5, Z4, Z10
	VPTERNLOGQ $0x11, Z6, Z10, Z10 // scalar = not any of these
	VPANDNQ Z3, Z1, Z3
	VPANDNQ Z4, Z1, Z4
	VPANDNQ Z5, Z1, Z5
	VPANDNQ Z6, Z1, Z6
	VPORQ Z5, Z6, Z15
	VMOVDQU64 Z15, chunk_bracket(SI)
	VMOVDQU64 Z4, chunk_inObject(SI)

	VPORQ Z3, Z5, Z15
	VPORQ Z2, Z15, Z16
	ADD512(Z16, Z15, Z11, R10)
	VPANDNQ Z11, Z2, Z11 // item = after , and opening brackets
	VPORQ Z2, Z4, Z16
	ADD512(Z16, Z4, Z12, R11)
	// Z12 = value = after :, or white space, where nothing starts

	VPANDNQ chunk_digit(SI), Z1, Z7
	VPANDNQ chunk_dot(SI), Z1, Z8
	VPANDNQ chunk_minus(SI), Z1, Z9
	VPANDQ Z0, Z1, Z14  // opening quotes
	VPANDQ Z11, Z14, Z15
	VPORQ Z8, Z15, Z15  // keys and dots
	VPORQ Z1, Z7, Z16
	VPORQ Z8, Z16, Z16  // strings, digits and dots
	ADD512(Z16, Z15, Z13, R12)
	VPANDNQ Z0, Z1, Z15
	VPANDQ Z13, Z15, Z15 // closing quotes of keys
	VPORQ Z5, Z15, Z15
	VPORQ Z2, Z15, Z16
	ADD512(Z16, Z15, Z17, R13)
	VPANDNQ Z17, Z2, Z17 // named = after keys and opening brackets

	NEXT512(Z10, Z23, Z19) // after a scalar's byte
	VPORQ Z8, Z9, Z15
	NEXT512(Z15, Z25, Z28) // after a dot or minus
	NEXT512(Z7, Z24, Z29)  // after a digit

	VPORQ Z11, Z12, Z16 // expected
	VPANDNQ Z10, Z19, Z30
	VPTERNLOGQ $0xfe, Z5, Z14, Z30 // where values start
	BADNOT(Z30, Z16)
	VPORQ Z3, Z4, Z31
	BAD(Z31, Z16)
	VPANDQ Z6, Z16, Z31
	BADNOT(Z31, Z17)
	BADNOT(Z4, Z17)
	// In lists only: what follows a key and is no colon, and an item that is neither text nor the end.
	VPANDNQ Z17, Z16, Z17
	VPANDNQ Z17, Z4, Z17
	VPORQ Z6, Z14, Z14
	VPTERNLOGQ $0xf4, Z14, Z11, Z17
	VMOVDQU64 Z17, chunk_inList(SI)

	// Scalars that are no plain numbers.
	VPORQ Z7, Z15, Z16
	VPANDNQ Z10, Z16, Z16 // other bytes
	VPORQ Z28, Z29, Z31
	VPANDNQ Z19, Z31, Z31 // after another byte
	VPANDNQ Z16, Z31, Z16
	VPTERNLOGQ $0xf8, Z8, Z13, Z16  // a second dot
	VPTERNLOGQ $0xf8, Z19, Z9, Z16  // a minus inside
	VPTERNLOGQ $0xf4, Z7, Z28, Z16  // no digit after a dot or minus
	VPTERNLOGQ $0xf4, Z29, Z8, Z16  // no digit before a dot
	VPANDNQ chunk_zero(SI), Z1, Z15
	VPANDQ Z13, Z15, Z15
	VPANDNQ Z15, Z29, Z15
	NEXT512(Z15, Z26, Z30)
	VPTERNLOGQ $0xf8, Z7, Z30, Z16 // a digit after a leading zero
	VMOVDQU64 Z16, chunk_odd(SI)
	VPTESTMQ Z16, Z16, K1
	KMOVB K1, AX
	MOVQ AX, chunk_oddWords(SI)

	ADDQ $chunk__size, SI
	DECQ DI
	JNZ chunk

	VMOVDQU64 Z23, vectors_lastScalar(BX)
	VMOVDQU64 Z24, vectors_lastDigit(BX)
	VMOVDQU64 Z25, vectors_lastMark(BX)
	VMOVDQU64 Z26, vectors_lastZero(BX)
	VMOVDQU64 Z27, vectors_lastUnicode(BX)
	MOVL R8, vectors_inString(BX)
	MOVL R9, vectors_escaped(BX)
	MOVL R10, vectors_afterMark(BX)
	MOVL R11, vectors_afterColon(BX)
	MOVL R12, vectors_run(BX)
	MOVL R13, vectors_afterKey(BX)
	VPTESTMQ Z20, Z20, K1
	KTESTB K1, K1
	SETEQ fine+16(FP)
	VZEROUPPER
	RET

control:
	VMOVDQU64 chunk_control(SI), Z2
	BAD(Z2, Z1)
	JMP outside

escapes: // Z0 loses the escaped quotes
	VMOVDQU64 chunk_slash(SI), Z1
	KMOVB R9, K3
	VPSRLQ.Z $63, Z21, K3, Z2 // the first bit, if that byte is escaped
	VPANDNQ Z1, Z2, Z3      // backslashes that may begin an escape
	VPXORQ Z4, Z4, Z4
	VALIGNQ $7, Z4, Z3, Z5
	VPSRLQ $63, Z5, Z5
	VPADDQ Z3, Z3, Z4
	VPTERNLOGQ $0xfe, Z22, Z5, Z4 // after these, and the odd bits
	VPSUBQ Z3, Z4, Z5
	VPCMPUQ $1, Z3, Z4, K1  // lanes that borrow
	VPTESTNMQ Z5, Z5, K2    // lanes that hand it on
	KMOVB K1, AX
	KMOVB K2, CX
	ADDL AX, AX
	ADDL CX, AX
	XORL AX, CX
	KMOVB CX, K1
	VPADDQ Z21, Z5, K1, Z5
	VPXORQ Z22, Z5, Z5      // backslashes that begin an escape, and what ends a run of them
	VPORQ Z1, Z2, Z3
	VPXORQ Z5, Z3, Z3       // escaped
	VPANDQ Z5, Z1, Z5
	VPMOVQ2M Z5, K1
	KMOVB K1, R9
	SHRL $7, R9
	VPANDNQ Z0, Z3, Z0
	VMOVDQU64 chunk_escape(SI), Z4
	BADNOT(Z3, Z4)
	VPANDQ chunk_unicode(SI), Z3, Z3
	VALIGNQ $7, Z27, Z3, Z5
	VMOVDQA64 Z3, Z27
	VPADDQ Z3, Z3, Z4
	VPSRLQ $63, Z5, Z6
	VPORQ Z6, Z4, Z4
	VPSLLQ $2, Z3, Z6
	VPSRLQ $62, Z5, Z7
	VPTERNLOGQ $0xfe, Z7, Z6, Z4
	VPSLLQ $3, Z3, Z6
	VPSRLQ $61, Z5, Z7
	VPTERNLOGQ $0xfe, Z7, Z6, Z4
	VPSLLQ $4, Z3, Z6
	VPSRLQ $60, Z5, Z7
	VPTERNLOGQ $0xfe, Z7, Z6, Z4
	VMOVDQU64 chunk_hex(SI), Z5
	BADNOT(Z4, Z5)
	JMP strings

// func kinds512(w *vectors, count int) (fine bool)
//
// Turns the places where the kind of container changes into a mask of what is in objects, and holds against it what can
// only be in one of the two kinds.
TEXT ·kinds512(SB), NOSPLIT, $0-17
	MOVQ w+0(FP), BX
	MOVQ count+8(FP), DI
	LEAQ vectors_chunks(BX), SI
	LEAQ vectors_change(BX), DX
	MOVL vectors_inObject(BX), R8
	VPTERNLOGQ $0xff, Z21, Z21, Z21
	VPXORQ Z20, Z20, Z20

kinds:
	VMOVDQU64 (DX), Z0
	VPSLLQ $1, Z0, Z1
	VPXORQ Z0, Z1, Z1
	VPSLLQ $2, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $4, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $8, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $16, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPSLLQ $32, Z1, Z2
	VPXORQ Z2, Z1, Z1
	VPMOVQ2M Z1, K1
	KMOVB K1, AX
	LEAL (AX)(AX*1), CX
	XORL CX, AX
	LEAL (AX*4), CX
	XORL CX, AX
	MOVL AX, CX
	SHLL $4, CX
	XORL CX, AX
	LEAL (AX)(AX*1), CX
	XORL R8, CX
	KMOVB CX, K1
	VPXORQ Z21, Z1, K1, Z1
	SHLL $24, AX
	SARL $31, AX
	XORL AX, R8
	VPXORQ Z0, Z1, Z1 // a bracket stands in what was before it
	VMOVDQU64 chunk_inList(SI), Z2
	BAD(Z2, Z1)
	VMOVDQU64 chunk_inObject(SI), Z2
	BADNOT(Z2, Z1)
	ADDQ $chunk__size, SI
	ADDQ $64, DX
	DECQ DI
	JNZ kinds

	MOVL R8, vectors_inObject(BX)
	VPTESTMQ Z20, Z20, K1
	KTESTB K1, K1
	SETEQ fine+16(FP)
	VZEROUPPER
	RET
