package script_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/luaction/luaction/engine/script"
)

// Files of tests are there for whoever asks, and change nothing of what is served.
func TestFilesOfTests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("action_a.lua", source("1"))
	write("action_a_test.lua", "this is not looked at")
	write("lib/x_test.lua", "x")
	write("_draft_test.lua", "x")
	options := script.Options{Dir: dir, Compile: compile}
	without := script.NewLoader(options).Load(t.Context())
	options.Tests = true
	loader := script.NewLoader(options)
	with := loader.Load(t.Context())
	if len(without.Tests) != 0 || len(with.Tests) != 2 || with.Hash != without.Hash || len(with.Actions) != 1 || len(with.Libs) != 0 {
		t.Fatalf("%v and %v: %v", without.Tests, with.Tests, with.Problems)
	}
	if got := string(with.Tests["action_a_test.lua"].Text); got != "this is not looked at" {
		t.Errorf("%q", got)
	}
	changes := 0
	loader.OnChange(func(old, now *script.Snapshot) {
		changes++
		if old.Generation != now.Generation || now.Tests["lib/x_test.lua"] != old.Tests["lib/x_test.lua"] {
			t.Error("more changed than the one file")
		}
	})
	write("action_a_test.lua", "something else")
	if now := loader.Load(t.Context()); changes != 1 || string(now.Tests["action_a_test.lua"].Text) != "something else" {
		t.Errorf("%d changes, %q", changes, now.Tests["action_a_test.lua"].Text)
	}
}
