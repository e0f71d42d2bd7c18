//go:build !purego

#include "textflag.h"
#include "go_asm.h"

// func places(w *vectors, count int, list *uint32) (brackets int)
//
// A loop over the bits of each word would end where no processor foresees it, so four are taken whether they are there or
// not.
TEXT ·places(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), BX
	MOVQ count+8(FP), CX
	MOVL vectors_base(BX), DX
	LEAQ vectors_chunks(BX), SI
	MOVQ list+16(FP), DI

chunk:
	MOVL $8, R8
word:
	MOVQ chunk_bracket(SI), AX
	POPCNTQ AX, R9
	TZCNTQ AX, R10
	ADDL DX, R10
	MOVL R10, 0(DI)
	BLSRQ AX, AX
	TZCNTQ AX, R10
	ADDL DX, R10
	MOVL R10, 4(DI)
	BLSRQ AX, AX
	TZCNTQ AX, R10
	ADDL DX, R10
	MOVL R10, 8(DI)
	BLSRQ AX, AX
	TZCNTQ AX, R10
	ADDL DX, R10
	MOVL R10, 12(DI)
	CMPQ R9, $4
	JA many
flat:
	LEAQ (DI)(R9*4), DI
	ADDQ $8, SI
	ADDL $64, DX
	DECL R8
	JNZ word
	ADDQ $(chunk__size-64), SI
	DECQ CX
	JNZ chunk
	SUBQ list+16(FP), DI
	SHRQ $2, DI
	MOVQ DI, brackets+24(FP)
	RET

many:
	MOVL $4, R11
more:
	BLSRQ AX, AX
	TZCNTQ AX, R10
	ADDL DX, R10
	MOVL R10, (DI)(R11*4)
	INCL R11
	CMPL R11, R9
	JB more
	JMP flat

// func places512(w *vectors, count int, list *uint32) (brackets int)
//
// As places, 16 at once.
TEXT ·places512(SB), NOSPLIT, $0-32
	MOVQ w+0(FP), BX
	MOVQ count+8(FP), CX
	MOVQ list+16(FP), DI
	LEAQ vectors_chunks(BX), SI
	VMOVDQU64 ·counting(SB), Z0
	VPBROADCASTD vectors_base(BX), Z1
	MOVL $64, AX
	VPBROADCASTD AX, Z2

chunk:
	MOVL $8, R8
word:
	KMOVQ chunk_bracket(SI), K1
	POPCNTQ chunk_bracket(SI), R9
	VPCOMPRESSB.Z Z0, K1, Z3
	VPMOVZXBD X3, Z4
	VPADDD Z1, Z4, Z4
	VMOVDQU32 Z4, (DI)
	CMPQ R9, $16
	JA many
flat:
	VPADDD Z2, Z1, Z1
	LEAQ (DI)(R9*4), DI
	ADDQ $8, SI
	DECL R8
	JNZ word
	ADDQ $(chunk__size-64), SI
	DECQ CX
	JNZ chunk
	SUBQ list+16(FP), DI
	SHRQ $2, DI
	MOVQ DI, brackets+24(FP)
	VZEROUPPER
	RET

many:
	VEXTRACTI32X4 $1, Z3, X4
	VPMOVZXBD X4, Z4
	VPADDD Z1, Z4, Z4
	VMOVDQU32 Z4, 64(DI)
	VEXTRACTI32X4 $2, Z3, X4
	VPMOVZXBD X4, Z4
	VPADDD Z1, Z4, Z4
	VMOVDQU32 Z4, 128(DI)
	VEXTRACTI32X4 $3, Z3, X4
	VPMOVZXBD X4, Z4
	VPADDD Z1, Z4, Z4
	VMOVDQU32 Z4, 192(DI)
	JMP flat

// func walk(w *vectors, text *byte, tape *entry, list *uint32, brackets int) (root int)
//
// Whether a bracket opens or closes nothing branches on, for no processor could guess it: every bracket writes what both
// would write, at places where what is too much does no harm (the entry after the last, the stack above its top, the end
// of a container that is still open).
TEXT ·walk(SB), NOSPLIT, $0-48
	MOVQ w+0(FP), BX
	MOVQ list+24(FP), SI
	MOVQ brackets+32(FP), R14
	LEAQ (SI)(R14*4), R14
	MOVQ text+8(FP), R8
	MOVQ tape+16(FP), R9
	MOVL vectors_containers(BX), R10
	MOVL vectors_depth(BX), R11
	LEAQ vectors_stack(BX), R12
	MOVL (R12)(R11*4), R13 // what the next bracket stands in; the lowest bit tells an object
	MOVL vectors_base(BX), AX
	SHRL $3, AX
	LEAQ vectors_change(BX), R15
	SUBQ AX, R15 // so that an offset of the text finds its word
	XORL BX, BX  // the lowest bit: brackets that are no pair

bracket:
	MOVL (SI), AX
	ADDQ $4, SI
	MOVBLZX (R8)(AX*1), CX
	MOVL CX, DX
	SHRL $5, DX
	ANDL $1, DX // an object's
	SHRL $1, CX
	ANDL $1, CX // opening
	LEAL (DX)(R10*2), DI
	MOVL DI, 4(R12)(R11*4)
	ADDL CX, R11
	MOVL (R12)(R11*4), DI // the container that is opened or closed
	XORL DI, DX
	ORL DX, BX
	SHRL $1, DI
	LEAQ (DI)(DI*2), DI
	LEAQ (R10)(R10*2), DX
	ADDL CX, R10
	LEAQ -1(R11)(CX*1), R11
	LEAL 1(AX), CX
	MOVL AX, entry_start(R9)(DX*4)
	MOVL CX, entry_end(R9)(DI*4)
	MOVL R10, entry_next(R9)(DI*4)
	MOVL (R12)(R11*4), DI // what comes next stands in it
	XORL DI, R13
	ANDL $1, R13
	SHLXQ AX, R13, R13
	SHRL $6, AX
	XORQ R13, (R15)(AX*8)
	MOVL DI, R13
	LEAL -1(R11), DI
	CMPL DI, $const_MaxDepth
	JAE out // out of the root, or too deep
	CMPQ SI, R14
	JB bracket
	XORL CX, CX

out:
	MOVQ $-1, AX
	CMPL R11, $const_MaxDepth
	JHI done
	TESTL $1, BX
	JNZ done
	MOVQ w+0(FP), BX
	MOVL R10, vectors_containers(BX)
	MOVL R11, vectors_depth(BX)
	MOVLQZX CX, AX
done:
	MOVQ AX, root+40(FP)
	RET
