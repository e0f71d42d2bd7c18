package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/cli"
)

// What is bundled, and each example, has tests that pass, and every action of theirs has one.
func TestBundledTests(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../../examples/*/scripts")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, dir := range append(folders, "../../scripts") {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			t.Parallel()
			scripts, err := filepath.Glob(filepath.Join(dir, "*.lua"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range scripts {
				name := strings.TrimSuffix(path, ".lua")
				if _, err := os.Stat(name + "_test.lua"); err != nil && !strings.HasSuffix(name, "_test") {
					t.Errorf("%s has no test", path)
				}
			}
			if filepath.Base(filepath.Dir(dir)) == "go-host" {
				return // its scripts need the program that it is; that one runs them
			}
			args := []string{"test", dir}
			if config := filepath.Join(filepath.Dir(dir), "luaction.yml"); exists(config) {
				args = append(args, "--config", config)
			}
			var out bytes.Buffer
			if code := cli.Main(args, cli.Streams{Out: &out, Err: &out}); code != 0 {
				t.Errorf("exit %d\n%s", code, out.String())
			}
		})
	}
}
