package engine

import (
	"context"
	"log/slog"
)

// callLog adds to a script's log line which call wrote it; it costs a call that logs nothing nothing.
type callLog struct {
	worker *worker
	next   slog.Handler
}

// Enabled asks the handler behind.
func (h *callLog) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle adds the call's attributes and hands the line on.
func (h *callLog) Handle(ctx context.Context, r slog.Record) error {
	if j := &h.worker.job; j.action != nil {
		r.AddAttrs(slog.String("action", j.action.Name), slog.String("sender", j.call.SenderID()), slog.String("snapshot", j.snapshot.ID()))
	}
	return h.next.Handle(ctx, r)
}

// WithAttrs returns a handler that adds these, too.
func (h *callLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &callLog{worker: h.worker, next: h.next.WithAttrs(attrs)}
}

// WithGroup returns a handler that groups what follows.
func (h *callLog) WithGroup(name string) slog.Handler {
	return &callLog{worker: h.worker, next: h.next.WithGroup(name)}
}
