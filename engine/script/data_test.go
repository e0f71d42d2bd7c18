package script_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
)

// readJSON is a reader that knows as much JSON as these tests need.
func readJSON(name string, text []byte) (any, *chunk.Problem) {
	switch {
	case !strings.HasSuffix(name, ".json"):
		return nil, nil
	case strings.Contains(string(text), "panic"):
		panic("the reader's own fault")
	case !strings.HasSuffix(strings.TrimSpace(string(text)), "}"):
		return nil, &chunk.Problem{Script: name, Line: 1 + strings.Count(string(text), "\n"), Message: "no JSON"}
	}
	return len(text), nil
}

// data lists the data files as "path=content path=content(stale) path=!fault", sorted.
func data(s *script.Snapshot) string {
	var all []string
	for _, path := range sorted(s.Data) {
		d := s.Data[path]
		text := path + "=" + string(d.Text)
		if d.Stale {
			text += "(stale)"
		}
		if d.Sum == "" {
			text = path + "=!" + d.Fault
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func newDataRig(t *testing.T, change func(*script.Options)) *rig {
	t.Helper()
	return newRig(t, t.TempDir(), func(o *script.Options) {
		o.Read = readJSON
		if change != nil {
			change(o)
		}
	})
}

func TestDataNames(t *testing.T) {
	t.Parallel()
	r := newDataRig(t, nil)
	write(t, r.dir, map[string]string{
		"a.lua": source("1"), "hotels.json": "{}", "data/deep/er.csv": "x", "lib/words.txt": "w", "bom.json": "\xef\xbb\xbf{}", "plain": "p",
		"a_test.lua": "x", ".hidden.json": "{}", "_draft.json": "{}", "_drafts/x.json": "{}", ".git/x.json": "{}", "a.lua~": "x",
		"hotels.json.bak": "x", "#hotels.json#": "x", "hotels.json.swp": "x", "server.log": "x", "shop.db": "x", "shop.db-wal": "x",
	})
	s := r.load()
	if got, want := data(s), "bom.json={} data/deep/er.csv=x hotels.json={} lib/words.txt=w plain=p"; got != want {
		t.Errorf("data: %s\nwant  %s", got, want)
	}
	if s.Data["hotels.json"].Parsed != 2 || s.Data["plain"].Parsed != nil {
		t.Errorf("parsed: %v and %v", s.Data["hotels.json"].Parsed, s.Data["plain"].Parsed)
	}
	if len(s.Problems) != 0 || actions(s) != "a=1" {
		t.Errorf("%s", describe(s))
	}
	if want := "problems=0 files=5"; !strings.Contains(r.logs.String(), want) {
		t.Errorf("%q is missing in %s", want, r.logs)
	}
}

func TestDataIsPartOfTheSnapshot(t *testing.T) {
	t.Parallel()
	r := newDataRig(t, nil)
	write(t, r.dir, map[string]string{"a.lua": source("1"), "hotels.json": `{"a":1}`, "other.json": "{}"})
	first := r.load()
	if again := r.load(); again != first {
		t.Errorf("a second load made a new snapshot: %s", again.ID())
	}
	write(t, r.dir, map[string]string{"hotels.json": `{"a":2}`})
	second := r.load()
	if second.Generation != 2 || second.Hash == first.Hash {
		t.Errorf("after a change of data: %s then %s", first.ID(), second.ID())
	}
	if second.Data["other.json"] != first.Data["other.json"] || second.Actions["a"] != first.Actions["a"] {
		t.Error("what didn't change was made anew")
	}
	if data(first) != `hotels.json={"a":1} other.json={}` || data(second) != `hotels.json={"a":2} other.json={}` {
		t.Errorf("%s then %s", data(first), data(second))
	}
	must(t, os.Remove(filepath.Join(r.dir, "other.json")))
	if third := r.load(); third.Generation != 3 || data(third) != `hotels.json={"a":2}` {
		t.Errorf("after a removal: %s %s", third.ID(), data(third))
	}
	if want := "added=[] changed=[] removed=[file/other.json]"; !strings.Contains(r.logs.String(), want) {
		t.Errorf("%q is missing in %s", want, r.logs)
	}
}

// TestBrokenData: a broken file keeps its last good version, is named with its line, and hinders no action.
func TestBrokenData(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"no JSON": {"{\n", "hotels.json:2: no JSON"},
		"empty":   {"", "hotels.json:1: no JSON"},
		"fault":   {"panic", "hotels.json: this file can't be read, by a fault of the server's own"},
		"large":   {strings.Repeat(" ", 1000) + "{}", "hotels.json: this file is larger than 1000 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newDataRig(t, func(o *script.Options) { o.MaxDataFile = 1000 })
			write(t, r.dir, map[string]string{"a.lua": source("1"), "hotels.json": c.content})
			s := r.load()
			if !strings.HasPrefix(problems(s), c.want) || !strings.HasPrefix(data(s), "hotels.json=!"+c.want) || actions(s) != "a=1" {
				t.Errorf("broken at first: %s %s", describe(s), data(s))
			}
			write(t, r.dir, map[string]string{"hotels.json": "{1}"})
			if s = r.load(); data(s) != "hotels.json={1}" || len(s.Problems) != 0 {
				t.Errorf("mended: %s %s", describe(s), data(s))
			}
			write(t, r.dir, map[string]string{"hotels.json": c.content})
			broken := r.load()
			if !strings.HasPrefix(problems(broken), c.want) || data(broken) != "hotels.json={1}(stale)" || broken.ID() != s.ID() {
				t.Errorf("broken again: %s %s", describe(broken), data(broken))
			}
			write(t, r.dir, map[string]string{"hotels.json": "{1}"})
			if s = r.load(); data(s) != "hotels.json={1}" || len(s.Problems) != 0 || s.ID() != broken.ID() {
				t.Errorf("undone: %s %s", describe(s), data(s))
			}
		})
	}
}

// TestDataThatCannotBeHeld: what is no data that a script can read is told to who asks for it, and no problem by itself.
func TestDataThatCannotBeHeld(t *testing.T) {
	t.Parallel()
	r := newDataRig(t, func(o *script.Options) { o.MaxData, o.MaxDataFile, o.MaxFiles = 10, 8, 4 })
	write(t, r.dir, map[string]string{"s.lua": source("1"), "a.csv": "12345", "b.csv": "123456", "c.csv": "12345", "d.csv": "123456789", "z/e.csv": "", "z/f.csv": "", "z/g.csv": ""})
	s := r.load()
	for _, want := range []string{"a.csv=12345 ", "b.csv=!b.csv: this file and the data files before it by name have more than 10 bytes, the most that is held", "c.csv=12345 ",
		"d.csv=!d.csv: this file is larger than 8 bytes", "z/f.csv= ", "z/g.csv=!z/g.csv: there are more than 4 data files"} {
		if !strings.Contains(data(s), want) {
			t.Errorf("%q is missing in %s", want, data(s))
		}
	}
	if len(s.Problems) != 0 {
		t.Errorf("%s", describe(s))
	}
	write(t, r.dir, map[string]string{"d.csv": "1234567890"})
	if again := r.load(); again != s {
		t.Errorf("a large file that grew made a new snapshot")
	}
}

func TestDataLinks(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	r := newDataRig(t, nil)
	write(t, out, map[string]string{"secret.json": "{}", "secret.txt": "s"})
	write(t, r.dir, map[string]string{"a.lua": source("1"), "..v1/hotels.json": "{}"})
	for name, target := range map[string]string{
		"hotels.json": "..v1/hotels.json", "absolute.json": filepath.Join(out, "secret.json"),
		"up.json": "../" + filepath.Base(out) + "/secret.json", "out.txt": filepath.Join(out, "secret.txt"), "dangling.json": "nothing",
	} {
		must(t, os.Symlink(target, filepath.Join(r.dir, name)))
	}
	must(t, pipe(filepath.Join(r.dir, "pipe.txt")))
	s := r.load()
	for _, want := range []string{"hotels.json={}", "absolute.json=!absolute.json: this link leads out", "up.json=!up.json: this link leads out",
		"out.txt=!out.txt: this link leads out", "dangling.json=!dangling.json: this link leads to a file that doesn't exist",
		"pipe.txt=!pipe.txt: this is a named pipe"} {
		if !strings.Contains(data(s), want) {
			t.Errorf("%q is missing in %s", want, data(s))
		}
	}
	if got := problems(s); strings.Count(got, "\n") != 2 || strings.Contains(got, ".txt") {
		t.Errorf("only what is named .json is a problem by itself: %s", got)
	}
}

// TestWatchData: an edited data file is noticed as a script is, by events and by the poll.
func TestWatchData(t *testing.T) {
	t.Parallel()
	for name, events := range map[string]bool{"events": true, "poll": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newDataRig(t, byEvents(events))
			write(t, r.dir, map[string]string{"a.lua": source("1"), "data/hotels.json": "{1}"})
			r.watch()
			held := func(want string) func(*script.Snapshot) bool {
				return func(s *script.Snapshot) bool { return data(s) == want }
			}
			for _, content := range []string{"{2}", "{3}", "{3} {4}"} {
				write(t, r.dir, map[string]string{"data/hotels.json": content})
				r.until(content, held("data/hotels.json="+content))
			}
			write(t, r.dir, map[string]string{"new/cities.csv": "x"})
			r.until("a new file", held("data/hotels.json={3} {4} new/cities.csv=x"))
			must(t, os.Rename(filepath.Join(r.dir, "new", "cities.csv"), filepath.Join(r.dir, "data", "hotels.json")))
			r.until("replaced", func(s *script.Snapshot) bool { return s.Data["data/hotels.json"].Stale && s.Errors() == 1 })
		})
	}
}

// TestDataOfACall: a snapshot that a call still uses holds the data of its own time.
func TestDataOfACall(t *testing.T) {
	t.Parallel()
	r := newDataRig(t, func(o *script.Options) { o.Quiet = time.Millisecond })
	write(t, r.dir, map[string]string{"a.lua": source("1"), "x.csv": "one"})
	held := r.loader.Load(context.Background())
	write(t, r.dir, map[string]string{"x.csv": "two"})
	if r.load(); string(held.Data["x.csv"].Text) != "one" || string(r.loader.Current().Data["x.csv"].Text) != "two" {
		t.Errorf("%s and %s", data(held), data(r.loader.Current()))
	}
}
