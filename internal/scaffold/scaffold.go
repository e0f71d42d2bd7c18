// Package scaffold begins a script for an author: the script itself, with comments that say what is what, and a test that passes.
package scaffold

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
)

// The kinds of scripts that can be begun.
const (
	Action        = "action"
	Form          = "form"
	Slots         = "slots"
	KnowledgeBase = "knowledge_base"
)

//go:embed templates
var templates embed.FS

// File is a file to be written.
type File struct {
	Path string // below the scripts folder, with slashes
	Text string
}

// Files returns what a script of this name and kind begins with. The name must be one that CheckName lets pass.
func Files(name, kind string) ([]File, error) {
	data := "data/" + stem(name) + ".json"
	fill := strings.NewReplacer("NAME", name, "FORM", strings.TrimPrefix(name, "validate_"), "DATA", data)
	files := []File{{Path: name + ".lua", Text: kind + ".lua"}, {Path: name + "_test.lua", Text: kind + "_test.lua"}}
	if kind == KnowledgeBase {
		files = append(files, File{Path: data, Text: kind + ".json"})
	}
	for i := range files {
		text, err := templates.ReadFile("templates/" + files[i].Text)
		if err != nil {
			return nil, fmt.Errorf("there is no kind %s", kind)
		}
		files[i].Text = fill.Replace(string(text))
	}
	return files, nil
}

// stem is what an action is about: knowledge_base of action_query_knowledge_base.
func stem(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "action_"), "query_")
}

// Taken says where an action of this name is already; "" if there is none. A folder that isn't there has none.
func Taken(ctx context.Context, dir, name string) string {
	snapshot := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read}).Load(ctx)
	if action := snapshot.Actions[name]; action != nil {
		return action.Path
	}
	for _, p := range snapshot.Problems { // one that doesn't load is there all the same
		if path.Base(p.Script) == name+".lua" && !strings.HasPrefix(p.Script, "lib/") {
			return p.Script
		}
	}
	return ""
}

// Write writes the files into the folder, which it makes if need be. No file is written if one of them is there already.
func Write(dir string, files []File) error {
	for _, f := range files {
		at := filepath.Join(dir, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(at); err == nil {
			return fmt.Errorf("%s is there already, and is not overwritten", at)
		}
	}
	for _, f := range files {
		at := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return plain(err)
		}
		out, err := os.OpenFile(at, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return plain(err)
		}
		_, err = out.WriteString(f.Text)
		if err = errors.Join(err, out.Close()); err != nil {
			return plain(err)
		}
	}
	return nil
}

// plain says what is wrong with a file without the name of a system call.
func plain(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return fmt.Errorf("%s can't be written: %w", at.Path, at.Err)
	}
	return err
}
