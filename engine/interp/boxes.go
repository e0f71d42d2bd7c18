package interp

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// boxes make whole numbers into values, also those that number.Whole has not at hand: many share an allocation. Its zero value is
// ready.
type boxes struct{ free []lua.LNumber }

const numbersAtOnce = 64

// box returns the number as a value.
func (b *boxes) box(n int) lua.LValue {
	if number.IsReady(n) {
		return number.Whole(n)
	}
	if len(b.free) == 0 {
		b.free = make([]lua.LNumber, numbersAtOnce)
	}
	place := &b.free[0]
	b.free = b.free[1:]
	*place = lua.LNumber(n)
	var value lua.LValue = lua.LNumber(0)
	(*[2]unsafe.Pointer)(unsafe.Pointer(&value))[1] = unsafe.Pointer(place) // nobody changes what it points to any more
	return value
}
