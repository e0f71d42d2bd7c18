package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/tools/txtar"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/rasa"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve returns an engine for the given files, by path below the scripts folder.
func serve(t testing.TB, o engine.Options, files map[string]string) *engine.Engine {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read, Logger: slog.New(slog.DiscardHandler)})
	snapshot := loader.Load(t.Context())
	for _, p := range snapshot.Problems {
		if p.Script != "" && !p.Warning {
			t.Fatalf("%s", p.Error())
		}
	}
	o.Snapshots = loader
	e := engine.New(o)
	t.Cleanup(func() { closed(t, e) })
	return e
}

// closed closes the engine and waits for the scripts that it left behind: on a busy machine they take their time to notice.
func closed(t testing.TB, e *engine.Engine) {
	t.Helper()
	e.Close()
	for end := time.Now().Add(time.Minute); e.Lost() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d scripts still run a minute after their calls ended", e.Lost())
		}
	}
}

func parse(t testing.TB, body string) *rasa.Call {
	t.Helper()
	call, err := rasa.ParseCall([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return call
}

func request(action string) string {
	return `{"next_action":"` + action + `","tracker":{"sender_id":"me","slots":{"n":3,"name":"Ann"},"latest_message":{"text":"hi"}}}`
}

// TestArchives runs every testdata/*.txtar: scripts, a request, and what comes of it. The file "want" holds the answer, or the
// code of the error; "detail" what the author reads, "log" texts that the log has to hold, one a line.
func TestArchives(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runArchive(t, path)
		})
	}
}

func runArchive(t *testing.T, path string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files, scripts := map[string]string{}, map[string]string{}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".lua") {
			scripts[f.Name] = string(f.Data)
			continue
		}
		files[f.Name] = strings.TrimSpace(string(f.Data))
	}
	var log bytes.Buffer
	var mu sync.Mutex
	handler := slog.NewTextHandler(lockedWriter{&mu, &log}, &slog.HandlerOptions{Level: slog.LevelDebug})
	e := serve(t, engine.Options{Timeout: 20 * time.Second, Log: slog.New(handler)}, scripts)
	body := files["request"]
	if body == "" {
		body = request("action_x")
	}
	answer, failed := e.Run(t.Context(), parse(t, body), nil)
	got := string(answer.Body)
	if failed != nil {
		got = string(failed.Code) + ": " + failed.Message
		if want, ok := files["detail"]; ok && failed.Error() != want {
			t.Errorf("the author reads\n%s\nwant\n%s", failed.Error(), want)
		}
	}
	if got != files["want"] {
		t.Errorf("got\n%s\nwant\n%s", got, files["want"])
	}
	mu.Lock()
	defer mu.Unlock()
	for line := range strings.Lines(files["log"]) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(log.String(), line) {
			t.Errorf("the log has no %q:\n%s", line, log.String())
		}
	}
}

type lockedWriter struct {
	mu  *sync.Mutex
	out *bytes.Buffer
}

func (w lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	const timeout = 100 * time.Millisecond
	hostile := map[string]string{
		"loop":      `while true do end`,
		"pcall":     `while true do pcall(function() while true do end end) end`,
		"recursion": `local function f() return f() end f()`,
		"coroutine": `local function f() coroutine.wrap(f)() end while true do pcall(f) end`,
		"pattern":   `local s = ("a"):rep(30) s:find(("a?"):rep(30) .. s)`,
		"sleep":     `time.sleep(60)`,
		"sort":      `local t = {} for i = 1, 200000 do t[i] = i % 7 end while true do table.sort(t, function(a, b) return a > b end) end`,
		"gsub":      `local s = ("x"):rep(1000000) while true do s:gsub("x", "yy") end`,
		"handler":   `xpcall(function() error("x") end, function() while true do end end)`,
	}
	for name, body := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := serve(t, engine.Options{Timeout: timeout}, map[string]string{
				"action_x.lua":    "return function()\n" + body + "\nend",
				"action_good.lua": `return function(d) d:utter_message("fine") end`,
			})
			began := time.Now()
			_, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
			if failed == nil || failed.Code != engine.TimedOut {
				t.Fatalf("got %v, want a timeout", failed)
			}
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("answered after %s", took)
			}
			if _, failed := e.Run(t.Context(), parse(t, request("action_good")), nil); failed != nil {
				t.Errorf("the next call: %v", failed)
			}
		})
	}
}

