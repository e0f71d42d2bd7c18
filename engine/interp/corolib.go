package interp

import (
	"errors"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
)

func (s *State) coroutineFunctions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"create":  s.coCreate,
		"resume":  s.coResume,
		"running": s.coRunning,
		"status":  s.coStatus,
		"wrap":    s.coWrap,
		"yield":   s.coYield,
	}
}

// Sizes of a coroutine's own stacks: 240 calls take 19 KB, the values of a small function 2 KB; the values may grow.
const (
	threadRegistry = 128
	threadGrow     = 1024
	threadBytes    = 22 << 10
)

// bodySource is what runs at the bottom of each coroutine. There is always a Lua function there, so that a yield that the
// coroutine's own function makes as a tail call has something to come back to.
const bodySource = `
local start, finish = ...
return function(f, ...)
  start()
  return finish(f(...))
end`

//nolint:gochecknoglobals // compiled once, never changed
var bodyProto = sync.OnceValue(func() *lua.FunctionProto {
	statements, err := parse.Parse(strings.NewReader(bodySource), "")
	if err != nil {
		panic(err)
	}
	proto, err := lua.Compile(statements, "")
	if err != nil {
		panic(err)
	}
	return proto
})

// openCoroutines makes what all coroutines of the state share.
func (s *State) openCoroutines() {
	L := s.L
	options := L.Options
	options.RegistrySize = threadRegistry
	options.RegistryGrowStep = threadGrow
	// NewThread reads only these of the state it is called on. Without a context there, threads get none to cancel.
	s.nursery = &lua.LState{G: L.G, Env: L.Env, Options: options}
	L.Push(L.NewFunctionFromProto(bodyProto()))
	L.Push(L.NewFunction(s.coStart))
	L.Push(L.NewFunction(s.coFinish))
	L.Call(2, 1)
	s.coBody, _ = L.Get(-1).(*lua.LFunction)
	L.Pop(1)
}

func (s *State) newThread(L *lua.LState) *lua.LState {
	fn, ok := L.Get(1).(*lua.LFunction)
	if !ok || fn.IsG {
		L.ArgError(1, "Lua function expected")
	}
	// What ended coroutines took is free again: only those that are parked count.
	if s.ended > 0 {
		s.ended--
	} else {
		s.meter.Grow(L, "coroutine.create", threadBytes)
	}
	s.meter.Step(L, threadBytes/64)
	thread, _ := s.nursery.NewThread()
	thread.SetContext(s.context)
	thread.Push(fn)
	return thread
}

func (s *State) coCreate(L *lua.LState) int {
	L.Push(s.newThread(L))
	return 1
}

func (s *State) coWrap(L *lua.LState) int {
	thread := s.newThread(L)
	L.Push(L.NewClosure(func(L *lua.LState) int {
		passed, failure := s.resume(L, thread, 1)
		if failure != nil {
			s.raise(L, failure)
		}
		return passed
	}, thread)) // as an upvalue, so that Weigh sees it
	return 1
}

func argThread(L *lua.LState) *lua.LState {
	thread, ok := L.Get(1).(*lua.LState)
	if !ok {
		L.ArgError(1, "coroutine expected")
	}
	return thread
}

func (s *State) coResume(L *lua.LState) int {
	thread := argThread(L)
	passed, failure := s.resume(L, thread, 2)
	if failure != nil {
		s.fault = nil
		L.Push(lua.LFalse)
		L.Push(failure)
		return 2
	}
	L.Insert(lua.LTrue, L.GetTop()-passed+1)
	return passed + 1
}

// threadStatus is what coroutine.status says of a thread. One that has a parent was resumed and has not yielded since.
func threadStatus(L, thread *lua.LState) string {
	switch {
	case thread == L:
		return "running"
	case thread.Dead:
		return "dead"
	case thread.Parent != nil || thread == thread.G.MainThread:
		return "normal"
	}
	return "suspended"
}

func (s *State) coStatus(L *lua.LState) int {
	L.Push(lua.LString(threadStatus(L, argThread(L))))
	return 1
}

func (s *State) coRunning(L *lua.LState) int {
	if L == s.L {
		L.Push(lua.LNil)
	} else {
		L.Push(L)
	}
	return 1
}

