package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/luaction/luaction/internal/scripttest"
)

// text is for people: a line for each file, and all about what failed.
type text struct {
	Options
	w io.Writer
}

// The terminal's colours.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	grey   = "2"
	bold   = "1"
)

// painted are words that a terminal may obey.
type painted string

func (r *text) paint(colour, words string) painted {
	words = clean(words)
	if !r.Colour {
		return painted(words)
	}
	return painted("\x1b[" + colour + "m" + words + "\x1b[0m")
}

// print writes what scripts may have put into the words without what a terminal would obey.
func (r *text) print(format string, args ...any) {
	for i, arg := range args {
		if words, ok := arg.(string); ok {
			args[i] = clean(words)
		}
	}
	fmt.Fprintf(r.w, format, args...)
}

// File writes what became of a file.
func (r *text) File(f *scripttest.File) {
	var s scripttest.Summary
	for i := range f.Tests {
		countTest(&s, &f.Tests[i])
	}
	word, colour := "ok  ", green
	switch {
	case f.Failure != nil || s.Failed+s.NotRun > 0:
		word, colour = "FAIL", red
	case len(f.Tests) == 0:
		word, colour = "none", yellow
	}
	r.print("%s  %s  %s\n", r.paint(colour, word), f.Path, r.paint(grey, "("+strings.Join(append(counts(&s), took(f.Duration)), ", ")+")"))
	if f.Failure != nil {
		r.lines(why(f.Failure), "    ")
		r.log(f.Log)
	}
	for i := range f.Tests {
		r.test(&f.Tests[i])
	}
}

func (r *text) test(t *scripttest.Test) {
	switch t.Status {
	case scripttest.Failed:
		r.print("  %s %s %s\n", r.paint(red, "✗"), r.paint(bold, t.Name()), r.paint(grey, "("+took(t.Duration)+")"))
		r.lines(why(t.Failure), "    ")
	case scripttest.NotRun:
		r.print("  %s %s: not run: %s\n", r.paint(red, "-"), t.Name(), t.Reason)
	case scripttest.Pending:
		if !r.Verbose {
			return
		}
		r.print("  %s %s: pending%s\n", r.paint(yellow, "-"), t.Name(), after(": ", t.Reason))
	case scripttest.Passed:
		if !r.Verbose {
			return
		}
		r.print("  %s %s %s\n", r.paint(green, "✓"), t.Name(), r.paint(grey, "("+took(t.Duration)+")"))
	}
	r.log(shownLog(t, r.Verbose))
}

func (r *text) lines(lines []string, indent string) {
	for i, line := range lines {
		if i == 0 {
			r.print("%s%s\n", indent, r.paint(red, line))
			continue
		}
		tone := ""
		switch { // the two values of a comparison
		case strings.HasPrefix(line, "  expected: "):
			tone = green
		case strings.HasPrefix(line, "  got:      "):
			tone = red
		}
		if tone == "" {
			r.print("%s%s\n", indent, line)
			continue
		}
		r.print("%s%s\n", indent, r.paint(tone, line))
	}
}

func (r *text) log(lines []scripttest.Line) {
	for i := range lines {
		r.print("    %s\n", r.paint(grey, "log: "+logLine(&lines[i])))
	}
}

// End writes the sum.
func (r *text) End(s *scripttest.Summary) error {
	words := strings.Join(counts(s), ", ")
	colour := green
	if s.Bad() || s.Ran() == 0 {
		colour = red
	}
	_, err := fmt.Fprintf(r.w, "%s %s\n", r.paint(colour, words), r.paint(grey, fmt.Sprintf("in %s (%s)", many(s.Files, "file"), took(s.Duration))))
	return err
}

// counts say how many tests came to what, those that are none left out.
func counts(s *scripttest.Summary) []string {
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{{s.Passed, "passed"}, {s.Failed, "failed"}, {s.NotRun, "not run"}, {s.Pending, "pending"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	if s.Broken > 0 {
		parts = append(parts, many(s.Broken, "file")+" that can't run")
	}
	if len(parts) == 0 {
		parts = append(parts, "no test")
	}
	return parts
}

func countTest(s *scripttest.Summary, t *scripttest.Test) {
	switch t.Status {
	case scripttest.Passed:
		s.Passed++
	case scripttest.Failed:
		s.Failed++
	case scripttest.Pending:
		s.Pending++
	case scripttest.NotRun:
		s.NotRun++
	}
}

func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func after(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}
