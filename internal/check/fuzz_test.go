package check_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/check"
)

// FuzzRun has any text looked at: that never panics, and each place lies in the text.
func FuzzRun(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		for _, g := range goldens(f, path) {
			f.Add([]byte(g.source))
		}
	}
	o := check.Options{Modules: engine.Reference(nil)}
	f.Fuzz(func(t *testing.T, source []byte) {
		snapshot := &script.Snapshot{Actions: map[string]*script.Action{}, Libs: map[string]*script.Lib{}}
		c, _, fatal := engine.Compile("action_x.lua", source)
		if fatal != nil {
			snapshot.Problems = append(snapshot.Problems, script.Problem{Script: "action_x.lua", Line: fatal.Line, Column: fatal.Column, Message: fatal.Message})
		} else {
			snapshot.Actions["action_x"] = &script.Action{Name: "action_x", Path: "action_x.lua", Chunk: c}
		}
		for _, found := range check.Run(context.Background(), snapshot, o) {
			if found.Message == "" || found.Rule == "" || found.EndColumn != 0 && found.EndColumn < found.Column {
				t.Errorf("%+v", found)
			}
		}
		check.Uses(context.Background(), snapshot, o)
	})
}
