package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/luaction/luaction/engine/script"
)

// sources are the texts of scripts, read as they are shown: a snapshot keeps their lines without what they begin with.
type sources struct {
	dir      string
	snapshot *script.Snapshot
	files    map[string][]string
}

func newSources(dir string, snapshot *script.Snapshot) *sources {
	return &sources{dir: dir, snapshot: snapshot, files: map[string][]string{}}
}

// line returns a line of a script, "" if there is none.
func (s *sources) line(name string, line int) string {
	lines, known := s.files[name]
	if !known {
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err == nil {
			lines = strings.Split(string(text), "\n")
		}
		s.files[name] = lines
	}
	short := s.short(name, line)
	// A file that was saved meanwhile has other lines; those that ran count.
	if line < 1 || line > len(lines) || !strings.HasPrefix(strings.TrimSpace(lines[line-1]), short) {
		return short
	}
	return lines[line-1]
}

// short is the line as the snapshot has it.
func (s *sources) short(name string, line int) string {
	for _, action := range s.snapshot.Actions {
		if action.Path == name {
			return action.Chunk.Line(line)
		}
	}
	for _, lib := range s.snapshot.Libs {
		if lib.Path == name {
			return lib.Chunk.Line(line)
		}
	}
	return ""
}
