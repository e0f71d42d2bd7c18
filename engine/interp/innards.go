package interp

import (
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// innards reaches private fields of the interpreter library, for what it offers no way to ask for: a caught error must close
// the captured locals of the dead calls only, a yield must know whether Go code is between it and its resume, a message must
// name the variable that the failing instruction used. The library's version is pinned in go.mod; findInnards panics, and so
// every test fails, if a field moves.
type innards struct {
	openUpvalues uintptr // LState.uvcache: the captured locals still on the stack, lowest first
	keepsOpen    uintptr // LState.hasErrorFunc: raising closes nothing while it is set
	nextUpvalue  uintptr // Upvalue.next
	running      uintptr // LState.currentFrame
	registry     uintptr // LState.reg
	values       uintptr // registry.array
	stack        uintptr // LState.stack, an interface that holds a pointer
	frameStore   uintptr // the array of the call stack that LState.stack points at
	items        uintptr // LTable.array
	keyIndex     uintptr // LTable.k2i: the keys outside of the array that were ever set
	keyOrder     uintptr // LTable.keys: these keys in the order of next
	textKeys     uintptr // LTable.strdict: the values under texts
	otherKeys    uintptr // LTable.dict: those under anything else
}

// callFrame is the library's own record of one running call, field for field.
type callFrame struct {
	Idx        int
	Fn         *lua.LFunction
	Parent     *callFrame
	Pc         int // of the instruction after the running one
	Base       int
	LocalBase  int // where register 0 lies
	ReturnBase int
	NArgs      int
	NRet       int
	TailCall   int
}

func findInnards(L *lua.LState) innards {
	state := reflect.TypeFor[lua.LState]()
	frame := pointee(state, "currentFrame")
	mirror := reflect.TypeFor[callFrame]()
	same := frame.NumField() == mirror.NumField()
	for i := 0; same && i < mirror.NumField(); i++ {
		a, b := frame.Field(i), mirror.Field(i)
		same = a.Name == b.Name && a.Offset == b.Offset && a.Type.Kind() == b.Type.Kind()
	}
	if !same {
		panic("interp: the interpreter library changed its call frames")
	}
	stack, ok := state.FieldByName("stack")
	if !ok || stack.Type.Kind() != reflect.Interface {
		panic("interp: the interpreter library changed its field LState.stack")
	}
	store, ok := reflect.ValueOf(L).Elem().FieldByName("stack").Elem().Type().Elem().FieldByName("array")
	if !ok || store.Type.Elem() != frame {
		panic("interp: the interpreter library changed its call stack")
	}
	return innards{
		openUpvalues: offset(state, "uvcache", reflect.TypeFor[*lua.Upvalue]()),
		keepsOpen:    offset(state, "hasErrorFunc", reflect.TypeFor[bool]()),
		nextUpvalue:  offset(reflect.TypeFor[lua.Upvalue](), "next", reflect.TypeFor[*lua.Upvalue]()),
		running:      offset(state, "currentFrame", reflect.PointerTo(frame)),
		registry:     offset(state, "reg", reflect.PointerTo(pointee(state, "reg"))),
		values:       offset(pointee(state, "reg"), "array", reflect.TypeFor[[]lua.LValue]()),
		stack:        stack.Offset,
		frameStore:   store.Offset,
		items:        offset(reflect.TypeFor[lua.LTable](), "array", reflect.TypeFor[[]lua.LValue]()),
		keyIndex:     offset(reflect.TypeFor[lua.LTable](), "k2i", reflect.TypeFor[map[lua.LValue]int]()),
		keyOrder:     offset(reflect.TypeFor[lua.LTable](), "keys", reflect.TypeFor[[]lua.LValue]()),
		textKeys:     offset(reflect.TypeFor[lua.LTable](), "strdict", reflect.TypeFor[map[string]lua.LValue]()),
		otherKeys:    offset(reflect.TypeFor[lua.LTable](), "dict", reflect.TypeFor[map[lua.LValue]lua.LValue]()),
	}
}

// pointee is the type that a field of type pointer points to.
func pointee(of reflect.Type, field string) reflect.Type {
	f, ok := of.FieldByName(field)
	if !ok || f.Type.Kind() != reflect.Pointer {
		panic("interp: the interpreter library changed its field " + of.Name() + "." + field)
	}
	return f.Type.Elem()
}

func offset(of reflect.Type, field string, want reflect.Type) uintptr {
	f, ok := of.FieldByName(field)
	if !ok || f.Type != want {
		panic("interp: the interpreter library changed its field " + of.Name() + "." + field)
	}
	return f.Offset
}

func (in innards) open(L *lua.LState) **lua.Upvalue {
	return (**lua.Upvalue)(unsafe.Add(unsafe.Pointer(L), in.openUpvalues))
}

func (in innards) next(uv *lua.Upvalue) **lua.Upvalue {
	return (**lua.Upvalue)(unsafe.Add(unsafe.Pointer(uv), in.nextUpvalue))
}

func (in innards) keepOpen(L *lua.LState) *bool {
	return (*bool)(unsafe.Add(unsafe.Pointer(L), in.keepsOpen))
}

// frame returns the running call of L, nil if none runs. It is valid as long as that call is.
func (in innards) frame(L *lua.LState) *callFrame {
	return *(**callFrame)(unsafe.Add(unsafe.Pointer(L), in.running))
}

// registers returns the value stack of L; slots above its top may be nil.
func (in innards) registers(L *lua.LState) []lua.LValue {
	reg := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(L), in.registry))
	return *(*[]lua.LValue)(unsafe.Add(reg, in.values))
}

