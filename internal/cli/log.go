package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/observe"
	"github.com/luaction/luaction/internal/screen"
)

// scriptLog writes what a script logs as its author reads it: "info action_x.lua:3: the message name=value". Time, action and sender
// are left out, for the command has said them or was told.
func scriptLog(w io.Writer, verbose int, secrets *mask.Mask) *slog.Logger {
	level := slog.LevelInfo
	if verbose > 0 {
		level = slog.LevelDebug
	}
	return slog.New(observe.Explained(mask.Handler(&lines{w: w, screen: screen.Of(w), level: level, mu: new(sync.Mutex)}, secrets)))
}

// lines is a slog.Handler.
type lines struct {
	w      io.Writer
	screen screen.Screen
	level  slog.Level
	given  []slog.Attr
	mu     *sync.Mutex
}

// Enabled tells whether lines of this level are written.
func (h *lines) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// WithAttrs gives each line the attributes.
func (h *lines) WithAttrs(attrs []slog.Attr) slog.Handler {
	more := *h
	more.given = slices.Concat(h.given, attrs)
	return &more
}

// WithGroup changes nothing: what scripts log has no groups.
func (h *lines) WithGroup(string) slog.Handler { return h }

// Handle writes one line.
func (h *lines) Handle(_ context.Context, r slog.Record) error {
	fields := slices.Clone(h.given)
	r.Attrs(func(a slog.Attr) bool {
		fields = append(fields, a)
		return true
	})
	// The script's own fields come first, and may have any name: the last of a name is the engine's.
	last := map[string]int{}
	for i, f := range fields {
		last[f.Key] = i
	}
	about := func(name string) string {
		if i, ok := last[name]; ok {
			return fields[i].Value.String()
		}
		return ""
	}
	place := about("script")
	if line := about("line"); line != "" {
		place += ":" + line
	}
	if place != "" {
		place += ": "
	}
	var rest strings.Builder
	for i, f := range fields {
		if slices.Contains([]string{"script", "line", "action", "sender", "snapshot", "help"}, f.Key) && last[f.Key] == i {
			continue
		}
		rest.WriteString(" " + h.screen.Dim(f.Key+"=") + shownField(f.Value.String()))
	}
	if _, code, ok := strings.Cut(about("help"), "explain "); ok {
		rest.WriteString(" [" + code + "]")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := fmt.Fprintf(h.w, "%s %s%s%s\n", h.word(r.Level), h.screen.Dim(place), shownText(r.Message), rest.String())
	return err
}

// word is the level as scripts say it.
func (h *lines) word(level slog.Level) string {
	switch {
	case level >= slog.LevelError:
		return h.screen.Red("error")
	case level >= slog.LevelWarn:
		return h.screen.Yellow("warn")
	case level >= slog.LevelInfo:
		return h.screen.Green("info")
	}
	return h.screen.Dim("debug")
}

// shownText is a message with nothing in it that a terminal obeys; lines stay lines, moved in.
func shownText(text string) string {
	return strings.ReplaceAll(plainText(text), "\n", "\n      ")
}

// shownField is a value, in quotes where it could be taken for more than one.
func shownField(value string) string {
	if value == "" || strings.ContainsAny(value, " \"=\n\t") {
		return fmt.Sprintf("%q", plainText(value))
	}
	return plainText(value)
}

// plainText has no control characters but tabs and ends of lines.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, text)
}
