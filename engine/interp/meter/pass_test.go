package meter_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp/meter"
)

func TestPass(t *testing.T) {
	t.Parallel()
	m := meter.New()
	m.Begin(context.Background(), time.Now().Add(time.Hour), 0)
	m.Pass(50 * time.Minute)
	m.Pass(-time.Hour)
	if m.Stopped() != nil {
		t.Error("stopped before its deadline")
	}
	if until, ok := m.Deadline(); !ok || time.Until(until) > 10*time.Minute {
		t.Errorf("the deadline is at %s", until)
	}
	m.Pass(10 * time.Minute)
	if err := m.Stopped(); !errors.Is(err, meter.ErrDeadline) {
		t.Errorf("past the deadline: %v", err)
	}
	m.Begin(context.Background(), time.Time{}, 0)
	m.Pass(time.Hour)
	if m.Stopped() != nil {
		t.Error("stopped without a deadline")
	}
}
