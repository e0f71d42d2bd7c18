package stubs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/stubs"
)

// A real checker reads the definitions, where LUACTION_EMMYLUA names its program: `make test-stubs` installs it. Elsewhere
// TestFiles has to do.

// finding is one of the checker's.
type finding struct {
	file string
	line int
	code string
	text string
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s: %s", f.file, f.line, f.code, f.text) }

// checkFolder copies folders of scripts side by side, writes the definitions, and runs the checker.
func checkFolder(t *testing.T, folders ...string) []finding {
	t.Helper()
	program := os.Getenv("LUACTION_EMMYLUA")
	if program == "" {
		t.Skip("LUACTION_EMMYLUA names no emmylua_check; make test-stubs installs it")
	}
	dir := t.TempDir()
	for _, folder := range folders {
		if err := os.CopyFS(filepath.Join(dir, filepath.Base(filepath.Dir(folder))), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := stubs.Write(dir, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := stubs.WriteSettings(dir); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "findings.json")
	said, err := exec.CommandContext(t.Context(), program, "--severity", "warn", "--output-format", "json", "--output", out, dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v\n%s", err, said)
	}
	return readFindings(t, dir, out)
}

func readFindings(t *testing.T, dir, file string) []finding {
	t.Helper()
	var files []struct {
		File        string
		Diagnostics []struct {
			Code    string
			Message string
			Range   struct{ Start struct{ Line int } }
		}
	}
	if err := json.Unmarshal([]byte(read(t, file)), &files); err != nil {
		t.Fatal(err)
	}
	var all []finding
	for _, f := range files {
		name := f.File
		if u, err := url.Parse(f.File); err == nil && u.Scheme == "file" {
			name = u.Path
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(dir)+"/")
		for _, d := range f.Diagnostics {
			all = append(all, finding{name, d.Range.Start.Line + 1, d.Code, d.Message})
		}
	}
	slices.SortFunc(all, func(a, b finding) int {
		return strings.Compare(fmt.Sprintf("%s %5d", a.file, a.line), fmt.Sprintf("%s %5d", b.file, b.line))
	})
	return all
}

// misled says whether a finding in the examples is none: the checker doesn't see what a loop, another branch or a second result
// gives a local that begins as nil.
func misled(f finding) bool {
	return f.code == "unnecessary-if" || f.code == "need-check-nil" || slices.Contains([]string{
		"appointments/action_set_zone.lua param-type-mismatch",
		"order-status/action_open_orders.lua param-type-mismatch",
		"restaurant-form/action_book_table.lua undefined-field",
		"restaurant-form/lib/house.lua undefined-field",
	}, f.file+" "+f.code)
}

// TestCheckerLikesExamples runs the checker over all scripts of the examples.
func TestCheckerLikesExamples(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../../examples/*/scripts")
	if err != nil || len(folders) < 8 {
		t.Fatalf("%v %v", folders, err)
	}
	folders = slices.DeleteFunc(folders, func(f string) bool { return strings.Contains(f, "go-host") }) // whose globals are its own
	for _, f := range checkFolder(t, append(folders, "../../scripts/.")...) {
		if !misled(f) {
			t.Error(f)
		}
	}
}

// TestCheckerFindsPlanted runs the checker over scripts whose mistakes are marked: it finds each and no other.
func TestCheckerFindsPlanted(t *testing.T) {
	t.Parallel()
	const folder = "testdata/planted/."
	var want, got []string
	files, err := filepath.Glob("testdata/planted/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		for i, line := range strings.Split(read(t, file), "\n") {
			if _, codes, ok := strings.Cut(line, "--> "); ok {
				for code := range strings.SplitSeq(codes, ", ") {
					want = append(want, fmt.Sprintf("planted/%s:%d %s", filepath.Base(file), i+1, code))
				}
			}
		}
	}
	for _, f := range checkFolder(t, folder) {
		if at := fmt.Sprintf("%s:%d %s", f.file, f.line, f.code); !slices.Contains(got, at) {
			got = append(got, at)
		}
	}
	for _, at := range want {
		if !slices.Contains(got, at) {
			t.Errorf("not found: %s", at)
		}
	}
	for _, at := range got {
		if !slices.Contains(want, at) {
			t.Errorf("found, and not planted: %s", at)
		}
	}
}
