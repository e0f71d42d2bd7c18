package interp

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// Raised is what Attempt caught.
type Raised struct {
	Value   lua.LValue // what was raised
	Message string     // the same for people, with its place
}

// Error returns the message.
func (r *Raised) Error() string { return r.Message }

// Attempt runs Go code that may raise on the thread L, where a script's call of a Go function is running, and returns what it raised
// as a *Raised. When the call was stopped, or broke down, nobody may go on as if nothing was: whoever caught that has to have it
// raised again with Rethrow, at the latest where the Go function returns to its script.
func (s *State) Attempt(L *lua.LState, f func(L *lua.LState)) error {
	base := L.GetTop()
	L.Push(s.L.NewFunction(func(L *lua.LState) int {
		f(L)
		return 0
	}))
	err := s.protect(L, 0, false)
	L.SetTop(base)
	if err == nil {
		return nil
	}
	if reason := s.meter.Stopped(); reason != nil {
		return reason
	}
	if s.broken != "" {
		return errors.New("a fault inside luaction")
	}
	s.fault = nil
	value := raisedValue(err)
	return &Raised{Value: value, Message: cut(s.describe(value))}
}

// Again raises what Attempt caught a second time, as it was.
func (s *State) Again(L *lua.LState, r *Raised) { s.raise(L, r.Value) }

// Rethrow raises if the call was stopped, or broke down by a fault of Go's.
func (s *State) Rethrow(L *lua.LState) { s.rethrowIfStopped(L) }
