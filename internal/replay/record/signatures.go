package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

//go:embed programs/signatures.py
var signaturesProgram string //nolint:gochecknoglobals // the only way to embed a file

const signaturesFile = "sdk/signatures.json"

// signatures records what the SDK offers to actions, which the tests hold our own lists against.
func (o *options) signatures(home sdk) (changed bool, err error) {
	found, err := home.ask("", signaturesProgram, nil)
	if err != nil {
		return false, err
	}
	return o.file(signaturesFile, found)
}

// file writes a recorded file, and says whether it was another one before.
func (o *options) file(name string, value json.RawMessage) (changed bool, err error) {
	path := filepath.Join(o.root, filepath.FromSlash(name))
	text := []byte(pretty(value, 0, 0) + "\n")
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if bytes.Equal(old, text) {
		fmt.Fprintln(os.Stdout, name+": the same")
		return false, nil
	}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if lines := bytes.Split(old, []byte("\n")); i >= len(lines) || !bytes.Equal(lines[i], line) {
			fmt.Fprintf(os.Stdout, "DIFFERS %s: from line %d on: %.100s\n", name, i+1, line)
			break
		}
	}
	if o.check {
		return true, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return true, err
	}
	return true, os.WriteFile(path, text, 0o644)
}
