package interp

import (
	"fmt"
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// maxUnpacked bounds how many values one call may take or return; 3,000 are promised.
const maxUnpacked = 200_000

// roomForValues is the number of values up to which the registry's own growth is cheaper than making room first.
const roomForValues = 1000

func (s *State) baseFunctions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"assert":       s.baseAssert,
		"error":        s.baseError,
		"getmetatable": s.baseGetMetatable,
		"ipairs":       s.baseIpairs,
		"next":         s.baseNext,
		"pairs":        s.basePairs,
		"pcall":        s.pcall,
		"rawequal":     baseRawEqual,
		"rawget":       s.baseRawGet,
		"rawset":       s.baseRawSet,
		"select":       baseSelect,
		"setmetatable": s.baseSetMetatable,
		"tonumber":     baseToNumber,
		"tostring":     s.baseToString,
		"unpack":       s.baseUnpack,
		"xpcall":       s.xpcall,
	}
}

// baseAssert is assert(v, message, …). As in Lua 5.1 a message that is a text gets the place of the assert.
func (s *State) baseAssert(L *lua.LState) int {
	if lua.LVAsBool(L.CheckAny(1)) {
		return L.GetTop()
	}
	value := L.Get(2)
	if value == lua.LNil {
		value = lua.LString("assertion failed!")
	}
	if text, ok := asText(value); ok {
		s.meter.Grow(L, "assert", len(text))
		value = lua.LString(s.place(L, 1) + text)
	}
	s.raise(L, value)
	return 0
}

// baseError is error(value, level): the place is that of the level's caller, as the manual says.
func (s *State) baseError(L *lua.LState) int {
	value := L.Get(1)
	level := optInt(L, 2, 1)
	if text, ok := asText(value); ok && level > 0 {
		s.meter.Grow(L, "error", len(text))
		value = lua.LString(s.place(L, level) + text)
	}
	s.raise(L, value)
	return 0
}

// place is the "file:line: " of the function at the level, "" for one of Go's and for one that a tail call replaced.
func (s *State) place(L *lua.LState, level int) string {
	f := s.in.frame(L)
	for ; level > 0 && f != nil; f = f.Parent {
		if f.Fn == s.callVia { // a part of pcall
			continue
		}
		level--
		if !f.Fn.IsG {
			level -= f.TailCall
		}
	}
	if level != 0 || f == nil || f.Fn.IsG || f.Pc == 0 || f.Fn.Proto.SourceName == "" {
		return ""
	}
	return f.Fn.Proto.SourceName + ":" + strconv.Itoa(f.Fn.Proto.DbgSourcePositions[f.Pc-1]) + ": "
}

// callerDepth is how many calls of Go may lie between a script and the function that asks for its place.
const callerDepth = 4

// Caller returns the script that called the running function of Go, and its line; "" if unknown.
func (s *State) Caller(L *lua.LState) (script string, line int) {
	f := s.in.frame(L)
	for range callerDepth {
		if f == nil {
			break
		}
		if !f.Fn.IsG && f.Fn.Proto.SourceName != "" && f.Pc > 0 {
			return f.Fn.Proto.SourceName, f.Fn.Proto.DbgSourcePositions[f.Pc-1]
		}
		f = f.Parent
	}
	return "", 0
}

func (s *State) baseGetMetatable(L *lua.LState) int {
	value := L.CheckAny(1)
	if s.guardOf(value) != nil {
		L.Push(lua.LNil)
		return 1
	}
	if _, ok := value.(*lua.LUserData); ok {
		L.Push(lua.LNil)
		return 1
	}
	L.Push(L.GetMetatable(value))
	if meta, ok := L.Get(-1).(*lua.LTable); ok {
		if shown := meta.RawGetString("__metatable"); shown != lua.LNil {
			L.Push(shown)
		}
	}
	return 1
}

func (s *State) baseSetMetatable(L *lua.LState) int {
	s.shown(L, 1)
	t := L.CheckTable(1)
	meta := L.Get(2)
	if meta != lua.LNil && meta.Type() != lua.LTTable || L.GetTop() < 2 {
		L.ArgError(2, "nil or table expected")
	}
	if g := s.guardOf(t); g != nil {
		s.refuseFrozen(L, 1)
		if g.Replace != nil {
			g.Replace(t)
		}
	} else if old, ok := t.Metatable.(*lua.LTable); ok && old.RawGetString("__metatable") != lua.LNil {
		L.RaiseError("cannot change a protected metatable")
	}
	if m, ok := meta.(*lua.LTable); ok {
		s.shown(L, 2) // the interpreter looks for metamethods in the table itself
		s.adapt(m)
	}
	t.Metatable = meta
	L.SetTop(1)
	return 1
}

// shown is the table argument n as library functions walk it: filled, and with the members of a frozen one.
func (s *State) shown(L *lua.LState, n int) *lua.LTable {
	t := L.CheckTable(n)
	g := s.guardOf(t)
	if g == nil {
		return t
	}
	if g.Fill != nil {
		g.Fill(t)
	}
	if g.Members != nil {
		return g.Members
	}
	return t
}

// writable is the table argument n as library functions change it.
func (s *State) writable(L *lua.LState, n int) *lua.LTable {
	t := s.shown(L, n)
	s.refuseFrozen(L, n)
	return t
}

