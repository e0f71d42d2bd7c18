package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/cli"
)

// What comes along has no problems, neither by itself nor compared with its assistant and its configuration.
func TestCheckFindsNothingInWhatComesAlong(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../../examples/*/scripts")
	if err != nil || len(folders) < 5 {
		t.Fatal(err, folders)
	}
	for _, scripts := range append(folders, "../../scripts") {
		if strings.Contains(filepath.ToSlash(scripts), "/go-host/") {
			continue // its scripts use what only that program brings along
		}
		args := []string{"check", scripts}
		for flag, name := range map[string]string{"--domain": "domain.yml", "--config": "luaction.yml"} {
			if file := filepath.Join(filepath.Dir(scripts), name); exists(file) {
				args = append(args, flag, file)
			}
		}
		var out, problems bytes.Buffer
		if code := cli.Main(args, cli.Streams{Out: &out, Err: &problems}); code != 0 {
			t.Errorf("%s: exit %d\n%s%s", strings.Join(args, " "), code, out.String(), problems.String())
		}
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
