package keyvalue_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/keyvalue"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// kit is a store that is tested, and how time passes for it.
type kit struct {
	store keyvalue.Store
	pass  func(time.Duration)
}

func moving() (*clock, func(time.Duration)) {
	c := &clock{at: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	return c, func(d time.Duration) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.at = c.at.Add(d)
	}
}

// each runs a test with each kind of store; Redis only where its address is given.
func each(t *testing.T, test func(t *testing.T, k kit)) {
	t.Run("memory", func(t *testing.T) {
		c, pass := moving()
		test(t, kit{keyvalue.NewMemory(64<<20, c.now), pass})
	})
	t.Run("file", func(t *testing.T) {
		c, pass := moving()
		store, err := keyvalue.OpenFile(filepath.Join(t.TempDir(), "kv.db"), c.now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		test(t, kit{store, pass})
	})
	t.Run("redis", func(t *testing.T) {
		url := os.Getenv("LUACTION_TEST_REDIS")
		if url == "" {
			t.Skip("make test-services runs it")
		}
		store, err := keyvalue.OpenRedis(url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		test(t, kit{store, time.Sleep})
	})
}

// unit is a life that has not ended after no time, and has after two.
const unit = 300 * time.Millisecond

type expect struct {
	t *testing.T
	s keyvalue.Store
}

func (e expect) get(key keyvalue.Key, want string) {
	e.t.Helper()
	value, found, err := e.s.Get(e.t.Context(), key)
	if err != nil || string(value) != want || found != (want != "") {
		e.t.Errorf("got %q %v %v, want %q", value, found, err, want)
	}
}

func (e expect) set(key keyvalue.Key, value string, life keyvalue.Life) {
	e.t.Helper()
	if err := e.s.Set(e.t.Context(), key, []byte(value), life); err != nil {
		e.t.Fatal(err)
	}
}

func (e expect) incr(key keyvalue.Key, n, want float64, life keyvalue.Life) {
	e.t.Helper()
	if got, err := e.s.Incr(e.t.Context(), key, n, life); err != nil || got != want {
		e.t.Errorf("incr gives %v %v, want %v", got, err, want)
	}
}

func (e expect) add(key keyvalue.Key, value string, want bool, life keyvalue.Life) {
	e.t.Helper()
	if got, err := e.s.Add(e.t.Context(), key, []byte(value), life); err != nil || got != want {
		e.t.Errorf("add gives %v %v, want %v", got, err, want)
	}
}

func (e expect) delete(key keyvalue.Key, want bool) {
	e.t.Helper()
	if got, err := e.s.Delete(e.t.Context(), key); err != nil || got != want {
		e.t.Errorf("delete gives %v %v, want %v", got, err, want)
	}
}

func fresh(t *testing.T, name string) keyvalue.Key {
	return keyvalue.Global(t.Name() + strconv.FormatInt(time.Now().UnixNano(), 36) + name)
}

func TestStore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k kit) {
		e, forever := expect{t, k.store}, keyvalue.Life{}
		key := fresh(t, "")
		e.get(key, "")
		e.delete(key, false)
		e.set(key, `{"a":[1,null]}`, forever)
		e.get(key, `{"a":[1,null]}`)
		e.set(key, `"s1:x"`, forever)
		e.get(key, `"s1:x"`)
		e.add(key, `1`, false, forever)
		e.delete(key, true)
		e.delete(key, false)
		e.add(key, `1`, true, forever)
		e.get(key, `1`)

		counter := fresh(t, "n")
		e.incr(counter, 1, 1, forever)
		e.incr(counter, 2.5, 3.5, forever)
		e.incr(counter, -3.5, 0, forever)
		e.get(counter, `0`)
		e.set(counter, `9007199254740991`, forever)
		e.incr(counter, 1, 9007199254740992, forever)
		e.set(counter, `0.1`, forever)
		e.incr(counter, 0.2, 0.30000000000000004, forever)
		for _, value := range []string{`"5"`, `true`, `{}`, `[1]`, `""`} {
			e.set(counter, value, forever)
			if _, err := k.store.Incr(t.Context(), counter, 1, forever); !errors.Is(err, keyvalue.ErrNoNumber) {
				t.Errorf("%s: %v", value, err)
			}
			e.get(counter, value)
		}
		e.set(counter, `1e308`, forever)
		if _, err := k.store.Incr(t.Context(), counter, 1e308, forever); !errors.Is(err, keyvalue.ErrTooLarge) {
			t.Error(err)
		}
		big := `"` + strings.Repeat("x", 256<<10-2) + `"`
		e.set(fresh(t, strings.Repeat("k", 256)), big, forever)
		odd := fresh(t, "\x00\xff*{}\n")
		e.set(odd, `1`, forever)
		e.get(odd, `1`)
	})
}

func TestLife(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k kit) {
		e := expect{t, k.store}
		once, renewed := keyvalue.Life{TTL: unit}, keyvalue.Life{TTL: 3 * unit, Renewed: true}
		a, b, c, d, f := fresh(t, "a"), fresh(t, "b"), fresh(t, "c"), fresh(t, "d"), fresh(t, "f")
		e.set(a, `1`, once)
		e.set(b, `1`, once)
		e.set(b, `2`, keyvalue.Life{}) // a new write has its own life
		e.add(c, `1`, true, once)
		e.incr(d, 1, 1, once)
		e.incr(d, 1, 2, keyvalue.Life{TTL: time.Hour}) // counts only when it is new
		e.incr(f, 1, 1, renewed)
		e.get(a, `1`)
		e.get(f, `1`)
		k.pass(2 * unit)
		e.get(a, "")
		e.get(b, `2`)
		e.delete(c, false)
		e.add(c, `2`, true, once)
		e.incr(d, 1, 1, keyvalue.Life{})
		e.incr(f, 1, 2, renewed) // begins the time anew
		k.pass(2 * unit)
		e.incr(f, 1, 3, renewed)
		e.get(f, `3`)
		e.get(d, `1`)
		k.pass(4 * unit)
		e.get(f, "")
	})
}

