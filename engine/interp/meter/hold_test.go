package meter_test

import (
	"context"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

func until(t *testing.T, what string, f func() bool) {
	t.Helper()
	for begin := time.Now(); !f(); time.Sleep(time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatal("never: " + what)
		}
	}
}

// run has a goroutine do what the interpreter does, until the call is stopped.
func run(m *meter.Meter) (ended chan struct{}) {
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		for m.Done() == nil {
			time.Sleep(10 * time.Microsecond)
		}
	}()
	return ended
}

func TestHold(t *testing.T) {
	t.Parallel()
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	ended := run(m)
	for range 100 {
		m.Hold()
		until(t, "still", m.Still)
		m.Release()
	}
	until(t, "running", func() bool { return !m.Still() })
	m.Stop(meter.ErrMemory)
	<-ended
}

// A held call that is stopped ends when it is released, and one that is stopped first isn't held.
func TestHoldAndStop(t *testing.T) {
	t.Parallel()
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	ended := run(m)
	m.Hold()
	until(t, "still", m.Still)
	m.Stop(meter.ErrMemory)
	if !m.Still() {
		t.Error("the script goes on before it is released")
	}
	m.Release()
	<-ended

	m.Begin(context.Background(), time.Time{}, 0)
	m.Stop(meter.ErrMemory)
	m.Hold()
	<-run(m)
}

// A function that waits is still at once, and doesn't come back while the call is held.
func TestHoldWhileAsleep(t *testing.T) {
	t.Parallel()
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	ended := make(chan struct{})
	go func() { m.Sleep(20 * time.Millisecond); close(ended) }()
	until(t, "still", m.Still)
	m.Hold()
	time.Sleep(40 * time.Millisecond)
	select {
	case <-ended:
		t.Error("the script goes on before it is released")
	default:
	}
	m.Release()
	<-ended
	if m.Still() {
		t.Error("still after the sleep")
	}
}
