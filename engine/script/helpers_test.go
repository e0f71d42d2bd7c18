package script_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
	"go.uber.org/goleak"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bound is how long a test waits for what must happen; what it really took goes to the test's log.
const bound = 5 * time.Second

// source is a script of the given stamp that is long enough to be torn: every line bears the stamp.
func source(stamp string) string {
	return strings.Repeat("-- "+stamp+"\n", 200) + "return 1 --end " + stamp + "\n"
}

// compile is a compiler that knows as much Lua as these tests need. It keeps the source where a test can read it.
func compile(name string, src []byte) (*chunk.Chunk, []chunk.Problem, *chunk.Problem) {
	text := string(src)
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.Contains(line, "syntax error"):
			return nil, nil, &chunk.Problem{Script: name, Line: i + 1, Column: 3, Message: "unexpected word", Hint: "write Lua"}
		case strings.Contains(line, "panic"):
			panic("the compiler's own fault")
		}
	}
	if !strings.Contains(text, "--end") {
		return nil, nil, &chunk.Problem{Script: name, Line: 1, Message: "an end is missing"}
	}
	var warnings []chunk.Problem
	if strings.Contains(text, "doubtful") {
		warnings = append(warnings, chunk.Problem{Script: name, Line: 2, Message: "this is doubtful", Warning: true})
	}
	return &chunk.Chunk{Name: name, Proto: &lua.FunctionProto{SourceName: text}}, warnings, nil
}

// stampOf returns the one stamp of a served script, or "torn" if its lines bear different ones.
func stampOf(c *chunk.Chunk) string {
	lines := strings.Split(strings.TrimSpace(c.Proto.SourceName), "\n")
	last := lines[len(lines)-1]
	stamp := last[strings.LastIndex(last, " ")+1:]
	for _, line := range lines {
		if !strings.HasSuffix(line, " "+stamp) {
			return "torn"
		}
	}
	return stamp
}

// logs is a log that can be read while it is written.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// rig is a loader on a folder of its own, with every snapshot it published.
type rig struct {
	t      *testing.T
	dir    string
	loader *script.Loader
	logs   *logs

	mu        sync.Mutex
	published []*script.Snapshot
}

func newRig(t *testing.T, dir string, change func(*script.Options)) *rig {
	t.Helper()
	r := &rig{t: t, dir: dir, logs: &logs{}}
	opts := script.Options{Dir: dir, Compile: compile, Logger: slog.New(slog.NewTextHandler(r.logs, nil))}
	if change != nil {
		change(&opts)
	}
	r.loader = script.NewLoader(opts)
	r.loader.OnChange(func(_, s *script.Snapshot) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.published = append(r.published, s)
	})
	return r
}

// load loads once, at once.
func (r *rig) load() *script.Snapshot { return r.loader.Load(context.Background()) }

// watch starts to watch, and waits for the first snapshot.
func (r *rig) watch() {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- r.loader.Watch(ctx) }()
	r.t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			r.t.Errorf("Watch returned %v", err)
		}
	})
	r.until("the first snapshot", func(s *script.Snapshot) bool { return s.Generation > 0 })
}

// until waits for a snapshot that fits.
func (r *rig) until(what string, fits func(*script.Snapshot) bool) *script.Snapshot {
	r.t.Helper()
	began := time.Now()
	for time.Since(began) < bound {
		if s := r.loader.Current(); fits(s) {
			r.t.Logf("%s: %d ms", what, time.Since(began).Milliseconds())
			return s
		}
		time.Sleep(2 * time.Millisecond)
	}
	r.t.Fatalf("%s: not within %v; now: %s\n%s", what, bound, describe(r.loader.Current()), r.logs)
	return nil
}

// untilServed waits until exactly the given actions are served with the given stamps ("name=stamp").
func (r *rig) untilServed(want ...string) *script.Snapshot {
	r.t.Helper()
	text := strings.Join(want, " ")
	return r.until("served "+text, func(s *script.Snapshot) bool { return actions(s) == text })
}

func (r *rig) snapshots() []*script.Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.published)
}

// whole fails the test if any published snapshot held a torn script, or, for atomic writers, scripts of different stamps.
func (r *rig) whole(oneStamp bool) {
	r.t.Helper()
	for _, s := range r.snapshots() {
		stamps := map[string]bool{}
		for name, a := range s.Actions {
			stamp := stampOf(a.Chunk)
			stamps[stamp] = true
			if stamp == "torn" {
				r.t.Errorf("snapshot %s serves a torn %s", s.ID(), name)
			}
		}
		if oneStamp && len(stamps) > 1 {
			r.t.Errorf("snapshot %s mixes %v", s.ID(), stamps)
		}
	}
}

// actions lists what is served as "name=stamp name=stamp", sorted.
func actions(s *script.Snapshot) string {
	var all []string
	for _, name := range sorted(s.Actions) {
		text := name + "=" + stampOf(s.Actions[name].Chunk)
		if s.Actions[name].Stale {
			text += "(stale)"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func describe(s *script.Snapshot) string {
	text := s.ID() + " serves " + actions(s)
	for i := range s.Problems {
		text += "\n  " + s.Problems[i].Error()
	}
	return text
}

func problems(s *script.Snapshot) string {
	var all []string
	for i := range s.Problems {
		all = append(all, s.Problems[i].Error())
	}
	return strings.Join(all, "\n")
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for _, name := range sorted(files) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(at), 0o755))
		must(t, os.WriteFile(at, []byte(files[name]), 0o644))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// byEvents makes a rig notice changes by folder events alone, or, where there are none, by polling alone.
func byEvents(events bool) func(*script.Options) {
	return func(o *script.Options) {
		if o.PollOnly = !events; events {
			o.Poll = time.Hour
		}
	}
}

// numbered makes n scripts of one stamp: a000.lua, a001.lua, …
func numbered(n int, stamp string) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("a%03d.lua", i)] = source(stamp)
	}
	return files
}

// all tells whether exactly n actions are served, all of one stamp.
func all(n int, stamp string) func(*script.Snapshot) bool {
	return func(s *script.Snapshot) bool {
		if len(s.Actions) != n {
			return false
		}
		for _, a := range s.Actions {
			if a.Stale || stampOf(a.Chunk) != stamp {
				return false
			}
		}
		return true
	}
}
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
