package form_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
)

// step is one call of a recorded case.
type step struct {
	Note    string
	Request struct{ JSON json.RawMessage }
	Expect  struct {
		Status int
		JSON   json.RawMessage
	}
}

// TestRecorded replays what was recorded from Rasa's own action server. What becomes of a missing domain is not tried here.
func TestRecorded(t *testing.T) {
	t.Parallel()
	replayed := 0
	for _, pattern := range []string{"forms/*", "slots/*", "domain/form-needs-it", "differs/validator-returns-*"} {
		cases, err := filepath.Glob(filepath.Join("../../testdata/conformance", pattern))
		if err != nil || len(cases) == 0 {
			t.Fatalf("no cases for %s: %v", pattern, err)
		}
		for _, dir := range cases {
			replayed++
			t.Run(filepath.Base(dir), func(t *testing.T) {
				t.Parallel()
				replay(t, dir)
			})
		}
	}
	if replayed < 20 {
		t.Errorf("only %d cases", replayed)
	}
}

func replay(t *testing.T, dir string) {
	text, err := os.ReadFile(filepath.Join(dir, "steps.json"))
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	if err := json.Unmarshal(text, &steps); err != nil {
		t.Fatal(err)
	}
	replayed := 0
	for i, s := range steps {
		var head struct {
			Action string          `json:"next_action"`
			Domain json.RawMessage `json:"domain"`
		}
		if err := json.Unmarshal(s.Request.JSON, &head); err != nil {
			t.Fatal(err)
		}
		if head.Domain == nil { // the engine's: it has kept a domain, or asks for it
			continue
		}
		script, err := os.ReadFile(filepath.Join(dir, "scripts", head.Action+".lua"))
		if err != nil {
			t.Fatal(err)
		}
		replayed++
		answer, _, err := apitest.Run(t, apitest.Case{
			Request: string(s.Request.JSON), Script: whole(string(script)), Modules: append(modules(), titles),
		})
		if s.Expect.Status != 200 {
			if err == nil {
				t.Errorf("step %d %s: want status %d, got %s", i+1, s.Note, s.Expect.Status, answer)
			}
			continue
		}
		if err != nil {
			t.Errorf("step %d %s: %v", i+1, s.Note, err)
			continue
		}
		if !same(t, answer, string(s.Expect.JSON)) {
			t.Errorf("step %d %s:\n got %s\nwant %s", i+1, s.Note, answer, s.Expect.JSON)
		}
	}
	if replayed == 0 {
		t.Error("no step was replayed")
	}
}

func same(t *testing.T, one, other string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(one), &a); err != nil {
		t.Fatalf("%s: %v", one, err)
	}
	if err := json.Unmarshal([]byte(other), &b); err != nil {
		t.Fatalf("%s: %v", other, err)
	}
	return reflect.DeepEqual(a, b)
}

// titles is what the recorded scripts need of the module text.
func titles(*luaapi.Session) luaapi.Module {
	return luaapi.Module{Name: "text", Members: []luaapi.Member{{
		Name: "title", Params: []luaapi.Param{{Name: "text", Type: "string"}},
		Func: func(a luaapi.Args) int {
			text := a.String(1)
			return a.Return(lua.LString(strings.ToUpper(text[:1]) + text[1:]))
		},
	}}}
}
