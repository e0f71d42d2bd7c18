package engine

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

// TestClock has calls end in every way, in a time of its own: the clock wakes for a call after a rest, leaves it alone until its
// deadline, stops it then or when its caller goes, and leaves it behind if it goes on.
func TestClock(t *testing.T) {
	t.Parallel()
	const deadline = 3 * time.Second
	for _, c := range []struct {
		name     string
		rest     time.Duration // before the call
		cancel   time.Duration // 0: never
		end      time.Duration // 0: never
		stopped  time.Duration // 0: never
		why      error
		answered time.Duration
		left     bool
	}{
		{name: "in time", end: time.Second, answered: time.Second},
		{name: "in time, after a rest", rest: time.Minute, end: time.Second, answered: time.Second},
		{name: "past its deadline", end: deadline + grace/2, stopped: deadline, why: meter.ErrDeadline, answered: deadline + grace/2},
		{name: "past its deadline, after a rest", rest: time.Minute, end: deadline + grace/2, stopped: deadline, why: meter.ErrDeadline,
			answered: deadline + grace/2},
		{name: "cancelled", cancel: time.Second, end: time.Second + grace/2, stopped: time.Second, why: meter.ErrCanceled,
			answered: time.Second + grace/2},
		{name: "does not end", stopped: deadline, why: meter.ErrDeadline, answered: deadline + grace, left: true},
		{name: "does not end when cancelled", cancel: time.Second, stopped: time.Second, why: meter.ErrCanceled,
			answered: time.Second + grace, left: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var lost atomic.Int64
				clock := newClock(&lost)
				defer clock.close()
				time.Sleep(c.rest)

				m, done := meter.New(), make(chan ended, 1)
				l := clock.lease(m, done)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				began := time.Now()
				m.Begin(ctx, began.Add(deadline), 0)
				clock.begin(l, ctx, began.Add(deadline))
				if c.cancel > 0 {
					time.AfterFunc(c.cancel, cancel)
				}
				over := make(chan struct{})
				go func() {
					time.Sleep(cmp.Or(c.end, time.Hour))
					if clock.end(l) {
						done <- ended{reusable: true}
					}
					close(over)
				}()
				if c.stopped > 0 {
					time.Sleep(c.stopped - time.Millisecond)
					if m.Stopped() != nil {
						t.Error("it was stopped too early")
					}
					time.Sleep(2*tick + time.Millisecond)
					if !errors.Is(m.Stopped(), c.why) {
						t.Errorf("it was stopped for %v, not for %v", m.Stopped(), c.why)
					}
				}
				end := <-done
				if took := time.Since(began); took < c.answered || took > c.answered+3*tick {
					t.Errorf("answered after %s", took)
				}
				if (end.left != nil) != c.left || end.reusable == c.left || (lost.Load() == 1) != c.left {
					t.Errorf("ended as %+v, %d lost", end, lost.Load())
				}
				<-over
				if lost.Load() != 0 {
					t.Error("it has ended and still counts as lost")
				}
				clock.forget(l)
			})
		})
	}
}
