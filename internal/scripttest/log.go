package scripttest

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// mostLines is how many lines are kept of one test.
const mostLines = 2000

// sink keeps what a test and its actions log.
type sink struct {
	mu    sync.Mutex
	lines []Line
	more  bool
}

func (s *sink) add(l Line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case len(s.lines) < mostLines:
		s.lines = append(s.lines, l)
	case !s.more:
		s.more = true
		s.lines = append(s.lines, Line{Level: "warn", Message: "further lines are left out"})
	}
}

// take returns the lines and forgets them.
func (s *sink) take() []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := s.lines
	s.lines, s.more = nil, false
	return lines
}

// count is how many lines there are; since are those that came after so many.
func (s *sink) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.lines)
}

func (s *sink) since(n int) []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lines[min(n, len(s.lines)):])
}

// handler writes log lines into a sink.
type handler struct {
	sink   *sink
	action bool // the lines are those of actions
	attrs  []slog.Attr
}

// Enabled takes all levels: a test may look for any.
func (h *handler) Enabled(context.Context, slog.Level) bool { return true }

// Handle keeps the line. What the server adds behind the script's own fields is left out, except for the action's name.
func (h *handler) Handle(_ context.Context, r slog.Record) error {
	line := Line{Level: strings.ToLower(r.Level.String()), Message: r.Message}
	attrs := slices.Clone(h.attrs)
	r.Attrs(func(a slog.Attr) bool {
		attrs = append(attrs, a)
		return true
	})
	if h.action {
		for _, added := range []string{"snapshot", "sender", "action"} {
			if n := len(attrs) - 1; n >= 0 && attrs[n].Key == added {
				line.Action = attrs[n].Value.String() // the last one is the action's
				attrs = attrs[:n]
			}
		}
	}
	for _, added := range []string{"line", "script"} {
		if n := len(attrs) - 1; n >= 0 && attrs[n].Key == added {
			attrs = attrs[:n]
		}
	}
	for _, a := range attrs {
		line.Fields = append(line.Fields, Field{Name: a.Key, Value: plain(a.Value)})
	}
	h.sink.add(line)
	return nil
}

// plain is a value as the script wrote it.
func plain(v slog.Value) any {
	switch v = v.Resolve(); v.Kind() {
	case slog.KindBool, slog.KindInt64, slog.KindFloat64:
		return v.Any()
	default:
		return v.String()
	}
}

// WithAttrs returns a handler that adds these to each line.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &handler{sink: h.sink, action: h.action, attrs: append(slices.Clone(h.attrs), attrs...)}
}

// WithGroup returns the same handler: nobody groups.
func (h *handler) WithGroup(string) slog.Handler { return h }
