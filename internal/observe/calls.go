package observe

import (
	"context"
	"log/slog"
	"strings"
	"sync"

	"github.com/luaction/luaction/engine"
)

// KnownVersion is the Rasa release line whose protocol this server was checked against.
const KnownVersion = "3.21"

const (
	// longestText caps what a client can put into a log line.
	longestText = 200
	// mostVersions caps how many versions are remembered, and so how many warnings clients can cause.
	mostVersions = 32
)

// Calls writes one log line per call. NewCalls makes one; any number of goroutines may use it.
type Calls struct {
	log  *slog.Logger
	mu   sync.Mutex
	seen map[string]bool // client versions, as x.y
}

// NewCalls makes an observer that writes to log.
func NewCalls(log *slog.Logger) *Calls { return &Calls{log: log, seen: map[string]bool{}} }

// Observe is meant for engine.Options. What people said and what slots hold is never in its lines.
func (c *Calls) Observe(o engine.Outcome) {
	c.version(o.Version)
	level, code, message := slog.LevelInfo, "ok", "call"
	action := o.Action
	if o.Err != nil {
		code = string(o.Err.Code)
		level = levelFor(o.Err.Code)
		if action == "" {
			action = o.Err.Action
		}
	}
	if level == slog.LevelError {
		message = "call failed"
	}
	if !c.log.Enabled(context.Background(), level) {
		return
	}
	attrs := make([]slog.Attr, 0, 12)
	attrs = append(attrs, slog.String("action", cut(action, longestText)), slog.String("sender", cut(o.Sender, longestText)),
		slog.String("outcome", code), slog.Float64("duration_ms", float64(o.Duration.Microseconds())/1000),
		slog.String("snapshot", o.Snapshot))
	if level > slog.LevelInfo {
		attrs = append(attrs, failure(o.Err)...)
	}
	c.log.LogAttrs(context.Background(), level, message, attrs...)
}

// levelFor: what somebody has to look into is an error; what may only be a slip of the assistant is a warning.
func levelFor(code engine.Code) slog.Level {
	switch code {
	case engine.ScriptFailed, engine.TimedOut, engine.OutOfMemory, engine.Internal:
		return slog.LevelError
	case engine.NotFound, engine.BadCall, engine.Overloaded:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// failure is what the script's author needs.
func failure(e *engine.Error) []slog.Attr {
	text := e.Detail
	if text == "" {
		text = e.Message
	}
	attrs := []slog.Attr{slog.String("err", cut(text, longestError))}
	if e.Script != "" {
		attrs = append(attrs, slog.String("script", e.Script))
	}
	if e.Line > 0 {
		attrs = append(attrs, slog.Int("line", e.Line))
	}
	if e.Source != "" {
		attrs = append(attrs, slog.String("source", strings.TrimSpace(e.Source)))
	}
	if len(e.Trace) > 0 {
		attrs = append(attrs, slog.Any("trace", e.Trace))
	}
	if e.Cause != nil && e.Code == engine.Internal {
		attrs = append(attrs, slog.String("cause", e.Cause.Error()))
	}
	return attrs
}

// longestError caps a message of a script's own in a log line.
const longestError = 8 << 10

// version warns once of each client whose x.y isn't the known one.
func (c *Calls) version(full string) {
	line := releaseLine(full)
	if line == "" || line == KnownVersion {
		return
	}
	c.mu.Lock()
	warn := !c.seen[line] && len(c.seen) < mostVersions
	if warn {
		c.seen[line] = true
	}
	c.mu.Unlock()
	if warn {
		c.log.Warn("Rasa's version differs from the one this server was checked against; most things will work",
			"rasa", line, "checked", KnownVersion)
	}
}

// releaseLine returns the x.y of x.y.z, or "" if that is no version.
func releaseLine(full string) string {
	major, rest, _ := strings.Cut(full, ".")
	minor, _, _ := strings.Cut(rest, ".")
	if !isNumber(major) || !isNumber(minor) {
		return ""
	}
	return major + "." + minor
}

func isNumber(text string) bool {
	return text != "" && len(text) <= 4 && strings.Trim(text, "0123456789") == ""
}

func cut(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…"
}
