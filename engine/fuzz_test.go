package engine_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
)

// oneAction serves whatever action it is set to.
type oneAction struct{ snapshot *script.Snapshot }

func (o *oneAction) Current() *script.Snapshot { return o.snapshot }

// FuzzScript runs whole scripts under a short deadline: whatever they are, the call ends, nothing of Go's comes to the surface, and the
// next call on the same states is answered as ever.
func FuzzScript(f *testing.F) {
	for _, pattern := range []string{"../scripts/*.lua", "../testdata/lua51/string_*.lua", "../testdata/lua51/coroutine_*.lua", "../testdata/hostile/scripts/*.lua"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			f.Fatalf("%s: nothing there (%v)", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	served := &oneAction{}
	e := engine.New(engine.Options{
		Snapshots: served, Timeout: 40 * time.Millisecond, MaxStates: 2, Memory: 256 << 20, Log: slog.New(slog.DiscardHandler),
	})
	f.Cleanup(func() { closed(f, e) })
	good, _, problem := engine.Compile("action_x.lua", []byte(`return function(d, tracker) d:utter_message("Hello " .. tracker:get_slot("name")) end`))
	if problem != nil {
		f.Fatal(problem)
	}
	const want = `{"events":[],"responses":[{"text":"Hello Ann","buttons":[],"elements":[],"custom":{},"template":null,"response":null,"image":null,"attachment":null}]}`
	f.Fuzz(func(t *testing.T, source string) {
		c, _, problem := engine.Compile("action_x.lua", []byte(source))
		if problem != nil { // no action of its own: the body of one
			c, _, problem = engine.Compile("action_x.lua", []byte("return function(dispatcher, tracker, domain)\nlocal out = print\n"+source+"\nend"))
		}
		if problem != nil {
			return
		}
		served.snapshot = &script.Snapshot{Actions: map[string]*script.Action{"action_x": {Name: "action_x", Path: "action_x.lua", Chunk: c}}}
		if _, failed := e.Run(context.Background(), parse(t, request("action_x")), nil); failed != nil && failed.Code == engine.Internal {
			t.Fatalf("a fault of Go's: %s", failed.Error())
		}
		served.snapshot = &script.Snapshot{Actions: map[string]*script.Action{"action_x": {Name: "action_x", Path: "action_x.lua", Chunk: good}}}
		answer, failed := e.Run(context.Background(), parse(t, request("action_x")), nil)
		if failed != nil && failed.Code == engine.TimedOut || failed != nil && failed.Code == engine.Overloaded || failed != nil && failed.Code == engine.OutOfMemory {
			return // the machine is slow, or what went before has not quite gone
		}
		if failed != nil || string(answer.Body) != want {
			t.Fatalf("the next call: %s %v", answer.Body, failed)
		}
	})
}
