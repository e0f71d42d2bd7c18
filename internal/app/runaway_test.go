//go:build linux

package app_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestProcessMemory runs the server with 128 MiB for scripts and every runaway script there is, one after the other, and looks
// at the most that the process ever used.
func TestProcessMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the server and runs it for a while")
	}
	t.Parallel()
	const most = 300 << 10 // KiB, as the kernel counts
	scripts, err := filepath.Glob("../../engine/testdata/runaway/*.lua")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	server, url := startProcess(t, filepath.Dir(scripts[0]))
	for _, name := range scripts {
		action := strings.TrimSuffix(filepath.Base(name), ".lua")
		body := `{"next_action":"` + action + `","tracker":{"sender_id":"me","slots":{},"latest_message":{},"events":[]},"domain":{}}`
		reply, err := http.Post(url+"/webhook", "application/json", strings.NewReader(body)) //nolint:noctx // the server ends it
		if err != nil {
			t.Fatalf("%s: %v", action, err)
		}
		_ = reply.Body.Close()
		if reply.StatusCode != http.StatusInternalServerError {
			t.Errorf("%s: status %d", action, reply.StatusCode)
		}
		if peak := peakOf(t, server.Process.Pid); peak > most {
			t.Fatalf("%s: the process used %d MiB, more than %d", action, peak>>10, most>>10)
		}
	}
}

// startProcess builds the server and starts it on a free port.
func startProcess(t *testing.T, scripts string) (server *exec.Cmd, url string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "luaction")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	server = exec.CommandContext(t.Context(), binary, "serve", "--scripts", scripts, "--host", "127.0.0.1", "--port", "0", "--admin=",
		"--memory", "128MiB", "--timeout", "3s", "--log-format", "json")
	log, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
	})
	lines := bufio.NewReader(log)
	ready := regexp.MustCompile(`ready on (http://127\.0\.0\.1:\d+)`)
	for begin := time.Now(); time.Since(begin) < time.Minute; {
		line, err := lines.ReadString('\n')
		if m := ready.FindStringSubmatch(line); m != nil {
			go func() { _, _ = io.Copy(io.Discard, lines) }()
			return server, m[1]
		}
		if err != nil {
			break
		}
	}
	t.Fatal("the server is not ready")
	return nil, ""
}

// peakOf is the most resident memory that a process ever had, in KiB.
func peakOf(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		t.Fatal("the kernel doesn't say how much memory the process had")
	}
	peak, _ := strconv.Atoi(string(m[1]))
	return peak
}
