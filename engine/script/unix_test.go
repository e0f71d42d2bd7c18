//go:build unix

package script_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func pipe(at string) error { return syscall.Mkfifo(at, 0o644) }

// TestUnreadable takes read permission away. Root may read everything, so it runs the test again as another user.
func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		command := exec.Command("/proc/self/exe", "-test.run=^TestUnreadable$", "-test.v")
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		command.Env = append(os.Environ(), "TMPDIR="+os.TempDir())
		out, err := command.CombinedOutput()
		if err != nil && len(out) == 0 {
			t.Skip("root reads everything, and this system doesn't let the test run as somebody else:", err)
		}
		if err != nil || !strings.Contains(string(out), "--- PASS: TestUnreadable") {
			t.Fatalf("as another user: %v\n%s", err, out)
		}
		return
	}
	r := newRig(t, t.TempDir(), nil)
	write(t, r.dir, map[string]string{"a.lua": source("1"), "b.lua": source("1"), "sub/c.lua": source("1"), "never.lua": source("1")})
	must(t, os.Chmod(filepath.Join(r.dir, "never.lua"), 0))
	if s := r.load(); actions(s) != "a=1 b=1 c=1" || !strings.Contains(problems(s), "never.lua: this file can't be read: permission denied") {
		t.Errorf("start: %s", describe(s))
	}
	must(t, os.Chmod(filepath.Join(r.dir, "a.lua"), 0))
	must(t, os.Chmod(filepath.Join(r.dir, "sub"), 0))
	s := r.load()
	if actions(s) != "a=1(stale) b=1 c=1" || !strings.Contains(problems(s), "a.lua: this file can't be read") ||
		!strings.Contains(problems(s), "sub: this folder can't be read: permission denied") {
		t.Errorf("taken away: %s", describe(s))
	}
	must(t, os.Chmod(filepath.Join(r.dir, "a.lua"), 0o644))
	must(t, os.Chmod(filepath.Join(r.dir, "sub"), 0o755))
	must(t, os.Chmod(filepath.Join(r.dir, "never.lua"), 0o644))
	if s = r.load(); actions(s) != "a=1 b=1 c=1 never=1" || len(s.Problems) != 0 {
		t.Errorf("given back: %s", describe(s))
	}
	must(t, os.Chmod(r.dir, 0))
	if s = r.load(); actions(s) != "a=1 b=1 c=1 never=1" || !strings.Contains(problems(s), "the scripts folder "+r.dir+" can't be read") {
		t.Errorf("the whole folder: %s", describe(s))
	}
	must(t, os.Chmod(r.dir, 0o755))
}
