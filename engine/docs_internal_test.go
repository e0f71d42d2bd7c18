package engine

import (
	"context"
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
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/rasa"
)

// printed keeps what scripts print.
type printed struct {
	slog.Handler
	lines *[]string
}

func (p printed) Enabled(context.Context, slog.Level) bool { return true }
func (p printed) WithAttrs([]slog.Attr) slog.Handler       { return p }
func (p printed) WithGroup(string) slog.Handler            { return p }
func (p printed) Handle(_ context.Context, r slog.Record) error {
	if r.Level == slog.LevelInfo {
		*p.lines = append(*p.lines, place.ReplaceAllString(r.Message, ""))
	}
	return nil
}

// place is where an error was raised, which pages leave out.
var place = regexp.MustCompile(`action_x\.lua:\d+: `)

const guest = `{"next_action":"action_x","tracker":{"sender_id":"me","slots":{"city":"ulm","account":"x"},"latest_message":{"text":"hello"},"events":[]}}`

// TestPages runs each block of Lua on the modules' pages as the body of an action. Where the block says what it prints, in
// comments that begin with -->, it has to print that.
func TestPages(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../docs/modules/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("there are no pages: %v", err)
	}
	databases, err := database.OpenAll(map[string]database.Config{"shop": {URL: "sqlite::memory:"}})
	if err != nil {
		t.Fatal(err)
	}
	defer databases.Close()
	options := Options{HTTP: standIn(t), Databases: databases, Store: keyvalue.NewMemory(1<<20, time.Now),
		Env: []env.Variable{{Name: "SHOP_NAME", Value: "Bike & Bell", Set: true}, {Name: "SHOP_MOST_ITEMS"}, {Name: "SHOP_CLOSED"}}}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range strings.Split(string(text), "```lua\n")[1:] {
			block, _, closed := strings.Cut(block, "```")
			if !closed {
				t.Fatalf("%s: a block has no end", page)
			}
			if err := runBlock(t, options, block); err != nil {
				t.Errorf("%s, block %d: %v\n%s", filepath.Base(page), i+1, err, block)
			}
		}
	}
}

// dataFiles are what pages and examples find beside the scripts.
func dataFiles() map[string]*script.Data {
	files := map[string]*script.Data{}
	for name, text := range map[string]string{
		"data/prices.csv":  "article,cents\nbell,990\n\"basket, large\",2400\n",
		"data/shop.yml":    "open: [9, 18]\n",
		"data/welcome.txt": "Welcome!\n",
	} {
		files[name] = &script.Data{Path: name, Sum: "sum", Text: []byte(text)}
	}
	return files
}

// runBlock runs one block and compares what it prints.
func runBlock(t *testing.T, o Options, block string) error {
	c, _, problem := Compile("action_x.lua", []byte("return function(dispatcher, tracker, domain)\n"+block+"\nend"))
	if problem != nil {
		return problem
	}
	var lines, want []string
	o.Log = slog.New(printed{lines: &lines})
	o.Snapshots = fixed{&script.Snapshot{Actions: map[string]*script.Action{"action_x": {Name: "action_x", Path: "action_x.lua", Chunk: c}},
		Data: dataFiles()}}
	e := New(o)
	defer e.Close()
	call, err := rasa.ParseCall([]byte(guest))
	if err != nil {
		return err
	}
	if _, failed := e.Run(t.Context(), call, nil); failed != nil && failed.Code != Rejected {
		return failed
	}
	for line := range strings.Lines(block) {
		if expected, ok := strings.CutPrefix(line, "--> "); ok {
			want = append(want, strings.TrimSuffix(expected, "\n"))
		}
	}
	if want != nil && !slices.Equal(lines, want) {
		return fmt.Errorf("it prints\n%s\nnot\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	return nil
}
