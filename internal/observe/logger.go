// Package observe tells people what the server does. It watches the engine from outside; the engine knows nothing of it.
package observe

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/mattn/go-isatty"

	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/config"
)

// NewLogger makes the logger that the settings ask for, writing to out and, if one is named, to the log file as well. The mask's
// secrets are in no line. The second result closes the file.
func NewLogger(s config.Logs, out io.Writer, secrets *mask.Mask) (*slog.Logger, func() error, error) {
	level := levelOf(s)
	screen := handler(s.LogFormat, level, out)
	if s.LogFile == "" {
		return slog.New(Explained(mask.Handler(screen, secrets))), func() error { return nil }, nil
	}
	file, err := os.OpenFile(s.LogFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		var cause *os.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return nil, nil, fmt.Errorf("--log-file: %s can't be written: %w", s.LogFile, err)
	}
	both := slog.NewMultiHandler(screen, handler(s.LogFormat, level, file))
	return slog.New(Explained(mask.Handler(both, secrets))), file.Close, nil
}

func levelOf(s config.Logs) slog.Level {
	switch {
	case s.Quiet:
		return slog.LevelWarn
	case s.Debug || s.Verbose > 1:
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// handler writes text for people and JSON for programs; auto takes a terminal for a person.
func handler(format string, level slog.Level, out io.Writer) slog.Handler {
	opts := &slog.HandlerOptions{Level: level}
	if format == "text" || format != "json" && isTerminal(out) {
		return slog.NewTextHandler(out, opts)
	}
	return slog.NewJSONHandler(out, opts)
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && isatty.IsTerminal(file.Fd())
}
