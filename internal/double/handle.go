package double

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/spell"
)

// handle is what http.stub gives: an empty table to the interpreter library, read by its hidden metatable. The table must stay
// first.
type handle struct {
	lua.LTable
	stub *stub
	list *lua.LTable // of the requests that were asked for up to now
	made int         // how many of them
}

func (f *file) handle(s *stub) *lua.LTable {
	h := &handle{stub: s, list: f.s.Values.MarkList(f.s.L.CreateTable(0, 0))}
	h.Metatable = f.meta
	return &h.LTable
}

// of is the handle that a value is, or nil.
func (f *file) of(v lua.LValue) *handle {
	if t, ok := v.(*lua.LTable); ok && t.Metatable == lua.LValue(f.meta) {
		return (*handle)(unsafe.Pointer(t))
	}
	return nil
}

// requests are those that came up to now.
func (f *file) requests(L *lua.LState, h *handle) *lua.LTable {
	f.set.mu.Lock()
	seen := h.stub.seen
	f.set.mu.Unlock()
	f.s.Values.Open(h.list)
	for ; h.made < len(seen); h.made++ {
		h.list.Append(f.requestTable(L, seen[h.made]))
	}
	return h.list
}

func (f *file) hideHandles() {
	L := f.s.L
	f.meta = L.CreateTable(0, 4)
	f.meta.RawSetString("__index", L.NewFunction(f.index))
	f.meta.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
		L.RaiseError("what http.stub gives can't be changed; keep your own values in a local")
		return 0
	}))
	f.s.State.Hide(f.meta, interp.Hidden{
		Name: "what http.stub gives", Frozen: true,
		Next: func(t *lua.LTable, after lua.LValue) (key, value lua.LValue, ok bool) {
			if after != lua.LNil {
				return lua.LNil, lua.LNil, true
			}
			return lua.LString("requests"), f.requests(L.G.CurrentThread, f.of(t)), true
		},
		Item: func(*lua.LTable, int) lua.LValue { return lua.LNil },
		Held: func(t *lua.LTable, visit func(lua.LValue)) { visit(f.of(t).list) },
	})
	f.s.State.Keep(func(visit func(lua.LValue)) { visit(f.meta) })
}

func (f *file) index(L *lua.LState) int {
	h := f.of(L.Get(1))
	name, ok := L.Get(2).(lua.LString)
	switch {
	case h == nil || !ok:
		L.RaiseError("what http.stub gives has requests, a list; write handle.requests[1]")
	case name == "requests":
		L.Push(f.requests(L, h))
		return 1
	}
	say := "what http.stub gives has no '" + shown(string(name)) + "'; "
	if near := spell.Nearest(string(name), []string{"requests"}); near != "" {
		L.RaiseError("%sdid you mean 'requests'?", say)
	}
	L.RaiseError("%sit has requests, a list of { method, url, path, query, headers, json, form, body }", say)
	return 0
}
