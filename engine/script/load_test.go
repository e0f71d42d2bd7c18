package script_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/script"
)

func TestNames(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{
		"action_a.lua": source("1"), "shop/order/action_b.lua": source("1"), "shop/lib/action_c.lua": source("1"),
		"_draft.lua": source("1"), ".hidden.lua": source("1"), "action_a_test.lua": source("1"), "cities.json": "[]",
		"_drafts/action_d.lua": source("1"), ".git/action_e.lua": source("1"), "action_f.lua~": "x", "notes.txt": "x",
		"lib/dates.lua": source("1"), "lib/deep/er.lua": source("1"), "lib/_own.lua": source("1"),
		"lib/dates_test.lua": source("1"), "lib/.x.lua": source("1"), "dotted.name.lua": source("1"),
	})
	s := r.load()
	if got := actions(s); got != "action_a=1 action_b=1 action_c=1 dotted.name=1" {
		t.Errorf("actions: %s", got)
	}
	if got := strings.Join(sorted(s.Libs), " "); got != "lib._own lib.dates lib.deep.er" {
		t.Errorf("modules: %s", got)
	}
	if a := s.Actions["action_b"]; a.Path != "shop/order/action_b.lua" || a.Chunk.Name != a.Path || a.Name != "action_b" {
		t.Errorf("%+v", a)
	}
	if len(s.Problems) != 0 {
		t.Errorf("problems: %s", describe(s))
	}
}

func TestGeneration(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	if s := r.loader.Current(); s.Generation != 0 || s.Actions == nil || len(s.Hash) != 12 {
		t.Fatalf("before loading: %+v", s)
	}
	write(t, r.dir, map[string]string{"a.lua": source("1"), "b.lua": source("1"), "lib/l.lua": source("1")})
	first := r.load()
	if first.Generation != 1 || first.ID() != "1-"+first.Hash {
		t.Fatalf("first: %s", first.ID())
	}
	must(t, os.Chtimes(filepath.Join(r.dir, "a.lua"), time.Time{}, time.Unix(1, 0)))
	if again := r.load(); again != first {
		t.Errorf("a touched file made a new snapshot: %s", again.ID())
	}
	write(t, r.dir, map[string]string{"a.lua": source("2")})
	second := r.load()
	if second.Generation != 2 || second.Hash == first.Hash {
		t.Errorf("after a change: %s then %s", first.ID(), second.ID())
	}
	if second.Actions["b"] != first.Actions["b"] || second.Libs["lib.l"] != first.Libs["lib.l"] {
		t.Error("what didn't change was made anew")
	}
	write(t, r.dir, map[string]string{"a.lua": "syntax error"})
	third := r.load()
	if third == second || third.ID() != second.ID() || third.Errors() != 1 {
		t.Errorf("a new problem alone: %s", describe(third))
	}
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	if back := r.load(); back.Generation != 3 || back.Hash != first.Hash {
		t.Errorf("back to the first content: %s, the first was %s", back.ID(), first.ID())
	}
	write(t, r.dir, map[string]string{"lib/l.lua": source("2")})
	if s := r.load(); s.Generation != 4 {
		t.Errorf("a changed module: %s", s.ID())
	}
	if first.Actions["a"].Chunk == nil || stampOf(first.Actions["a"].Chunk) != "1" || len(first.Actions) != 2 {
		t.Error("an old snapshot changed")
	}
}

