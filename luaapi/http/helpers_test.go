package http_test

import (
	"io"
	gohttp "net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/http"
	"github.com/luaction/luaction/luaapi/json"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/service/httpclient"
)

// request is what the service was asked.
type request struct {
	method, uri, body string
	header            gohttp.Header
}

// world is a service called snow, and scripts that may ask it.
type world struct {
	url    string
	client *httpclient.Client
	mu     sync.Mutex
	asked  []request
}

// newWorld has the service answer with what handle does; with "ok" if nil.
func newWorld(t testing.TB, handle gohttp.HandlerFunc) *world {
	t.Helper()
	w := &world{}
	s := httptest.NewServer(gohttp.HandlerFunc(func(out gohttp.ResponseWriter, r *gohttp.Request) {
		body, _ := io.ReadAll(r.Body)
		w.mu.Lock()
		w.asked = append(w.asked, request{r.Method, r.RequestURI, string(body), r.Header})
		w.mu.Unlock()
		if handle == nil {
			_, _ = io.WriteString(out, "ok")
			return
		}
		handle(out, r)
	}))
	var err error
	if w.client, err = httpclient.New(httpclient.Options{Services: map[string]httpclient.Service{"snow": {URL: s.URL + "/api"}}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.client.Close()
		s.Close()
	})
	w.url = s.URL
	return w
}

func (w *world) modules() []func(*luaapi.Session) luaapi.Module {
	return []func(*luaapi.Session) luaapi.Module{
		func(s *luaapi.Session) luaapi.Module { return http.New(s, w.client) }, json.New, apitime.New,
	}
}

// run runs a script and returns the value of the slot x that it sets with set(…), as JSON; or the error.
func (w *world) run(t testing.TB, script string) (string, error) {
	t.Helper()
	answer, _, err := apitest.Run(t, apitest.Case{Modules: w.modules(), Script: "local events = {} local function set(v) events[1] = SlotSet(\"x\", v) end\n" +
		script + "\nreturn events"})
	if err != nil {
		return "", err
	}
	_, rest, _ := strings.Cut(answer, `"value":`)
	value, _, _ := strings.Cut(rest, `,"timestamp"`)
	if value == rest {
		value, _, _ = strings.Cut(rest, `}],"responses"`)
	}
	return value, nil
}

func (w *world) last() request {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.asked) == 0 {
		return request{}
	}
	return w.asked[len(w.asked)-1]
}

func (w *world) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}
