package script

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// safeBuffer is a log that a test reads while it is written.
type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// TestWithoutEvents: the system refuses folder events, as when all its watches are in use, then fails while running, then
// gives them. Scripts are served all the time, and the log says each thing once.
func TestWithoutEvents(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := &safeBuffer{}
	l := NewLoader(Options{Dir: dir, Poll: 50 * time.Millisecond, Retry: 100 * time.Millisecond,
		Logger: slog.New(slog.NewTextHandler(log, nil)),
		Compile: func(name string, _ []byte) (*chunk.Chunk, []chunk.Problem, *chunk.Problem) {
			return &chunk.Chunk{Name: name}, nil, nil
		}})
	refused := make(chan struct{}, 100)
	l.listen = func(dir string) (*notifier, error) {
		if refused <- struct{}{}; len(refused) < 4 {
			return nil, os.NewSyscallError("inotify_init1", syscall.EMFILE)
		}
		return newNotifier(dir)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- l.Watch(ctx) }()
	defer func() { cancel(); <-done }()
	if err := os.WriteFile(filepath.Join(dir, "a.lua"), []byte("return 1"), 0o644); err != nil {
		t.Fatal(err)
	}
	wait := func(what string, is func() bool) {
		t.Helper()
		for end := time.Now().Add(5 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s: not in time\n%s", what, log)
			}
		}
	}
	wait("served by polling", func() bool { return len(l.Current().Actions) == 1 })
	wait("events at last", func() bool { return l.Mode() == "events" })
	text := log.String()
	if n := strings.Count(text, "only polled"); n != 1 || !strings.Contains(text, "too many open files") {
		t.Errorf("%d lines about polling: %s", n, text)
	}
	if strings.Count(text, "folder events work again") != 1 {
		t.Errorf("nothing says that events work again: %s", text)
	}
}

func TestJudge(t *testing.T) {
	n := &notifier{root: "/srv/v1", names: map[string]struct{}{"/srv/current": {}}}
	for _, c := range []struct {
		name             string
		op               fsnotify.Op
		relevant, script bool
	}{
		{"/srv/v1/a.lua", fsnotify.Write, true, true},
		{"/srv/v1/sub/a.lua", fsnotify.Remove, true, true},
		{"/srv/v1/a.lua", fsnotify.Chmod, false, false},
		{"/srv/v1/.#a.lua", fsnotify.Create, false, true},
		{"/srv/v1/data.json", fsnotify.Write, true, true},
		{"/srv/v1/data.json", fsnotify.Create, true, false},
		{"/srv/v1/server.log", fsnotify.Write, false, false},
		{"/srv/v1/.hidden.json", fsnotify.Write, false, false},
		{"/srv/v1/sub", fsnotify.Create, true, false},
		{"/srv/v1/..data", fsnotify.Create, true, false},
		{"/srv/v1/4913", fsnotify.Create, false, false},
		{"/srv/v1/a.lua~", fsnotify.Rename, false, false},
		{"/srv/v1/.a.lua.swp", fsnotify.Create, false, false},
		{"/srv/current", fsnotify.Create, true, false},
		{"/srv/other", fsnotify.Create, false, false},
		{"/srv/v10/a.lua", fsnotify.Write, false, false},
	} {
		relevant, script := n.judge(fsnotify.Event{Name: c.name, Op: c.op})
		if relevant != c.relevant || relevant && script != c.script {
			t.Errorf("%s %s: relevant %t, script %t", c.op, c.name, relevant, script)
		}
	}
}

func TestSteps(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := func(parts ...string) string { return filepath.Join(append([]string{base}, parts...)...) }
	for _, err := range []error{os.MkdirAll(at("trees", "v1", "scripts"), 0o755), os.Symlink("trees/v1", at("current")),
		os.Symlink(at("current", "scripts"), at("actions")), os.Symlink("loop", at("loop"))} {
		if err != nil {
			t.Skip("no links here:", err)
		}
	}
	got := strings.Join(steps(at("actions")), " ")
	if want := strings.Join([]string{at("actions"), at("current"), at("trees", "v1", "scripts")}, " "); got != want {
		t.Errorf("steps %s, want %s", got, want)
	}
	if n := len(steps(at("loop"))); n != 64 {
		t.Errorf("a loop of links has %d steps", n)
	}
	if got := steps(at("missing", "scripts")); len(got) != 1 || got[0] != at("missing", "scripts") {
		t.Errorf("a folder that isn't there: %v", got)
	}
}
