package webhook_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

func packed(t testing.TB, how string, text []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	var w io.WriteCloser
	switch how {
	case "zlib":
		w = zlib.NewWriter(&buf)
	case "gzip":
		w = gzip.NewWriter(&buf)
	case "raw":
		w, _ = flate.NewWriter(&buf, 6)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRequests(t *testing.T) {
	zipped, gz := packed(t, "zlib", []byte(aCall)), packed(t, "gzip", []byte(aCall))
	url := "http://" + start(t, webhook.Options{MaxBody: 4096})
	for _, c := range []struct {
		name, method, path string
		body               []byte
		headers            []string
		status             int
		want               string // of the body; "" is any error
	}{
		{"health", "GET", "/health", nil, nil, 200, `{"status":"ok"}`},
		{"health with a slash", "GET", "/health/", nil, nil, 200, `{"status":"ok"}`},
		{"actions", "GET", "/actions", nil, nil, 200, `[{"name":"action_a"},{"name":"action_b"}]`},
		{"call", "POST", "/webhook", []byte(aCall), nil, 200, answered},
		{"call with a slash", "POST", "/webhook/", []byte(aCall), nil, 200, answered},
		{"call with a query", "POST", "/webhook?token=x", []byte(aCall), nil, 200, answered},
		{"nothing to run", "POST", "/webhook", []byte(`{"next_action":null}`), nil, 200, "null"},
		{"an empty name", "POST", "/webhook", []byte(`{"next_action":""}`), nil, 200, "null"},
		{"wrong path", "GET", "/nope", nil, nil, 404, ""},
		{"path below", "POST", "/webhook/action_a", []byte(aCall), nil, 404, ""},
		{"other case", "POST", "/Webhook", []byte(aCall), nil, 404, ""},
		{"root", "GET", "/", nil, nil, 404, ""},
		{"GET webhook", "GET", "/webhook", nil, nil, 405, ""},
		{"POST health", "POST", "/health", nil, nil, 405, ""},
		{"DELETE actions", "DELETE", "/actions", nil, nil, 405, ""},
		{"made-up method", "BREW", "/webhook", nil, nil, 405, ""},
		{"made-up method elsewhere", "BREW", "/tea", nil, nil, 404, ""},
		{"options without cors", "OPTIONS", "/webhook", nil, nil, 405, ""},
		{"no body", "POST", "/webhook", nil, nil, 400, ""},
		{"no JSON", "POST", "/webhook", []byte("{"), nil, 400, ""},
		{"a list", "POST", "/webhook", []byte("[]"), nil, 400, ""},
		{"a number", "POST", "/webhook", []byte("5"), nil, 400, ""},
		{"two documents", "POST", "/webhook", []byte("{} {}"), nil, 400, ""},
		{"name is a number", "POST", "/webhook", []byte(`{"next_action":5}`), nil, 400, ""},
		{"json with charset", "POST", "/webhook", []byte(aCall), []string{"Content-Type: Application/JSON; charset=utf-8"}, 200, answered},
		{"json relative", "POST", "/webhook", []byte(aCall), []string{"Content-Type: application/vnd.rasa+json"}, 200, answered},
		{"text", "POST", "/webhook", []byte(aCall), []string{"Content-Type: text/plain"}, 200, answered},
		{"form", "POST", "/webhook", []byte(aCall), []string{"Content-Type: application/x-www-form-urlencoded"}, 415, ""},
		{"multipart", "POST", "/webhook", []byte(aCall), []string{"Content-Type: multipart/form-data; boundary=x"}, 415, ""},
		{"html", "POST", "/webhook", []byte(aCall), []string{"Content-Type: text/html"}, 415, ""},
		{"suffix alone", "POST", "/webhook", []byte(aCall), []string{"Content-Type: application/+json"}, 415, ""},
		{"wrong type before wrong body", "POST", "/webhook", []byte("{"), []string{"Content-Type: text/html"}, 415, ""},
		{"deflate", "POST", "/webhook", zipped, []string{"Content-Encoding: deflate"}, 200, answered},
		{"DEFLATE", "POST", "/webhook", zipped, []string{"Content-Encoding: DEFLATE"}, 200, answered},
		{"gzip", "POST", "/webhook", gz, []string{"Content-Encoding: gzip"}, 200, answered},
		{"identity", "POST", "/webhook", []byte(aCall), []string{"Content-Encoding: identity"}, 200, answered},
		{"raw deflate", "POST", "/webhook", packed(t, "raw", []byte(aCall)), []string{"Content-Encoding: deflate"}, 400, ""},
		{"deflate that isn't", "POST", "/webhook", []byte(aCall), []string{"Content-Encoding: deflate"}, 400, ""},
		{"cut deflate", "POST", "/webhook", zipped[:len(zipped)-3], []string{"Content-Encoding: deflate"}, 400, ""},
		{"more after deflate", "POST", "/webhook", append(bytes.Clone(zipped), "xx"...), []string{"Content-Encoding: deflate"}, 400, ""},
		{"gzip that isn't", "POST", "/webhook", zipped, []string{"Content-Encoding: gzip"}, 400, ""},
		{"empty deflate", "POST", "/webhook", []byte{}, []string{"Content-Encoding: deflate"}, 400, ""},
		{"brotli", "POST", "/webhook", []byte(aCall), []string{"Content-Encoding: br"}, 415, ""},
		{"zstd", "POST", "/webhook", []byte(aCall), []string{"Content-Encoding: zstd"}, 415, ""},
		{"two codings", "POST", "/webhook", zipped, []string{"Content-Encoding: deflate, gzip"}, 415, ""},
		{"too large", "POST", "/webhook", bytes.Repeat([]byte(" "), 4097), nil, 413, ""},
		{"as large as allowed", "POST", "/webhook", append([]byte(aCall), bytes.Repeat([]byte(" "), 4096-len(aCall))...), nil, 200, answered},
		{"too large inflated", "POST", "/webhook", packed(t, "zlib", bytes.Repeat([]byte(" "), 4097)), []string{"Content-Encoding: deflate"}, 413, ""},
		{"as large as allowed inflated", "POST", "/webhook", packed(t, "zlib", append([]byte(aCall), bytes.Repeat([]byte(" "), 4096-len(aCall))...)), []string{"Content-Encoding: deflate"}, 200, answered},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ask(t, c.method, url+c.path, bytes.NewReader(c.body), c.headers...)
			if got.status != c.status {
				t.Fatalf("status %d, want %d: %s", got.status, c.status, got.body)
			}
			if kind := got.header.Get("Content-Type"); kind != "application/json" {
				t.Errorf("Content-Type %q", kind)
			}
			if c.want != "" && got.body != c.want {
				t.Errorf("body %s, want %s", got.body, c.want)
			}
			if c.want == "" {
				isError(t, got.body)
			}
			if allow := got.header.Get("Allow"); (allow != "") != (c.status == 405) {
				t.Errorf("Allow %q", allow)
			}
		})
	}
}

