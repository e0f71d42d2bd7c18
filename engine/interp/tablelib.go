package interp

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/number"
)

func (s *State) tableFunctions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"concat": s.tableConcat,
		"insert": s.tableInsert,
		"maxn":   s.tableMaxN,
		"remove": s.tableRemove,
		"sort":   s.tableSort,
	}
}

func (s *State) tableConcat(L *lua.LState) int {
	separator := ""
	if L.Get(2) != lua.LNil {
		separator = argText(L, 2)
	}
	t := s.shown(L, 1)
	from := optInt(L, 3, 1)
	to := optInt(L, 4, t.Len())
	// Growing once costs a second walk over the list and saves copying a long result several times.
	size := 0
	for i := from; i <= to; i++ {
		s.meter.Step(L, 1)
		n := textSize(item(t, i))
		if n < 0 {
			L.RaiseError("invalid value (%s) at index %d in table for 'concat'", typeName(item(t, i)), i)
		}
		size += n
		if i < to {
			size += len(separator)
		}
		if size > meter.MaxString {
			break
		}
	}
	s.meter.Grow(L, "table.concat", size)
	result := make([]byte, 0, size)
	for i := from; i <= to; i++ {
		s.meter.Step(L, 1)
		switch v := item(t, i).(type) {
		case lua.LString:
			s.meter.Step(L, len(v)/64)
			result = append(result, v...)
		case lua.LNumber:
			result = number.Append(result, float64(v))
		default:
			text, _ := asText(v)
			result = append(result, text...)
		}
		if i < to {
			result = append(result, separator...)
		}
	}
	L.Push(lua.LString(result))
	return 1
}

// textSize is at least how many bytes the text of v has, -1 if Lua takes v for no text.
func textSize(v lua.LValue) int {
	switch v := v.(type) {
	case lua.LString:
		return len(v)
	case lua.LNumber:
		var room [32]byte
		return len(number.Append(room[:0], float64(v)))
	}
	if text, ok := asText(v); ok {
		return len(text)
	}
	return -1
}

func (s *State) tableInsert(L *lua.LState) int {
	t := s.writable(L, 1)
	end := t.Len() + 1
	position := end
	value := L.Get(L.GetTop())
	switch L.GetTop() {
	case 2:
	case 3:
		position = argInt(L, 2)
		end = max(end, position)
	default:
		L.RaiseError("wrong number of arguments to 'insert'")
	}
	if end >= maxArrayIndex && value != lua.LNil && position <= t.Len()+1 {
		L.RaiseError("a list can't have more than %d items", maxArrayIndex-1)
	}
	for i := end; i > position; i-- {
		s.meter.Step(L, 1)
		put(t, i, item(t, i-1))
	}
	put(t, position, value)
	return 0
}

// put sets t[i] without metamethods. Setting nil where nothing is allocates nothing.
func put(t *lua.LTable, i int, value lua.LValue) {
	if value == lua.LNil && item(t, i) == lua.LNil {
		return
	}
	t.RawSetInt(i, value)
}

func (s *State) tableRemove(L *lua.LState) int {
	t := s.writable(L, 1)
	end := t.Len()
	position := optInt(L, 2, end)
	if position < 1 || position > end {
		return 0
	}
	s.meter.Step(L, (end-position)/16)
	// Behind the last item the array holds only nils, so that moving all that follows is what Lua does.
	L.Push(t.Remove(position))
	return 1
}

func (s *State) tableMaxN(L *lua.LState) int {
	t := s.shown(L, 1)
	highest := lua.LNumber(0)
	t.ForEach(func(key, _ lua.LValue) {
		s.meter.Step(L, 1)
		if n, ok := key.(lua.LNumber); ok && n > highest {
			highest = n
		}
	})
	L.Push(highest)
	return 1
}
