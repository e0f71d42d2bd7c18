package tree_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/internal/check/tree"
)

// everything are the Lua files of the repository.
func everything(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, dir := range []string{"../../../scripts", "../../../examples", "../../../testdata", "../../../engine"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".lua") {
				return err
			}
			files[path], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 500 {
		t.Fatalf("found %d files", len(files))
	}
	return files
}

// What compiles can be read.
func TestReadsWhatCompiles(t *testing.T) {
	t.Parallel()
	for path, source := range everything(t) {
		agree(t, path, source)
	}
}

func agree(t *testing.T, path string, source []byte) {
	t.Helper()
	f, err := tree.Parse("x.lua", source)
	if _, _, fatal := chunk.Compile("x.lua", source); fatal == nil && err != nil {
		t.Fatalf("%s compiles and can't be read", path)
	}
	if err != nil {
		return
	}
	tree.Walk(f.Main, func(n tree.Node) bool {
		at := n.At()
		if at.Start < 0 || at.End < at.Start || at.End > len(f.Source) {
			t.Fatalf("%s: %T at %v of %d", path, n, at, len(f.Source))
		}
		f.Place(at.Start)
		return true
	})
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	f, err := tree.Parse("x.lua", []byte("\xef\xbb\xbf#!lua\r\nlocal a = 1\r\n  return f(a)\r"))
	if err != nil {
		t.Fatal(err)
	}
	tree.Walk(f.Main, func(n tree.Node) bool {
		if call, ok := n.(*tree.Call); ok {
			if line, column := f.Place(call.Start); line != 3 || column != 10 || f.Text(call) != "f(a)" || f.Line(3) != "  return f(a)" {
				t.Errorf("%d:%d %q in %q", line, column, f.Text(call), f.Line(3))
			}
		}
		return true
	})
}

func TestLocals(t *testing.T) {
	t.Parallel()
	f, err := tree.Parse("x.lua", []byte(`
local a, b, c = f()
local function g(x) local a = x return g(a) end
b = 1
repeat local d = a until d
for i, v in ipairs(c) do g(i) end
for n = 1, 2 do g(n, n) end
local a = 2
`))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][4]int{}
	for _, l := range f.Locals {
		count := [4]int{l.Reads, l.Sets, len(l.Calls), l.Index}
		key := l.Name
		if l.Hides != nil {
			key += "'"
			if l.Same {
				key += "'"
			}
		}
		got[key] = count
	}
	want := map[string][4]int{"a": {1, 0, 0, 0}, "b": {0, 1, 0, 1}, "c": {1, 0, 0, 2}, "g": {3, 0, 3, 0}, "x": {1, 0, 0, 0}, "a'": {1, 0, 0, 0},
		"d": {1, 0, 0, 0}, "i": {1, 0, 0, 0}, "v": {0, 0, 0, 1}, "n": {2, 0, 0, 0}, "a''": {0, 0, 0, 0}}
	for name, counts := range want {
		if got[name] != counts {
			t.Errorf("%s has %v, want %v", name, got[name], counts)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, source := range []string{"", "return", "local a <const> = 1", "x = {[1]=2;a=3,4}", "f'x':g{...}.h[1]()", "goto a ::a::", "a.b:c()", "if a then elseif b then else end",
		"for i=1,2 do end", "for a,b in c do break end", "function a.b:c(...) end", "repeat until a", "--[[", "((((", "a=b..c..d^-2", "#!x\n", "\xef\xbb\xbfx()", "a,b.c=1"} {
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) { agree(t, "the source", source) })
}