func TestCallerGoesAway(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{Timeout: time.Minute}, map[string]string{"action_x.lua": `return function() while true do end end`})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, failed := e.Run(ctx, parse(t, request("action_x")), nil)
	if failed == nil || failed.Code != engine.Canceled {
		t.Fatalf("got %v, want canceled", failed)
	}
}

func TestMaxCalls(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{MaxCalls: 2, Timeout: 10 * time.Second}, map[string]string{
		"action_x.lua": `return function() time.sleep(0.5) end`,
	})
	codes := make(chan engine.Code, 20)
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			_, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
			if failed != nil {
				codes <- failed.Code
				return
			}
			codes <- "ok"
		})
	}
	calls.Wait()
	close(codes)
	count := map[engine.Code]int{}
	for c := range codes {
		count[c]++
	}
	if count["ok"] < 2 || count["ok"]+count[engine.Overloaded] != 20 || count[engine.Overloaded] == 0 {
		t.Errorf("outcomes: %v", count)
	}
	if e.Running() != 0 {
		t.Errorf("%d calls are still counted", e.Running())
	}
}

func TestWaitingForAState(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{MaxStates: 1, Timeout: 300 * time.Millisecond}, map[string]string{
		"action_x.lua": `return function() while true do end end`,
	})
	first := make(chan *engine.Error, 1)
	go func() {
		_, failed := e.Run(context.Background(), parse(t, request("action_x")), nil)
		first <- failed
	}()
	for e.Running() == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, failed := e.Run(ctx, parse(t, request("action_x")), nil); failed == nil || !errors.Is(failed, context.DeadlineExceeded) {
		t.Errorf("waiting under a context that ends: %v", failed)
	}
	if failed := <-first; failed == nil || failed.Code != engine.TimedOut {
		t.Errorf("the first: %v", failed)
	}
}

// TestNothingIsLeft has calls of two kinds share one state: some leave what they can, the others look for it.
func TestNothingIsLeft(t *testing.T) {
	t.Parallel()
	leave := []string{
		`string.leak = 1`, `rawset(string, "leak", 1)`, `getmetatable("").__index.leak = 1`, `setmetatable("", { __index = { leak = 1 } })`,
		`table.insert(json, 1)`, `events.leak = 1`, `setmetatable(json, {})`, `tracker.leak = 1`, `dispatcher.leak = 1`, `rawset(tracker, "leak", 1)`,
		`json.null.leak = 1`, `setmetatable(print, { __index = { leak = 1 } })`, `setmetatable(1, {})`, `require("lib.m").leak = 1`,
		`coroutine.wrap(function() coroutine.yield() end)()`, `math.randomseed(1)`, `tracker.slots.leak = 1`, `domain.leak = 1`,
		`local t = tracker.events t[1] = "leak"`, `table.sort(string)`, `local mt = getmetatable(tracker) mt.leak = 1`, `kept = 1`,
	}
	files := map[string]string{"lib/m.lua": `return {}`, "action_look.lua": `
return function(dispatcher, tracker, domain)
  local found = {}
  local function look(what, value) if value ~= nil then table.insert(found, what) end end
  look("string", rawget(string, "leak"))
  look("member", string.leak)
  look("text", ("").leak)
  for name in pairs(string) do if name == "leak" then look("pairs", 1) end end
  for name in pairs(json) do if name == 1 or name == "leak" then look("json", 1) end end
  look("lib", require("lib.m").leak)
  look("slots", tracker.slots.leak)
  look("domain", domain.leak)
  look("events", tracker.events[1])
  look("metatable", getmetatable(tracker))
  look("global", pcall(function() return kept end) or nil)
  return { SlotSet("found", found) }
end`}
	for i, code := range leave {
		files[fmt.Sprintf("action_leave_%d.lua", i)] = "return function(dispatcher, tracker, domain)\npcall(function()\n" + code + "\nend)\nend"
	}
	e := serve(t, engine.Options{MaxStates: 1}, files)
	const want = `{"events":[{"event":"slot","timestamp":null,"name":"found","value":[]}],"responses":[]}`
	for round := range 3 {
		for i, code := range leave {
			if _, failed := e.Run(t.Context(), parse(t, request(fmt.Sprintf("action_leave_%d", i))), nil); failed != nil {
				t.Fatalf("round %d: %s: %v", round, code, failed)
			}
			answer, failed := e.Run(t.Context(), parse(t, request("action_look")), nil)
			if failed != nil || string(answer.Body) != want {
				t.Fatalf("after %s: %s %v", code, answer.Body, failed)
			}
		}
	}
}

