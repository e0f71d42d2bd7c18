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
		0: 500, 1 << 20: 500, 5 << 20: 500, 8 << 20: 400, 12 << 20: 250, 20 << 20: 150, 32 << 20: 100, 40 << 20: 50, 1 << 40: 50,
	} {
		if got := percentFor(live); got != want {
			t.Errorf("%d MiB: %d, want %d", live>>20, got, want)
		}
	}
}

//nolint:paralleltest // it changes a setting of the whole process
func TestRelaxGarbage(t *testing.T) {
	t.Setenv("GOGC", "")
	stop := relaxGarbage()
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	for end := time.Now().Add(time.Minute); percent() == ownPercent; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Now().After(end) {
			t.Fatal("a small heap is still collected as often as before")
		}
	}
	stop()
	if got := percent(); got != ownPercent {
		t.Errorf("the setting afterwards is %d", got)
	}
	runtime.GC()
	t.Setenv("GOGC", "150")
	relaxGarbage()()
	if got := percent(); got != ownPercent {
		t.Errorf("GOGC is set, and still the percentage became %d", got)
	}
}
