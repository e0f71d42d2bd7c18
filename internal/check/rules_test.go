package check_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/internal/check"
)

// Each rule has a case, in the golden files or in the tests of files, and no rule is without its sentence.
func TestRules(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	paths, _ := filepath.Glob("testdata/*.txt")
	for _, path := range append(paths, "files_test.go") {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(b)
	}
	known := map[string]bool{}
	for _, r := range check.Rules() {
		if known[r.Name] || !strings.HasSuffix(r.Doc, ".") {
			t.Errorf("%+v", r)
		}
		known[r.Name] = true
		if !strings.Contains(text.String(), "["+r.Name) {
			t.Errorf("no case has %s", r.Name)
		}
	}
	for _, m := range regexp.MustCompile(`\[([a-z]+(-[a-z]+)*)(, warning)?\]\n`).FindAllStringSubmatch(text.String(), -1) {
		if !known[m[1]] {
			t.Errorf("%s is not listed", m[1])
		}
	}
}

// What is declared of Lua's own libraries is what there is.
func TestLibraries(t *testing.T) {
	t.Parallel()
	state := interp.New(interp.Options{})
	defer state.Close()
	libraries := check.Libraries()
	for _, name := range []string{"string", "table", "math", "os", "coroutine"} {
		_, members := state.Library(name)
		var there []string
		for key, value := members.Next(lua.LNil); key != lua.LNil; key, value = members.Next(key) {
			if value != lua.LNil {
				there = append(there, key.String())
			}
		}
		slices.Sort(there)
		declared := libraries[name]
		slices.Sort(declared)
		if !slices.Equal(there, declared) {
			t.Errorf("%s has %v, declared is %v", name, there, declared)
		}
	}
}
