package events_test

import (
	"runtime"
	"testing"

	"github.com/luaction/luaction/luaapi/apitest"
)

// What a builder was given is gone after the call, also when it was refused.
//
//nolint:paralleltest // it measures the heap of the process
func TestBuildersKeepNothing(t *testing.T) {
	runner := apitest.New(t, apitest.Case{})
	used := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := used()
	if _, err := runner.Call(t, apitest.Case{Script: `return SlotSet(string.rep("x", 32000000), 1, 2, 3)`}); err == nil {
		t.Fatal("it was not refused")
	}
	if after := used(); after > before+16_000_000 {
		t.Errorf("%d bytes are kept", after-before)
	}
	runtime.KeepAlive(runner)
}
