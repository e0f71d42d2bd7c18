package cli

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/known"
	"github.com/luaction/luaction/internal/config"
)

// What scripts name must be in the configuration, once there is one.
func TestConfiguredNames(t *testing.T) {
	t.Parallel()
	file, err := config.Parse("l.yml", []byte(`http: { shop: { url: "https://shop.example.org" } }
sql: { desk: { url: "sqlite::memory:" } }
env: [SHOP_NAME]
`), config.Surroundings{Env: func(string) (string, bool) { return "", false }})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ kind, name, message, hint string }{
		{"service", "shop", "", ""}, {"database", "desk", "", ""}, {"variable", "SHOP_NAME", "", ""}, {"slot", "shop", "", ""},
		{"service", "shpo", "the configuration has no service `shpo`", "did you mean `shop`?"},
		{"service", "news", "the configuration has no service `news`", "add `news` below `http:` in l.yml"},
		{"database", "orders", "the configuration has no database `orders`", "add `orders` below `sql:` in l.yml"},
		{"variable", "HOME", "the configuration has no environment variable `HOME`", "add `HOME` to the list `env:` in l.yml"},
	} {
		found := known.Compare([]check.Use{{Kind: c.kind, Name: c.name}}, configuredNames(file, "l.yml"))
		if c.message == "" {
			if len(found) != 0 {
				t.Errorf("%s %s: %+v", c.kind, c.name, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Rule != "not-configured" || found[0].Message != c.message || found[0].Hint != c.hint {
			t.Errorf("%s %s: %+v", c.kind, c.name, found)
		}
	}
	if lists := configuredNames(nil, ""); len(lists) != 0 {
		t.Errorf("without a configuration nothing is said: %v", lists)
	}
}

// Shared modules are no actions, folders are no part of names.
func TestActionPaths(t *testing.T) {
	t.Parallel()
	got := actionPaths(strings.Fields("action_a.lua sub/action_b.lua lib/c.lua library/action_d.lua"))
	if len(got) != 3 || got["action_a"] != "action_a.lua" || got["action_b"] != "sub/action_b.lua" || got["action_d"] != "library/action_d.lua" {
		t.Errorf("%v", got)
	}
}