// Of conversations' keys none is another's, nor one that all share, whatever the names are.
func TestKeys(t *testing.T) {
	t.Parallel()
	keys := map[keyvalue.Key][2]string{}
	long := strings.Repeat("l", 300)
	for _, sender := range []string{"", "a", "a:b", "1:a", "a\x00", long, long + "x", "h:", ":"} {
		for _, name := range []string{"k", "b:k", ":k", "a:k", "1:a:k", "\x00k"} {
			key := keyvalue.Conversation(sender, name)
			if other, ok := keys[key]; ok {
				t.Errorf("%q %q is also %q", sender, name, other)
			}
			keys[key] = [2]string{sender, name}
			if other, ok := keys[keyvalue.Global("c:"+sender+":"+name)]; ok {
				t.Errorf("global %q is also %q", name, other)
			}
		}
	}
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k kit) {
		counter, gate := fresh(t, "n"), fresh(t, "gate")
		const calls, rounds = 8, 25
		won := make(chan bool, calls)
		var group sync.WaitGroup
		for range calls {
			group.Go(func() {
				for range rounds {
					if _, err := k.store.Incr(context.Background(), counter, 1, keyvalue.Life{}); err != nil {
						t.Error(err)
					}
				}
				added, err := k.store.Add(context.Background(), gate, []byte("1"), keyvalue.Life{})
				if err != nil {
					t.Error(err)
				}
				won <- added
			})
		}
		group.Wait()
		expect{t, k.store}.get(counter, strconv.Itoa(calls*rounds))
		winners := 0
		for range calls {
			if <-won {
				winners++
			}
		}
		if winners != 1 {
			t.Errorf("%d calls added the same key", winners)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	c, pass := moving()
	s := keyvalue.NewMemory(10<<10, c.now)
	value, kept := []byte(strings.Repeat("1", 1000)), 0
	for ; kept < 100; kept++ {
		if err := s.Set(t.Context(), keyvalue.Global(strconv.Itoa(kept)), value, keyvalue.Life{TTL: unit}); err != nil {
			if !strings.Contains(err.Error(), "the memory for kv is full") {
				t.Error(err)
			}
			break
		}
	}
	if kept < 5 || kept > 10 {
		t.Errorf("%d values of 1 KB fit into 10 KiB", kept)
	}
	e := expect{t, s}
	e.get(keyvalue.Global("0"), string(value))
	e.set(keyvalue.Global("0"), "1", keyvalue.Life{}) // a shorter one has room
	e.delete(keyvalue.Global("1"), true)
	e.set(keyvalue.Global("new"), string(value), keyvalue.Life{})
	pass(unit)
	for i := range 5 {
		e.set(keyvalue.Global("again"+strconv.Itoa(i)), string(value), keyvalue.Life{})
	}
}

// A file keeps everything over a restart, what has ended doesn't stay in it, and only one server has it open.
func TestFileRestart(t *testing.T) {
	t.Parallel()
	c, pass := moving()
	path := filepath.Join(t.TempDir(), "kv.db")
	open := func() *keyvalue.File {
		s, err := keyvalue.OpenFile(path, c.now)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	e := expect{t, s}
	e.set(keyvalue.Global("a"), `{"x":1}`, keyvalue.Life{})
	e.set(keyvalue.Global("b"), `1`, keyvalue.Life{TTL: time.Hour})
	e.incr(keyvalue.Conversation("me", "c"), 1, 1, keyvalue.Life{TTL: time.Hour, Renewed: true})
	if _, err := keyvalue.OpenFile(path, c.now); err == nil || !strings.Contains(err.Error(), "in use by another server") {
		t.Errorf("opened twice: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open()
	defer func() { s.Close() }()
	e = expect{t, s}
	e.get(keyvalue.Global("a"), `{"x":1}`)
	e.get(keyvalue.Global("b"), `1`)
	pass(30 * time.Minute)
	e.incr(keyvalue.Conversation("me", "c"), 1, 2, keyvalue.Life{TTL: time.Hour, Renewed: true})
	pass(45 * time.Minute)
	e.get(keyvalue.Global("b"), "")
	e.get(keyvalue.Conversation("me", "c"), `2`)

	if _, err := keyvalue.OpenFile(filepath.Join(path, "x", "kv.db"), c.now); err == nil {
		t.Error("a file below a file was opened")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Set(ctx, keyvalue.Global("a"), []byte("1"), keyvalue.Life{}); err == nil {
		t.Error("a call that is over wrote")
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"file:": "names no file", "http://x": "must be memory", "redis://a b": "can't be read",
		"file:" + filepath.Join(t.TempDir(), "none", "kv.db"): "the folder of",
	} {
		if _, err := keyvalue.Open(url, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{"", "memory", "file:" + filepath.Join(t.TempDir(), "kv.db"), "redis://:secret@127.0.0.1:1/0"} {
		s, err := keyvalue.Open(url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(url, "redis:") {
			begin := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			_, _, err := s.Get(ctx, keyvalue.Global("a"))
			cancel()
			if err == nil || !strings.Contains(err.Error(), "Redis can't be reached") || strings.Contains(err.Error(), "secret") || time.Since(begin) > 20*time.Second {
				t.Errorf("%v after %v", err, time.Since(begin))
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
