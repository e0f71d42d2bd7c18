// Package report writes what became of tests, for people and for programs: one file for each form.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/internal/scripttest"
)

// Options say how.
type Options struct {
	Verbose bool // text: each test with its log, not only what failed
	Colour  bool // text: with the terminal's colours
}

// Formats are the names that New knows.
func Formats() []string { return []string{"text", "json", "junit", "tap"} }

// New returns the reporter of a format, which writes to w.
func New(format string, w io.Writer, o Options) (scripttest.Reporter, error) {
	switch format {
	case "text":
		return &text{w: w, Options: o}, nil
	case "json":
		return &document{w: w}, nil
	case "junit":
		return &junit{w: w}, nil
	case "tap":
		return &tap{w: w}, nil
	}
	return nil, fmt.Errorf("there is no format %q; there are %s", format, strings.Join(Formats(), ", "))
}

// at is a place as people and editors read it.
func at(p scripttest.Place) string { return fmt.Sprintf("%s:%d", p.Script, p.Line) }

// why is a failure as a few lines of text.
func why(f *scripttest.Failure) []string {
	var out []string
	for _, line := range strings.Split(headline(f), "\n") {
		out = append(out, strings.TrimRight(line, "\r"))
	}
	if f.Code != "" {
		out[0] += " [" + f.Code + "]"
	}
	for i, p := range f.Places {
		words := at(p)
		if i > 0 {
			words = "by way of " + words
		} else if len(out) > 0 {
			out[0] = at(p) + ": " + out[0]
			words = ""
		}
		if words != "" {
			out = append(out, "  "+words)
		}
		if p.Source != "" {
			out = append(out, fmt.Sprintf("%6d | %s", p.Line, p.Source))
		}
	}
	out = append(out, details(f)...)
	for _, more := range f.More {
		out = append(out, "also: "+more)
	}
	return out
}

func headline(f *scripttest.Failure) string {
	if f.Note != "" {
		return f.Note + ": " + f.Message
	}
	return f.Message
}

// details are what the first line of a failure doesn't say.
func details(f *scripttest.Failure) []string {
	var out []string
	if len(f.Diff) > 1 {
		for _, d := range f.Diff {
			out = append(out, "  - "+d)
		}
	}
	if f.Compared && (len(f.Diff) > 0 || !told(f.Message, f.Expected) || !told(f.Message, f.Actual)) {
		out = append(out, "  expected: "+f.Expected, "  got:      "+f.Actual)
	}
	return out
}

// told says whether a message has shown a value in full.
func told(message, value string) bool { return value == "nil" || strings.Contains(message, value) }

// logLine is a line of the log, with its fields.
func logLine(l *scripttest.Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-5s ", l.Level)
	if l.Action != "" {
		b.WriteString(l.Action + ": ")
	}
	b.WriteString(l.Message)
	for _, f := range l.Fields {
		fmt.Fprintf(&b, " %s=%v", f.Name, f.Value)
	}
	return strings.ReplaceAll(b.String(), "\n", "\n      ")
}

// clean replaces the control characters that scripts may have put into words.
func clean(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0:
			return '\uFFFD'
		}
		return r
	}, words)
}

// took is a duration as people say it.
func took(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return "0 ms"
}

// seconds is a duration as programs take it.
func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

func shownLog(t *scripttest.Test, verbose bool) []scripttest.Line {
	if t.Status == scripttest.Failed || verbose {
		return slices.Clone(t.Log)
	}
	return nil
}
