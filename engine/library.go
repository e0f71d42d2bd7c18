package engine

import (
	"maps"
	"slices"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// library is a snapshot as scripts see it.
type library struct{ *script.Snapshot }

// Lib returns a shared module.
func (l library) Lib(name string) (*chunk.Chunk, bool) {
	if lib, ok := l.Libs[name]; ok {
		return lib.Chunk, true
	}
	return nil, false
}

// LibNames returns the names of the shared modules.
func (l library) LibNames() []string {
	names := make([]string, 0, len(l.Libs))
	for name := range l.Libs {
		names = append(names, name)
	}
	return names
}

// Data returns a data file. While the present file has a problem, that is the last version without one.
func (l library) Data(path string) (luaapi.DataFile, bool) {
	data, ok := l.Snapshot.Data[path]
	if !ok {
		return luaapi.DataFile{}, false
	}
	if data.Sum == "" {
		return luaapi.DataFile{Path: path, Fault: data.Fault}, true
	}
	doc, _ := data.Parsed.(*jsondoc.Doc)
	return luaapi.DataFile{Path: path, Text: data.Text, Doc: doc}, true
}

// DataNames returns the paths of the data files.
func (l library) DataNames() []string { return slices.Sorted(maps.Keys(l.Snapshot.Data)) }
