package assistant_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check/assistant"
)

// write puts files into a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func load(t *testing.T, text string) *assistant.Domain {
	t.Helper()
	d, err := assistant.Load(filepath.Join(write(t, map[string]string{"domain.yml": text}), "domain.yml"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const whole = `version: "3.1"
intents:
  - greet
  - inform: { use_entities: [] }
  - "yes"
entities: [cuisine, city: { roles: [from, to] }]
common: &text { type: text }
slots:
  cuisine: { <<: *text, mappings: [{ type: from_entity, entity: cuisine }] }
  people:
    type: any
    mappings:
      - { type: custom, action: action_count_people }
  <<: { phone: *text }
forms:
  table_form:
    required_slots: [cuisine]
responses:
  utter_greet:
    - text: "Hello"
  'utter_faq/hours': [{ text: "Nine to five" }]
actions:
  - action_book
  - action_search: { send_domain: true }
  -   "action_größe"
e2e_actions: [Hello there]
session_config:
  session_expiration_time: 0
  carry_over_slots_to_new_session: false
`

func TestLoad(t *testing.T) {
	t.Parallel()
	d := load(t, whole)
	for what, c := range map[string]struct {
		got  map[string]assistant.Place
		want string
	}{
		"intents": {d.Intents, "greet inform yes"}, "entities": {d.Entities, "city cuisine"}, "slots": {d.Slots, "cuisine people phone"},
		"forms": {d.Forms, "table_form"}, "responses": {d.Responses, "utter_faq/hours utter_greet"},
		"actions": {d.Actions, "action_book action_größe action_search"}, "fillers": {d.Fillers, "action_count_people"}, "texts": {d.Texts, "Hello there"},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(c.got)), " "); got != c.want {
			t.Errorf("%s are %s, want %s", what, got, c.want)
		}
	}
	if len(d.Broken) != 0 || d.Session != (assistant.Session{}) {
		t.Errorf("%v, %v", d.Broken, d.Session)
	}
	if d := load(t, "slots:\n"); d.Session != (assistant.Session{Expiration: 60, CarryOver: true}) {
		t.Errorf("%v", d.Session)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	d := load(t, whole)
	for name, c := range map[string]struct {
		at                assistant.Place
		line, column, end int
	}{
		"cuisine": {d.Slots["cuisine"], 9, 3, 10}, "action_book": {d.Actions["action_book"], 23, 5, 16},
		"action_search": {d.Actions["action_search"], 24, 5, 18}, "action_größe": {d.Actions["action_größe"], 25, 7, 23},
		"yes": {d.Intents["yes"], 5, 5, 10}, "utter_faq/hours": {d.Responses["utter_faq/hours"], 21, 3, 20},
		"action_count_people": {d.Fillers["action_count_people"], 13, 33, 52}, "city": {d.Entities["city"], 6, 21, 25},
	} {
		if c.at.Line != c.line || c.at.Column != c.column || c.at.EndColumn != c.end {
			t.Errorf("%s is at %d:%d-%d, want %d:%d-%d", name, c.at.Line, c.at.Column, c.at.EndColumn, c.line, c.column, c.end)
		} else if !strings.Contains(c.at.Source[c.column-1:c.end-1], name) {
			t.Errorf("%s isn't in %q", name, c.at.Source[c.column-1:c.end-1])
		}
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"a/actions.yml": "actions: [action_a]", "a/deep/more.yaml": "actions:\n- action_b\n- action_a", "slots.yml": "slots: {x: {type: text}}",
		"nlu.yml": "nlu:\n- intent: greet\n  examples: |\n    - hi", "list.yml": "- actions", "empty.yml": "", "notes.txt": "actions: [action_c]", "a/x.lua": "{",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "a", "round")); err != nil {
		t.Fatal(err)
	}
	d, err := assistant.Load(dir)
	if err != nil || len(d.Broken) != 0 {
		t.Fatal(err, d)
	}
	if len(d.Actions) != 2 || len(d.Slots) != 1 || d.Actions["action_a"].File != filepath.Join(dir, "a", "actions.yml") || d.Actions["action_b"].Line != 2 {
		t.Errorf("%+v", d)
	}
}

func TestNoDomain(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"config.yml": "recipe: default.v1\npipeline: []", "empty.yml": "", "list.yml": "- a", "x/nlu.yml": "nlu: []", "y/a.txt": ""})
	for name, want := range map[string]string{
		"none.yml": "there is no file or folder", "config.yml": "is no domain", "empty.yml": "is no domain", "list.yml": "is no domain",
		"x": "is a part of a domain", "y": "is a part of a domain", "config.yml/x": "can't be read",
	} {
		if d, err := assistant.Load(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		line    int
		message string
	}{
		"actions:\n  - a\n b: [":             {2, "this is no YAML"},
		"slots: {}\nactions: {a: 1}":         {2, "actions must be a list, and it is a table with names"},
		"actions:\n- a\n- [b]":               {3, "an item of actions must be a name, and it is a list"},
		"actions:\n- a\n-":                   {3, "an item of actions must be a name, and it is nothing"},
		"slots:\n- a":                        {2, "slots must be names with values, and it is a list"},
		"responses: 3":                       {1, "responses must be names with values, and it is a single value"},
		"session_config: [1]\nactions: [a]":  {1, "session_config must be names with values, and it is a list"},
		"forms: x":                           {1, "forms must be names with values"},
		"actions: [a]\nintents: greet # one": {2, "intents must be a list, and it is a single value"},
	} {
		d := load(t, text)
		if len(d.Broken) != 1 || d.Broken[0].Line != want.line || !strings.Contains(d.Broken[0].Message, want.message) || d.Broken[0].Hint == "" {
			t.Errorf("%q: %+v", text, d.Broken)
			continue
		}
		if got := d.Compare(map[string]string{"action_z": "action_z.lua"}); len(got) != 1 || got[0] != d.Broken[0] || d.Names() != nil {
			t.Errorf("%q: of what can't be read nothing else is told: %+v", text, got)
		}
	}
	if d := load(t, "forms: [old_form]\nactions:"); len(d.Broken) != 0 || len(d.Forms) != 1 {
		t.Errorf("forms as a list: %+v", d)
	}
}

// A small file may stand for endlessly many names.
func TestAliasesInAliases(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("a0: &a0 {x: {type: text}}\n")
	for i := range 12 {
		last, next := string(rune('a'+i))+"0", string(rune('b'+i))+"0"
		text.WriteString(next + ": &" + next + " {<<: [" + strings.Repeat("*"+last+", ", 20) + "]}\n")
	}
	text.WriteString("slots: *m0\nround: &round {<<: *m0}\n")
	if d := load(t, text.String()); len(d.Slots) > 1 {
		t.Errorf("%d slots", len(d.Slots))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(whole)
	f.Add("actions: &a [*a]")
	f.Add("slots: &a {<<: *a}\nforms: [x, {y: z}]")
	f.Add("\xef\xbb\xbfactions:\r\n - a\r\n")
	f.Add("session_config: {session_expiration_time: x}\nactions: [~, 1, yes, |\n a]")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "domain.yml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		d, err := assistant.Load(path)
		if err != nil {
			return
		}
		for _, problem := range d.Compare(map[string]string{"action_a": "action_a.lua"}) {
			if problem.Message == "" || problem.Rule == "" || (problem.File == "") == (problem.Script == "") {
				t.Errorf("%+v", problem)
			}
			if problem.Column > len(problem.Source)+1 || problem.EndColumn > len(problem.Source)+1 {
				t.Errorf("%+v is outside its line", problem)
			}
		}
		d.Names()
	})
}
