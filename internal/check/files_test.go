package check_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/check"
)

const fine = "return function() end\n"

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"all is well", map[string]string{"action_a.lua": fine, "sub/action_b.lua": fine, "lib/c.lua": "return {}\n", "notes.txt": "x", "_draft.lua": "x =", "validate_x_form.lua": "return form {}\n"}, nil},
		{"two files for one name", map[string]string{"a/action_x.lua": fine, "b/action_x.lua": "return function() print(nope) end\n"}, []string{
			"[folder] ::0 no action is served, because no script in",
			"[name-clash] a/action_x.lua:0 there is another file for the action action_x: b/action_x.lua",
			"[name-clash] b/action_x.lua:0 there is another file for the action action_x: a/action_x.lua",
			"[unknown-global] b/action_x.lua:1 there is no `nope`",
		}},
		{"no script", map[string]string{"action_a.lua": fine, "action_b.LUA": fine, "action_c.lua.txt": fine}, []string{
			"[file-name] action_b.LUA:0 this is no script, because its name doesn't end in .lua",
			"[file-name] action_c.lua.txt:0 this is no script, because its name doesn't end in .lua",
		}},
		{"names that Rasa doesn't call", map[string]string{"action a.lua": fine, "order_form.lua": "return form {}\n", "lib/action_b.lua": fine}, []string{
			"[file-name] action a.lua:0 the action's name is \"action a\", with a blank in it",
			"[file-name] lib/action_b.lua:0 a file below lib/ is a shared module, which Rasa can't call",
			"[file-name] order_form.lua:0 Rasa runs a form's script under the name validate_<form>, and this one has another",
		}},
		{"data", map[string]string{"action_a.lua": fine, "prices.json": "{\n  x\n}"}, []string{"[data-file] prices.json:2 "}},
		{"too large", map[string]string{"action_a.lua": fine, "action_b.lua": strings.Repeat("--\n", 100<<10)}, []string{"[unreadable] action_b.lua:0 this script is larger than"}},
		{"a shared file that is no Lua", map[string]string{"action_a.lua": "local bad = require \"lib.bad\"\nreturn function() print(bad) end\n", "lib/bad.lua": "x =\n"}, []string{
			"[syntax] lib/bad.lua:",
		}},
		{"nothing", nil, []string{"[folder] ::0 the scripts folder"}},
		{"a test in a folder", map[string]string{"action_a.lua": fine, "sub/a_test.lua": "it('x', function() nope() end)\n", ".git/b_test.lua": "x ="}, []string{
			"[unknown-global] sub/a_test.lua:1 there is no `nope`",
		}},
	} {
		dir := t.TempDir()
		for name, text := range c.files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, f := range check.Run(context.Background(), load(t, dir), check.Options{Modules: engine.Reference(nil), Dir: dir}) {
			name := f.Script
			if name == "" {
				name = ":"
			}
			got = append(got, fmt.Sprintf("[%s] %s:%d %s", f.Rule, name, f.Line, f.Message))
		}
		ok := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			ok = ok && strings.HasPrefix(got[i], c.want[i])
		}
		if !ok {
			t.Errorf("%s:\n%s", c.name, strings.Join(got, "\n"))
		}
	}
}
