package interp

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// boxes make whole numbers into values. Go allocates for each number that it puts into an interface: here many share an
// allocation. Its zero value is ready.
type boxes struct{ free []lua.LNumber }

const numbersAtOnce = 64

// box returns the number as a value.
func (b *boxes) box(n int) lua.LValue {
	if len(b.free) == 0 {
		b.free = make([]lua.LNumber, numbersAtOnce)
	}
	number := &b.free[0]
	b.free = b.free[1:]
	*number = lua.LNumber(n)
	var value lua.LValue = lua.LNumber(0)
	(*[2]unsafe.Pointer)(unsafe.Pointer(&value))[1] = unsafe.Pointer(number) // nobody changes what it points to any more
	return value
}
