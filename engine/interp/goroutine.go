package interp

import "runtime"

// Goroutine tells the running goroutine from others, for what may be touched by one of them only. Go has no other way to ask. It takes about
// a microsecond.
func Goroutine() string {
	var room [40]byte // "goroutine 123 ["
	text := room[:runtime.Stack(room[:], false)]
	for i := len("goroutine "); i < len(text); i++ {
		if text[i] == ' ' {
			return string(text[:i])
		}
	}
	return string(text)
}
