package luaapi_test

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// The watchdog weighs a call from a goroutine of its own: to weigh a table is not to touch it.
func TestWeighingTouchesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.open(nil, 0)
	defer b.close()
	touched := false
	table := b.session.Values.OnTouch(func() { touched = true })
	b.state.L.Push(table)
	defer b.state.L.Pop(1)
	b.state.Weigh(interp.NewScale())
	if touched {
		t.Error("weighing touched the table")
	}
	if b.state.L.GetTable(table, lua.LString("a")); !touched {
		t.Error("reading does not touch it: nothing is tested")
	}
}
