package luaapi_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
)

// Data returns the file of that path: what is no shared module is data, and says its fault if it begins with "!".
func (f files) Data(path string) (luaapi.DataFile, bool) {
	text, ok := f[path]
	if !ok || strings.HasPrefix(path, "lib.") {
		return luaapi.DataFile{}, false
	}
	if fault, broken := strings.CutPrefix(text, "!"); broken {
		return luaapi.DataFile{Path: path, Fault: path + ":" + fault}, true
	}
	return luaapi.DataFile{Path: path, Text: []byte(text)}, true
}

// DataNames returns the paths there are.
func (f files) DataNames() []string {
	var names []string
	for name := range f {
		if !strings.HasPrefix(name, "lib.") {
			names = append(names, name)
		}
	}
	return names
}

func TestData(t *testing.T) {
	t.Parallel()
	s := &luaapi.Session{Run: luaapi.Run{Library: files{
		"lib.dates": "return 1", "hotels.json": "{}", "data/cities.csv": "x", "data/broken.json": "!3: this file is not JSON",
	}}}
	if file, problem := s.Data("data/cities.csv"); problem != "" || string(file.Text) != "x" {
		t.Errorf("%q %s", file.Text, problem)
	}
	const path = "must be the path below the scripts folder, with slashes; write "
	for name, want := range map[string]string{
		"data/broken.json":         `data/broken.json:3: this file is not JSON`,
		"hotel.json":               `there is no data file "hotel.json" in the scripts folder; did you mean "hotels.json"?`,
		"Hotels.json":              `did you mean "hotels.json"?`,
		"cities.csv":               `did you mean "data/cities.csv"?`,
		"nothing/like/it.yml":      `there is no data file "nothing/like/it.yml" in the scripts folder; there are `,
		`data\cities.csv`:          path + `"data/cities.csv"`,
		"./hotels.json":            path + `"hotels.json"`,
		"/hotels.json":             path + `"hotels.json"`,
		"data/../hotels.json":      path + `"hotels.json"`,
		"scripts/data/cities.csv":  path + `"data/cities.csv"`,
		"../secret.json":           `leads out of the scripts folder with ".."`,
		"data/../../secret.json":   `leads out of the scripts folder with ".."`,
		`data\..\..\secret.json`:   `leads out of the scripts folder with ".."`,
		"/etc/passwd":              `begins outside the scripts folder`,
		"C:/secret.json":           `begins outside the scripts folder`,
		"":                         `is no file; write a path below the scripts folder`,
		".":                        `is no file`,
		"lib/dates.lua":            `is a script, no data; what several scripts share lies below lib/`,
		".hidden.json":             `names that begin with . or _ are left out`,
		"data/_draft.json":         `names that begin with . or _ are left out`,
		strings.Repeat("x", 1<<20): `xxx…" in the scripts folder`,
		"a\x00b":                   `there is no data file`,
	} {
		if _, problem := s.Data(name); !strings.Contains(problem, want) || len(problem) > 500 {
			t.Errorf("%.80q: %s\nwant %s", name, problem, want)
		}
	}
	if _, problem := (&luaapi.Session{}).Data("x.json"); !strings.Contains(problem, "there is no data file") {
		t.Error(problem)
	}
}

func TestParseData(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text         string
		line, column int
		problem      string
	}{
		{`{"a":[1,2]}`, 0, 0, ""},
		{"{\n \"é\": 1,\n \"b\" 2\n}", 3, 6, "this file is not JSON: a colon was expected after the key"},
		{"{\"é\" 2}", 1, 6, "a colon was expected"},
		{"{\n", 2, 1, "the text ends too early"},
		{"", 1, 1, "this file is not JSON: there is nothing in it"},
		{"{}\n\n[]", 3, 1, "there is more after the end of the value"},
		{"{\"a\":\n\"\xff\"}", 2, 2, "not UTF-8"},
		{strings.Repeat("[", 600), 1, 513, "nested deeper than 512"},
	} {
		doc, line, column, problem := luaapi.ParseData([]byte(c.text))
		if line != c.line || column != c.column || !strings.Contains(problem, c.problem) || strings.HasSuffix(problem, ",") || (doc == nil) != (problem != "") {
			t.Errorf("%.40q: %d:%d %s", c.text, line, column, problem)
		}
	}
}

func FuzzDataNames(f *testing.F) {
	for _, name := range []string{"hotels.json", "../x", `a\b`, "/", "C:\\x", "..", "a//b", "\xff", "scripts/", "_x", "lib/x.lua"} {
		f.Add(name)
	}
	s := &luaapi.Session{Run: luaapi.Run{Library: files{"hotels.json": "{}", "data/cities.csv": "x"}}}
	f.Fuzz(func(t *testing.T, name string) {
		file, problem := s.Data(name)
		if (problem == "") != (name == "hotels.json" || name == "data/cities.csv") || file.Path != name && problem == "" || len(problem) > 600 {
			t.Errorf("%q: %q %s", name, file.Path, problem)
		}
	})
}