// resume runs the thread until it yields, ends or fails, with the arguments of L from the given one on. What it passes lies
// on the stack of L afterwards; of a failure the value is returned.
func (s *State) resume(L, thread *lua.LState, from int) (passed int, failure lua.LValue) {
	if status := threadStatus(L, thread); status != "suspended" {
		return 0, lua.LString("cannot resume " + status + " coroutine")
	}
	if s.nesting() >= maxProtected {
		return 0, lua.LString("C stack overflow: coroutines inside coroutines, too deep")
	}
	arguments := s.arguments(L, thread, from)
	s.resumes++
	s.raisedIn = nil
	complete := false
	defer func() {
		s.resumes--
		if !complete {
			// Raised in the library before the thread ran, such as for lack of room for the arguments.
			L.G.CurrentThread = L
			thread.Parent = nil
			thread.Dead = true
		}
	}()
	state, err, values := L.Resume(thread, s.coBody, arguments...)
	complete = true
	if thread.Dead {
		s.ended++
	}
	if state == lua.ResumeError {
		return 0, s.deadValue(L, thread, err)
	}
	// The library gives one nil for no value at all; the thread itself counted.
	for _, value := range values[:s.passed] {
		L.Push(value)
	}
	return s.passed, nil
}

// deadValue returns the value that the thread raised, unless it may not be caught.
func (s *State) deadValue(L, thread *lua.LState, err error) lua.LValue {
	var raised *lua.ApiError
	value := lua.LValue(lua.LString(err.Error()))
	if errors.As(err, &raised) {
		value = raised.Object
	}
	if s.raisedIn != thread {
		// Nothing was raised the way scripts do: the library turned a panic of Go's into a message.
		s.fail(value.String())
	}
	s.rethrowIfStopped(L)
	return value
}

// arguments takes the arguments for the thread from L. For one that waits in a yield they are as many as its call wants.
func (s *State) arguments(L, thread *lua.LState, from int) []lua.LValue {
	given := L.GetTop() - from + 1
	frame := s.in.frame(thread)
	if frame == nil {
		arguments := make([]lua.LValue, 0, given+1)
		arguments = append(arguments, thread.Get(1))
		for i := range given {
			arguments = append(arguments, L.Get(from+i))
		}
		return arguments
	}
	wanted := given
	if c := int(frame.Fn.Proto.Code[frame.Pc-1]>>9) & 0x1ff; c > 0 {
		wanted = c - 1
	}
	arguments := make([]lua.LValue, wanted)
	for i := range arguments {
		arguments[i] = L.Get(from + i)
	}
	return arguments
}

// coStart is the first thing that a coroutine does: what it raises must be explained while its calls are on the stack.
func (s *State) coStart(L *lua.LState) int {
	L.Panic = func(raised *lua.LState) {
		value := s.explain(raised, raised.Get(-1))
		s.note(raised, value)
		s.raisedIn = raised
		panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: value, StackTrace: noTrace})
	}
	return 0
}

// coFinish is the last: it counts what the coroutine's function returned.
func (s *State) coFinish(L *lua.LState) int {
	s.passed = L.GetTop()
	return s.passed
}

func (s *State) coYield(L *lua.LState) int {
	if L == s.L {
		L.RaiseError("attempt to yield from outside a coroutine")
	}
	if !s.canYield(L) {
		L.RaiseError("attempt to yield across metamethod/C-call boundary")
	}
	s.passed = L.GetTop()
	return -1
}

// canYield tells whether only calls that Lua functions wrote as calls lie between a yield and its resume. Everything else
// has Go code in between, whose place can't be kept: a function of Go's has a call of its own on the stack, and what the
// interpreter calls itself, a metamethod or an iterator, runs while its caller is at another instruction than a call.
func (s *State) canYield(L *lua.LState) bool {
	for f := s.in.frame(L).Parent; f != nil; f = f.Parent {
		if f.Fn.IsG {
			return false
		}
		if op := int(f.Fn.Proto.Code[f.Pc-1] >> 26); op != lua.OP_CALL && op != lua.OP_TAILCALL {
			return false
		}
	}
	return true
}
