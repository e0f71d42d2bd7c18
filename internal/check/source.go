package check

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/check/tree"
)

type sourceKind uint8

const (
	anActionFile sourceKind = iota
	aLib
	aTest
)

// source is one script that is Lua.
type source struct {
	path string
	kind sourceKind
	tree *tree.File
}

// maxTests is how many test files are looked at.
const maxTests = 10_000

// maxSource is how many bytes of a file are read: a script may have fewer.
const maxSource = 256 << 10

// folder reads the files below the scripts folder; it has none if the folder can't be opened.
type folder struct{ root *os.Root }

func openFolder(dir string) *folder {
	if dir == "" {
		return &folder{}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &folder{}
	}
	return &folder{root}
}

func (f *folder) close() {
	if f.root != nil {
		_ = f.root.Close() // it was only read
	}
}

// read returns a file, nil if it can't be read or is larger than a script may be.
func (f *folder) read(name string) []byte {
	if f.root == nil || name == "" {
		return nil
	}
	info, err := f.root.Stat(filepath.FromSlash(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSource {
		return nil
	}
	text, err := f.root.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return nil
	}
	return text
}

// tests are the paths of the test files.
func (f *folder) tests() []string {
	if f.root == nil {
		return nil
	}
	var found []string
	_ = fs.WalkDir(f.root.FS(), ".", func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what can't be read has no tests
		case at != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && strings.HasSuffix(d.Name(), "_test.lua") && len(found) < maxTests:
			found = append(found, at)
		}
		return nil
	})
	slices.Sort(found)
	return found
}

func kindOf(name string) sourceKind {
	switch {
	case strings.HasSuffix(name, "_test.lua"):
		return aTest
	case strings.HasPrefix(name, "lib/"):
		return aLib
	}
	return anActionFile
}

// gather finds the scripts that are Lua.
func gather(snapshot *script.Snapshot, dir *folder) []*source {
	var all []*source
	seen := map[string]bool{}
	add := func(name, plain string) {
		if seen[name] {
			return
		}
		seen[name] = true
		if f, err := tree.ParsePlain(name, plain); err == nil {
			all = append(all, &source{path: name, kind: kindOf(name), tree: f})
		}
	}
	for _, a := range snapshot.Actions {
		if !a.Stale {
			add(a.Path, a.Chunk.Source())
		}
	}
	for _, l := range snapshot.Libs {
		if !l.Stale {
			add(l.Path, l.Chunk.Source())
		}
	}
	for i := range snapshot.Problems {
		problem := &snapshot.Problems[i]
		if seen[problem.Script] || path.Ext(problem.Script) != ".lua" || problem.Rule == script.RuleSyntax {
			continue
		}
		text := dir.read(problem.Script)
		if _, _, fatal := chunk.Compile(problem.Script, text); fatal == nil && text != nil {
			plain, _ := chunk.Plain(problem.Script, text)
			add(problem.Script, plain)
		}
	}
	slices.SortFunc(all, func(a, b *source) int { return strings.Compare(a.path, b.path) })
	return all
}

// testSource is a test file, nil if it can't be read.
func testSource(name, plain string) *source {
	f, err := tree.ParsePlain(name, plain)
	if err != nil {
		return nil
	}
	return &source{path: name, kind: aTest, tree: f}
}
