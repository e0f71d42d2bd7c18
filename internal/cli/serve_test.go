package cli

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/config"
)

// output is what a command wrote, readable while it runs.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		o.mu.Lock()
		found := re.FindString(o.buf.String())
		o.mu.Unlock()
		if found != "" {
			return found
		}
	}
	t.Fatalf("no %s", pattern)
	return ""
}

// serveSlow starts a server and a call that never ends by itself; the channels give what serve returned, and the call's status.
func serveSlow(t *testing.T, limit time.Duration) (signals chan os.Signal, ended chan error, status chan int, log *output) {
	t.Helper()
	dir := t.TempDir()
	script := "return function() log.info('begun'); while true do end end"
	if err := os.WriteFile(filepath.Join(dir, "action_slow.lua"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := config.Serve{Scripts: dir, Host: "127.0.0.1", Timeout: 3 * time.Second, MaxBody: 1 << 20, MaxCalls: 4, ShutdownTimeout: limit}
	signals, ended, status, log = make(chan os.Signal, 4), make(chan error, 1), make(chan int, 1), &output{}
	go func() { ended <- serve(settings, Streams{Out: io.Discard, Err: log}, signals) }()
	url := strings.TrimPrefix(log.await(t, `ready on http://[0-9.:]+`), "ready on ")
	go func() {
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		resp, err := client.Post(url+"/webhook", "application/json", strings.NewReader(`{"next_action":"action_slow","tracker":{"sender_id":"s"}}`))
		if err != nil {
			status <- 0
			return
		}
		resp.Body.Close()
		status <- resp.StatusCode
	}()
	log.await(t, "begun")
	return signals, ended, status, log
}

func TestFirstSignalLetsCallsEnd(t *testing.T) {
	signals, ended, status, _ := serveSlow(t, 20*time.Second)
	signals <- syscall.SIGTERM
	if code := <-status; code != 500 {
		t.Errorf("the call got %d", code)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestShutdownLimit(t *testing.T) {
	signals, ended, status, log := serveSlow(t, 50*time.Millisecond)
	signals <- syscall.SIGINT
	if code := <-status; code != 503 {
		t.Errorf("the call got %d", code)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	log.await(t, "cut off")
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	signals, ended, status, _ := serveSlow(t, 20*time.Second)
	signals <- syscall.SIGTERM
	signals <- syscall.SIGHUP // is none
	signals <- syscall.SIGTERM
	err := <-ended
	if err == nil || explain(err, "serve", io.Discard) != exitFailed {
		t.Errorf("%v", err)
	}
	<-status
}
