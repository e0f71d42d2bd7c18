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

// TestCatalog holds the form of every lesson: whoever reads one finds what happens, why, and what to write.
func TestCatalog(t *testing.T) {
	t.Parallel()
	all := lesson.All()
	const least = 45
	if len(all) < least {
		t.Errorf("%d lessons, want at least %d", len(all), least)
	}
	shape := regexp.MustCompile(`^LA\d{3}$`)
	rules, messages, before := map[string]string{}, map[string]string{}, ""
	for _, l := range all {
		if !shape.MatchString(l.Code) || l.Code <= before {
			t.Errorf("%s stands behind %s", l.Code, before)
		}
		before = l.Code
		if l.Title == "" || l.Text == "" || l.Wrong == "" || l.Right == "" || l.Group == "" || strings.HasSuffix(l.Title, ".") {
			t.Errorf("%s is incomplete: %+v", l.Code, l)
		}
		if l.Only == "" && len(l.Messages)+len(l.Logged) == 0 || l.Only != "" && l.Only != "check" && l.Only != "test" {
			t.Errorf("%s: who finds it?", l.Code)
		}
		for _, rule := range l.Rules {
			if rules[rule] != "" {
				t.Errorf("the rule %s has two codes, %s and %s", rule, rules[rule], l.Code)
			}
			rules[rule] = l.Code
		}
		for _, m := range l.Messages {
			if messages[m] != "" || strings.Trim(m, " …") == "" {
				t.Errorf("%s: the message %q is in %s as well, or says nothing", l.Code, m, messages[m])
			}
			messages[m] = l.Code
		}
	}
}

// TestExamples runs what each lesson calls wrong and right: the one gives a message of this lesson, the other gives none.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, l := range lesson.All() {
		if l.Only == "" {
			said := run(t, l, "wrong")
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
		if l.Only == "test" || l.Arguments == "-" || !strings.Contains(l.Right, "\n") {
			continue
		}
		if said := run(t, l, "right"); said != "" {
			t.Errorf("%s: the right example gives: %s", l.Code, said)
		}
	}
}

// run writes an example into a folder, loads it and runs its first action. It returns what was said of problems.
func run(t *testing.T, l lesson.Lesson, kind string) string {
	dir := t.TempDir()
	scripts, action := filepath.Join(dir, "scripts"), ""
	args := append([]string{"run", "--scripts", scripts}, strings.Fields(l.Arguments)...)
	for _, f := range l.Files {
		if f.Kind != "" && f.Kind != kind {
			continue
		}
		name, text, at := f.Name, f.Text, scripts
		switch {
		case name == "":
			name, text = "action_x.lua", "return function(dispatcher, tracker, domain)\n"+text+"end\n"
		case name == "domain.yml":
			continue
		case name == "luaction.yml":
			at = dir
			args = append(args, "--config", filepath.Join(dir, name))
		}
		if base, isLua := strings.CutSuffix(filepath.Base(name), ".lua"); isLua && action == "" && !strings.HasPrefix(name, "lib/") {
			action = base
		}
		at = filepath.Join(at, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if action == "" {
		return ""
	}
	said := ""
	snapshot := script.NewLoader(script.Options{Dir: scripts, Compile: engine.Compile, Read: engine.Read}).Load(t.Context())
	for i := range snapshot.Problems {
		said += snapshot.Problems[i].Error() + "\n"
	}
	if snapshot.Errors() > 0 {
		return said
	}
	var out, errs bytes.Buffer
	cli.Main(append(args, action), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	for line := range strings.Lines(errs.String()) {
		if !strings.Contains(line, "level=INFO") && !strings.Contains(line, " failed") && !strings.Contains(line, " | ") && !strings.HasPrefix(line, "  by way of") {
			said += line
		}
	}
	return said
}
