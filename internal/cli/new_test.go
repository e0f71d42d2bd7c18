package cli_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/cli"
)

// TestNewIsRight begins a script of each kind, and has check find nothing in it and its test pass.
func TestNewIsRight(t *testing.T) {
	t.Parallel()
	for kind, name := range map[string]string{
		"action": "action_greet", "form": "validate_table_form", "slots": "action_validate_slot_mappings", "knowledge_base": "action_query_knowledge_base",
	} {
		dir := filepath.Join(t.TempDir(), "scripts")
		for _, args := range [][]string{
			{"new", name, "--scripts", dir}, // whose kind is what the name says
			{"new", name + "_2", "--kind", "action", "--scripts", dir},
			{"check", dir},
			{"test", dir},
		} {
			var out bytes.Buffer
			code := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out})
			if code != 0 || args[0] == "check" && out.String() != "no problems in 2 scripts\n" || args[0] == "test" && !strings.Contains(out.String(), "4 passed in 2 files") {
				t.Errorf("%s %s: exit %d: %s", kind, args[0], code, out.String())
			}
		}
	}
}