func (s *State) baseNext(L *lua.LState) int {
	key := lua.LNil
	if L.GetTop() >= 2 {
		key = L.Get(2)
	}
	table := L.Get(1)
	if g := s.guardOf(table); g != nil && g.Next != nil {
		t, _ := table.(*lua.LTable)
		if k, v, ok := g.Next(t, key); ok {
			L.Push(k)
			if k == lua.LNil {
				return 1
			}
			L.Push(v)
			return 2
		}
	}
	t := s.shown(L, 1)
	if key != lua.LNil && t.RawGet(key) == lua.LNil && !s.in.hadKey(t, key) {
		L.RaiseError("invalid key to 'next'")
	}
	k, v := t.Next(key)
	if k == lua.LNil {
		L.Push(lua.LNil)
		return 1
	}
	L.Push(k)
	L.Push(v)
	return 2
}

func (s *State) basePairs(L *lua.LState) int {
	L.CheckTable(1)
	L.Push(s.nextFunction)
	L.Push(L.Get(1)) // never the members of a frozen table: they would be writable
	L.Push(lua.LNil)
	return 3
}

func (s *State) baseIpairs(L *lua.LState) int {
	t := L.CheckTable(1)
	if s.advise != nil && s.itemOf(t, 1) == lua.LNil {
		if first, _ := s.shown(L, 1).Next(lua.LNil); first != lua.LNil && first.Type() == lua.LTString {
			s.advise(L, "ipairs visits items 1, 2, 3 …, and this table has names only; use pairs")
		}
	}
	L.Push(s.ipairsStep)
	L.Push(L.Get(1))
	L.Push(lua.LNumber(0))
	return 3
}

// itemOf is an item of a table, which may be one that holds nothing itself.
func (s *State) itemOf(t *lua.LTable, i int) lua.LValue {
	if g := s.guardOf(t); g != nil && g.Item != nil {
		return g.Item(t, i)
	}
	return item(t, i)
}

func (s *State) ipairsNext(L *lua.LState) int {
	t := L.CheckTable(1)
	i := argInt(L, 2) + 1
	v := s.itemOf(t, i)
	if v == lua.LNil {
		L.Push(lua.LNil)
		return 1
	}
	L.Push(s.numbers.box(i))
	L.Push(v)
	return 2
}

func baseRawEqual(L *lua.LState) int {
	L.Push(lua.LBool(L.RawEqual(L.CheckAny(1), L.CheckAny(2))))
	return 1
}

func (s *State) baseRawGet(L *lua.LState) int {
	L.Push(s.shown(L, 1).RawGet(L.CheckAny(2)))
	return 1
}

func (s *State) baseRawSet(L *lua.LState) int {
	t := s.writable(L, 1)
	key := L.CheckAny(2)
	L.RawSet(t, key, L.CheckAny(3))
	L.SetTop(1)
	return 1
}

func baseSelect(L *lua.LState) int {
	top := L.GetTop()
	if text, ok := L.Get(1).(lua.LString); ok && text == "#" {
		L.Push(lua.LNumber(top - 1))
		return 1
	}
	n := argInt(L, 1)
	if n < 0 {
		n = top + n
	}
	if n < 1 {
		L.ArgError(1, "index out of range")
	}
	if n >= top {
		return 0
	}
	return top - n
}

func baseToNumber(L *lua.LState) int {
	value := L.CheckAny(1)
	result := lua.LNil
	if base := optInt(L, 2, 10); base != 10 {
		if base < 2 || base > 36 {
			L.ArgError(2, "base out of range")
		}
		if n, ok := number.ParseBase(L.CheckString(1), base); ok {
			result = lua.LNumber(n)
		}
		L.Push(result)
		return 1
	}
	switch v := value.(type) {
	case lua.LNumber:
		result = v
	case lua.LString:
		if n, ok := number.Parse(string(v)); ok {
			result = lua.LNumber(n)
		}
	case *lua.LUserData:
		if _, ok := v.Value.(*number.Integer); ok {
			result = v
		}
	}
	L.Push(result)
	return 1
}

func (s *State) baseToString(L *lua.LState) int {
	value := L.CheckAny(1)
	if t, ok := value.(*lua.LTable); ok {
		if meta := L.GetMetaField(t, "__tostring"); meta != lua.LNil {
			L.Push(meta)
			L.Push(t)
			L.Call(1, 1) // whatever it gives, as in Lua 5.1
			return 1
		}
	}
	L.Push(lua.LString(s.ToString(L, value)))
	return 1
}

// ToString is the text that tostring gives, with the value's __tostring if it has one. A __tostring that gives no text is an
// error.
func (s *State) ToString(L *lua.LState, value lua.LValue) string {
	switch v := value.(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return number.Format(float64(v))
	case *lua.LTable, *lua.LUserData:
		if text, ok := asText(v); ok {
			return text
		}
		if ud, ok := v.(*lua.LUserData); ok {
			if text, ok := ud.Value.(fmt.Stringer); ok {
				return text.String()
			}
		}
		if meta := L.GetMetaField(v, "__tostring"); meta != lua.LNil {
			L.Push(meta)
			L.Push(v)
			L.Call(1, 1)
			result := L.Get(-1)
			L.Pop(1)
			if !lua.LVCanConvToString(result) {
				L.RaiseError("'tostring' must return a string to 'print'")
			}
			return s.ToString(L, result)
		}
	}
	return value.String()
}

func (s *State) baseUnpack(L *lua.LState) int {
	t := s.shown(L, 1)
	from := optInt(L, 2, 1)
	to := optInt(L, 3, t.Len())
	if to < from {
		return 0
	}
	if n := uint64(to) - uint64(from); n >= maxUnpacked {
		L.RaiseError("too many results to unpack")
	}
	if n := to - from + 1; n > roomForValues {
		// All the room at once: value by value the registry would grow in steps, and copy what it holds at each.
		top := L.GetTop()
		L.SetTop(top + n)
		L.SetTop(top)
	}
	for i := from; i <= to; i++ {
		L.Push(item(t, i))
	}
	return to - from + 1
}