// TestBroken: whatever is wrong with a file, its last good version stays, and the first time of the trouble too.
func TestBroken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"parse error":  {"return 1\nx syntax error", "a.lua:2: unexpected word; write Lua"},
		"empty":        {"", "a.lua: this file is empty; write the script, or delete the file"},
		"white space":  {" \r\n\t\n", "a.lua: this file is empty; write the script, or delete the file"},
		"comment":      {"-- todo\n--[[ more\n]]", "a.lua: this file is empty; write the script, or delete the file"},
		"too large":    {source("1") + strings.Repeat("-- x\n", 70_000), "a.lua: this script is larger than 256 KiB"},
		"server fault": {"panic", "a.lua: this file can't be compiled, by a fault of the server's own"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Unix(1000, 0)
			r := newRig(t, t.TempDir(), func(o *script.Options) { o.Now = func() time.Time { return now } })
			write(t, r.dir, map[string]string{"a.lua": source("1"), "b.lua": source("1")})
			good := r.load()
			write(t, r.dir, map[string]string{"a.lua": c.content})
			now = time.Unix(2000, 0)
			s := r.load()
			if actions(s) != "a=1(stale) b=1" || s.ID() != good.ID() || !strings.HasPrefix(problems(s), c.want) {
				t.Fatalf("broken: %s", describe(s))
			}
			now = time.Unix(3000, 0)
			write(t, r.dir, map[string]string{"a.lua": "\n\n syntax error"})
			if s = r.load(); s.Problems[0].Line != 3 || s.Problems[0].Since.Unix() != 2000 || actions(s) != "a=1(stale) b=1" {
				t.Fatalf("broken otherwise: %s since %v", describe(s), s.Problems[0].Since)
			}
			if n := strings.Count(r.logs.String(), "level=ERROR msg=\"script problem\" script=a.lua"); n != 2 {
				t.Errorf("%d problems in the log: %s", n, r.logs)
			}
			write(t, r.dir, map[string]string{"a.lua": source("2")})
			if s = r.load(); actions(s) != "a=2 b=1" || len(s.Problems) != 0 {
				t.Errorf("mended: %s", describe(s))
			}
			if !strings.Contains(r.logs.String(), `msg="script problem solved" script=a.lua`) {
				t.Errorf("nothing says it is solved: %s", r.logs)
			}
		})
	}
}

func TestUndone(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	good := r.load()
	write(t, r.dir, map[string]string{"a.lua": "syntax error"})
	r.load()
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	if s := r.load(); s.ID() != good.ID() || s.Actions["a"].Chunk != good.Actions["a"].Chunk || len(s.Problems) != 0 {
		t.Errorf("undone: %s", describe(s))
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": "return 1\n-- doubtful 1\n--end 1"})
	s := r.load()
	if len(s.Actions) != 1 || s.Errors() != 0 || problems(s) != "a.lua:2: this is doubtful" || !s.Problems[0].Warning {
		t.Errorf("%s", describe(s))
	}
	r.load()
	if n := strings.Count(r.logs.String(), "level=WARN"); n != 1 {
		t.Errorf("%d warnings in the log: %s", n, r.logs)
	}
}

func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": "\xef\xbb\xbf" + source("1")})
	if s := r.load(); s.Actions["a"] == nil || strings.Contains(s.Actions["a"].Chunk.Proto.SourceName, "\xef") {
		t.Errorf("%s", describe(s))
	}
}

// TestClash: of two files for one name neither wins, and what ran before stays.
func TestClash(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"x/a.lua": source("x1"), "x/new.lua": source("x1"), "y/new.lua": source("y1"),
		"lib/d.e.lua": source("1"), "lib/d/e.lua": source("2")})
	s := r.load()
	if actions(s) != "a=x1" || len(s.Libs) != 0 || s.Errors() != 4 {
		t.Fatalf("start: %s", describe(s))
	}
	write(t, r.dir, map[string]string{"y/a.lua": source("y1")})
	if s = r.load(); actions(s) != "a=x1(stale)" {
		t.Fatalf("clash: %s", describe(s))
	}
	for _, want := range []string{"x/a.lua: there is another file for the action a: y/a.lua;",
		"y/a.lua: there is another file for the action a: x/a.lua;", "lib/d.e.lua: there is another file for the module lib.d.e: lib/d/e.lua"} {
		if !strings.Contains(problems(s), want) {
			t.Errorf("%q is missing in %s", want, problems(s))
		}
	}
	write(t, r.dir, map[string]string{"x/a.lua": source("x2"), "y/a.lua": source("y2")})
	if s = r.load(); actions(s) != "a=x1(stale)" {
		t.Errorf("both changed: %s", describe(s))
	}
	must(t, os.Remove(filepath.Join(r.dir, "x", "a.lua")))
	must(t, os.RemoveAll(filepath.Join(r.dir, "x")))
	if s = r.load(); actions(s) != "a=y2 new=y1" {
		t.Errorf("solved: %s", describe(s))
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	r := newRig(t, t.TempDir(), nil)
	write(t, out, map[string]string{"secret.lua": source("1"), "sub/x.lua": source("1")})
	write(t, r.dir, map[string]string{"good.lua": source("1"), "..v1/linked.lua": source("1"), "..v1/sub/under.lua": source("1")})
	for name, target := range map[string]string{
		"linked.lua": "..v1/linked.lua", "group": "..v1/sub",
		"absolute.lua": filepath.Join(out, "secret.lua"), "up.lua": "../" + filepath.Base(out) + "/secret.lua",
		"dangling.lua": "nothing.lua", "loop.lua": "loop.lua", "outside": filepath.Join(out, "sub"), "round": ".",
	} {
		must(t, os.Symlink(target, filepath.Join(r.dir, name)))
	}
	s := r.load()
	if got := actions(s); got != "good=1 linked=1 under=1" {
		t.Errorf("served: %s", describe(s))
	}
	for _, want := range []string{"absolute.lua: this link leads out", "up.lua: this link leads out", "outside: this link leads out",
		"dangling.lua: this link leads to a file that doesn't exist", "loop.lua: this link leads", "round: this link leads back"} {
		if !strings.Contains(problems(s), want) {
			t.Errorf("%q is missing in %s", want, problems(s))
		}
	}
}

