package scaffold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/scaffold"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, kind, want string }{
		{"action_greet", scaffold.Action, ""},
		{"validate_people", scaffold.Action, ""},
		{"action-x2", scaffold.Action, ""},
		{"validate_table_form", scaffold.Form, ""},
		{"action_validate_slot_mappings", scaffold.Slots, ""},
		{"action_query_tours", scaffold.KnowledgeBase, ""},
		{"", scaffold.Action, "write for example action_greet"},
		{"", scaffold.Form, "write for example validate_table_form"},
		{"action_greet.lua", scaffold.Action, "has no .lua; write action_greet"},
		{"shop/action_greet", scaffold.Action, "no folder in it; write action_greet"},
		{`shop\greet`, scaffold.Action, "no folder in it; write action_greet"},
		{"greet people", scaffold.Action, "write for example action_greet_people"},
		{"_greet", scaffold.Action, "write for example action_greet"},
		{"grüß", scaffold.Action, "can't be called by Rasa"},
		{"Öffnungszeiten", scaffold.Action, "write for example action_oeffnungszeiten"},
		{"../../etc", scaffold.Action, "no folder in it"},
		{strings.Repeat("a", 300), scaffold.Action, "longer than 200"},
		{"utter_greet", scaffold.Action, "write for example action_greet"},
		{"action_greet_test", scaffold.Action, "write for example action_greet"},
		{"table_form", scaffold.Form, "write validate_table_form"},
		{"action_table", scaffold.Form, "write validate_table_form"},
		{"validate_", scaffold.Form, "write validate_table_form"},
		{"validate_table_form", scaffold.Slots, "use --kind form"},
	} {
		err := scaffold.CheckName(c.name, c.kind)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q as %s: %v, want %q", c.name, c.kind, err, c.want)
		}
	}
	for name, want := range map[string]string{
		"validate_table_form": scaffold.Form, "validate_people": scaffold.Action, "action_greet": scaffold.Action, "": scaffold.Action,
		"action_validate_slot_mappings": scaffold.Slots, "action_query_knowledge_base": scaffold.KnowledgeBase,
	} {
		if got := scaffold.KindOf(name); got != want {
			t.Errorf("%s is begun as %s, want %s", name, got, want)
		}
	}
	if scaffold.Advice("validate_table_form", scaffold.Action) == "" || scaffold.Advice("action_greet", scaffold.Action) != "" {
		t.Error("a form's script begun as an action wants a word, an action none")
	}
}

func kinds() map[string]string {
	return map[string]string{scaffold.Action: "action_a", scaffold.Form: "validate_a_form", scaffold.Slots: "action_validate_slot_mappings",
		scaffold.KnowledgeBase: "action_query_a"}
}

// TestWhatIsWritten loads what each kind begins with: no problem, no warning, and nothing left to fill in.
func TestWhatIsWritten(t *testing.T) {
	t.Parallel()
	for kind, name := range kinds() {
		dir := filepath.Join(t.TempDir(), "scripts")
		files, err := scaffold.Files(name, kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := scaffold.Write(dir, files); err != nil {
			t.Fatal(err)
		}
		snapshot := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read}).Load(t.Context())
		if snapshot.Actions[name] == nil || len(snapshot.Problems) > 0 {
			t.Errorf("%s: %v", kind, snapshot.Problems)
		}
		for _, f := range files {
			for _, left := range []string{"NAME", "FORM", "DATA"} {
				if strings.Contains(f.Text, left) {
					t.Errorf("%s still has %s in it", f.Path, left)
				}
			}
			if strings.HasSuffix(f.Path, "_test.lua") {
				if _, warnings, problem := interp.Compile(f.Path, []byte(f.Text)); problem != nil || len(warnings) > 0 {
					t.Errorf("%s: %v %v", f.Path, problem, warnings)
				}
			}
		}
		if at := scaffold.Taken(t.Context(), dir, name); at != name+".lua" {
			t.Errorf("%s is at %q", name, at)
		}
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	for kind, name := range kinds() {
		files, err := scaffold.Files(name, kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, there := range files {
			dir := t.TempDir()
			at := filepath.Join(dir, filepath.FromSlash(there.Path))
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			err := scaffold.Write(dir, files)
			if err == nil || !strings.Contains(err.Error(), "is there already") {
				t.Errorf("%s: %v", there.Path, err)
			}
			for _, f := range files {
				text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
				if f.Path == there.Path && string(text) != "mine" || f.Path != there.Path && err == nil {
					t.Errorf("with %s there, %s has %q", there.Path, f.Path, text)
				}
			}
		}
	}
}

// TestTaken finds an action by its name wherever it lies, also one that doesn't load.
func TestTaken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"shop/action_a.lua": "return function() end", "action_b.lua": "return (", "lib/action_c.lua": "return {"} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"action_a": "shop/action_a.lua", "action_b": "action_b.lua", "action_c": "", "action_d": ""} {
		if got := scaffold.Taken(t.Context(), dir, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := scaffold.Taken(t.Context(), filepath.Join(dir, "none"), "action_a"); got != "" {
		t.Errorf("%q", got)
	}
}
