package stubs_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/stubs"
)

// TestSettings merges into what is there, in every spelling that the server takes.
func TestSettings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before  string
		changed bool
		want    []string // parts of the file
		kept    string
	}{
		"none":            {"", true, []string{`"version": "LuaJIT"`, `"io": "disable"`, `".luaction"`, `"checkThirdParty": false`}, ""},
		"empty":           {"{}", true, []string{`"library": [`}, ""},
		"foreign":         {`{"z": 1.50, "a": "<&>", "diagnostics": {"globals": ["x"]}}`, true, []string{"{\n  \"z\": 1.50,\n  \"a\": \"<&>\"", `"globals": [`, `".luaction"`}, ""},
		"other library":   {`{"workspace": {"library": ["mine"], "checkThirdParty": "Apply"}}`, true, []string{"\"mine\",\n      \".luaction\"", `"Apply"`}, `workspace.checkThirdParty "Apply" false`},
		"other version":   {`{"runtime": {"version": "Lua 5.4", "builtin": {"io": "enable"}}}`, true, []string{`"Lua 5.4"`, `"io": "enable"`, `"os": "disable"`}, `runtime.version "Lua 5.4" "LuaJIT", runtime.builtin.io "enable" "disable"`},
		"flat":            {`{"runtime.version": "Lua 5.1", "workspace.library": ["a"]}`, true, []string{"\"a\",\n    \".luaction\"", `"runtime.version": "Lua 5.1"`}, `runtime.version "Lua 5.1" "LuaJIT"`},
		"under Lua":       {`{"Lua": {"workspace": {"library": ["a"]}}}`, true, []string{"\"a\",\n        \".luaction\""}, ""},
		"byte order mark": {"\ufeff{\"z\": 1}", true, []string{"{\n  \"z\": 1", `".luaction"`}, ""},
		"prefixed":        {`{"Lua.workspace.library": ["a"]}`, true, []string{"\"a\",\n    \".luaction\""}, ""},
		"of another kind": {`{"workspace": {"library": {"a": true}}, "runtime": {"builtin": "none"}}`, true, []string{`"a": true`, `"none"`},
			`workspace.library {"a":true} [".luaction"]`},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, stubs.SettingsFile)
		if c.before != "" {
			write(t, file, c.before)
		}
		changed, kept, err := stubs.WriteSettings(dir)
		if err != nil || changed != c.changed {
			t.Errorf("%s: changed %v, %v", name, changed, err)
			continue
		}
		after := read(t, file)
		if !json.Valid([]byte(after)) {
			t.Errorf("%s is no JSON: %s", name, after)
		}
		for _, part := range c.want {
			if !strings.Contains(after, part) {
				t.Errorf("%s has no %s:\n%s", name, part, after)
			}
		}
		var said []string
		for _, k := range kept {
			said = append(said, k.Name+" "+k.Value+" "+k.Needed)
		}
		if all := strings.Join(said, ", "); !strings.Contains(all, c.kept) || c.kept == "" && all != "" {
			t.Errorf("%s: kept %s", name, all)
		}
		if changed, _, err := stubs.WriteSettings(dir); changed || err != nil || read(t, file) != after {
			t.Errorf("%s: the second time changes it, %v", name, err)
		}
	}
}

// TestSettingsLeft leaves what can't be read, and says what to add.
func TestSettingsLeft(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"{ // mine\n}", `{"a": 1,}`, `[]`, `{} {}`, `{"a"`, "x"} {
		dir := t.TempDir()
		file := filepath.Join(dir, stubs.SettingsFile)
		write(t, file, before)
		changed, _, err := stubs.WriteSettings(dir)
		if changed || err == nil || !strings.Contains(err.Error(), "left as it is") || !strings.Contains(err.Error(), `"checkThirdParty": false`) {
			t.Errorf("%q: %v %v", before, changed, err)
		}
		if read(t, file) != before {
			t.Errorf("%q was changed", before)
		}
	}
}

func FuzzSettings(f *testing.F) {
	for _, seed := range []string{`{}`, `{"runtime":{"version":"x"}}`, `{"Lua":{"runtime.version":1}}`, `{"workspace":[]}`, `{"a":1,"a":2}`, `{"workspace.library":[{},[]]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, before string) {
		dir := t.TempDir()
		file := filepath.Join(dir, stubs.SettingsFile)
		write(t, file, before)
		if _, _, err := stubs.WriteSettings(dir); err != nil {
			if read(t, file) != before {
				t.Error("a file that can't be read was changed")
			}
			return
		}
		if changed, _, err := stubs.WriteSettings(dir); changed || err != nil {
			t.Errorf("the second time changes it: %v", err)
		}
	})
}