// TestNoFiles: things that are named like scripts and aren't files are never opened; opening the pipe would never return.
func TestNoFiles(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "s") //nolint:usetesting // a socket's path must be short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	r := newRig(t, dir, nil)
	write(t, r.dir, map[string]string{"good.lua": source("1"), "folder.lua/x.lua": source("1"), "was.lua": source("1")})
	must(t, pipe(filepath.Join(dir, "pipe.lua")))
	must(t, os.Symlink("pipe.lua", filepath.Join(dir, "to_pipe.lua")))
	socket, err := net.Listen("unix", filepath.Join(dir, "socket.lua"))
	must(t, err)
	defer socket.Close()
	s := r.load()
	if actions(s) != "good=1 was=1" {
		t.Errorf("served: %s", describe(s))
	}
	for _, want := range []string{"pipe.lua: this is a named pipe", "to_pipe.lua: this is a named pipe", "socket.lua: this is a socket",
		"folder.lua: this is a folder"} {
		if !strings.Contains(problems(s), want) {
			t.Errorf("%q is missing in %s", want, problems(s))
		}
	}
	must(t, os.Remove(filepath.Join(dir, "was.lua")))
	must(t, pipe(filepath.Join(dir, "was.lua")))
	if s = r.load(); actions(s) != "good=1 was=1(stale)" {
		t.Errorf("a pipe in a script's place: %s", describe(s))
	}
}

// TestNothingThere: missing, empty and broken folders are said plainly, and what was good stays or comes.
func TestNothingThere(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	dir := filepath.Join(base, "scripts")
	r := newRig(t, dir, nil)
	step := func(what, serve, problem string) {
		t.Helper()
		s := r.load()
		if actions(s) != serve || !strings.Contains(problems(s), problem) || problem == "" && len(s.Problems) > 0 {
			t.Errorf("%s: %s", what, describe(s))
		}
	}
	step("missing", "", "there is no scripts folder "+dir+", so no action is served")
	must(t, os.WriteFile(dir, nil, 0o644))
	step("a file", "", dir+" is a file, not a folder of scripts")
	must(t, os.Remove(dir))
	must(t, os.Mkdir(dir, 0o755))
	step("empty", "", "the scripts folder "+dir+" is empty, so no action is served")
	write(t, dir, map[string]string{"a.lua": "syntax error", "b.lua": ""})
	step("all broken", "", "no action is served, because no script in "+dir+" could be loaded")
	write(t, dir, map[string]string{"a.lua": source("1")})
	step("one good", "a=1", "b.lua: this file is empty")
	must(t, os.Rename(dir, dir+"_away"))
	step("missing again", "a=1", "there is no scripts folder "+dir+", and the actions that were loaded before stay")
	must(t, os.Rename(dir+"_away", dir))
	must(t, os.Remove(filepath.Join(dir, "b.lua")))
	step("back", "a=1", "")
	must(t, os.Remove(filepath.Join(dir, "a.lua")))
	step("emptied", "", "is empty")
	if g := r.loader.Current().Generation; g != 3 {
		t.Errorf("generation %d", g)
	}
}

