// Package assistant reads an assistant's domain as Rasa does, and compares it with the scripts.
package assistant

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/luaction/luaction/internal/check"
)

// How much is read. Real domains stay far below.
const (
	maxFile  = 16 << 20 // bytes of one file
	maxFiles = 2000     // of a folder
	maxDepth = 20       // folders in folders, and tables merged into tables
	maxNames = 500_000  // of all kinds, those counted again that aliases repeat
)

// Domain is what an assistant has, by name, with the place where the domain says so first.
type Domain struct {
	Actions   map[string]Place // as listed
	Fillers   map[string]Place // actions that mappings of slots name; Rasa calls them, too
	Texts     map[string]Place // end-to-end actions, which are texts to say
	Slots     map[string]Place
	Forms     map[string]Place
	Responses map[string]Place
	Intents   map[string]Place
	Entities  map[string]Place
	Session   Session

	// Broken is what Rasa can't read of it. If there is any, what the domain has isn't known.
	Broken []Problem
}

// Session says when a conversation counts as a new one.
type Session struct {
	Expiration float64 // minutes; 60 unless given, 0 for never
	CarryOver  bool    // whether slots are kept; true unless given
}

// Place is where something stands in the domain.
type Place struct {
	File      string
	Line      int // from 1
	Column    int // in bytes, from 1
	EndColumn int // behind the last byte; 0 if unknown
	Source    string
}

// Problem is a finding. One about a script has its Script; any other is about a file of the domain.
type Problem struct {
	check.Finding
	File string // of the domain; "" for a script
}

func (p Place) problem(f check.Finding) Problem {
	f.Line, f.Column, f.EndColumn, f.Source = p.Line, p.Column, p.EndColumn, p.Source
	return Problem{f, p.File}
}

// Load reads a domain from a file, or from all files of a folder that are parts of one. The error says that there is none.
func Load(path string) (*Domain, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, plainError(path, err)
	}
	r := newReader()
	if !info.IsDir() {
		data, err := readFile(path)
		if err != nil {
			return nil, err
		}
		if !r.file(path, data) && len(r.domain.Broken) == 0 {
			return nil, fmt.Errorf("%s is no domain: it has none of %s", path, strings.Join(sections(), ", "))
		}
		return r.domain, nil
	}
	found, err := r.folder(path, 0)
	if err != nil {
		return nil, err
	}
	if found == 0 && len(r.domain.Broken) == 0 {
		return nil, fmt.Errorf("no .yml file in %s is a part of a domain: none has any of %s", path, strings.Join(sections(), ", "))
	}
	return r.domain, nil
}

// folder reads the files below a folder, and returns how many are parts of a domain. Links are followed, as Rasa does.
func (r *reader) folder(path string, depth int) (found int, err error) {
	if depth > maxDepth {
		return 0, nil // a link that leads round
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return 0, plainError(path, err)
	}
	for _, entry := range entries {
		inside := filepath.Join(path, entry.Name())
		info, err := os.Stat(inside)
		if err != nil {
			continue // a link to nowhere
		}
		if info.IsDir() {
			more, err := r.folder(inside, depth+1)
			if err != nil {
				return 0, err
			}
			found += more
			continue
		}
		if end := filepath.Ext(inside); end != ".yml" && end != ".yaml" || !info.Mode().IsRegular() {
			continue
		}
		if r.files++; r.files > maxFiles {
			return 0, fmt.Errorf("%s has more than %d files that could be a domain", path, maxFiles)
		}
		data, err := readFile(inside)
		if err != nil {
			return 0, err
		}
		if r.file(inside, data) {
			found++
		}
	}
	return found, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, plainError(path, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return nil, plainError(path, err)
	case len(data) > maxFile:
		return nil, fmt.Errorf("%s is larger than 16 MiB, the most that is read", path)
	}
	return data, nil
}

func plainError(path string, err error) error {
	var cause *os.PathError
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no file or folder %s", path)
	case errors.As(err, &cause):
		err = cause.Err
	}
	return fmt.Errorf("%s can't be read: %w", path, err)
}
