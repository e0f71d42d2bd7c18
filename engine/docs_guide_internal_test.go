package engine

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/rasa"
)

// TestGuide runs each block of Lua in the author's guide: as the body of an action, or as a file if its first line is the file's
// path. A block has to print, and tell the user, what it says in comments that begin with -->. Blocks called "lua test" are tests.
func TestGuide(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../docs/guide/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("there are %d pages: %v", len(pages), err)
	}
	databases, err := database.OpenAll(map[string]database.Config{"shop": {URL: "sqlite::memory:"}})
	if err != nil {
		t.Fatal(err)
	}
	defer databases.Close()
	g := guide{options: Options{HTTP: standIn(t), Databases: databases, Store: keyvalue.NewMemory(1<<20, time.Now),
		Env: []env.Variable{{Name: "SHOP_NAME", Value: "Bike & Bell", Set: true}}}, libs: map[string]*script.Lib{}}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range strings.Split(string(text), "```lua\n")[1:] {
			block, _, _ := strings.Cut(block, "```")
			if err := g.run(t, block); err != nil {
				t.Errorf("%s, block %d: %v\n%s", filepath.Base(page), i+1, err, block)
			}
		}
	}
}

// guide keeps the shared files that a page has shown, for its later blocks.
type guide struct {
	options Options
	libs    map[string]*script.Lib
}

var (
	filePath = regexp.MustCompile(`^-- scripts/(\S+)\.lua\n`)
	says     = regexp.MustCompile(`(?m)^--> (.*)$`)
)

func (g *guide) run(t *testing.T, block string) error {
	path, source := "action_x", "return function(dispatcher, tracker, domain)\n"+block+"\nend"
	if m := filePath.FindStringSubmatch(block); m != nil {
		path, source = m[1], block
	}
	c, warnings, problem := Compile(path+".lua", []byte(source))
	if problem != nil {
		return problem
	}
	if len(warnings) > 0 {
		return &warnings[0]
	}
	if strings.HasPrefix(path, "lib/") {
		name := strings.ReplaceAll(path, "/", ".")
		g.libs[name] = &script.Lib{Name: name, Path: path + ".lua", Chunk: c}
		return nil
	}
	got, err := g.call(t, path, c)
	if err != nil {
		return err
	}
	var want []string
	for _, m := range says.FindAllStringSubmatch(block, -1) {
		want = append(want, m[1])
	}
	if want != nil && !slices.Equal(got, want) {
		return fmt.Errorf("it says\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return nil
}

// call runs the action, and returns what it prints and what the user is told.
func (g *guide) call(t *testing.T, name string, c *chunk.Chunk) ([]string, error) {
	var lines []string
	o := g.options
	o.Log = slog.New(printed{lines: &lines})
	o.Snapshots = fixed{&script.Snapshot{Actions: map[string]*script.Action{name: {Name: name, Path: name + ".lua", Chunk: c}},
		Libs: g.libs, Data: dataFiles()}}
	e := New(o)
	defer e.Close()
	call, err := rasa.ParseCall([]byte(strings.Replace(guest, "action_x", name, 1)))
	if err != nil {
		return nil, err
	}
	answer, failed := e.Run(t.Context(), call, nil)
	if failed != nil {
		return nil, failed
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.Contains(line, "there is no slot '") })
	for _, part := range strings.Split(string(answer.Body), `{"text":"`)[1:] {
		text, _, _ := strings.Cut(part, `"`)
		lines = append(lines, "says "+text)
	}
	return lines, nil
}
