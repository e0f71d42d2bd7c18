package scripttest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/internal/scripttest"
	"github.com/luaction/luaction/luaapi"
)

// What is declared can be read by whoever makes a reference of it, and its examples are Lua.
func TestReference(t *testing.T) {
	t.Parallel()
	names := 0
	for _, m := range scripttest.Reference() {
		for i := range m.Members {
			member := &m.Members[i]
			if _, err := luaapi.ParseReturns(member.Returns); err != nil {
				t.Errorf("%s: %v", member.Name, err)
			}
			for _, p := range member.Params {
				if _, err := luaapi.ParseTypes(p.Type); err != nil {
					t.Errorf("%s: %v", member.Name, err)
				}
			}
			if _, _, problem := interp.Compile("x.lua", []byte(member.Example)); problem != nil || member.Example == "" || member.Doc == "" {
				t.Errorf("%s: %v", member.Name, problem)
			}
			names++
		}
		for _, f := range m.Fields {
			if _, err := luaapi.ParseTypes(f.Type); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
	if names < 20 {
		t.Errorf("only %d names are declared", names)
	}
}

// TestPage runs the scripts and tests of the page for authors: each block of Lua there begins with its file's name.
func TestPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, block := range strings.Split(string(page), "```lua\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		first, _, _ := strings.Cut(text, "\n")
		name, ok := strings.CutPrefix(first, "-- scripts/")
		if !ok {
			t.Fatalf("a block begins with %q, and not with its file's name", first)
		}
		files[name] = text
	}
	out, summary := run(t, scripttest.Options{Snapshot: load(t, files)}, "text")
	if summary.Bad() || summary.Passed < 6 {
		t.Errorf("%s", out)
	}
}

// TestGuide runs the tests in the author's guide, against the scripts that its pages show.
func TestGuide(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/guide/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("there are %d pages: %v", len(pages), err)
	}
	files, tests := map[string]string{}, 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "```lua")[1:] {
			kind, block, _ := strings.Cut(block, "\n")
			block, _, _ = strings.Cut(block, "```")
			first, _, _ := strings.Cut(block, "\n")
			name, isFile := strings.CutPrefix(first, "-- scripts/")
			switch {
			case kind == " test" && !isFile:
				tests++
				files[fmt.Sprintf("guide_%d_test.lua", tests)] = block
			case isFile:
				files[name] = block
			}
		}
	}
	out, summary := run(t, scripttest.Options{Snapshot: load(t, files)}, "text")
	if summary.Bad() || summary.Files != tests || tests < 3 {
		t.Errorf("%d files of tests\n%s", tests, out)
	}
}
