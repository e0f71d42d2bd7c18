package meter_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

const forever = time.Hour

func TestSleepWaitsItsTime(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	for range 3 {
		begin := time.Now()
		m.Sleep(20 * time.Millisecond)
		if took := time.Since(begin); took < 20*time.Millisecond {
			t.Fatalf("slept %v, want at least 20ms", took)
		}
	}
	if err := m.Stopped(); err != nil {
		t.Fatalf("sleeping stopped the call: %v", err)
	}
	if m.Done() != nil {
		t.Fatal("Done is not nil after a sleep; it is nil until the call has to end")
	}
}

func TestSleepOfNothing(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	m.Sleep(0)
	m.Sleep(-forever)
}

func TestStopEndsSleep(t *testing.T) {
	m := meter.New()
	for range 50 {
		m.Begin(context.Background(), time.Time{}, 0)
		slept := make(chan error)
		go func() {
			m.Sleep(forever)
			slept <- m.Stopped()
		}()
		m.Stop(meter.ErrDeadline)
		m.Stop(meter.ErrCanceled)
		if err := <-slept; !errors.Is(err, meter.ErrDeadline) {
			t.Fatalf("Stopped after the sleep = %v, want the deadline", err)
		}
	}
}

func TestStopWhileAsleep(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	time.AfterFunc(10*time.Millisecond, func() { m.Stop(meter.ErrCanceled) })
	m.Sleep(forever)
	if !errors.Is(m.Stopped(), meter.ErrCanceled) {
		t.Fatalf("Stopped = %v, want that the call was cancelled", m.Stopped())
	}
}

func TestNoSleepAfterStop(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	m.Stop(meter.ErrMemory)
	m.Sleep(forever)
	m.Sleep(forever)
}

// A stop belongs to its call: the next one sleeps again, also when the stop came while nobody slept.
func TestSleepOfTheNextCall(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	m.Sleep(time.Millisecond)
	m.Stop(meter.ErrCanceled)
	m.Begin(context.Background(), time.Time{}, 0)
	begin := time.Now()
	m.Sleep(20 * time.Millisecond)
	if took := time.Since(begin); took < 20*time.Millisecond {
		t.Fatalf("slept %v, want at least 20ms: the stop of the call before woke it", took)
	}
}

func TestSleepAllocatesOnce(t *testing.T) {
	m := meter.New()
	m.Begin(context.Background(), time.Time{}, 0)
	m.Sleep(time.Microsecond)
	if n := testing.AllocsPerRun(20, func() { m.Sleep(time.Microsecond) }); n > 0 {
		t.Fatalf("a sleep allocates %v times, want none after the first", n)
	}
}

func TestManySleepAtOnce(t *testing.T) {
	begin := time.Now()
	var all sync.WaitGroup
	for range 1000 {
		all.Go(func() {
			m := meter.New()
			m.Begin(context.Background(), time.Time{}, 0)
			m.Sleep(50 * time.Millisecond)
		})
	}
	all.Wait()
	if took := time.Since(begin); took > 20*time.Second {
		t.Fatalf("1000 sleeps of 50ms took %v: they wait for each other", took)
	}
}