// isError checks that the body is an error, and no rejection.
func isError(t testing.TB, body string) {
	t.Helper()
	var e map[string]any
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		t.Fatalf("no JSON: %q", body)
	}
	if text, _ := e["error"].(string); text == "" || len(e) != 1 {
		t.Errorf("want one error and nothing else: %s", body)
	}
}

func TestOutcomes(t *testing.T) {
	now := map[string]*engine.Error{}
	run := func(_ context.Context, call *rasa.Call) *engine.Error { return now["it"] }
	url := "http://" + start(t, webhook.Options{Engine: fake{run: run}}) + "/webhook"
	for _, c := range []struct {
		err    engine.Error
		status int
		body   string
	}{
		{engine.Error{Code: engine.NotFound}, 404, `{"error":"No registered action found for name 'action_a'.","action_name":"action_a"}`},
		{engine.Error{Code: engine.BadCall, Message: "no tracker"}, 400, `{"error":"no tracker"}`},
		{engine.Error{Code: engine.DomainMissing, Message: "Missing domain context"}, 449, `{"error":"Missing domain context","action_name":"action_a"}`},
		{engine.Error{Code: engine.Rejected, Message: "Größe <5 & nötig"}, 400, `{"error":"Größe <5 & nötig","action_name":"action_a"}`},
		{engine.Error{Code: engine.ScriptFailed, Message: "boom", Detail: "secret.lua:1: boom"}, 500, `{"error":"boom","action_name":"action_a"}`},
		{engine.Error{Code: engine.OutOfMemory, Message: "memory"}, 500, `{"error":"memory","action_name":"action_a"}`},
		{engine.Error{Code: engine.Internal, Message: "internal error"}, 500, `{"error":"internal error","action_name":"action_a"}`},
		{engine.Error{Code: engine.TimedOut, Message: "too slow"}, 500, `{"error":"too slow","action_name":"action_a"}`},
		{engine.Error{Code: engine.TimedOut, Message: "too slow", Abandoned: true}, 500, `{"error":"too slow","action_name":"action_a"}`},
		{engine.Error{Code: engine.Overloaded, Message: "busy"}, 503, `{"error":"busy","action_name":"action_a"}`},
		{engine.Error{Code: engine.Canceled, Message: "stopping"}, 503, `{"error":"stopping","action_name":"action_a"}`},
		{engine.Error{Code: "new"}, 500, `{"error":"internal error","action_name":"action_a"}`},
	} {
		c.err.Snapshot = "3-def"
		now["it"] = &c.err
		got := ask(t, "POST", url, strings.NewReader(aCall))
		if got.status != c.status || got.body != c.body {
			t.Errorf("%s: %d %s, want %d %s", c.err.Code, got.status, got.body, c.status, c.body)
		}
		if retry := got.header.Get("Retry-After"); (retry == "1") != (c.status == 503) {
			t.Errorf("%s: Retry-After %q", c.err.Code, retry)
		}
		if got.header.Get(webhook.SnapshotHeader) != "3-def" {
			t.Errorf("%s: no snapshot header", c.err.Code)
		}
	}
	now["it"] = nil
	if got := ask(t, "POST", url, strings.NewReader(aCall)); got.header.Get(webhook.SnapshotHeader) != "7-abc" {
		t.Error("no snapshot header on an answer")
	}
	if got := ask(t, "POST", url, strings.NewReader("{}")); got.header.Get(webhook.SnapshotHeader) != "" {
		t.Error("a snapshot header though no script ran")
	}
}

