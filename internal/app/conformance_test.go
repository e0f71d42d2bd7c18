package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/replay"
)

// TestConformance replays what was recorded from Rasa's own action server, and the requests of the examples.
func TestConformance(t *testing.T) {
	t.Parallel()
	for _, root := range []string{"../../testdata/conformance", "../../examples"} {
		pending, err := replay.Pending(filepath.Join(root, "pending.txt"))
		if err != nil {
			t.Fatal(err)
		}
		cases, err := replay.Load(root)
		if err != nil {
			t.Fatal(err)
		}
		if len(cases) == 0 {
			t.Fatalf("no cases in %s", root)
		}
		for i := range cases {
			c := &cases[i]
			if pending.Has(c.Name) {
				continue
			}
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				replayCase(t, c)
			})
		}
	}
}

func replayCase(t *testing.T, c *replay.Case) {
	t.Helper()
	settings := config.Serve{
		Scripts: c.Scripts, Host: "127.0.0.1", Timeout: 10 * time.Second, MaxBody: 32 << 20, MaxCalls: 64,
	}
	env, stop, err := c.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if c.Config != "" {
		settings.File = configuration(t, c.Config, env)
	}
	a, _ := start(t, settings)
	defer stopWithin(t, a, patience)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	for i := range c.Steps {
		s := &c.Steps[i]
		answer, err := s.Request.Send(t.Context(), client, "http://"+a.Addr().String())
		if err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
		for _, wrong := range s.Judge(answer) {
			t.Errorf("step %d %s: %s", i+1, s.Note, wrong)
		}
	}
}

// configuration reads a luaction.yml; its ${NAME} are these variables and no others.
func configuration(t *testing.T, path string, env map[string]string) *config.File {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := config.Parse(path, text, config.Surroundings{Read: os.ReadFile, Env: func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}})
	if err != nil {
		t.Fatal(err)
	}
	return file
}
