package check_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/check"
)

// load reads a folder of scripts as the server does.
func load(t testing.TB, dir string) *script.Snapshot {
	t.Helper()
	return script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read}).Load(context.Background())
}

// folders are the folders of scripts below dir.
func folders(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "scripts" {
			found = append(found, path)
			return fs.SkipDir
		}
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	return found
}

// In what is served by default, and in the examples, nothing is wrong.
func TestNoFindings(t *testing.T) {
	t.Parallel()
	o := check.Options{Modules: engine.Reference(nil), Values: []string{"shop", "working_days"}}
	for _, dir := range append(folders(t, "../../examples"), "../../scripts", "../../testdata/bench/scripts", "../../testdata/rasa/scripts") {
		o.Dir = dir
		for _, f := range check.Run(context.Background(), load(t, dir), o) {
			t.Errorf("%s/%s:%d:%d: %s [%s]", dir, f.Script, f.Line, f.Column, f.Message, f.Rule)
		}
	}
}

// In the conformance cases only what they do wrong on purpose is found.
func TestConformanceScripts(t *testing.T) {
	t.Parallel()
	const list = "testdata/conformance.golden"
	o := check.Options{Modules: engine.Reference(nil)}
	var out strings.Builder
	for _, dir := range folders(t, "../../testdata/conformance") {
		o.Dir = dir
		for _, f := range check.Run(context.Background(), load(t, dir), o) {
			fmt.Fprintf(&out, "%s/%s:%d: %s [%s]\n\t%s\n", strings.TrimPrefix(filepath.ToSlash(dir), "../../testdata/conformance/"), f.Script, f.Line, f.Message, f.Rule,
				strings.TrimSpace(f.Source))
		}
	}
	if *update {
		if err := os.WriteFile(list, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("found\n%s", got)
	}
}

// Scripts that attack the server are looked at like any others.
func TestHostileScripts(t *testing.T) {
	t.Parallel()
	for _, dir := range folders(t, "../../testdata/hostile") {
		if len(check.Run(context.Background(), load(t, dir), check.Options{Modules: engine.Reference(nil), Dir: dir})) == 0 {
			t.Error("nothing found")
		}
	}
}

// many copies the examples' actions until there are n scripts.
func many(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	var sources [][]byte
	err := filepath.WalkDir("../../examples", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".lua") || strings.HasSuffix(path, "_test.lua") || strings.Contains(filepath.ToSlash(path), "/lib/") {
			return err
		}
		source, err := os.ReadFile(path)
		sources = append(sources, source)
		return err
	})
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("action_%d.lua", i)), sources[i%len(sources)], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// 500 scripts take far below two seconds; the bound is wide, because machines differ.
func TestManyScripts(t *testing.T) {
	dir := many(t, 500)
	snapshot := load(t, dir)
	began := time.Now()
	check.Run(context.Background(), snapshot, check.Options{Modules: engine.Reference(nil), Dir: dir})
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

func BenchmarkRun(b *testing.B) {
	dir := many(b, 500)
	snapshot := load(b, dir)
	o := check.Options{Modules: engine.Reference(nil), Dir: dir}
	for b.Loop() {
		check.Run(context.Background(), snapshot, o)
	}
}

func TestEndedContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := folderOf(t, golden{name: "x", source: "return function() print(nothing_there) end\n"})
	if found := check.Run(ctx, load(t, dir), check.Options{Modules: engine.Reference(nil), Dir: dir}); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// The examples of the reference are right, but for locals that they give a name to and don't go on with.
func TestExamplesOfTheReference(t *testing.T) {
	t.Parallel()
	o := check.Options{Modules: engine.Reference(nil)}
	n := 0
	for _, m := range o.Modules {
		for _, member := range m.Members {
			if member.Example == "" {
				continue
			}
			n++
			kind := "action"
			source := "local db = sql.open(\"shop\")\nreturn function(dispatcher, tracker, domain)\n" + member.Example + "\nprint(db)\nend\n"
			if m.Name == "form" || m.Name == "knowledge" {
				kind, source = "form:", member.Example+"\n"
			}
			if m.Name == "tx" || m.Name == "match" || m.Name == "response" || m.Name == "moment" {
				continue // their examples begin in the middle
			}
			if strings.Contains(member.Example, "return {") {
				source = strings.Replace(source, "\nprint(db)\n", "\n", 1)
			}
			dir := folderOf(t, golden{name: kind, source: source})
			o.Dir = dir
			for _, f := range check.Run(context.Background(), load(t, dir), o) {
				if f.Rule != "unused-local" && f.Rule != "unknown-file" && f.Rule != "unknown-require" && f.Rule != "shadowed-local" {
					t.Errorf("%s.%s: %s: %s [%s]", m.Name, member.Name, member.Example, f.Message, f.Rule)
				}
			}
		}
	}
	if n < 80 {
		t.Errorf("only %d examples", n)
	}
}
