package app_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/recording"
)

// What is answered when the server stops is on the disk afterwards; what isn't asked for isn't.
func TestRecording(t *testing.T) {
	s := settings(t, map[string]string{"action_hello.lua": "return function(d, t) d:utter_message('hello ' .. t.sender_id) end"})
	s.Record, s.RecordLimit, s.RecordSize, s.RecordRedact = filepath.Join(t.TempDir(), "calls"), 10, 1<<20, []string{"sender_id"}
	a, log := start(t, s)
	for range 12 {
		if status, body := ask(t, "POST", "http://"+a.Addr().String()+"/webhook", strings.Replace(call("action_hello"), `"s"`, `"person"`, 1)); status != 200 {
			t.Errorf("%d %s", status, body)
		}
	}
	if err := a.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	names, err := recording.List(s.Record)
	if err != nil || len(names) != 10 || !strings.HasSuffix(names[9], "-action_hello-12.json") {
		t.Fatalf("%q %v", names, err)
	}
	text, err := os.ReadFile(filepath.Join(s.Record, names[9]))
	if err != nil || !strings.Contains(string(text), `"text":"hello redacted-`) || !strings.Contains(log.String(), "what people said") {
		t.Errorf("%s %v\n%s", text, err, log)
	}
}

func TestRecordingWithoutAFolder(t *testing.T) {
	s := settings(t, nil)
	s.Record = filepath.Join(s.Scripts, "file", "calls")
	if err := os.WriteFile(filepath.Join(s.Scripts, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := app.Start(t.Context(), s, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "--record: the folder") {
		t.Errorf("%v %v", a, err)
	}
}
