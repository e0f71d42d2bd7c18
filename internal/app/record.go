package app

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/webhook"
)

// record opens the recorder if the settings ask for one. runner has calls recorded on their way to the engine; without a recorder it
// gives the engine itself.
func (a *App) record(secrets *mask.Mask, heap int64) (runner func(*engine.Engine) webhook.Runner, err error) {
	s := &a.settings
	if s.Record == "" {
		return func(e *engine.Engine) webhook.Runner { return e }, nil
	}
	rules, err := recording.ParseRules(s.RecordRedact)
	if err != nil {
		return nil, fmt.Errorf("--record-redact: %w", err)
	}
	// What waits for the disk is heap that scripts can't have.
	a.recorder, err = recording.Open(recording.Options{Dir: s.Record, MaxFiles: s.RecordLimit, MaxBytes: int64(s.RecordSize), Rules: rules,
		Queue: min(cmp.Or(heap, engine.DefaultMemory)/8, recording.DefaultQueue), Mask: secrets, Log: a.log, Reply: webhook.Reply})
	if err != nil {
		return nil, fmt.Errorf("--record: %w", err)
	}
	a.log.Info("calls are recorded; the files hold what people said", "folder", s.Record)
	return func(e *engine.Engine) webhook.Runner { return a.recorder.Wrap(e) }, nil
}

// lastWrites is how long the calls that wait may take to be written after the last one has ended.
const lastWrites = 5 * time.Second

func (a *App) stopRecording(ctx context.Context) {
	if a.recorder != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWrites)
		defer cancel()
		a.recorder.Close(ctx)
	}
}
