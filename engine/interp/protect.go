package interp

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// protection is one running pcall, xpcall or Call.
type protection struct {
	L    *lua.LState
	last *lua.Upvalue // the highest captured local that was there before
	top  bool         // a call from Go: the place and the trace are wanted
}

// nesting is how many pcalls and resumes run inside one another; each takes Go stack.
func (s *State) nesting() int { return len(s.handlers) + s.resumes }

// protect runs the function that lies on the stack under its nargs arguments, and leaves its results there. If it raises, the stack is
// as before the function was pushed and the raised value is in the *lua.ApiError. Raising closes the captured locals of the
// calls that die, and no others.
func (s *State) protect(L *lua.LState, nargs int, top bool) error {
	if s.nesting() >= maxProtected {
		L.Pop(nargs + 1)
		return &lua.ApiError{Type: lua.ApiErrorRun, Object: lua.LString("stack overflow: pcall inside pcall, too deep"), StackTrace: noTrace}
	}
	keeps := s.in.keepOpen(L)
	before := *keeps
	depth := len(s.handlers)
	p := protection{L: L, last: s.in.lastOpen(L), top: top}
	s.handlers = append(s.handlers, p)
	L.Insert(s.callVia, L.GetTop()-nargs)
	err := L.PCall(nargs+1, lua.MultRet, nil)
	clear(s.handlers[depth:])
	s.handlers = s.handlers[:depth]
	*keeps = before
	var raised *lua.ApiError
	if errors.As(err, &raised) && raised.Type == lua.ApiErrorPanic {
		s.in.closeAbove(L, p.last)
		s.fail(raised.Object.String() + "\n" + raised.StackTrace)
	}
	return err
}

// noTrace keeps the library from building a trace of its own: with endless tail calls that takes seconds.
const noTrace = " "

// runProtected is the Go function through which protect calls: it sets the hook that runs where an error is raised, while
// the calls that die are still on the stack.
func (s *State) runProtected(L *lua.LState) int {
	*s.in.keepOpen(L) = true
	L.Panic = s.hook
	if called := L.Get(1); !callable(L, called) {
		s.raise(L, lua.LString("attempt to call a "+typeName(called)+" value"))
	}
	L.Call(L.GetTop()-1, lua.MultRet)
	return L.GetTop()
}

func callable(L *lua.LState, value lua.LValue) bool {
	if value.Type() == lua.LTFunction {
		return true
	}
	return L.GetMetaField(value, "__call").Type() == lua.LTFunction
}

// raised runs where an error is raised, and panics with it. Nothing that is protected is ever left without coming back, so
// the innermost protection is the one that catches.
func (s *State) raised(L *lua.LState) {
	p := s.handlers[len(s.handlers)-1]
	value := s.explain(L, L.Get(-1))
	if p.top || s.meter.Stopped() != nil {
		s.note(L, value)
	}
	if L == p.L {
		s.in.closeAbove(L, p.last)
	}
	panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: value, StackTrace: noTrace})
}

// raise raises the value as it is: its text, if it is one, is the script's own or complete.
func (s *State) raise(L *lua.LState, value lua.LValue) {
	s.verbatim = true
	L.Error(value, 0)
}

// maxHandled is how often the handler of an xpcall is called again for errors of its own.
const maxHandled = 20

// handle runs the handler of an xpcall. The calls that raised are gone by then, so that there is room for it after a stack
// overflow; without a debug library it can't tell. A handler that fails is called with its own error.
func (s *State) handle(L *lua.LState, handler *lua.LFunction, value lua.LValue) lua.LValue {
	before := L.GetTop()
	for range maxHandled {
		L.Push(handler)
		L.Push(value)
		err := s.protect(L, 1, false)
		if err == nil {
			value = L.Get(before + 1)
			L.SetTop(before)
			return value
		}
		s.rethrowIfStopped(L)
		value = raisedValue(err)
	}
	return lua.LString("error in error handling")
}

func raisedValue(err error) lua.LValue {
	var raised *lua.ApiError
	if errors.As(err, &raised) {
		return raised.Object
	}
	return lua.LString(err.Error())
}

// rethrowIfStopped raises again what no pcall may catch.
func (s *State) rethrowIfStopped(L *lua.LState) {
	if reason := s.meter.Stopped(); reason != nil {
		s.raise(L, lua.LString(reason.Error()))
	}
	if s.broken != "" {
		s.raise(L, lua.LString("a fault inside luaction"))
	}
}

// fail notes a fault of Go's: no script may catch it, and the state serves no further call.
func (s *State) fail(fault string) {
	if s.broken == "" {
		s.broken = fault
	}
}

// pcall(f, …) and xpcall(f, handler).
func (s *State) pcall(L *lua.LState) int {
	L.CheckAny(1)
	return s.results(L, s.protect(L, L.GetTop()-1, false), nil)
}

func (s *State) xpcall(L *lua.LState) int {
	L.CheckAny(2)
	handler, ok := L.Get(2).(*lua.LFunction)
	if !ok {
		handler = s.L.NewFunction(func(L *lua.LState) int { L.Push(lua.LString("error in error handling")); return 1 })
	}
	L.SetTop(1)
	return s.results(L, s.protect(L, 0, false), handler)
}

func (s *State) results(L *lua.LState, err error, handler *lua.LFunction) int {
	if err == nil {
		L.Insert(lua.LTrue, 1)
		return L.GetTop()
	}
	s.rethrowIfStopped(L)
	s.fault = nil
	value := raisedValue(err)
	L.SetTop(0)
	if handler != nil {
		value = s.handle(L, handler, value)
	}
	L.Push(lua.LFalse)
	L.Push(value)
	return 2
}

// Call calls a function of the running call and returns its first result (nil if it returns nothing). The error is an
// *Error. Go functions that scripts call use L.Call instead, so that what is raised goes on to the script.
func (s *State) Call(fn lua.LValue, args ...lua.LValue) (lua.LValue, error) {
	L := s.L
	base := L.GetTop()
	L.Push(fn)
	for _, a := range args {
		L.Push(a)
	}
	err := s.protect(L, len(args), true)
	if err != nil {
		L.SetTop(base)
		return lua.LNil, s.failure(err)
	}
	result := lua.LNil
	if L.GetTop() > base {
		result = L.Get(base + 1)
	}
	L.SetTop(base)
	return result, nil
}

// Protect runs Go code that may raise as a script would, such as encoding a value whose metamethods are the script's.
func (s *State) Protect(f func()) error {
	_, err := s.Call(s.L.NewFunction(func(*lua.LState) int { f(); return 0 }))
	return err
}
