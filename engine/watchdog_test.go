package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/rasa"
)

const testMemory = 64 << 20

// neighbour is an honest action that is busy: it makes texts, tables and garbage, and answers with what it found.
const neighbour = `return function(dispatcher, tracker)
  local words, count = {}, 0
  for i = 1, 300 do words[i] = { id = i, text = string.rep("word" .. i .. " ", 20) } end
  for _, w in ipairs(words) do
    for _ in w.text:gmatch("%a+") do count = count + 1 end
    w.text = w.text:gsub("%d", "#")
  end
  local copy = json.decode(json.encode(words))
  table.sort(copy, function(a, b) return a.id > b.id end)
  dispatcher:utter_message("found " .. count .. " in " .. #copy)
end
`

const neighbourSays = `"text":"found 6000 in 300"`

// runaways returns the scripts of testdata/runaway: each says in its first line how it may end.
func runaways(t testing.TB) (files, ends map[string]string) {
	t.Helper()
	names, err := filepath.Glob("testdata/runaway/*.lua")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	files, ends = map[string]string{"action_neighbour.lua": neighbour}, map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		end, found := strings.CutPrefix(first, "-- ends: ")
		if !found {
			t.Fatalf("%s doesn't say how it ends", name)
		}
		files[filepath.Base(name)] = string(text)
		ends[strings.TrimSuffix(filepath.Base(name), ".lua")] = end
	}
	return files, ends
}

// neighbours runs three callers of the honest action until stop is called, which fails the test if one of them noticed
// anything.
func neighbours(t *testing.T, e *engine.Engine) (stop func()) {
	t.Helper()
	var callers sync.WaitGroup
	var done atomic.Bool
	var served, late atomic.Int64
	for range 3 {
		callers.Go(func() {
			call := new(rasa.Call)
			for !done.Load() {
				if err := call.Reset([]byte(request("action_neighbour"))); err != nil {
					t.Error(err)
					return
				}
				answer, failed := e.Run(t.Context(), call, nil)
				if failed != nil && failed.Code == engine.TimedOut {
					late.Add(1)
					continue
				}
				if failed != nil {
					t.Errorf("a neighbour was stopped after %d calls: %v", served.Load(), failed)
					return
				}
				if !strings.Contains(string(answer.Body), neighbourSays) {
					t.Errorf("a neighbour got %s", answer.Body)
					return
				}
				served.Add(1)
			}
		})
	}
	return func() {
		done.Store(true)
		callers.Wait()
		// On a machine that does much else a neighbour may miss its deadline, as it would with no runaway beside it.
		if served.Load() < 20*late.Load() || served.Load() == 0 {
			t.Errorf("%d neighbours were served, %d came too late", served.Load(), late.Load())
		}
	}
}

func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// TestRunaways has each runaway script run beside honest ones: it alone is stopped, and the memory comes back.
//
//nolint:paralleltest // it measures the heap of the process
func TestRunaways(t *testing.T) {
	files, ends := runaways(t)
	for name, timeout := range map[string]time.Duration{"memory": time.Minute, "timeout": time.Second} {
		t.Run(name, func(t *testing.T) {
			e := serve(t, engine.Options{Timeout: timeout, Memory: testMemory}, files)
			stop := neighbours(t, e)
			defer stop()
			for action, end := range ends {
				if strings.HasSuffix(end, "timeout") != (name == "timeout") || testing.Short() && !strings.HasPrefix(action, "action_d") {
					continue
				}
				runaway(t, e, action, end)
			}
		})
	}
	runtime.GC()
	if left := heap(); left > testMemory/4 {
		t.Errorf("%d MiB are still in use", left>>20)
	}
}

func runaway(t *testing.T, e *engine.Engine, action, end string) {
	t.Helper()
	began := time.Now()
	_, failed := e.Run(t.Context(), parse(t, request(action)), nil)
	switch {
	case failed == nil:
		t.Errorf("%s ended well", action)
	case !strings.Contains(end, string(failed.Code)):
		t.Errorf("%s ended with %s: %v; want %s", action, failed.Code, failed, end)
	case !failed.Abandoned && failed.Script != action+".lua" || !failed.Abandoned && failed.Line < 2:
		t.Errorf("%s: the error is at %s:%d", action, failed.Script, failed.Line)
	case failed.Code == engine.OutOfMemory && (!errors.Is(failed, meter.ErrMemory) || !strings.Contains(failed.Message, " MiB")):
		t.Errorf("%s: the error names no limit: %v", action, failed)
	}
	if testing.Verbose() {
		t.Logf("%s: %s after %s, heap %d MiB", action, failed.Code, time.Since(began).Round(time.Millisecond), heap()>>20)
	}
}

// TestWatchdogAndMissingDomain weighs a call that has not touched the domain, which is not at hand: to look at it is not to touch it.
//
//nolint:paralleltest // it measures the heap of the process
func TestWatchdogAndMissingDomain(t *testing.T) {
	e := serve(t, engine.Options{Timeout: time.Minute, Memory: testMemory}, map[string]string{"action_hog.lua": `return function(dispatcher, tracker, domain)
  local t = {}
  for i = 1, 150000 do
    t[i] = {}
    t[i].a = i
  end
end`})
	_, failed := e.Run(t.Context(), parse(t, `{"next_action":"action_hog","domain_digest":"d1","tracker":{"sender_id":"me"}}`), nil)
	if failed == nil || failed.Code != engine.OutOfMemory {
		t.Errorf("got %v, want that it was stopped for its memory", failed)
	}
}
