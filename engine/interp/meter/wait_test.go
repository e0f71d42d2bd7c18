package meter_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

type key struct{}

func TestWait(t *testing.T) {
	t.Parallel()
	m := meter.New()
	m.Begin(context.WithValue(t.Context(), key{}, "v"), time.Time{}, 0)
	m.Wait(func(ctx context.Context) {
		if ctx.Value(key{}) != "v" || ctx.Err() != nil {
			t.Errorf("value %v, ended by %v", ctx.Value(key{}), ctx.Err())
		}
		if !m.Still() {
			t.Error("the state is not left alone while the call waits")
		}
	})
	if m.Still() {
		t.Error("the state is still left alone")
	}
	m.Wait(func(ctx context.Context) {
		go m.Stop(meter.ErrMemory)
		<-ctx.Done()
		if !errors.Is(context.Cause(ctx), meter.ErrMemory) {
			t.Errorf("ended by %v", context.Cause(ctx))
		}
	})
	m.Wait(func(ctx context.Context) { // of a call that has ended
		if ctx.Err() == nil {
			t.Error("waits although the call has ended")
		}
	})
	m.Begin(t.Context(), time.Time{}, 0)
	m.Wait(func(ctx context.Context) {
		if ctx.Err() != nil {
			t.Error("the stop of an earlier call ended this one")
		}
	})
}

// The caller's own end is told by whoever runs the call: what waits ends with the call, not a moment before it.
func TestWaitEndsByStopOnly(t *testing.T) {
	t.Parallel()
	parent, cancel := context.WithCancel(t.Context())
	cancel()
	m := meter.New()
	m.Begin(parent, time.Time{}, 0)
	m.Wait(func(ctx context.Context) {
		if ctx.Err() != nil {
			t.Errorf("ended by %v", ctx.Err())
		}
	})
}
