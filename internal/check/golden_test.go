package check_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/luaapi"
)

//nolint:gochecknoglobals // a flag of the test binary
var update = flag.Bool("update", false, "write what is found into the golden files")

// golden is one case of a golden file: `=== name`, the script, `---`, what is found.
type golden struct{ name, source, want string }

func goldens(t testing.TB, path string) []golden {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []golden
	for _, block := range strings.Split(string(text), "=== ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		source, want, _ := strings.Cut(rest, "---\n")
		all = append(all, golden{name, source, strings.TrimRight(want, "\n")})
	}
	return all
}

// scriptPath is where a case's script lies: its name says so with "lib:" or "test:" before it.
func scriptPath(name string) string {
	switch kind, _, _ := strings.Cut(name, ":"); kind {
	case "lib":
		return "lib/this.lua"
	case "test":
		return "this_test.lua"
	case "form":
		return "validate_this_form.lua"
	}
	return "action_this.lua"
}

func folderOf(t *testing.T, g golden) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		scriptPath(g.name): g.source, "lib/dates.lua": "return { today = function() return os.date() end }\n", "prices.json": "{}\n",
		"lib/shop.lua": `local M = { name = "x", LIST = { 1 }, deep = { down = function() return 1 end } }
function M.total(list) return #list + M.deep.down() end
function M:greet() return self.name end
return M
`,
		"action_other.lua": "return function() end\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func found(t *testing.T, modules []luaapi.Module, g golden) string {
	t.Helper()
	dir := folderOf(t, g)
	var lines []string
	for _, f := range check.Run(context.Background(), load(t, dir), check.Options{Modules: modules, Dir: dir}) {
		line := fmt.Sprintf("%d:%d-%d: %s", f.Line, f.Column, f.EndColumn, f.Message)
		if f.Hint != "" {
			line += " (" + f.Hint + ")"
		}
		line += " [" + f.Rule
		if f.Warning {
			line += ", warning"
		}
		lines = append(lines, line+"]")
		if f.Script != scriptPath(g.name) {
			t.Errorf("%s: found something in %q", g.name, f.Script)
		}
		if text := strings.Split(g.source, "\n"); f.Line > 0 && strings.TrimRight(f.Source, "\r") != text[f.Line-1] {
			t.Errorf("%s: line %d is %q, not %q", g.name, f.Line, text[f.Line-1], f.Source)
		}
		if f.EndColumn < f.Column || f.Column > 0 && f.EndColumn > len(f.Source)+2 {
			t.Errorf("%s: columns %d to %d in %q", g.name, f.Column, f.EndColumn, f.Source)
		}
	}
	return strings.Join(lines, "\n")
}

// What is found in each script of the golden files, and that there is a case that fires and one that nearly does for each.
func TestGolden(t *testing.T) {
	t.Parallel()
	modules := engine.Reference(nil)
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) < 5 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			for _, g := range goldens(t, path) {
				got := found(t, modules, g)
				if got != g.want && !*update {
					t.Errorf("%s:\n%sgot\n%s\nwant\n%s", g.name, g.source, got, g.want)
				}
				fmt.Fprintf(&out, "=== %s\n%s---\n", g.name, g.source)
				if got != "" {
					out.WriteString(got + "\n")
				}
			}
			if *update {
				if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
