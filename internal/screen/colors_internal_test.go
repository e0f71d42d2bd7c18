package screen

import (
	"strings"
	"testing"
)

func TestColors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		terminal bool
		env      string
		want     bool
	}{
		{true, "", true}, {false, "", false}, {true, "NO_COLOR=1", false}, {true, "TERM=dumb", false}, {true, "TERM=xterm", true},
		{false, "FORCE_COLOR=1", true}, {true, "FORCE_COLOR=0", false}, {false, "FORCE_COLOR=1 NO_COLOR=1", false},
		{false, "FORCE_COLOR=true TERM=dumb", true},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		if got := colors(c.terminal, func(name string) string { return env[name] }); got != c.want {
			t.Errorf("terminal %v, %q: %v", c.terminal, c.env, got)
		}
	}
}
