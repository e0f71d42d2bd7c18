package recording_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// runner answers every call in the same way.
type runner struct {
	body    string
	failure *engine.Error
}

func (r *runner) Run(_ context.Context, _ *rasa.Call, dst []byte) (engine.Answer, *engine.Error) {
	if r.failure != nil {
		return engine.Answer{}, r.failure
	}
	return engine.Answer{Body: append(dst, r.body...), Snapshot: "1-abc"}, nil
}

// lines is a log that any goroutine may write.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func open(t *testing.T, o recording.Options) (*recording.Recorder, *lines) {
	t.Helper()
	log := &lines{}
	o.Log, o.Reply = slog.New(slog.NewTextHandler(log, nil)), webhook.Reply
	r, err := recording.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return r, log
}

func run(t *testing.T, r recording.Runner, request string) {
	t.Helper()
	call, err := rasa.ParseCall([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	r.Run(t.Context(), call, nil)
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	names, err := recording.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func rules(t *testing.T, texts ...string) recording.Rules {
	t.Helper()
	r, err := recording.ParseRules(texts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRecords(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "kept")
	r, log := open(t, recording.Options{Dir: dir})
	request := `{"next_action":"action_a/..\u00e4","sender_id":"me","tracker":{"sender_id":"me","slots":{"b":1.0,"a":NaN}}}`
	run(t, r.Wrap(&runner{body: `{"events":[],"responses":[{"text":"ä"}]}`}), request)
	run(t, r.Wrap(&runner{failure: &engine.Error{Code: engine.ScriptFailed, Message: "broken", Action: "action_a", Snapshot: "2-def"}}), request)
	for _, code := range []engine.Code{engine.Canceled, engine.Overloaded, engine.DomainMissing} {
		run(t, r.Wrap(&runner{failure: &engine.Error{Code: code}}), request)
	}
	r.Close(t.Context())
	names := list(t, dir)
	if len(names) != 2 || !strings.Contains(names[0], "-action_a____-1.json") || !strings.HasSuffix(names[1], "-2.json") {
		t.Fatalf("%q\n%s", names, log)
	}
	first, err := recording.Read(filepath.Join(dir, names[0]))
	if err != nil {
		t.Fatal(err)
	}
	if string(first.Request) != request || first.Status != 200 || first.Action != "action_a/..ä" || first.Snapshot != "1-abc" ||
		string(first.Answer) != `{"events":[],"responses":[{"text":"ä"}]}` || time.Since(first.Time) > time.Minute || first.Version == "" {
		t.Errorf("%+v", first)
	}
	second, err := recording.Read(filepath.Join(dir, names[1]))
	if err != nil {
		t.Fatal(err)
	}
	if second.Status != 500 || string(second.Answer) != `{"error":"broken","action_name":"action_a"}` || second.Snapshot != "2-def" {
		t.Errorf("%+v", second)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, names[0]): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("%v", entries)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for range 2 { // the second one goes on with the files of the first
		r, _ := open(t, recording.Options{Dir: dir, MaxFiles: 3})
		for range 5 {
			run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_a"}`)
		}
		r.Close(t.Context())
		names := list(t, dir)
		if len(names) != 3 || !strings.HasSuffix(names[0], "-3.json") || !strings.HasSuffix(names[2], "-5.json") {
			t.Errorf("%q", names)
		}
	}
	r, log := open(t, recording.Options{Dir: dir, MaxBytes: 3000})
	for range 4 {
		run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_b","x":"`+strings.Repeat("x", 1000)+`"}`)
	}
	run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_c","x":"`+strings.Repeat("x", 4000)+`"}`)
	r.Close(t.Context())
	if names := list(t, dir); len(names) != 2 || !strings.HasSuffix(names[1], "action_b-4.json") {
		t.Errorf("%q", names)
	}
	if !strings.Contains(log.String(), "larger than all recordings") {
		t.Error(log)
	}
}

// What a killed server left half written goes away, once nobody can be writing it any more; nothing else does.
func TestHalfWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, stays := range map[string]bool{
		".20261122T101112.345-action_a-1.json.123": false, ".domain-0123456789abcdef.json.9": false,
		".20261122T101112.345-action_a-2.json.123": true, // young
		".notes.json.123":                          true, "20261122T101112.345-action_a-1.json": true, ".20261122T101112.345-action_a-1.json": true,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if old := time.Now().Add(-2 * time.Hour); !strings.Contains(name, "_a-2") {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
		r, _ := open(t, recording.Options{Dir: dir})
		r.Close(t.Context())
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What has no room in the queue is left out, counted and told; calls don't wait.
func TestQueue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r, log := open(t, recording.Options{Dir: dir, Queue: 100})
	for range 3 {
		run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_b","x":"`+strings.Repeat("x", 200)+`"}`)
	}
	r.Close(t.Context())
	if names := list(t, dir); len(names) != 0 || !strings.Contains(log.String(), "calls=3") {
		t.Errorf("%q %s", names, log)
	}
}

func TestFolderThatCantBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := recording.Open(recording.Options{Dir: file}); err == nil || !strings.Contains(err.Error(), "can't be made") {
		t.Error(err)
	}
	// One that goes away later is a warning; calls are answered.
	dir := filepath.Join(t.TempDir(), "kept")
	r, log := open(t, recording.Options{Dir: dir})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_b"}`)
	run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_b"}`)
	r.Close(t.Context())
	if strings.Count(log.String(), "could not be recorded") != 2 { // at once, and how many at the end
		t.Error(log)
	}
}

func TestCloseWaitsNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	r, _ := open(t, recording.Options{Dir: t.TempDir()})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.Close(ctx)
	run(t, r.Wrap(&runner{body: `{}`}), `{"next_action":"action_late"}`) // harms nobody
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r, _ := open(t, recording.Options{Dir: dir, MaxFiles: 50, Rules: rules(t, "x")})
	var calls sync.WaitGroup
	for i := range 8 {
		calls.Go(func() {
			for range 25 {
				run(t, r.Wrap(&runner{body: fmt.Sprintf(`{"a":"value %d"}`, i)}), fmt.Sprintf(`{"next_action":"action_b","x":"value %d"}`, i))
			}
		})
	}
	calls.Wait()
	r.Close(t.Context())
	if names := list(t, dir); len(names) != 50 {
		t.Errorf("%d", len(names))
	}
}

// A domain that comes with its digest is kept apart, once, and found again.
func TestDomains(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r, _ := open(t, recording.Options{Dir: dir, Mask: mask.New("sesame")})
	for i := range 10 {
		run(t, r.Wrap(&runner{body: `{}`}), fmt.Sprintf(`{"next_action":"action_b","domain_digest":"d%d","domain":{"slots":{"a":"sesame"}},"x":1}`, i))
	}
	r.Close(t.Context())
	first, err := recording.Read(filepath.Join(dir, list(t, dir)[0]))
	if err != nil || string(first.Request) != `{"next_action":"action_b","domain_digest":"d0","x":1}` {
		t.Errorf("%s %v", first.Request, err)
	}
	found := recording.Domains(dir)
	if len(found) != 8 {
		t.Fatalf("%q", found)
	}
	for _, text := range found {
		var request struct {
			Digest string         `json:"domain_digest"`
			Domain map[string]any `json:"domain"`
		}
		if err := json.Unmarshal(text, &request); err != nil || request.Domain["slots"] == nil || bytes.Contains(text, []byte("sesame")) {
			t.Errorf("%s %v", text, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for text, want := range map[string]string{
		`{`:                                      "is no recording",
		`[]`:                                     "no object",
		`{}`:                                     "no request",
		`{"request":{}}`:                         "no answer",
		`{"request":{},"answer":{"status":200}}`: "no answer",
		`{"request":{},"answer":{"status":200,"body":{}},"recorded":"soon"}`:                   "when it was recorded",
		`{"request":{},"answer":{"status":1e300,"body":{}},"recorded":"2026-11-22T10:00:00Z"}`: "a status that no answer has",
		`{"request":{},"answer":{"status":NaN,"body":{}},"recorded":"2026-11-22T10:00:00Z"}`:   "a status that no answer has",
		`{"request":{},"answer":{"status":200.5,"body":{}},"recorded":"2026-11-22T10:00:00Z"}`: "a status that no answer has",
	} {
		file := filepath.Join(dir, "x.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := recording.Read(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := recording.Read(filepath.Join(dir, "none.json")); err == nil {
		t.Error("a file that isn't there was read")
	}
}

// What a call pays for being recorded: a copy of it.
func BenchmarkRecord(b *testing.B) {
	r, err := recording.Open(recording.Options{Dir: b.TempDir(), MaxFiles: 10, Log: slog.New(slog.DiscardHandler), Reply: webhook.Reply})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close(context.Background())
	call, err := rasa.ParseCall([]byte(`{"next_action":"action_a","tracker":{"sender_id":"s","x":"` + strings.Repeat("x", 50<<10) + `"}}`))
	if err != nil {
		b.Fatal(err)
	}
	wrapped := r.Wrap(&runner{body: `{"events":[],"responses":[]}`})
	b.ReportAllocs()
	for b.Loop() {
		wrapped.Run(context.Background(), call, nil)
	}
}
