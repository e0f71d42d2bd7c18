package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/config"
)

// TestEditUnderLoad saves an action 200 times in the ways that editors do, while calls run: no call may fail, or see the
// beginning of one version and the end of another.
func TestEditUnderLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := &savers{t: t, dir: dir}
	w.truncate(0)
	a, _ := start(t, config.Serve{
		Scripts: dir, Host: "127.0.0.1", Timeout: 10 * time.Second, MaxBody: 1 << 20, MaxCalls: 64, Reload: true,
	})
	defer stopWithin(t, a, patience)
	url := "http://" + a.Addr().String() + "/webhook"
	var stop atomic.Bool
	var calls atomic.Int64
	var load sync.WaitGroup
	for range 4 {
		load.Go(func() {
			for !stop.Load() {
				if _, err := version(url); err != nil {
					t.Error(err)
					return
				}
				calls.Add(1)
			}
		})
	}
	saves := []func(int){w.truncate, w.rename, w.editor, w.aside, w.halves}
	for n := 1; n <= 200; n++ {
		saves[n%len(saves)](n)
		time.Sleep(time.Duration(n%7) * 5 * time.Millisecond)
	}
	waitFor(t, url, 200)
	stop.Store(true)
	load.Wait()
	if calls.Load() == 0 {
		t.Error("no call was made")
	}
}

func waitFor(t *testing.T, url string, want int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got, err := version(url); err == nil && got == want {
			return
		}
	}
	t.Errorf("version %d was not served", want)
}

// version calls the action and gives the version that answered.
func version(url string) (int, error) {
	body := []byte(`{"next_action":"action_version","tracker":{"sender_id":"me"}}`)
	resp, err := http.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%d %s %w", resp.StatusCode, text, err)
	}
	var answer struct {
		Events []struct{ Value [2]int }
	}
	if err := json.Unmarshal(text, &answer); err != nil || len(answer.Events) != 1 {
		return 0, fmt.Errorf("%s: %w", text, err)
	}
	v := answer.Events[0].Value
	if v[0] != v[1] {
		return 0, fmt.Errorf("the file's beginning is of version %d, its end of %d", v[0], v[1])
	}
	return v[0], nil
}

// savers write a version of the scripts, each in one of the ways in which files are saved.
type savers struct {
	t   *testing.T
	dir string
}

func (w *savers) text(n int) string {
	filler := bytes.Repeat([]byte("-- so that the file has more than one page\n"), 200)
	return fmt.Sprintf("local first = %d\n%slocal last = %d\nreturn function() return { SlotSet(\"v\", { first, last }) } end\n", n, filler, n)
}

func (w *savers) path(name string) string { return filepath.Join(w.dir, name) }

func (w *savers) check(err error) {
	if err != nil {
		w.t.Error(err)
	}
}

func (w *savers) truncate(n int) {
	w.check(os.WriteFile(w.path("action_version.lua"), []byte(w.text(n)), 0o600))
}

func (w *savers) rename(n int) {
	w.check(os.WriteFile(w.path(".action_version.lua.tmp"), []byte(w.text(n)), 0o600))
	w.check(os.Rename(w.path(".action_version.lua.tmp"), w.path("action_version.lua")))
}

// editor saves as vim does: the old file aside, a new one in its place.
func (w *savers) editor(n int) {
	w.check(os.Rename(w.path("action_version.lua"), w.path("action_version.lua~")))
	w.check(os.WriteFile(w.path("action_version.lua"), []byte(w.text(n)), 0o600))
	w.check(os.Remove(w.path("action_version.lua~")))
}

// aside deletes and writes anew, as git checkout does.
func (w *savers) aside(n int) {
	w.check(os.Remove(w.path("action_version.lua")))
	w.truncate(n)
}

// halves writes in two parts, with a pause in between.
func (w *savers) halves(n int) {
	text := w.text(n)
	f, err := os.OpenFile(w.path("action_version.lua"), os.O_WRONLY|os.O_TRUNC|os.O_CREATE, 0o600)
	w.check(err)
	_, err = f.WriteString(text[:len(text)/2])
	w.check(err)
	time.Sleep(20 * time.Millisecond)
	_, err = f.WriteString(text[len(text)/2:])
	w.check(err)
	w.check(f.Close())
}
