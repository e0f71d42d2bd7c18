package app

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestPercentFor(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{
		0: 500, 1 << 20: 500, 8 << 20: 500, 12 << 20: 400, 20 << 20: 200, 32 << 20: 150, 48 << 20: 100, 64 << 20: 50, 1 << 40: 50,
	} {
		if got := percentFor(live); got != want {
			t.Errorf("%d MiB: %d, want %d", live>>20, got, want)
		}
	}
}

//nolint:paralleltest // it changes a setting of the whole process
func TestRelaxGarbage(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	stop := relaxGarbage()
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	if got := percent(); got != mostPercent {
		t.Errorf("while nothing is in use the setting is %d", got)
	}
	inUse := make([]byte, 80<<20)
	for end := time.Now().Add(time.Minute); percent() != leastPercent; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Now().After(end) {
			t.Fatalf("a large heap is collected at %d %%", percent())
		}
	}
	runtime.KeepAlive(inUse)
	stop()
	if got := percent(); got != 100 {
		t.Errorf("the setting afterwards is %d", got)
	}
	runtime.GC()
	t.Setenv("GOGC", "150")
	relaxGarbage()()
	if got := percent(); got != 100 {
		t.Errorf("GOGC is set, and still the percentage became %d", got)
	}
}
