package time_test

import (
	"context"
	"errors"
	"testing"
	gotime "time"

	"github.com/luaction/luaction/engine/interp/meter"
)

func TestSleep(t *testing.T) {
	w := newWorld(t)
	begin := gotime.Now()
	if value, err := w.run(t, `return select("#", time.sleep(0.02), time.sleep(0))`); err != nil || value.String() != "1" {
		t.Fatalf("%v %v", value, err)
	}
	if took := gotime.Since(begin); took < 20*gotime.Millisecond {
		t.Errorf("slept %v, want at least 20ms", took)
	}
}

// However long a script sleeps, the end of its call wakes it, and pcall doesn't help it.
func TestStopEndsSleep(t *testing.T) {
	for _, source := range []string{`time.sleep(3600)`, `time.sleep(1e300)`, `time.sleep(math.huge)`, `pcall(time.sleep, 3600) time.sleep(3600)`,
		`while true do pcall(time.sleep, 3600) end`} {
		w := newWorld(t)
		gotime.AfterFunc(10*gotime.Millisecond, func() { w.state.Meter().Stop(meter.ErrDeadline) })
		_, err := w.run(t, source)
		if err == nil || !errors.Is(w.state.Meter().Stopped(), meter.ErrDeadline) {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestSleepAfterAStoppedCall(t *testing.T) {
	w := newWorld(t)
	w.state.Meter().Stop(meter.ErrCanceled)
	_, _ = w.run(t, `time.sleep(3600)`)
	w.session.End()
	w.state.End()
	w.state.Begin(context.Background(), gotime.Time{}, 0)
	begin := gotime.Now()
	if _, err := w.run(t, `time.sleep(0.02)`); err != nil {
		t.Fatal(err)
	}
	if took := gotime.Since(begin); took < 20*gotime.Millisecond {
		t.Errorf("slept %v, want at least 20ms", took)
	}
}

func TestWaitReplaced(t *testing.T) {
	w := newWorld(t)
	var waited gotime.Duration
	w.times.Wait = func(d gotime.Duration) { waited += d }
	if _, err := w.run(t, `time.sleep(3600) time.sleep(0.5)`); err != nil {
		t.Fatal(err)
	}
	if want := 3600500 * gotime.Millisecond; waited != want {
		t.Errorf("waited %v, want %v", waited, want)
	}
}
