package suite_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// maxBytes is what one file of the suites may take: big.lua makes texts of 32 MiB.
const maxBytes = 1 << 30

// longest is when a file or program is taken to hang; the race detector makes some slow.
const longest = 5 * time.Minute

// world is a State whose scripts see what the suites expect and production scripts don't have: globals that can be assigned,
// and stand-ins for removed functions that the suites use to test other things with. It gets there by giving
// loaded functions an environment of their own, so that the State, its compiler and its libraries are those of production.
type world struct {
	*interp.State
	env *lua.LTable
}

func newWorld(t testing.TB) *world {
	t.Helper()
	s := interp.New(interp.Options{})
	t.Cleanup(s.Close)
	w := &world{State: s, env: s.L.NewTable()}
	L := s.L
	L.G.Global.ForEach(func(k, v lua.LValue) { w.env.RawSet(k, w.open(v)) })
	w.env.RawSetString("_G", w.env)
	for name, f := range map[string]lua.LGFunction{
		"\x00assign":     assign,
		"loadstring":     w.loadString,
		"load":           w.loadParts,
		"collectgarbage": func(L *lua.LState) int { L.Push(lua.LNumber(0)); return 1 },
		"print":          func(*lua.LState) int { return 0 },
	} {
		w.env.RawSetString(name, L.NewFunction(f))
	}
	w.standIns(t)
	return w
}

// open copies a frozen library into a table that the suites may add to.
func (w *world) open(v lua.LValue) lua.LValue {
	t, ok := v.(*lua.LTable)
	if !ok || w.FrozenName(t) == "" {
		return v
	}
	meta, _ := t.Metatable.(*lua.LTable)
	members, _ := meta.RawGetString("__index").(*lua.LTable)
	plain := w.L.NewTable()
	members.ForEach(plain.RawSet)
	return plain
}

// standIns adds the removed functions: what the debug library and the environments do comes from the interpreter library,
// the deprecated names are written in Lua.
func (w *world) standIns(t testing.TB) {
	t.Helper()
	plain := lua.NewState()
	defer plain.Close()
	borrow := func(v lua.LValue) lua.LValue {
		f, ok := v.(*lua.LFunction)
		if !ok {
			t.Fatal("the interpreter library lost a function")
		}
		return w.L.NewFunction(f.GFunction)
	}
	for _, name := range []string{"getfenv", "setfenv"} {
		w.env.RawSetString(name, borrow(plain.GetGlobal(name)))
	}
	debug := w.L.NewTable()
	for _, name := range []string{"getinfo", "getfenv", "setfenv", "setmetatable", "getlocal", "setlocal", "getupvalue", "setupvalue"} {
		debug.RawSetString(name, borrow(plain.GetField(plain.GetGlobal("debug"), name)))
	}
	w.env.RawSetString("debug", debug)
	begin(t, w.State)
	defer w.End()
	if _, err := w.do("standins.lua", []byte(`
table.getn = function(t) return #t end
table.foreachi = function(t, f) for i, v in ipairs(t) do local r = f(i, v) if r ~= nil then return r end end end
table.foreach = function(t, f) for k, v in pairs(t) do local r = f(k, v) if r ~= nil then return r end end end
string.gfind = string.gmatch
math.mod = math.fmod
os.setlocale = function(name) return (name == nil or name == "C") and "C" or nil end
require = function(name) assert(name == "checktable") stat = function() end end
`)); err != nil {
		t.Fatal(err)
	}
}

// begin opens a call that is stopped if the test hangs.
func begin(t testing.TB, s *interp.State) {
	t.Helper()
	s.Begin(context.Background(), time.Now().Add(longest), maxBytes)
	stop := time.AfterFunc(longest, func() { s.Meter().Stop(context.DeadlineExceeded) })
	t.Cleanup(func() { stop.Stop() })
}

// load compiles a source in the world's environment.
func (w *world) load(name string, source []byte) (*lua.LFunction, error) {
	c, _, problem := interp.Compile(name, source)
	if problem != nil {
		return nil, fmt.Errorf("%s:%d: %s; %s", problem.Script, problem.Line, problem.Message, problem.Hint)
	}
	fn := w.Load(c)
	fn.Env = w.env
	return fn, nil
}

// do runs a source in the running call.
func (w *world) do(name string, source []byte) (lua.LValue, error) {
	fn, err := w.load(name, source)
	if err != nil {
		return lua.LNil, err
	}
	return w.Call(fn)
}

// assign sets a global of the function that runs; compiled code calls it.
func assign(L *lua.LState) int {
	caller, ok := L.GetStack(1)
	if !ok {
		L.RaiseError("no function assigns")
	}
	fn, err := L.GetInfo("f", caller, lua.LNil)
	if err != nil {
		L.RaiseError("%v", err)
	}
	f, _ := fn.(*lua.LFunction)
	L.SetTable(f.Env, L.Get(1), L.Get(2))
	return 0
}

func (w *world) loadString(L *lua.LState) int {
	return w.pushLoaded(L, L.CheckString(1), L.OptString(2, "loaded.lua"))
}

// loadParts is load(f): the parts of the source are what f gives.
func (w *world) loadParts(L *lua.LState) int {
	source := ""
	for {
		L.Push(L.CheckFunction(1))
		L.Call(0, 1)
		part := L.Get(-1)
		L.Pop(1)
		switch text, ok := part.(lua.LString); {
		case part == lua.LNil || ok && text == "":
			return w.pushLoaded(L, source, L.OptString(2, "loaded.lua"))
		case !ok:
			L.Push(lua.LNil)
			L.Push(lua.LString("reader function must return a string"))
			return 2
		default:
			source += string(text)
		}
	}
}

func (w *world) pushLoaded(L *lua.LState, source, name string) int {
	fn, err := w.load(name, []byte(source))
	if err != nil {
		L.Push(lua.LNil)
		L.Push(lua.LString(err.Error()))
		return 2
	}
	L.Push(fn)
	return 1
}
