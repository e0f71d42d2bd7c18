package suite_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// moduleFile reads a file of the interpreter library's module, which go test has put into the module cache.
func moduleFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(moduleDir(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func moduleDir(t *testing.T) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/gopher-lua")
	dir, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list can't find the interpreter library: %v", err)
	}
	return string(bytes.TrimSpace(dir))
}
