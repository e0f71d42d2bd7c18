package engine_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/rasa"
)

// folder is an engine on a folder whose files change.
type folder struct {
	t      *testing.T
	dir    string
	loader *script.Loader
	engine *engine.Engine
}

func newFolder(t *testing.T, files map[string]string) *folder {
	t.Helper()
	f := &folder{t: t, dir: t.TempDir()}
	f.loader = script.NewLoader(script.Options{Dir: f.dir, Compile: engine.Compile, Read: engine.Read, Logger: slog.New(slog.DiscardHandler)})
	f.engine = engine.New(engine.Options{Snapshots: f.loader, Timeout: 2 * time.Second})
	t.Cleanup(func() { closed(t, f.engine) })
	f.save(files)
	return f
}

// save writes files and loads the folder.
func (f *folder) save(files map[string]string) *script.Snapshot {
	f.t.Helper()
	for name, text := range files {
		at := filepath.Join(f.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
	return f.loader.Load(f.t.Context())
}

// ask asks for the city of the one hotel.
func (f *folder) ask() string {
	f.t.Helper()
	call, err := rasa.ParseCall([]byte(`{"next_action":"action_ask","tracker":{"sender_id":"s","slots":{"object_type":"hotel","attribute":"city","hotel":"inn"},
		"latest_message":{"entities":[{"entity":"attribute","value":"city"}]}}}`))
	if err != nil {
		f.t.Fatal(err)
	}
	answer, failed := f.engine.Run(f.t.Context(), call, nil)
	if failed != nil {
		return failed.Error() + " " + failed.Detail
	}
	return string(answer.Body)
}

// TestDataOfTheFolder: a data file is served like a script: what is saved counts, and what is broken leaves the last good version.
func TestDataOfTheFolder(t *testing.T) {
	t.Parallel()
	f := newFolder(t, map[string]string{"action_ask.lua": `return knowledge_base { data = "data/hotels.json" }`})
	step := func(what, content, problem, want string) {
		t.Helper()
		s := f.save(map[string]string{"data/hotels.json": content})
		var problems []string
		for i := range s.Problems {
			problems = append(problems, s.Problems[i].Error())
		}
		if got := strings.Join(problems, "\n"); got != problem {
			t.Errorf("%s: the problems are %q, want %q", what, got, problem)
		}
		if got := f.ask(); !strings.Contains(got, want) {
			t.Errorf("%s: %s\nwant %s", what, got, want)
		}
	}
	if got := f.ask(); !strings.Contains(got, `there is no data file "data/hotels.json" in the scripts folder`) {
		t.Errorf("missing: %s", got)
	}
	broken := "data/hotels.json:2: this file is not JSON: a comma or ] was expected"
	step("broken at first", "{\"hotel\": [\n{}{}]}", broken, "knowledge_base: "+broken)
	step("mended", "\xef\xbb\xbf"+`{"hotel":[{"id":1,"name":"Inn","city":"Ulm"}]}`, "", `'Inn' has the value 'Ulm'`)
	step("changed", `{"hotel":[{"id":1,"name":"Inn","city":"Linz"}]}`, "", `'Inn' has the value 'Linz'`)
	step("broken", "{\"hotel\": [\n{}{}]}", broken, `'Inn' has the value 'Linz'`)
	if err := os.Remove(filepath.Join(f.dir, "data", "hotels.json")); err != nil {
		t.Fatal(err)
	}
	f.loader.Load(t.Context())
	if got := f.ask(); !strings.Contains(got, `there is no data file "data/hotels.json" in the scripts folder`) {
		t.Errorf("removed: %s", got)
	}
}

// TestKnowledgeThatNeverEnds: functions behind a knowledge base are stopped as any script is.
func TestKnowledgeThatNeverEnds(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"represent":   `return knowledge_base { data = "hotels.json", represent = { hotel = function() while true do end end } }`,
		"get_object":  `return knowledge_base { data = "hotels.json", get_object = function() while true do pcall(error) end end }`,
		"many tables": `local t = {} for i = 1, 1e5 do t[i] = { id = i, name = "n" } end return function(d, tr) local f = knowledge_base { data = { hotel = t } } while true do f(d, tr) end end`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFolder(t, map[string]string{"action_ask.lua": file, "hotels.json": `{"hotel":[{"id":1,"name":"x"}]}`})
			if got := f.ask(); !strings.Contains(got, "took longer than 2s") {
				t.Error(got)
			}
		})
	}
}
