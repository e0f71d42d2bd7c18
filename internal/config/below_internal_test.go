package config

import (
	"os"
	"path/filepath"
	"testing"
)

// A folder is below another also by way of a link, and though it isn't there yet.
func TestIsBelow(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	scripts, link, other := filepath.Join(root, "scripts"), filepath.Join(root, "link"), filepath.Join(root, "other")
	for _, dir := range []string{scripts, other} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(scripts, link); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]bool{
		scripts: true, filepath.Join(scripts, "new", "calls"): true, link: true, filepath.Join(link, "new", "calls"): true,
		other: false, root: false, filepath.Join(root, "scripts2"): false, filepath.Join(link, "..", "new"): false,
	} {
		if got := isBelow(path, scripts); got != want {
			t.Errorf("%s: %v", path, got)
		}
		if got := isBelow(path, link); got != want {
			t.Errorf("%s below the link: %v", path, got)
		}
	}
}
