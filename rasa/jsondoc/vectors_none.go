//go:build !amd64 || purego

package jsondoc

// vectors is nothing: this build has only the bytewise scanner.
type vectors struct{}

func fastest() method { return bytewise }

func (*vectors) document(*scanner, method) (end int, ok bool) { return 0, false }
