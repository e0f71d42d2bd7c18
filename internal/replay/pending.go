package replay

import (
	"os"
	"path"
	"strings"
)

// PendingCases are patterns of cases that ask for what the server can't do yet.
type PendingCases []string

// Pending reads the patterns, one a line; what follows a # says why.
func Pending(file string) (PendingCases, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list PendingCases
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}

// Has says whether the case is pending.
func (p PendingCases) Has(name string) bool {
	for _, pattern := range p {
		if ok, err := path.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}
