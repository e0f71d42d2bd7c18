package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/luaction/luaction/internal/scripttest"
)

// tap is the Test Anything Protocol, version 13.
type tap struct {
	w     io.Writer
	count int
}

func (t *tap) line(words string) {
	if t.count == 0 {
		fmt.Fprintln(t.w, "TAP version 13")
	}
	t.count++
	fmt.Fprintln(t.w, words)
}

func (t *tap) point(well bool, name, directive string) {
	word := "ok"
	if !well {
		word = "not ok"
	}
	t.line(fmt.Sprintf("%s %d - %s%s", word, t.count+1, tapName(name), directive))
}

// File writes the tests of a file.
func (t *tap) File(f *scripttest.File) {
	if f.Failure != nil {
		t.point(false, f.Path+": the file runs", "")
		t.why(f.Failure, f.Log)
	}
	for i := range f.Tests {
		test := &f.Tests[i]
		switch test.Status {
		case scripttest.Passed:
			t.point(true, test.FullName(), "")
		case scripttest.Pending:
			t.point(true, test.FullName(), " # SKIP "+oneLine("pending"+after(": ", test.Reason)))
		case scripttest.NotRun:
			t.point(false, test.FullName(), "")
			t.block(map[string]any{"message": "not run: " + test.Reason}, []string{"message"})
		case scripttest.Failed:
			t.point(false, test.FullName(), "")
			t.why(test.Failure, test.Log)
		}
	}
}

func (t *tap) why(f *scripttest.Failure, log []scripttest.Line) {
	values, keys := map[string]any{"message": headline(f)}, []string{"message"}
	add := func(key string, value any) {
		values[key] = value
		keys = append(keys, key)
	}
	if len(f.Places) > 0 {
		add("at", at(f.Places[0]))
	}
	if f.Compared {
		add("expected", f.Expected)
		add("actual", f.Actual)
	}
	if len(f.Diff) > 0 {
		add("diff", f.Diff)
	}
	if len(f.More) > 0 {
		add("more", f.More)
	}
	if len(log) > 0 {
		var lines []string
		for i := range log {
			lines = append(lines, logLine(&log[i]))
		}
		add("log", lines)
	}
	t.block(values, keys)
}

// block is YAML below a test. Its values are written as JSON, which YAML takes.
func (t *tap) block(values map[string]any, keys []string) {
	fmt.Fprintln(t.w, "  ---")
	for _, key := range keys {
		var text strings.Builder
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		if err := e.Encode(values[key]); err == nil {
			fmt.Fprintf(t.w, "  %s: %s", key, text.String())
		}
	}
	fmt.Fprintln(t.w, "  ...")
}

// tapName keeps a name from being taken for a directive.
func tapName(name string) string {
	return strings.NewReplacer("\\", "\\\\", "#", "\\#").Replace(clean(oneLine(name)))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// End writes the plan.
func (t *tap) End(*scripttest.Summary) error {
	if t.count == 0 {
		fmt.Fprintln(t.w, "TAP version 13")
	}
	_, err := fmt.Fprintf(t.w, "1..%d\n", t.count)
	return err
}