// A script that was left behind may go on reading its body; no later request may write there.
func TestAbandonedBodyStays(t *testing.T) {
	for _, c := range []struct {
		encoding string
		friendly bool
	}{{"", false}, {"deflate", false}, {"", true}, {"deflate", true}} {
		encoding := c.encoding
		var kept []byte
		run := func(_ context.Context, call *rasa.Call) *engine.Error {
			if call.Action != "action_a" {
				return nil
			}
			kept = call.Tracker.Raw()
			return &engine.Error{Code: engine.TimedOut, Message: "too slow", Abandoned: true}
		}
		url := "http://" + start(t, webhook.Options{Engine: fake{run: run, friendly: c.friendly}}) + "/webhook"
		send := func(text string) {
			body := []byte(text)
			if encoding != "" {
				body = packed(t, "zlib", body)
			}
			ask(t, "POST", url, bytes.NewReader(body), "Content-Encoding: "+encoding)
		}
		send(`{"next_action":"action_a","tracker":{"sender_id":"first"}}`)
		for range 50 {
			send(`{"next_action":"action_b","tracker":{"sender_id":"other"}}`)
		}
		if string(kept) != `{"sender_id":"first"}` {
			t.Errorf("%+v: the body was reused: %s", c, kept)
		}
	}
}

// An answer in the place of a failure is an answer like any other.
func TestFriendlyFailure(t *testing.T) {
	run := func(context.Context, *rasa.Call) *engine.Error {
		return &engine.Error{Code: engine.ScriptFailed, Message: "boom"}
	}
	got := ask(t, "POST", "http://"+start(t, webhook.Options{Engine: fake{run: run, friendly: true}})+"/webhook", strings.NewReader(aCall))
	if got.status != 200 || got.body != answered || got.header.Get(webhook.SnapshotHeader) != "7-abc" {
		t.Errorf("%d %s %v", got.status, got.body, got.header)
	}
}

func TestPanic(t *testing.T) {
	run := func(context.Context, *rasa.Call) *engine.Error { panic("oh no, secret") }
	url := "http://" + start(t, webhook.Options{Engine: fake{run: run}})
	got := ask(t, "POST", url+"/webhook", strings.NewReader(aCall))
	if got.status != 500 || got.body != `{"error":"internal error"}` {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, "GET", url+"/health", nil); got.status != 200 {
		t.Error("the server is gone")
	}
}

func TestVerboseActions(t *testing.T) {
	url := "http://" + start(t, webhook.Options{})
	want := `{"generation":7,"hash":"abc","actions":[{"name":"action_a","path":"action_a.lua"},{"name":"action_b","path":"sub/action_b.lua","stale":true}],` +
		`"problems":[{"script":"sub/action_b.lua","line":3,"message":"broken","hint":"mend it","since":"0001-01-01T00:00:00Z"}]}`
	if got := ask(t, "GET", url+"/actions?verbose=true", nil); got.body != want {
		t.Errorf("%s\nwant %s", got.body, want)
	}
	s := served()
	s.snapshot.Problems, s.snapshot.Actions = nil, nil
	url = "http://" + start(t, webhook.Options{Snapshots: s})
	if got := ask(t, "GET", url+"/actions?verbose=true", nil); !strings.Contains(got.body, `"actions":[],"problems":[]`) {
		t.Error(got.body)
	}
	if got := ask(t, "GET", url+"/actions", nil); got.body != "[]" {
		t.Error(got.body)
	}
}
