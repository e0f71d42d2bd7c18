package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/report"
)

// checkTarget is what is checked: a scripts folder, or one script in it.
type checkTarget struct {
	dir    string
	script string // below the folder, with slashes; "" for all
}

// target finds the scripts folder. Whoever names one script means it as a part of its folder.
func (p *checkParams) target() (checkTarget, error) {
	folder := scriptsFolder(p.file)
	at := p.Dir
	if at == "" {
		at = folder
	}
	info, err := os.Stat(at)
	switch {
	case err != nil && p.Dir == "":
		return checkTarget{}, misused("there is no folder %s; say which one has the scripts: luaction check DIR, or begin one: luaction new action_greet", at)
	case err != nil:
		return checkTarget{}, misused("there is no folder %s", at)
	case info.IsDir():
		return checkTarget{dir: at}, nil
	case !info.Mode().IsRegular() || filepath.Ext(at) != ".lua":
		return checkTarget{}, misused("%s is no folder with scripts, and no .lua file", at)
	}
	root := folder
	if below(folder, at) == "" {
		root = rootOf(at)
	}
	return checkTarget{root, below(root, at)}, nil
}

// rootOf guesses the scripts folder of a script: the nearest one with shared modules, else the one that it lies in.
func rootOf(file string) string {
	own := filepath.Dir(file)
	full, err := filepath.Abs(own)
	if err != nil {
		return own
	}
	const most = 4 // further away it would be somebody else's
	for range most {
		if modules, err := filepath.Glob(filepath.Join(full, "lib", "*.lua")); err == nil && len(modules) > 0 {
			return full
		}
		full = filepath.Dir(full)
	}
	return own
}

// below is the path of a file as seen from a folder, with slashes; "" if it isn't in it.
func below(folder, file string) string {
	from, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	at, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(at) {
		return ""
	}
	return filepath.ToSlash(at)
}

// place puts the files' names as the reader finds them, and the lines' text where it is missing. It leaves out what wasn't asked
// for, and sorts.
func (t checkTarget) place(problems []report.Problem, format string) []report.Problem {
	base := readersFolder(format)
	lines := map[string][]string{}
	var placed []report.Problem
	for _, p := range problems {
		if t.script != "" && p.Script != t.script {
			continue
		}
		on := p.File
		if on == "" {
			on = filepath.Join(t.dir, filepath.FromSlash(p.Script))
		}
		if p.Source == "" && p.Line > 0 {
			if _, read := lines[on]; !read {
				lines[on] = readLines(on)
			}
			if p.Line <= len(lines[on]) {
				p.Source = lines[on][p.Line-1]
			}
		}
		p.File = seenFrom(base, on)
		placed = append(placed, p)
	}
	report.Sort(placed)
	return slices.Compact(placed)
}

// readersFolder is where paths begin: the working directory, or for GitHub the repository that was checked out.
func readersFolder(format string) string {
	work, err := os.Getwd()
	if err != nil {
		return ""
	}
	if root := os.Getenv("GITHUB_WORKSPACE"); root != "" && (format == "github" || format == "sarif") && below(root, work) != "" {
		return root
	}
	return work
}

// seenFrom is a path relative to a folder; the path itself if there is no way.
func seenFrom(folder, file string) string {
	full, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	at, err := filepath.Rel(folder, full)
	if err != nil {
		return file
	}
	return at
}

// readLines returns a script's lines; none if it can't be read now.
func readLines(file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n")
}