// forgetFrames clears what ended calls left in the call stack of L, which keeps their functions alive. No call may be running.
// Calls fill the stack from its bottom, each with its function, and what was never used since the last time is clear.
func (in innards) forgetFrames(L *lua.LState) {
	store := in.frames(L)
	for i := range store {
		if store[i].Fn == nil {
			break
		}
		store[i] = callFrame{}
	}
}

// frames is the call stack of L, with room that isn't in use.
func (in innards) frames(L *lua.LState) []callFrame {
	stack := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(L), in.stack)) // an interface: its type, and the pointer
	return *(*[]callFrame)(unsafe.Add(stack[1], in.frameStore))
}

// hadKey tells whether the key is in the table or was.
func (in innards) hadKey(t *lua.LTable, key lua.LValue) bool {
	if _, ok := (*(*map[lua.LValue]int)(unsafe.Add(unsafe.Pointer(t), in.keyIndex)))[key]; ok {
		return true
	}
	n, ok := key.(lua.LNumber)
	return ok && n >= 1 && n == lua.LNumber(int(n)) && int(n) <= len(*(*[]lua.LValue)(unsafe.Add(unsafe.Pointer(t), in.items)))
}

// lastOpen returns the highest captured local that is still on the stack of L, or nil.
func (in innards) lastOpen(L *lua.LState) *lua.Upvalue {
	uv := *in.open(L)
	for uv != nil && *in.next(uv) != nil {
		uv = *in.next(uv)
	}
	return uv
}

// closeAbove closes the captured locals above last; all of them if last is nil.
func (in innards) closeAbove(L *lua.LState, last *lua.Upvalue) {
	from := in.open(L)
	if last != nil {
		from = in.next(last)
	}
	for uv := *from; uv != nil; uv = *in.next(uv) {
		uv.Close()
	}
	*from = nil
}

// arrayOf returns the array part of a table.
func (in innards) arrayOf(t *lua.LTable) *[]lua.LValue {
	return (*[]lua.LValue)(unsafe.Add(unsafe.Pointer(t), in.items))
}

// hashOf returns the rest of a table: what lies under texts, and under other keys.
func (in innards) hashOf(t *lua.LTable) (texts map[string]lua.LValue, others map[lua.LValue]lua.LValue) {
	return *(*map[string]lua.LValue)(unsafe.Add(unsafe.Pointer(t), in.textKeys)),
		*(*map[lua.LValue]lua.LValue)(unsafe.Add(unsafe.Pointer(t), in.otherKeys))
}

// keysOf returns the keys outside of the array that were ever set.
func (in innards) keysOf(t *lua.LTable) []lua.LValue {
	return *(*[]lua.LValue)(unsafe.Add(unsafe.Pointer(t), in.keyOrder))
}
