package cli

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/luaction/luaction/internal/config"
)

// Each flag of the server has its name in the file; what else the server takes stands only there.
func TestEveryFlagIsAKey(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{}, kong.Bind(&configured{}))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, command := range parser.Model.Children {
		if command.Name != "serve" {
			continue
		}
		for _, flag := range command.Flags {
			if flag.Name == "config" {
				continue
			}
			seen++
			key := strings.ReplaceAll(flag.Name, "-", "_")
			// A table is no flag's value: what is told is the type, never that the key isn't known.
			_, err := config.Parse("l.yml", []byte(key+": {}"), config.Surroundings{})
			if err == nil || strings.Contains(err.Error(), "unknown key") || !strings.Contains(err.Error(), key+" must be") {
				t.Errorf("%s: %v", key, err)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d flags", seen)
	}
}
