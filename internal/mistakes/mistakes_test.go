// Package mistakes shows what authors see who make mistakes: each mistake, and the exact text that it gives.
package mistakes

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/cli"
	"github.com/luaction/luaction/internal/lesson"
)

var update = flag.Bool("update", false, "write what is said now into the golden files")

const (
	golden    = "testdata/mistakes.txtar"
	onlyCheck = "testdata/check.txtar" // what no run tells
)

// mistake is what an author wrote, and what was said to it when the golden file was written.
type mistake struct {
	name  string // "007 question mark and colon"
	files []txtar.File
	says  map[string]string // by stage
	got   map[string]string
}

// stages are the moments at which something is said: when the folder is checked, when it is loaded, and when the action is run.
func stages() []string { return []string{"check", "load", "run"} }

// checked is what luaction check says of a folder, without the count at its end.
func checked(scripts string) string {
	var out bytes.Buffer
	if cli.Main([]string{"check", "--color", "never", scripts}, cli.Streams{Out: &out, Err: &out}) == 0 {
		return ""
	}
	said := out.String()
	if i := strings.LastIndex(strings.TrimSpace(said), "\n"); i >= 0 {
		said = strings.TrimSpace(said[:i]) + "\n"
	}
	return said
}

func read(t *testing.T, name string) (comment []byte, all []*mistake) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(text)
	for _, f := range archive.Files {
		name, file, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s: a file lies in the folder of its mistake", f.Name)
		}
		if len(all) == 0 || all[len(all)-1].name != name {
			all = append(all, &mistake{name: name, says: map[string]string{}})
		}
		m := all[len(all)-1]
		if stage, ok := strings.CutSuffix(file, " says"); ok {
			m.says[stage] = string(f.Data)
			continue
		}
		m.files = append(m.files, txtar.File{Name: file, Data: f.Data})
	}
	return archive.Comment, all
}

// TestMistakes makes each mistake and compares what is said, at load and at the call, with the golden file.
func TestMistakes(t *testing.T) {
	comment, all := read(t, golden)
	const least = 60
	if len(all) < least {
		t.Errorf("%d mistakes, want at least %d", len(all), least)
	}
	for _, m := range all {
		m.got = m.make(t)
		if said := m.got["load"] + m.got["run"]; said == "" {
			t.Errorf("%s: nothing is said", m.name)
		} else if !code.MatchString(said) {
			t.Errorf("%s: no lesson has this message:\n%s", m.name, said)
		}
	}
	compare(t, golden, comment, all)
}

// TestWhatOnlyCheckFinds holds that nothing else finds these mistakes: they load, and run without a word.
func TestWhatOnlyCheckFinds(t *testing.T) {
	comment, all := read(t, onlyCheck)
	for _, m := range all {
		m.got = m.make(t)
		if m.got["load"] != "" || strings.Contains(m.got["run"], "failed") || code.MatchString(m.got["run"]) {
			t.Errorf("%s: %s%s", m.name, m.got["load"], m.got["run"])
		}
		if !code.MatchString(m.got["check"]) {
			t.Errorf("%s: check finds nothing, or nothing with a lesson: %s", m.name, m.got["check"])
		}
		delete(m.got, "run")
	}
	compare(t, onlyCheck, comment, all)
}

