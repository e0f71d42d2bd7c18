package jsondoc

// method is a way to check a text. All of them take the same texts and write the same tape; only bytewise says what is
// wrong.
type method uint8

const (
	bytewise method = iota
	avx2
	avx512 // F, BW and DQ
	avx512VBMI2
)
