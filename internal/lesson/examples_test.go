package lesson_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/cli"
	"github.com/luaction/luaction/internal/lesson"
)

var code = regexp.MustCompile(`\[(LA\d{3})\]`)

// TestWrong lets the author's tools look at what each lesson calls wrong: whoever is said to find it gives a message of this lesson.
func TestWrong(t *testing.T) {
	t.Parallel()
	for _, l := range lesson.All() {
		e := written(t, l, "wrong")
		switch l.Only {
		case "test":
			if said := e.command("test", e.scripts); !strings.Contains(said, "["+l.Code+"]") {
				t.Errorf("%s: luaction test says of the wrong example: %s", l.Code, said)
			}
		case "check":
			if said := e.check(); !strings.Contains(said, "["+l.Code+"]") {
				t.Errorf("%s: luaction check says of the wrong example: %s", l.Code, said)
			}
		case "":
			ranWrong(t, l, e.run(t, l.Arguments))
		}
	}
}

func ranWrong(t *testing.T, l lesson.Lesson, said string) {
	t.Helper()
	found := false
	for line := range strings.Lines(said) {
		if got, ok := lesson.OfMessage(line); ok {
			found = true
			if got.Code != l.Code {
				t.Errorf("%s: the wrong example gives a message of %s: %s", l.Code, got.Code, line)
			}
		}
	}
	if !found {
		t.Errorf("%s: the wrong example gives no message that is known: %q", l.Code, said)
	}
}

// TestRight lets them look at what is called right: nobody says a word, but that a variable of a short example is not used.
func TestRight(t *testing.T) {
	t.Parallel()
	for _, l := range lesson.All() {
		if l.Only == "words" {
			continue
		}
		e := written(t, l, "right")
		for _, m := range code.FindAllStringSubmatch(e.check(), -1) {
			if m[1] != "LA037" || l.Code == "LA037" {
				t.Errorf("%s: luaction check says of the right example: %s", l.Code, e.check())
			}
		}
		if l.Only == "test" {
			if said := e.command("test", e.scripts); strings.Contains(said, "FAIL") || !strings.Contains(said, " passed in ") {
				t.Errorf("%s: luaction test says of the right example: %s", l.Code, said)
			}
			continue
		}
		if l.Arguments == "-" || !strings.Contains(l.Right, "\n") {
			continue
		}
		if said := e.run(t, l.Arguments); said != "" {
			t.Errorf("%s: the right example gives: %s", l.Code, said)
		}
	}
}

// example is a lesson's example as files.
type example struct {
	scripts string
	action  string   // the first one; "" for none
	config  []string // --config FILE, if there is one
	domain  []string // --domain FILE, if there is one
}

// written writes the files of a kind, and those of both.
func written(t *testing.T, l lesson.Lesson, kind string) *example {
	t.Helper()
	dir := t.TempDir()
	e := &example{scripts: filepath.Join(dir, "scripts")}
	for _, f := range l.Files {
		if f.Kind != "" && f.Kind != kind {
			continue
		}
		name, text, at := f.Name, f.Text, e.scripts
		switch name {
		case "":
			name, text = "action_x.lua", "return function(dispatcher, tracker, domain)\n"+text+"end\n"
		case "domain.yml":
			at = dir
			e.domain = []string{"--domain", filepath.Join(dir, name)}
		case "luaction.yml":
			at = dir
			e.config = []string{"--config", filepath.Join(dir, name)}
		}
		base, isLua := strings.CutSuffix(filepath.Base(name), ".lua")
		if isLua && e.action == "" && !strings.HasPrefix(name, "lib/") && !strings.HasSuffix(base, "_test") {
			e.action = base
		}
		at = filepath.Join(at, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// command is what a command writes.
func (e *example) command(args ...string) string {
	var out bytes.Buffer
	cli.Main(append(args, e.config...), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out})
	return out.String()
}

func (e *example) check() string {
	return e.command(append([]string{"check", "--color", "never", e.scripts}, e.domain...)...)
}

// run loads the example and runs its first action. It returns what was said of problems.
func (e *example) run(t *testing.T, arguments string) string {
	t.Helper()
	if e.action == "" {
		return ""
	}
	said := ""
	snapshot := script.NewLoader(script.Options{Dir: e.scripts, Compile: engine.Compile, Read: engine.Read}).Load(t.Context())
	for i := range snapshot.Problems {
		said += snapshot.Problems[i].Error() + "\n"
	}
	if snapshot.Errors() > 0 {
		return said
	}
	var out, errs bytes.Buffer
	args := append([]string{"run", "--scripts", e.scripts, e.action}, strings.Fields(arguments)...)
	cli.Main(append(args, e.config...), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	for line := range strings.Lines(errs.String()) {
		if !strings.HasPrefix(line, "info ") && !strings.Contains(line, " failed") && !strings.Contains(line, " | ") && !strings.HasPrefix(line, "  by way of") {
			said += line
		}
	}
	return said
}
