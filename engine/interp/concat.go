package interp

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// concatHook is the hidden name of a function that joins its arguments as the operator does, for chunk.Compile to call where
// a script writes the operator: the library's own writes numbers as Go does, and makes strings of any length.
const concatHook = "\x00concat"

func (s *State) concat(L *lua.LState) int {
	n := L.GetTop()
	size, plain := 0, true
	for i := 1; i <= n && plain; i++ {
		bytes := textSize(L.Get(i))
		size += bytes
		plain = bytes >= 0
	}
	if plain {
		L.Push(s.joined(L, 1, n, size))
		return 1
	}
	// Some value has a metamethod, or none: pair by pair from the right, but runs of texts at once.
	for n > 1 {
		right := L.Get(n)
		first := n
		for first > 1 && textSize(right) >= 0 && textSize(L.Get(first-1)) >= 0 {
			first--
		}
		if first < n {
			size = 0
			for i := first; i <= n; i++ {
				size += textSize(L.Get(i))
			}
			L.Replace(first, s.joined(L, first, n, size))
			n = first
			continue
		}
		left := L.Get(n - 1)
		event := L.GetMetaField(left, "__concat")
		if event == lua.LNil {
			event = L.GetMetaField(right, "__concat")
		}
		if !callable(L, event) {
			s.badPair = n - 1
			L.RaiseError("cannot perform concat operation between %s and %s", left.Type(), right.Type())
		}
		L.Push(event)
		L.Push(left)
		L.Push(right)
		L.Call(2, 1)
		result := L.Get(-1)
		L.Pop(1)
		n--
		L.Replace(n, result)
	}
	L.SetTop(1)
	return 1
}

// joined is the text of the arguments first to last, which have size bytes.
func (s *State) joined(L *lua.LState, first, last, size int) lua.LValue {
	var room [256]byte
	result := room[:0]
	if size > len(room) {
		if size > 1<<10 {
			s.meter.Step(L, size/64)
			s.meter.Grow(L, "..", size)
		}
		result = make([]byte, 0, size)
	}
	for i := first; i <= last; i++ {
		switch v := L.Get(i).(type) {
		case lua.LString:
			result = append(result, v...)
		case lua.LNumber:
			result = number.Append(result, float64(v))
		default:
			text, _ := asText(v)
			result = append(result, text...)
		}
	}
	if size > len(room) {
		return lua.LString(unsafe.String(unsafe.SliceData(result), len(result))) // its own memory already
	}
	return s.strings.Text(L, "..", result)
}
