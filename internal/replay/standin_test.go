package replay_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/replay"
)

const service = `{"url": "SHOP_URL", "token": "SHOP_TOKEN", "routes": [
	{"method": "GET", "path": "/orders?page=2", "json": [1, 2]},
	{"method": "POST", "path": "/orders", "sent": {"item": "bell"}, "status": 201, "body": "made"},
	{"method": "POST", "path": "/orders", "status": 422, "json": {"why": "no bell"}},
	{"method": "GET", "path": "/slow", "delay": "1h"}
]}`

func standIn(t *testing.T, text string) (*replay.StandIn, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "service.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return replay.ReadStandIn(path)
}

func TestStandIn(t *testing.T) {
	t.Parallel()
	s, err := standIn(t, service)
	if err != nil {
		t.Fatal(err)
	}
	env, stop, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	for _, c := range []struct {
		method, path, bearer, sent string
		status                     int
		body                       string
	}{
		{"GET", "/orders?page=2", env["SHOP_TOKEN"], "", 200, "[1, 2]"},
		{"GET", "/orders?page=3", env["SHOP_TOKEN"], "", 404, "404 page not found\n"},
		{"GET", "/orders?page=2", "guessed", "", 401, "no bearer, or another one\n"},
		{"POST", "/orders", env["SHOP_TOKEN"], `{"item":"bell"}`, 201, "made"},
		{"POST", "/orders", env["SHOP_TOKEN"], `{"item":"pump"}`, 422, `{"why": "no bell"}`},
		{"POST", "/orders", env["SHOP_TOKEN"], `{`, 400, "unexpected EOF\n"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, env["SHOP_URL"]+c.path, strings.NewReader(c.sent))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+c.bearer)
		resp, err := (&http.Client{Transport: transport}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != c.status || string(text) != c.body {
			t.Errorf("%s %s %s: %d %q (%v)", c.method, c.path, c.sent, resp.StatusCode, text, err)
		}
	}
}

// A delayed answer ends when nobody waits for it any more, and with the stand-in.
func TestStandInDelay(t *testing.T) {
	t.Parallel()
	s, err := standIn(t, service)
	if err != nil {
		t.Fatal(err)
	}
	env, stop, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", env["SHOP_URL"]+"/slow", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+env["SHOP_TOKEN"])
	failed := make(chan error, 1)
	go func() {
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
		if err == nil {
			resp.Body.Close()
		}
		failed <- err
	}()
	stop()
	if <-failed == nil {
		t.Error("an answer came that is delayed for an hour")
	}
}

func TestStandInMistakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{`, `{"routes": []}`, `{"url": "A", "token": "B", "routes": [{"delay": "long"}]}`} {
		if _, err := standIn(t, text); err == nil {
			t.Errorf("%s was taken", text)
		}
	}
	if _, err := replay.ReadStandIn(filepath.Join(t.TempDir(), "none.json")); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}
