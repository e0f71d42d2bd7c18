package script_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/script"
)

// TestSaving saves one file in every way that editors have.
func TestSaving(t *testing.T) {
	text := []byte(source("new"))
	part := func(t *testing.T, file *os.File, from, to int) {
		_, err := file.Write(text[from:to])
		must(t, err)
	}
	ways := map[string]func(t *testing.T, at string){
		"truncate and write": func(t *testing.T, at string) { must(t, os.WriteFile(at, text, 0o644)) },
		"two slow parts": func(t *testing.T, at string) {
			file, err := os.Create(at)
			must(t, err)
			time.Sleep(60 * time.Millisecond)
			part(t, file, 0, len(text)/2)
			time.Sleep(300 * time.Millisecond)
			part(t, file, len(text)/2, len(text))
			must(t, file.Close())
		},
		"overwritten in place": func(t *testing.T, at string) {
			file, err := os.OpenFile(at, os.O_WRONLY, 0)
			must(t, err)
			for from := 0; from < len(text); from += 400 {
				part(t, file, from, min(from+400, len(text)))
				time.Sleep(time.Millisecond)
			}
			must(t, file.Close())
		},
		"vim": func(t *testing.T, at string) {
			probe := filepath.Join(filepath.Dir(at), "4913")
			must(t, os.WriteFile(probe, nil, 0o644))
			must(t, os.Remove(probe))
			must(t, os.Rename(at, at+"~"))
			must(t, os.WriteFile(at, text, 0o644))
			must(t, os.Chmod(at, 0o644))
			must(t, os.Remove(at+"~"))
		},
		"temp and rename": func(t *testing.T, at string) {
			must(t, os.WriteFile(at+".tmp", text, 0o644))
			must(t, os.Rename(at+".tmp", at))
		},
		"rename with the old time": func(t *testing.T, at string) {
			info, err := os.Stat(at)
			must(t, err)
			must(t, os.WriteFile(at+".tmp", text, 0o644))
			must(t, os.Chtimes(at+".tmp", info.ModTime(), info.ModTime()))
			must(t, os.Rename(at+".tmp", at))
		},
	}
	for name, save := range ways {
		for _, pollOnly := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/poll=%t", name, pollOnly), func(t *testing.T) {
				t.Parallel()
				r := newRig(t, t.TempDir(), byEvents(!pollOnly))
				write(t, r.dir, map[string]string{"sub/a.lua": source("old"), "b.lua": source("b")})
				r.watch()
				r.untilServed("a=old", "b=b")
				save(t, filepath.Join(r.dir, "sub", "a.lua"))
				r.untilServed("a=new", "b=b")
				// Once more: watching must have survived the first save.
				write(t, r.dir, map[string]string{"sub/a.lua": source("again")})
				r.untilServed("a=again", "b=b")
				r.whole(false)
			})
		}
	}
}

// configMap writes a new version as the kubelet does: a new folder, one rename, then links for new names.
func configMap(t *testing.T, dir, version string, files map[string]string) {
	t.Helper()
	inside := "..2026_" + version
	write(t, filepath.Join(dir, inside), files)
	before, _ := os.Readlink(filepath.Join(dir, "..data"))
	must(t, os.Symlink(inside, filepath.Join(dir, "..data_tmp")))
	must(t, os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")))
	for name := range files {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			must(t, os.Symlink(filepath.Join("..data", name), filepath.Join(dir, name)))
		}
	}
	if before != "" {
		must(t, os.RemoveAll(filepath.Join(dir, before)))
	}
}

func TestConfigMapSwap(t *testing.T) {
	t.Parallel()
	for _, pollOnly := range []bool{false, true} {
		t.Run(fmt.Sprintf("poll=%t", pollOnly), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, t.TempDir(), byEvents(!pollOnly))
			configMap(t, r.dir, "v0", numbered(20, "v0"))
			r.watch()
			r.until("start", all(20, "v0"))
			for i := 1; i <= 40; i++ {
				stamp := fmt.Sprintf("v%d", i)
				configMap(t, r.dir, stamp, numbered(20, stamp))
				time.Sleep(time.Duration(i%4) * 40 * time.Millisecond)
			}
			r.until("last swap", all(20, "v40"))
			r.whole(true)
		})
	}
}

func TestGitSyncFlip(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	flip := func(stamp string) {
		write(t, filepath.Join(base, "trees", stamp, "scripts"), numbered(10, stamp))
		must(t, os.Symlink(filepath.Join("trees", stamp), filepath.Join(base, "next")))
		must(t, os.Rename(filepath.Join(base, "next"), filepath.Join(base, "current")))
	}
	flip("v0")
	must(t, os.Symlink(filepath.Join("current", "scripts"), filepath.Join(base, "actions")))
	r := newRig(t, filepath.Join(base, "actions"), byEvents(true))
	r.watch()
	r.until("start", all(10, "v0"))
	for i := 1; i <= 5; i++ {
		stamp := fmt.Sprintf("v%d", i)
		flip(stamp)
		r.until("flip", all(10, stamp))
	}
	r.whole(true)
}

func TestGitCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git here")
	}
	t.Parallel()
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=t", "-c", "user.email=t@example.org"}, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "one")
	write(t, dir, numbered(40, "one"))
	git("add", ".")
	git("commit", "-qm", "one")
	git("checkout", "-qb", "two")
	write(t, dir, numbered(40, "two"))
	write(t, dir, map[string]string{"a000.lua": source("two"), "more/extra.lua": source("two")})
	git("add", ".")
	git("commit", "-qm", "two")
	r := newRig(t, dir, byEvents(true))
	r.watch()
	r.until("start", all(41, "two"))
	for range 3 {
		git("checkout", "-q", "one")
		r.until("checkout of one", all(40, "one"))
		git("checkout", "-q", "two")
		r.until("checkout of two", all(41, "two"))
	}
	r.whole(false)
}

func TestCopyOfMany(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	write(t, from, numbered(300, "new"))
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, numbered(300, "old"))
	r.watch()
	r.until("start", all(300, "old"))
	must(t, os.CopyFS(filepath.Join(r.dir, "incoming"), os.DirFS(from))) // for the clash: all are named twice now
	r.until("clash", func(s *script.Snapshot) bool { return s.Errors() == 600 })
	for _, name := range sorted(numbered(300, "")) {
		must(t, os.Rename(filepath.Join(r.dir, "incoming", name), filepath.Join(r.dir, name)))
	}
	s := r.until("moved over", all(300, "new"))
	if s.Errors() != 0 {
		t.Errorf("problems are left: %s", describe(s))
	}
	r.whole(false)
}

// TestFolders changes folders rather than files.
func TestFolders(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	dir := filepath.Join(base, "scripts")
	write(t, dir, map[string]string{"a.lua": source("1")})
	r := newRig(t, dir, byEvents(true))
	r.watch()
	r.untilServed("a=1")

	write(t, dir, map[string]string{"new/deep/b.lua": source("1")})
	r.untilServed("a=1", "b=1")
	write(t, dir, map[string]string{"new/deep/b.lua": source("2")})
	r.untilServed("a=1", "b=2")

	must(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(base, "away")))
	r.untilServed("a=1")
	must(t, os.Rename(filepath.Join(base, "away"), filepath.Join(dir, "new")))
	r.untilServed("a=1", "b=2")
	write(t, dir, map[string]string{"new/deep/b.lua": source("3")})
	r.untilServed("a=1", "b=3")

	write(t, filepath.Join(base, "other"), map[string]string{"c.lua": source("1")})
	must(t, os.Rename(dir, filepath.Join(base, "old")))
	must(t, os.Rename(filepath.Join(base, "other"), dir))
	r.untilServed("c=1")
	write(t, dir, map[string]string{"c.lua": source("2")})
	r.untilServed("c=2")

	must(t, os.Remove(filepath.Join(dir, "c.lua")))
	r.untilServed("")
	r.whole(false)
}

// TestMovedWithin: a file that changes folders is the same action all the time, without a clash and without a gap.
func TestMovedWithin(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"one/a.lua": source("1"), "two/b.lua": source("1")})
	r.watch()
	must(t, os.Rename(filepath.Join(r.dir, "one", "a.lua"), filepath.Join(r.dir, "two", "a.lua")))
	r.until("moved", func(s *script.Snapshot) bool { return s.Actions["a"] != nil && s.Actions["a"].Path == "two/a.lua" })
	for _, s := range r.snapshots() {
		if s.Actions["a"] == nil || s.Errors() > 0 {
			t.Errorf("a snapshot on the way: %s", describe(s))
		}
	}
}

// TestSameSignature changes the content behind the file system's back: only reading shows it.
func TestSameSignature(t *testing.T) {
	t.Parallel()
	elsewhere := t.TempDir()
	r := newRig(t, t.TempDir(), func(o *script.Options) { o.FullEvery = 200 * time.Millisecond; o.PollOnly = true })
	write(t, elsewhere, map[string]string{"a.lua": source("1")})
	if err := os.Link(filepath.Join(elsewhere, "a.lua"), filepath.Join(r.dir, "a.lua")); err != nil {
		t.Skip("no hard links here:", err)
	}
	r.watch()
	r.untilServed("a=1")
	write(t, elsewhere, map[string]string{"a.lua": source("2")})
	r.untilServed("a=2")
}
