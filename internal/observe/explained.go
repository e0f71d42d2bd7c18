package observe

import (
	"context"
	"log/slog"

	"github.com/luaction/luaction/internal/lesson"
)

// Explained adds to lines about a script's mistake where more is said about it: help="luaction explain LA012". What scripts log
// themselves stays as it is.
func Explained(next slog.Handler) slog.Handler { return explained{next} }

type explained struct{ next slog.Handler }

func (h explained) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

func (h explained) WithAttrs(attrs []slog.Attr) slog.Handler {
	return explained{h.next.WithAttrs(attrs)}
}

func (h explained) WithGroup(name string) slog.Handler { return explained{h.next.WithGroup(name)} }

func (h explained) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn {
		if l, ok := about(&r); ok {
			r = r.Clone()
			r.AddAttrs(slog.String("help", "luaction explain "+l.Code))
		}
	}
	return h.next.Handle(ctx, r)
}

// about finds the lesson of a line: of a failed call by its err, of a file's problem by its message and hint, of what the API
// logs by the line itself.
func about(r *slog.Record) (lesson.Lesson, bool) {
	var script, problem, hint string
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "script":
			script = a.Value.String()
		case "err", "message":
			problem = a.Value.String()
		case "hint":
			hint = a.Value.String()
		}
		return true
	})
	switch {
	case script == "":
		return lesson.Lesson{}, false
	case r.Message == "call failed" || r.Message == "script problem" || r.Message == "script warning":
		return lesson.OfMessage(problem + "; " + hint)
	}
	return lesson.OfLogLine(r.Message)
}
