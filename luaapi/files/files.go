// Package files is the module files: what the team keeps beside its scripts, as it was when the scripts were loaded.
package files

import (
	"path"
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// Decoder reads a text in the name of the member that is called, and raises where it is wrong.
type Decoder func(a luaapi.Args, text string) lua.LValue

// New returns the module for a session's state. The other modules of the API lend it what they read.
func New(s *luaapi.Session, csv, yaml Decoder) luaapi.Module {
	m := module{s: s, decoders: map[string]Decoder{".csv": csv, ".yaml": yaml, ".yml": yaml}}
	name := []luaapi.Param{{Name: "path", Type: "string"}}
	return luaapi.Module{
		Name: "files",
		Doc:  "Reads the data files beside the scripts.",
		Instead: map[string]string{
			"open": "read", "get": "read", "lines": "read", "decode": "load", "parse": "load", "import": "load", "json": "load", "csv": "load",
			"yaml": "load", "has": "exists", "is_file": "exists", "isfile": "exists", "exist": "exists",
		},
		Members: []luaapi.Member{
			{
				Name: "read", Params: name, Returns: "string", Func: m.read,
				Doc:     "The text of a file below the scripts folder; an error with the nearest name if there is none.",
				Example: `local text = files.read("data/welcome.txt")`,
			},
			{
				Name: "load", Params: name, Returns: "any", Func: m.load,
				Doc: "What is in a file that ends in .json, .yml, .yaml or .csv, as their modules decode it: a table of this call's own. " +
					"A CSV file has the names of its columns in the first line, and commas.",
				Example: `local prices = files.load("data/prices.csv")`,
			},
			{
				Name: "exists", Params: name, Returns: "boolean", Func: m.exists,
				Doc: "Whether there is a data file of that path.", Example: `local there = files.exists("data/prices.csv")`,
			},
		},
	}
}

type module struct {
	s        *luaapi.Session
	decoders map[string]Decoder // by ending
}

// find returns the file, or raises.
func (m module) find(a luaapi.Args) luaapi.DataFile {
	file, problem := m.s.Data(a.String(1))
	if problem != "" {
		a.Raise("%s", problem)
	}
	return file
}

// textOf shares the bytes of the file, which nobody changes.
func textOf(file luaapi.DataFile) string {
	return unsafe.String(unsafe.SliceData(file.Text), len(file.Text))
}

func (m module) read(a luaapi.Args) int { return a.Return(lua.LString(textOf(m.find(a)))) }

func (m module) load(a luaapi.Args) int {
	file := m.find(a)
	ending := strings.ToLower(path.Ext(file.Path))
	if ending == ".json" {
		return a.Return(m.document(a, file))
	}
	decode := m.decoders[ending]
	if decode == nil {
		a.Raise(`"%s" doesn't end in .json, .yml, .yaml or .csv, so how to decode it is unknown; read its text with files.read`, file.Path)
	}
	return a.Return(decode(a.About(file.Path), textOf(file)))
}

// document is a JSON file as json.decode gives it. It was taken apart when it was loaded.
func (m module) document(a luaapi.Args, file luaapi.DataFile) lua.LValue {
	doc := file.Doc
	if doc == nil {
		var problem string
		if doc, _, _, problem = luaapi.ParseData(file.Text); problem != "" {
			a.Raise("%s: %s", file.Path, problem)
		}
	}
	if doc.Root().IsNull() {
		return m.s.Values.Null()
	}
	return m.s.Values.From(doc.Root())
}

func (m module) exists(a luaapi.Args) int {
	there := false
	if m.s.Library != nil {
		_, there = m.s.Library.Data(a.String(1))
	}
	return a.Return(lua.LBool(there))
}