func TestDomainIsAskedForWhenTouched(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{}, map[string]string{
		"lib/make.lua":     `return function(d, t, domain) if t:get_slot("n") == 1 then return { SlotSet("x", (next(domain))) } end end`,
		"action_maybe.lua": `return require "lib.make"`,
		"action_count.lua": `local f = require "lib.make" return function(...) pcall(function(...) return #(select(3, ...)) end, ...) return {} end`,
	})
	body := func(action string, n int, extra string) string {
		return fmt.Sprintf(`{"next_action":%q,"tracker":{"sender_id":"me","slots":{"n":%d}}%s}`, action, n, extra)
	}
	for _, c := range []struct {
		body string
		want engine.Code
	}{
		{body("action_maybe", 0, `,"domain_digest":"d"`), ""},
		{body("action_maybe", 1, `,"domain_digest":"d"`), engine.DomainMissing},
		{body("action_count", 1, `,"domain_digest":"d"`), engine.DomainMissing},
		{body("action_maybe", 1, ``), ""},
		{body("action_maybe", 1, `,"domain_digest":"d","domain":{"slots":{}}`), ""},
		{body("action_maybe", 1, `,"domain_digest":"d"`), ""},
	} {
		_, failed := e.Run(t.Context(), parse(t, c.body), nil)
		got := engine.Code("")
		if failed != nil {
			got = failed.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.body, got, c.want)
		}
	}
}

// TestNothingIsEchoed looks for what a request brought, for script paths and for length, in what Rasa gets when a script fails.
func TestNothingIsEchoed(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"action_reckon.lua": `return function(d, tracker) return tracker:get_slot("secret") + 1 end`,
		"action_minus.lua":  `return function(d, tracker) return -tracker:get_slot("secret") end`,
		"action_raise.lua":  `return function(d, tracker) error(tracker.slots) end`,
		"action_event.lua":  `return function(d, tracker) return { { event = tracker:get_slot("secret") } } end`,
		"action_remind.lua": `return function(d, tracker) return ReminderScheduled("x", tracker:get_slot("secret")) end`,
		"action_lib.lua":    `return function(d, tracker) require(tracker:get_slot("secret")) end`,
		"action_reject.lua": `return function() local ok, e = pcall(function() local x = nil + 1 end) reject(e) end`,
		"action_path.lua":   `return function() require "lib.nope" end`,
		"action_long.lua":   `return function() reject(("x"):rep(3000000)) end`,
		"action_longer.lua": `return function() error(("x"):rep(3000000)) end`,
	}
	e := serve(t, engine.Options{}, files)
	for name := range files {
		action := strings.TrimSuffix(name, ".lua")
		body := `{"next_action":"` + action + `","tracker":{"sender_id":"me","slots":{"secret":"TOP\u00e9SECRET"}}}`
		_, failed := e.Run(t.Context(), parse(t, body), nil)
		if failed == nil {
			t.Fatalf("%s did not fail", action)
		}
		if strings.Contains(failed.Message, "SECRET") || strings.Contains(failed.Message, ".lua") || len(failed.Message) > 2000 {
			t.Errorf("%s: Rasa gets %.300s", action, failed.Message)
		}
	}
	_, failed := e.Run(t.Context(), parse(t, request(strings.Repeat("x", 5<<20))), nil)
	if failed == nil || len(failed.Message)+len(failed.Action) > 4000 {
		t.Errorf("a name of 5 MiB is repeated")
	}
}
