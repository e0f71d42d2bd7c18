package interp

import (
	"context"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// TestEndForgetsFrames holds that no function of a call stays reachable from the call stack, however deep the call went before
// a shallow one.
func TestEndForgetsFrames(t *testing.T) {
	t.Parallel()
	s := New(Options{})
	defer s.Close()
	for _, source := range []string{
		"local function f(n) if n > 0 then return 1 + f(n - 1) end return 0 end return f(150)",
		"return 1",
		"error('out of a call')",
		"return pcall(function() error({}) end)",
	} {
		c, _, problem := Compile("a.lua", []byte(source))
		if problem != nil {
			t.Fatal(problem)
		}
		s.Begin(context.Background(), time.Now().Add(time.Minute), 0)
		_, _ = s.Call(s.Load(c))
		if !s.End() {
			t.Fatalf("%s: the state can't be used again", source)
		}
		for i, frame := range s.in.frames(s.L) {
			if frame.Fn != nil || frame.Parent != nil {
				t.Fatalf("%s: frame %d still holds %v", source, i, frame)
			}
		}
		for i, value := range s.in.registers(s.L) {
			if value != nil && value != lua.LNil {
				t.Fatalf("%s: register %d still holds %v", source, i, value)
			}
		}
	}
}