func TestCaps(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), func(o *script.Options) { o.MaxFiles = 10 })
	write(t, r.dir, numbered(10, "1"))
	if s := r.load(); len(s.Actions) != 10 || len(s.Problems) != 0 {
		t.Fatalf("at the cap: %s", describe(s))
	}
	write(t, r.dir, map[string]string{"A.lua": source("1")})
	s := r.load()
	if len(s.Actions) != 11 || !strings.Contains(problems(s), "more than 10 scripts; what comes after a008.lua by name isn't loaded") {
		t.Errorf("over the cap, the one that ran must stay: %s", describe(s))
	}
	write(t, r.dir, map[string]string{"b.lua": source("1")})
	if s = r.load(); len(s.Actions) != 11 {
		t.Errorf("over the cap: %s", describe(s))
	}
	total := newRig(t, r.dir, func(o *script.Options) { o.MaxTotal = int64(3 * len(source("1"))) })
	if s := total.load(); len(s.Actions) != 3 || !strings.Contains(problems(s), "bytes together") {
		t.Errorf("over the total: %s", describe(s))
	}
}

func TestTenThousand(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	files := map[string]string{}
	for i := range 10_050 {
		files["d"+string(rune('a'+i%26))+"/"+"n"+strings.Repeat("0", 5-len(strconv.Itoa(i)))+strconv.Itoa(i)+".lua"] = "return 1 --end 1"
	}
	write(t, r.dir, files)
	began := time.Now()
	s := r.load()
	t.Logf("10,000 scripts: %v", time.Since(began))
	began = time.Now()
	if len(s.Actions) != 10_000 || s.Errors() != 1 {
		t.Errorf("%d actions, %d problems", len(s.Actions), s.Errors())
	}
	if r.load() != s {
		t.Error("a second load changed something")
	}
	t.Logf("again: %v", time.Since(began))
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if s := r.loader.Load(ctx); s.Generation != 0 {
		t.Errorf("a load that was cancelled published %s", s.ID())
	}
	if s := r.load(); actions(s) != "a=1" {
		t.Errorf("afterwards: %s", describe(s))
	}
}

// TestBriefAbsence: an editor or a checkout may take a file away for a moment; nobody may see that.
func TestBriefAbsence(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), func(o *script.Options) { o.Quiet = 400 * time.Millisecond })
	write(t, r.dir, map[string]string{"a.lua": source("1"), "b.lua": source("1")})
	before := r.load()
	must(t, os.Remove(filepath.Join(r.dir, "a.lua")))
	loaded := make(chan *script.Snapshot)
	go func() { loaded <- r.load() }()
	time.Sleep(50 * time.Millisecond)
	write(t, r.dir, map[string]string{"a.lua": source("1")})
	if s := <-loaded; s != before || len(r.snapshots()) != 1 {
		t.Errorf("%s after %d snapshots", describe(s), len(r.snapshots()))
	}
}

func TestLogOfALoad(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": source("1"), "b.lua": source("1"), "lib/l.lua": source("1")})
	s := r.load()
	want := "level=INFO msg=\"scripts loaded\" generation=1 hash=" + s.Hash +
		" actions=2 libs=1 added=\"[a b module/lib.l]\" changed=[] removed=[] problems=0"
	if !strings.Contains(r.logs.String(), want) {
		t.Errorf("%q is missing in %s", want, r.logs)
	}
	must(t, os.Remove(filepath.Join(r.dir, "a.lua")))
	write(t, r.dir, map[string]string{"b.lua": source("2"), "c.lua": source("1")})
	r.load()
	if want = "added=[c] changed=[b] removed=[a]"; !strings.Contains(r.logs.String(), want) {
		t.Errorf("%q is missing in %s", want, r.logs)
	}
}
