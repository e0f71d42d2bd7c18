package engine

import (
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
)

// library is a snapshot as require sees it.
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
