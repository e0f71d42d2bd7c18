package script_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/script"
)

// TestStorm saves without a pause while others read what is served.
func TestStorm(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, numbered(5, "v0"))
	r.watch()
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			last := uint64(0)
			for {
				select {
				case <-stop:
					return
				default:
				}
				s := r.loader.Current()
				if s.Generation < last || len(s.Actions) != 5 {
					t.Errorf("generation %d after %d, %d actions", s.Generation, last, len(s.Actions))
					return
				}
				last = s.Generation
				if stamp := stampOf(s.Actions["a003"].Chunk); stamp == "torn" {
					t.Error("torn")
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	for i := 1; i <= 200; i++ {
		write(t, r.dir, numbered(5, fmt.Sprintf("v%d", i)))
		time.Sleep(5 * time.Millisecond)
	}
	r.until("after the storm", all(5, "v200"))
	close(stop)
	readers.Wait()
	r.whole(false)
}

// TestNeverStill: one file that is written all the time must not keep the others from being served.
func TestNeverStill(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), func(o *script.Options) { o.MaxWait = 300 * time.Millisecond; o.Quiet = 50 * time.Millisecond })
	write(t, r.dir, map[string]string{"a.lua": source("1"), "busy.lua": source("0")})
	r.watch()
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				_ = os.WriteFile(filepath.Join(r.dir, "busy.lua"), []byte(source(fmt.Sprint(i))), 0o644)
			}
		}
	})
	write(t, r.dir, map[string]string{"a.lua": source("2")})
	r.until("beside the busy file", func(s *script.Snapshot) bool { return stampOf(s.Actions["a"].Chunk) == "2" })
	close(stop)
	writer.Wait()
	r.whole(false)
}

func TestTrigger(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), func(o *script.Options) { o.PollOnly = true; o.Poll = time.Hour })
	r.loader.Trigger() // before Watch: it must not block, nor be lost
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	r.watch()
	for i := range 3 {
		stamp := fmt.Sprintf("t%d", i)
		write(t, r.dir, map[string]string{"a.lua": source(stamp)})
		r.loader.Trigger()
		r.loader.Trigger()
		r.untilServed("a=" + stamp)
	}
	if mode := r.loader.Mode(); mode != "poll" {
		t.Errorf("mode %q", mode)
	}
}

// TestLateFolder: the folder comes after the start, by events and by the poll.
func TestLateFolder(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	r := newRig(t, filepath.Join(base, "deep", "scripts"), nil)
	r.watch()
	if mode := r.loader.Mode(); mode != "events" {
		t.Logf("mode %q", mode) // a machine may have no watches left
	}
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	r.untilServed("a=1")
	must(t, os.RemoveAll(filepath.Join(base, "deep")))
	s := r.until("gone", func(s *script.Snapshot) bool { return s.Errors() == 1 })
	if actions(s) != "a=1" {
		t.Errorf("what was loaded is lost: %s", describe(s))
	}
	write(t, r.dir, map[string]string{"a.lua": source("2")})
	if s := r.untilServed("a=2"); len(s.Problems) != 0 {
		t.Errorf("problems are left: %s", describe(s))
	}
}

// TestLoadBesideWatch: callers of Load and the watcher share one loader.
func TestLoadBesideWatch(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, numbered(3, "v0"))
	r.watch()
	var loaders sync.WaitGroup
	for range 4 {
		loaders.Go(func() {
			for range 20 {
				if s := r.load(); len(s.Actions) != 3 {
					t.Errorf("%s", describe(s))
				}
			}
		})
	}
	write(t, r.dir, numbered(3, "v1"))
	loaders.Wait()
	r.until("changed", all(3, "v1"))
	var before *script.Snapshot
	for _, s := range r.snapshots() {
		if before != nil && s.Generation < before.Generation {
			t.Errorf("%s after %s", s.ID(), before.ID())
		}
		before = s
	}
}
