// Package stubs writes what editors know of the API: definition files for the Lua language server, from the declarations that
// the engine itself works with.
package stubs

import (
	"bytes"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/govalue"
)

// Folder is where the definition files are, in the folder that the editor opens. Its name is hidden, so that no file in it is
// an action or data.
const Folder = ".luaction"

// header begins every file that is written here, and tells whose it is.
const header = "-- Written by luaction; don't change it: `luaction stubs` and `luaction serve` write it anew.\n"

// File is one definition file.
type File struct {
	Name string
	Text []byte
}

//go:embed library/*.lua
var library embed.FS

// Files are the definition files, in their order. values are the Go values of the program's own, nil for none.
func Files(values *govalue.Set) []File {
	var files []File
	written, _ := library.ReadDir("library") // part of the program
	for _, entry := range written {
		text, _ := library.ReadFile("library/" + entry.Name())
		files = append(files, File{entry.Name(), append([]byte(header), text...)})
	}
	for _, m := range engine.Reference(values) {
		files = append(files, File{strings.ReplaceAll(m.Name, ".", "_") + ".lua", module(&m)})
	}
	// A module may have the name of a file that is written by hand: table, say, is part of lua.lua and a module.
	slices.SortStableFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// module is the definition file of one module or object.
func module(m *luaapi.Module) []byte {
	w := &writer{m: m}
	w.line("---@meta")
	w.line("")
	w.module()
	return append([]byte(header), w.text.Bytes()...)
}

// Write writes the definition files into a folder below dir and removes those that another version wrote and this one doesn't.
// It tells whether anything was different. Links that lead out of dir are not followed.
func Write(dir string, values *govalue.Set) (changed bool, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false, err
	}
	defer func() { _ = root.Close() }()
	return write(root, values)
}

func write(root *os.Root, values *govalue.Set) (changed bool, err error) {
	if err := root.MkdirAll(Folder, 0o777); err != nil {
		return false, err
	}
	files := Files(values)
	for _, f := range files {
		name := path.Join(Folder, f.Name)
		before, err := root.ReadFile(name)
		if err == nil && bytes.Equal(before, f.Text) {
			continue
		}
		changed = true
		if err := root.WriteFile(name, f.Text, 0o666); err != nil {
			return changed, err
		}
	}
	there, err := ours(root)
	for _, name := range there {
		if slices.ContainsFunc(files, func(f File) bool { return f.Name == name }) {
			continue
		}
		changed = true
		if err := root.Remove(path.Join(Folder, name)); err != nil {
			return changed, err
		}
	}
	return changed, err
}

// Refresh does what Write does where dir has definition files already, and nothing where it has none.
func Refresh(dir string, values *govalue.Set) (changed bool, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false, err
	}
	defer func() { _ = root.Close() }()
	there, err := ours(root)
	if err != nil || len(there) == 0 {
		return false, err
	}
	return write(root, values)
}

// ours are the definition files in the folder that were written here, by this version or another.
func ours(root *os.Root) ([]string, error) {
	entries, err := fs.ReadDir(root.FS(), Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if path.Ext(entry.Name()) != ".lua" {
			continue
		}
		if text, err := root.ReadFile(path.Join(Folder, entry.Name())); err == nil && bytes.HasPrefix(text, []byte(header)) {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}
