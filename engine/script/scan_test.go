package script

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestScanDiscards changes the folder after its first script was read, and wants that look thrown away and the next one to
// show the new state whole.
func TestScanDiscards(t *testing.T) {
	do := func(t *testing.T, errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	put := func(dir, name, text string) error {
		return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)
	}
	for name, c := range map[string]struct {
		change func(t *testing.T, base, dir string)
		want   string // contents of a.lua, b.lua and c.lua afterwards
	}{
		"nothing":            {func(*testing.T, string, string) {}, "a1 b1 "},
		"the one just read":  {func(t *testing.T, _, dir string) { do(t, put(dir, "a.lua", "a2")) }, "a2 b1 "},
		"the one read next":  {func(t *testing.T, _, dir string) { do(t, put(dir, "b.lua", "b2")) }, "a1 b2 "},
		"a new one":          {func(t *testing.T, _, dir string) { do(t, put(dir, "c.lua", "c1")) }, "a1 b1 c1"},
		"the one read, gone": {func(t *testing.T, _, dir string) { do(t, os.Remove(filepath.Join(dir, "a.lua"))) }, " b1 "},
		"the next one, gone": {func(t *testing.T, _, dir string) { do(t, os.Remove(filepath.Join(dir, "b.lua"))) }, "a1  "},
		"replaced, with the old size and time": {func(t *testing.T, _, dir string) {
			info, err := os.Stat(filepath.Join(dir, "a.lua"))
			do(t, err, put(dir, "tmp", "a2"), os.Chtimes(filepath.Join(dir, "tmp"), info.ModTime(), info.ModTime()),
				os.Rename(filepath.Join(dir, "tmp"), filepath.Join(dir, "a.lua")))
		}, "a2 b1 "},
		"the link to the folder": {func(t *testing.T, base, _ string) {
			next := filepath.Join(base, "v2")
			do(t, os.Mkdir(next, 0o755), put(next, "a.lua", "a2"), put(next, "b.lua", "b2"),
				os.Symlink("v2", filepath.Join(base, "next")), os.Rename(filepath.Join(base, "next"), filepath.Join(base, "current")))
		}, "a2 b2 "},
		"the folder itself": {func(t *testing.T, base, dir string) {
			do(t, os.Rename(dir, filepath.Join(base, "old")), os.Mkdir(dir, 0o755), put(dir, "a.lua", "a2"), put(dir, "b.lua", "b2"))
		}, "a2 b2 "},
	} {
		t.Run(name, func(t *testing.T) {
			base := t.TempDir()
			dir := filepath.Join(base, "v1")
			do(t, os.Mkdir(dir, 0o755), put(dir, "a.lua", "a1"), put(dir, "b.lua", "b1"),
				os.Symlink("v1", filepath.Join(base, "current")))
			opts := Options{Dir: filepath.Join(base, "current"), Quiet: time.Millisecond}.withDefaults()
			reads := 0
			// The scan asks what is known right after it read a script, which is the moment to change the folder.
			known := func(string) (digest, bool) {
				if reads++; reads == 1 {
					c.change(t, base, dir)
				}
				return digest{}, false
			}
			s := scan(context.Background(), &opts, known, 0)
			if s == nil || len(s.unstable) > 0 {
				t.Fatalf("the scan didn't settle: %+v", s)
			}
			text := func(path string) string { return string(s.contents[path].source) }
			if got := text("a.lua") + " " + text("b.lua") + " " + text("c.lua"); got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
			if again := reads > 2; again != (name != "nothing") {
				t.Errorf("%d reads", reads)
			}
		})
	}
}
