package observe

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/config"
)

func lines(t *testing.T, observe func(*Calls)) []map[string]any {
	t.Helper()
	var buf bytes.Buffer
	observe(NewCalls(slog.New(slog.NewJSONHandler(&buf, nil))))
	var all []map[string]any
	for line := range strings.Lines(buf.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func TestOneLinePerCall(t *testing.T) {
	got := lines(t, func(c *Calls) {
		c.Observe(engine.Outcome{Action: "action_a", Sender: "s", Snapshot: "1-abc", Duration: 1500 * time.Microsecond, Version: "3.21.1"})
	})
	if len(got) != 1 {
		t.Fatal(got)
	}
	delete(got[0], "time")
	want := `{"action":"action_a","duration_ms":1.5,"level":"INFO","msg":"call","outcome":"ok","sender":"s","snapshot":"1-abc"}`
	if text, _ := json.Marshal(got[0]); string(text) != want {
		t.Errorf("%s\nwant %s", text, want)
	}
}

func TestFailures(t *testing.T) {
	for code, level := range map[engine.Code]string{
		engine.ScriptFailed: "ERROR", engine.TimedOut: "ERROR", engine.OutOfMemory: "ERROR", engine.Internal: "ERROR",
		engine.NotFound: "WARN", engine.BadCall: "WARN", engine.Overloaded: "WARN",
		engine.Rejected: "INFO", engine.DomainMissing: "INFO", engine.Canceled: "INFO",
	} {
		e := &engine.Error{Code: code, Action: "action_a", Message: "boom", Detail: "a.lua:3: boom", Script: "a.lua", Line: 3, Source: "  boom()"}
		got := lines(t, func(c *Calls) { c.Observe(engine.Outcome{Err: e}) })
		if len(got) != 1 || got[0]["level"] != level || got[0]["outcome"] != string(code) || got[0]["action"] != "action_a" {
			t.Errorf("%s: %v", code, got)
		}
		if level != "INFO" && (got[0]["err"] != "a.lua:3: boom" || got[0]["script"] != "a.lua" || got[0]["line"] != 3.0 || got[0]["source"] != "boom()") {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestVersionsWarnOnce(t *testing.T) {
	got := lines(t, func(c *Calls) {
		for _, v := range []string{"3.21.0", "", "3.6.1", "3.6.21", "2.8.0", "nonsense", "3", "3.x.1", "3.6"} {
			c.Observe(engine.Outcome{Version: v})
		}
	})
	var warned []any
	for _, line := range got {
		if line["level"] == "WARN" {
			warned = append(warned, line["rasa"])
		}
	}
	if len(warned) != 2 || warned[0] != "3.6" || warned[1] != "2.8" {
		t.Error(warned)
	}
	got = lines(t, func(c *Calls) {
		for i := range 1000 {
			c.Observe(engine.Outcome{Version: "9." + strings.Repeat("1", 1+i%4) + "."})
			c.Observe(engine.Outcome{Version: strings.Repeat("7", i) + ".1"})
			c.Observe(engine.Outcome{Version: time.Duration(i).String()[:1] + "." + string(rune('0'+i%10)) + ".1"})
		}
	})
	n := 0
	for _, line := range got {
		if line["level"] == "WARN" {
			n++
		}
	}
	if n > mostVersions {
		t.Errorf("%d warnings", n)
	}
}

func TestLongNamesAreCut(t *testing.T) {
	got := lines(t, func(c *Calls) {
		c.Observe(engine.Outcome{Sender: strings.Repeat("ä", 1<<20), Err: &engine.Error{Code: engine.NotFound, Action: strings.Repeat("x", 1<<20)}})
	})
	if text, _ := json.Marshal(got); len(text) > 2000 {
		t.Errorf("%d bytes in a line", len(text))
	}
}

func TestLogger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "l.log")
	for _, c := range []struct {
		logs        config.Logs
		debug, info bool
		json        bool
	}{
		{config.Logs{}, false, true, true},
		{config.Logs{LogFormat: "text", Verbose: 1}, false, true, false},
		{config.Logs{LogFormat: "json", Verbose: 2}, true, true, true},
		{config.Logs{LogFormat: "auto", Debug: true}, true, true, true},
		{config.Logs{Quiet: true}, false, false, true},
	} {
		_ = os.Remove(path)
		c.logs.LogFile = path
		var out bytes.Buffer
		log, done, err := NewLogger(c.logs, &out, nil)
		if err != nil {
			t.Fatal(err)
		}
		log.Debug("d-line")
		log.Info("i-line")
		log.Warn("w-line")
		if err := done(); err != nil {
			t.Error(err)
		}
		file, _ := os.ReadFile(path)
		for _, text := range []string{out.String(), string(file)} {
			if strings.Contains(text, "d-line") != c.debug || strings.Contains(text, "i-line") != c.info ||
				!strings.Contains(text, "w-line") || json.Valid([]byte(strings.Split(text, "\n")[0])) != c.json {
				t.Errorf("%+v: %s", c.logs, text)
			}
		}
	}
	_, _, err := NewLogger(config.Logs{LogFile: t.TempDir()}, &bytes.Buffer{}, nil)
	if err == nil || !strings.Contains(err.Error(), "--log-file") {
		t.Error(err)
	}
}
