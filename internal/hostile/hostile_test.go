//go:build unix

package hostile_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/hostile"
)

// TestHostile attacks a server that it builds with a part of all there is; the command of this package does the rest.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	dir := t.TempDir()
	server := filepath.Join(dir, "luaction")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", server, "github.com/luaction/luaction")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// The server runs without rights where the test has all of them.
	for ; dir != filepath.Dir(os.TempDir()) && dir != "/"; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o055 != 0o055 {
			if err := os.Chmod(dir, info.Mode()|0o055); err != nil {
				t.Fatal(err)
			}
		}
	}
	var log bytes.Buffer
	// Other tests run meanwhile: how soon answers come is measured by the command, on a machine that has nothing else to do.
	report, err := hostile.Run(t.Context(), hostile.Options{
		Server: server, Corpus: "../../testdata/hostile/scripts", Quick: true, Slack: 5 * time.Second, Log: &log,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, &log)
	}
	for _, wrong := range report.Wrong() {
		t.Error(wrong)
	}
	if report.Neighbours < 100 {
		t.Errorf("only %d calls of neighbours", report.Neighbours)
	}
	if t.Failed() {
		t.Log(log.String())
	}
	var table bytes.Buffer
	if err := report.Markdown(&table); err != nil || !bytes.Contains(table.Bytes(), []byte("### Requests")) {
		t.Errorf("no table: %v\n%s", err, &table)
	}
}
