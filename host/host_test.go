package host_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/luaction/luaction/host"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type shop struct{ prices map[string]int }

func (s *shop) Price(article string) (int, error) {
	if cents, ok := s.prices[article]; ok {
		return cents, nil
	}
	return 0, errors.New("no such article")
}

func (s *shop) Restock() {}

func values() map[string]host.Value {
	return map[string]host.Value{"shop": {Go: &shop{map[string]int{"bell": 990}}, Methods: []string{"Price"}}}
}

func scripts(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"action_price.lua": `return function(dispatcher, tracker) dispatcher:utter_message("It costs " .. shop.price(tracker:get_slot("article"))) end`,
		"action_stock.lua": `return function() shop.restock() end`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestMainRuns(t *testing.T) {
	dir := scripts(t)
	for _, c := range []struct {
		args     string
		code     int
		out, err string
	}{
		{"run action_price --slot article=\"bell\"", 0, "It costs 990", ""},
		{"run action_price --slot article=\"oil\"", 1, "", "shop.price: no such article"},
		{"run action_stock", 1, "", "shop has no 'restock'; it has price"},
		{"version", 0, "luaction", ""},
		{"nothing", 2, "", "Try"},
	} {
		var out, err bytes.Buffer
		args := strings.Fields(c.args)
		if args[0] == "run" {
			args = append(args, "--scripts", dir)
		}
		code := host.Main(host.Options{Values: values(), Args: args, In: strings.NewReader(""), Out: &out, Err: &err})
		if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(err.String(), c.err) {
			t.Errorf("%s: %d\n%s\n%s", c.args, code, out.String(), err.String())
		}
	}
}

func TestNamesThatClash(t *testing.T) {
	var out, err bytes.Buffer
	clash := map[string]host.Value{"json": values()["shop"]}
	if code := host.Main(host.Options{Values: clash, Args: []string{"version"}, Out: &out, Err: &err}); code != 1 ||
		!strings.Contains(err.String(), `the Go value "json" has the name of luaction's own module json`) || out.Len() > 0 {
		t.Errorf("%d %s%s", code, out.String(), err.String())
	}
	if _, err := host.Open(host.Settings{Scripts: scripts(t), Values: clash}); err == nil {
		t.Error("opened")
	}
	if _, err := host.Open(host.Settings{}); err == nil {
		t.Error("opened no folder")
	}
	if _, err := host.Open(host.Settings{Scripts: scripts(t), Config: filepath.Join(t.TempDir(), "none.yml")}); err == nil {
		t.Error("opened without its configuration")
	}
}

func TestHandler(t *testing.T) {
	var log bytes.Buffer
	actions, err := host.Open(host.Settings{Scripts: scripts(t), Values: values(), MaxBody: 500, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, body string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/rasa", strings.NewReader(body))
		if header != nil {
			r.Header.Set(header[0], header[1])
		}
		w := httptest.NewRecorder()
		actions.ServeHTTP(w, r)
		return w
	}
	call := func(action, article string) string {
		return `{"next_action":"` + action + `","tracker":{"sender_id":"me","slots":{"article":"` + article + `"}}}`
	}
	for _, c := range []struct {
		method, body string
		status       int
		want         string
	}{
		{"POST", call("action_price", "bell"), 200, `"text":"It costs 990"`},
		{"POST", call("action_price", "oil"), 500, `shop.price: no such article`},
		{"POST", call("action_other", ""), 404, `"action_name":"action_other"`},
		{"POST", `{"next_action":null,"tracker":{}}`, 200, `null`},
		{"POST", `{`, 400, `"error":`},
		{"POST", strings.Repeat(" ", 501), 413, `larger than 500 bytes`},
		{"GET", "", 405, `POST`},
	} {
		w := ask(c.method, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s %s: %d %s, want %d %s", c.method, c.body, w.Code, w.Body, c.status, c.want)
		}
	}
	if w := ask("POST", call("action_price", "bell"), "Content-Encoding", "gzip"); w.Code != http.StatusUnsupportedMediaType {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	actions.Close()
	actions.Close()
	if w := ask("POST", call("action_price", "bell")); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("closed: %d %s", w.Code, w.Body)
	}
}
