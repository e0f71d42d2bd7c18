package pairs_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/replay"
	"github.com/luaction/luaction/internal/replay/pairs"
	"github.com/luaction/luaction/rasa"
)

const testdata = "../../../testdata/from-python"

// TestPage runs the Lua of each pair of the page, and holds its answer against what the SDK answered to the Python beside it.
func TestPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/from-python.md")
	if err != nil {
		t.Fatal(err)
	}
	base, err := os.ReadFile(filepath.Join(testdata, "call.json"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := pairs.Read(string(page), base)
	if err != nil {
		t.Fatal(err)
	}
	if blocks := strings.Count(string(page), "```lua\n"); blocks != len(list) || blocks == 0 {
		t.Fatalf("the page has %d blocks of Lua, %d of them were read", blocks, len(list))
	}
	text, err := os.ReadFile(filepath.Join(testdata, "answers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var records []pairs.Record
	if err := json.Unmarshal(text, &records); err != nil {
		t.Fatal(err)
	}
	if len(records) != len(list) {
		t.Fatalf("the page has %d pairs, %d were recorded: run make conformance-record", len(list), len(records))
	}
	for i := range list {
		t.Run(list[i].Title, func(t *testing.T) {
			t.Parallel()
			if records[i].Python != list[i].Python {
				t.Fatal("the Python isn't what was recorded: run make conformance-record")
			}
			status, body, reason := run(t, &list[i])
			step := replay.Step{Ignore: list[i].Ignore, Datetime: list[i].Datetime}
			if err := json.Unmarshal(records[i].Answer, &step.Expect); err != nil {
				t.Fatal(err)
			}
			if string(step.Expect.Status) == "500" {
				t.Errorf("the Python failed: %s", step.Expect.JSON)
			}
			for _, wrong := range step.Judge(replay.Answer{Status: status, ContentType: "application/json", Body: body}) {
				t.Errorf("%s\n%s\n%s", wrong, reason, list[i].Lua)
			}
		})
	}
}

// run serves the pair's Lua as a folder of scripts and calls it.
func run(t *testing.T, p *pairs.Pair) (status int, body []byte, reason string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(testdata, "data"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, p.Action()+".lua"), []byte(p.LuaFile()), 0o600); err != nil {
		t.Fatal(err)
	}
	loader := script.NewLoader(script.Options{
		Dir: dir, Compile: engine.Compile, Read: engine.Read, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	loader.Load(t.Context())
	e := engine.New(engine.Options{Snapshots: loader})
	defer e.Close()
	call, err := rasa.ParseCall(p.Call)
	if err != nil {
		t.Fatal(err)
	}
	answer, failed := e.Run(t.Context(), call, nil)
	switch {
	case failed == nil:
		return 200, answer.Body, ""
	case failed.Code == engine.Rejected:
		text, err := json.Marshal(map[string]string{"error": failed.Message, "action_name": p.Action()})
		if err != nil {
			t.Fatal(err)
		}
		return 400, text, ""
	}
	return 500, []byte("{}"), failed.Error()
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	const python, lua = "```python\npass\n```\n", "```lua\nreturn\n```\n"
	for _, c := range []struct{ name, page, wrong string }{
		{"Lua alone", "## A\n" + lua, "without Python"},
		{"Python alone", "## A\n" + python, "no Lua beside it"},
		{"Python twice", python + python + lua, "two blocks"},
		{"a comment that is no JSON", "<!-- call {x} -->\n" + python + lua, "comment"},
	} {
		if _, err := pairs.Read(c.page, []byte("{}")); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	page := "## A\n<!-- call {\"tracker\": {\"slots\": {\"b\": 2}}, \"ignore\": [\"/x\"]} -->\n```python\nclass X(Action):\n    def name(self):\n" +
		"        return \"action_x\"\n```\n```lua\nreturn form {}\n```\n```python\npass\n```\n```lua\nreturn\n```\n"
	list, err := pairs.Read(page, []byte(`{"next_action":"action_y","tracker":{"slots":{"a":1}}}`))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d pairs, %v", len(list), err)
	}
	if p := list[0]; p.Title != "A 1" || p.Action() != "action_x" || string(p.Call) != `{"next_action":"action_x","tracker":{"slots":{"a":1,"b":2}}}` ||
		len(p.Ignore) != 1 || p.LuaFile() != "return form {}\n" {
		t.Errorf("%+v %s", p, p.Call)
	}
	if p := list[1]; p.Title != "A 2" || p.Action() != "action_y" || p.Ignore != nil || !strings.HasPrefix(p.LuaFile(), "return function") {
		t.Errorf("%+v", p)
	}
}
