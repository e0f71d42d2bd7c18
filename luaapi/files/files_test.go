package files_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/csv"
	"github.com/luaction/luaction/luaapi/files"
	"github.com/luaction/luaction/luaapi/yaml"
)

// held are the data files of the tests by path.
type held map[string]luaapi.DataFile

func (h held) Lib(string) (*chunk.Chunk, bool) { return nil, false }
func (h held) LibNames() []string              { return nil }
func (h held) Data(path string) (luaapi.DataFile, bool) {
	file, ok := h[path]
	return file, ok
}
func (h held) DataNames() []string {
	var names []string
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// beside is the module over a folder that has a file of each kind.
func beside(s *luaapi.Session) luaapi.Module {
	h := held{}
	for path, text := range map[string]string{
		"data/a.json": `{"z":1,"a":[null,{"id":12345678901234567890}],"n":null}`, "data/null.json": "null", "data/late.json": `{"a":1}`,
		"data/a.csv": "name,price\nbell,9.90\n", "data/bad.csv": "a,b\n1\n", "data/a.yml": "yes: no\nn: ~\n", "data/a.YAML": "- 1\n",
		"data/bad.yml": "a: 1\na: 2\n", "data/empty.yml": "", "data/a.txt": "text", "data/empty.txt": "", "data/ä b.txt": "\xff",
	} {
		file := luaapi.DataFile{Path: path, Text: []byte(text)}
		if strings.HasSuffix(path, ".json") && !strings.Contains(path, "late") {
			file.Doc, _, _, _ = luaapi.ParseData(file.Text)
		}
		h[path] = file
	}
	h["data/broken.json"] = luaapi.DataFile{Path: "data/broken.json", Fault: "data/broken.json:3: this file is not JSON"}
	m := files.New(s, csv.Decode, yaml.Decode)
	m.Begin = func() { s.Library = h }
	return m
}

func TestFiles(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`files.read("data/a.txt")`:              `"text"`,
		`files.read("data/empty.txt")`:          `""`,
		`#files.read("data/ä b.txt")`:           `1`,
		`files.read("data/a.json"):sub(1, 2)`:   `"{\""`,
		`files.load("data/a.json")`:             `{"z":1,"a":[null,{"id":12345678901234567890}],"n":null}`,
		`files.load("data/a.json").a[2].id`:     `12345678901234567890`,
		`files.load("data/null.json")`:          `null`,
		`files.load("data/late.json")`:          `{"a":1}`,
		`files.load("data/a.csv")`:              `[{"name":"bell","price":"9.90"}]`,
		`files.load("data/a.yml")`:              `{"yes":"no","n":null}`,
		`files.load("data/a.YAML")`:             `[1]`,
		`files.load("data/empty.yml")`:          `null`,
		`files.exists("data/a.csv")`:            `true`,
		`files.exists("data/broken.json")`:      `true`,
		`files.exists("data/b.csv")`:            `false`,
		`files.exists("data")`:                  `false`,
		`files.exists("../data/a.csv")`:         `false`,
		`files.exists("")`:                      `false`,
		`pcall(files.read, "data/broken.json")`: `false`,
		// What one load gives is nobody else's.
		`(function() local t = files.load("data/a.json") t.z = 2 t.a[2].id = nil return files.load("data/a.json") end)()`: `{"z":1,"a":[null,{"id":12345678901234567890}],"n":null}`,
		`(function() local t = files.load("data/a.csv") t[1].name = nil return files.load("data/a.csv")[1].name end)()`:   `"bell"`,
	}, beside)
	apitest.WantErrors(t, map[string]string{
		`files.read("data/b.txt")`:       `files.read: there is no data file "data/b.txt" in the scripts folder; did you mean "data/`,
		`files.load("../secret.json")`:   `files.load: "../secret.json" leads out of the scripts folder`,
		`files.load("/etc/passwd")`:      `files.load: "/etc/passwd" begins outside the scripts folder`,
		`files.load("data\\a.csv")`:      `write "data/a.csv"`,
		`files.load("./data/a.csv")`:     `write "data/a.csv"`,
		`files.load("data/a.lua")`:       `is a script, no data`,
		`files.load("data/broken.json")`: `files.load: data/broken.json:3: this file is not JSON`,
		`files.read("data/broken.json")`: `files.read: data/broken.json:3: this file is not JSON`,
		`files.load("data/bad.csv")`:     `files.load: data/bad.csv: line 2 has 1 value, but line 1 has 2 values`,
		`files.load("data/bad.yml")`:     `files.load: data/bad.yml: line 2: the name "a" comes twice in one table`,
		`files.load("data/a.txt")`:       `files.load: "data/a.txt" doesn't end in .json, .yml, .yaml or .csv, so how to decode it is unknown; read its text with files.read`,
		`files.load(nil)`:                `files.load: path must be a text, but is nil`,
		`files.exists({})`:               `files.exists: path must be a text, but is a table`,
		`files.open("data/a.txt")`:       `files has no 'open'; did you mean 'read'?`,
		`files:read("data/a.txt")`:       `files:read is called with a dot: write files.read(…)`,
	}, beside)
}
