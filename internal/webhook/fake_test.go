package webhook_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

// fasthttp keeps two goroutines for the process: the clock of its Date header, and one that cleans a worker pool up, which
// ends some seconds after its server.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
}

const (
	answered = `{"events":[],"responses":[]}`
	aCall    = `{"next_action":"action_a","tracker":{"sender_id":"s"}}`
)

// fake is an engine that answers each action by its name.
type fake struct {
	run      func(ctx context.Context, call *rasa.Call) *engine.Error
	friendly bool // failures have an answer all the same
}

func (f fake) Run(ctx context.Context, call *rasa.Call, dst []byte) (engine.Answer, *engine.Error) {
	if f.run != nil {
		if err := f.run(ctx, call); err != nil {
			err.Action = call.Action
			if f.friendly {
				return engine.Answer{Body: append(dst, answered...), Snapshot: "7-abc", Failure: err}, nil
			}
			return engine.Answer{}, err
		}
	}
	return engine.Answer{Body: append(dst, answered...), Snapshot: "7-abc"}, nil
}

type scripts struct{ snapshot *script.Snapshot }

func (s scripts) Current() *script.Snapshot { return s.snapshot }

func served() scripts {
	return scripts{&script.Snapshot{Generation: 7, Hash: "abc", Actions: map[string]*script.Action{
		"action_b": {Name: "action_b", Path: "sub/action_b.lua", Stale: true},
		"action_a": {Name: "action_a", Path: "action_a.lua"},
	}, Problems: []script.Problem{{Script: "sub/action_b.lua", Line: 3, Message: "broken", Hint: "mend it"}}}}
}

// start serves with opts on a port of its own and returns the address.
func start(t testing.TB, opts webhook.Options) string {
	t.Helper()
	addr, _ := startServer(t, opts)
	return addr
}

func startServer(t testing.TB, opts webhook.Options) (string, *webhook.Server) {
	t.Helper()
	if opts.Engine == nil {
		opts.Engine = fake{}
	}
	if opts.Snapshots == nil {
		opts.Snapshots = served()
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := webhook.New(opts)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Error("shutdown:", err)
		}
		ln.Close()
		if err := <-ended; err != nil {
			t.Error("serve:", err)
		}
	})
	return ln.Addr().String(), s
}

type answer struct {
	status int
	header http.Header
	body   string
}

// ask makes one request on a connection of its own.
func ask(t testing.TB, method, url string, body io.Reader, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(text)}
}
