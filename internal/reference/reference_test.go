package reference_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/reference"
)

//nolint:gochecknoglobals // a test's flag has to be one
var update = flag.Bool("update", false, "write docs/reference.md anew")

const docs = "../../docs"

// TestReferenceIsCurrent holds that the page says what the program does. `make docs` writes it.
func TestReferenceIsCurrent(t *testing.T) {
	t.Parallel()
	want := reference.Markdown(engine.Reference(nil))
	file := filepath.Join(docs, "reference.md")
	if *update {
		if err := os.WriteFile(file, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/reference.md is not what the declarations say (%v); run make docs", err)
	}
}

// TestReferenceIsWhole holds that every member, field and option is in it, and that its links lead somewhere.
func TestReferenceIsWhole(t *testing.T) {
	t.Parallel()
	all := engine.Reference(nil)
	text := string(reference.Markdown(all))
	has := func(part string) {
		if !strings.Contains(text, part) {
			t.Errorf("%s is not in it", part)
		}
	}
	for _, m := range all {
		for _, f := range m.Fields {
			has("| `" + m.Name + "." + f.Name + "` |")
		}
		for _, member := range m.Members {
			has("\n" + member.Example + "\n")
			for _, p := range member.Params {
				has("`" + p.Name + "` *")
				for _, f := range p.Fields {
					if !member.Named {
						has("- `" + f.Name + "` *")
					}
				}
			}
		}
	}
	headings := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(text, -1) {
		headings[strings.NewReplacer(" ", "-", ".", "").Replace(strings.ToLower(found[1]))] = true
	}
	links := regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(text, -1)
	if len(links) < 40 {
		t.Errorf("only %d links", len(links))
	}
	for _, found := range links {
		if name, ok := strings.CutPrefix(found[1], "#"); ok {
			if !headings[name] {
				t.Errorf("no heading %s", name)
			}
		} else if _, err := os.Stat(filepath.Join(docs, found[1])); err != nil {
			t.Error(err)
		}
	}
}