// compare holds what is said against the golden file, or writes it there.
func compare(t *testing.T, name string, comment []byte, all []*mistake) {
	t.Helper()
	written := txtar.Archive{Comment: comment}
	seen := map[string]bool{}
	for _, m := range all {
		number, _, _ := strings.Cut(m.name, " ")
		if seen[number] {
			t.Errorf("%s: the number is there twice", m.name)
		}
		seen[number] = true
		for _, f := range m.files {
			written.Files = append(written.Files, txtar.File{Name: m.name + "/" + f.Name, Data: f.Data})
		}
		for _, stage := range stages() {
			if text := m.got[stage]; text != "" {
				written.Files = append(written.Files, txtar.File{Name: m.name + "/" + stage + " says", Data: []byte(text)})
			}
			if !*update && m.got[stage] != m.says[stage] {
				t.Errorf("%s, at %s:\n%s\nwant\n%s", m.name, stage, m.got[stage], m.says[stage])
			}
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(&written), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCodesAgree holds that check gives a mistake the code that it has when the file is loaded or run, where check finds it at all.
func TestCodesAgree(t *testing.T) {
	others := map[string]bool{
		"108 the two values of gsub": true, // check knows why there are two, the call only that one of them is wrong
	}
	_, all := read(t, golden)
	for name := range interp.Retired() {
		all = append(all, retired(name))
	}
	for library, members := range interp.RetiredMembers() {
		for name := range members {
			all = append(all, retired(library+"."+name))
		}
	}
	for _, m := range all {
		if m.says["check"] == "" && m.says["run"] == "" && m.says["load"] == "" {
			m.says = m.make(t)
		}
		checked := code.FindAllString(m.says["check"], -1)
		if !anError(m.says["check"]) {
			checked = nil // warnings are about something else
		}
		said := code.FindAllString(m.says["load"]+m.says["run"], -1)
		if strings.HasPrefix(m.name, "retired ") && (len(said) == 0 || len(checked) == 0) {
			t.Errorf("%s: it isn't found: %v", m.name, m.says)
		}
		for _, c := range said {
			if len(checked) > 0 && !slices.Contains(checked, c) && !others[m.name] {
				t.Errorf("%s: check says\n%s\nand the run\n%s", m.name, m.says["check"], m.says["load"]+m.says["run"])
			}
		}
	}
}

// retired is the use of a name that other languages, or other versions of Lua, have.
func retired(name string) *mistake {
	text := "return function(one, two, three)\n  print(" + name + ", one, two, three)\nend\n"
	return &mistake{name: "retired " + name, files: []txtar.File{{Name: "action_x.lua", Data: []byte(text)}}, says: map[string]string{}}
}

var code = regexp.MustCompile(`\bLA\d{3}\b`)

// anError tells whether check finds more than warnings.
func anError(said string) bool {
	for line := range strings.Lines(said) {
		if code.MatchString(line) && !strings.Contains(line, ": warning: ") {
			return true
		}
	}
	return false
}

// make writes the files of the mistake and lets the author's tools look at them.
func (m *mistake) make(t *testing.T) map[string]string {
	dir := t.TempDir()
	scripts := filepath.Join(dir, "scripts")
	args := []string{"run"}
	action := ""
	for _, f := range m.files {
		at := filepath.Join(scripts, filepath.FromSlash(f.Name))
		switch f.Name {
		case "arguments":
			args = append(args, strings.Fields(string(f.Data))...)
			continue
		case "luaction.yml":
			at = filepath.Join(dir, f.Name)
			args = append(args, "--config", at)
		}
		if base, isLua := strings.CutSuffix(filepath.Base(at), ".lua"); isLua && action == "" && !strings.HasPrefix(f.Name, "lib/") {
			action = base
		}
		data := f.Data
		if bytes.Contains(data, []byte("(as UTF-16)")) { // which can't stand in the golden file itself
			data = utf16(data)
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	says := map[string]string{"check": relative(checked(scripts), scripts)}
	snapshot := script.NewLoader(script.Options{Dir: scripts, Compile: engine.Compile, Read: engine.Read}).Load(t.Context())
	for i := range snapshot.Problems {
		p := &snapshot.Problems[i]
		if p.Script != "" {
			says["load"] += lesson.Mark(p.Error()) + "\n"
		}
	}
	if snapshot.Errors() == 0 && action != "" {
		var out, errs bytes.Buffer
		args = append(args, "--scripts", scripts, action)
		cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
		says["run"] = strings.ReplaceAll(errs.String(), scripts, "scripts")
	}
	return says
}

// relative has paths begin at the scripts folder, however check found it from here.
func relative(said, scripts string) string {
	if here, err := os.Getwd(); err == nil {
		if path, err := filepath.Rel(here, scripts); err == nil {
			said = strings.ReplaceAll(said, filepath.ToSlash(path), "scripts")
		}
	}
	return strings.ReplaceAll(said, scripts, "scripts")
}

func utf16(text []byte) []byte {
	wide := []byte{0xff, 0xfe}
	for _, b := range text {
		wide = append(wide, b, 0)
	}
	return wide
}
