package suite_test

import (
	"bytes"
	"errors"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp"
)

// suites are the files that are run, by folder of the module.
func suites() map[string][]string {
	return map[string][]string{
		"_lua5.1-tests": {"big", "calls", "closure", "constructs", "errors", "events", "gc", "literals", "locals", "math",
			"nextvar", "pm", "sort", "strings", "vararg", "verybig"},
		"_glua-tests": {"base", "coroutine", "db", "goto", "issues", "math", "os", "strings", "table", "vm"},
	}
}

// TestSuites runs the files without the lines that skips lists.
func TestSuites(t *testing.T) {
	t.Parallel()
	list := skips()
	for folder, names := range suites() {
		for _, name := range names {
			file := folder + "/" + name + ".lua"
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				source := moduleFile(t, file)
				err := play(t, file, without(t, source, list[file], -1))
				var failure *interp.Error
				if errors.As(err, &failure) {
					t.Errorf("%v, called from %s", err, strings.Join(failure.Trace, ", "))
				} else if err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestSkipsAreNeeded holds each entry of the list to its word: the lines are the ones it means, and fail if they are run.
func TestSkipsAreNeeded(t *testing.T) {
	t.Parallel()
	for file, entries := range skips() {
		for i, e := range entries {
			t.Run(file+":"+strconv.Itoa(e.from), func(t *testing.T) {
				t.Parallel()
				source := moduleFile(t, file)
				if play(t, file, without(t, source, entries, i)) == nil {
					t.Error("the lines pass: take them off the list")
				}
			})
		}
	}
}

// drivers say how a file is run that doesn't only run, and what it returns.
func drivers() map[string]string {
	return map[string]string{
		"_lua5.1-tests/big.lua":    `local f = coroutine.wrap(chunk) assert(f() == 'b' and f() == 'a')`,
		"_lua5.1-tests/calls.lua":  `assert(chunk() == deep and deep)`,
		"_lua5.1-tests/locals.lua": `assert(chunk() == 5)`,
		"_lua5.1-tests/events.lua": `assert(chunk() == 12)`,
		"_lua5.1-tests/gc.lua":     `_soft = true chunk()`, // the suite's own word for smaller sizes
		"_lua5.1-tests/sort.lua":   `_soft = true chunk()`,
	}
}

// play runs one file in a world of its own.
func play(t *testing.T, file string, source []byte) error {
	t.Helper()
	w := newWorld(t)
	begin(t, w.State)
	defer w.End()
	fn, err := w.load(path.Base(file), source)
	if err != nil {
		return err
	}
	w.env.RawSetString("chunk", fn)
	drive := drivers()[file]
	if drive == "" {
		drive = "chunk()"
	}
	_, err = w.do("drive.lua", []byte(drive))
	return err
}

// without blanks the lines that the entries list, but for the entry with the number but.
func without(t *testing.T, source []byte, entries []skip, but int) []byte {
	t.Helper()
	lines := bytes.SplitAfter(source, []byte("\n"))
	for i, e := range entries {
		if e.from < 1 || e.to < e.from || e.to > len(lines) {
			t.Fatalf("lines %d to %d are not there", e.from, e.to)
		}
		if first := string(lines[e.from-1]); !strings.Contains(first, e.text) {
			t.Fatalf("line %d is %q, the list says %q", e.from, first, e.text)
		}
		if i == but {
			continue
		}
		for n := e.from - 1; n < e.to; n++ {
			lines[n] = []byte("\n")
		}
		lines[e.from-1] = []byte(e.instead + "\n")
	}
	return bytes.Join(lines, nil)
}
