package known_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/known"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	say := func(what string) func(string) string { return func(name string) string { return what + " " + name } }
	lists := map[string]known.List{
		"slot": {Names: []string{"cuisine", "people"}, Rule: "not-in-domain", Message: say("no slot"), Hint: say("add"),
			Also: func(name string) bool { return strings.HasPrefix(name, "kb_") }},
		"intent": {Rule: "no-intent", Message: say("no intent"), Hint: say("add"), Warning: true},
		"entity": {Names: []string{"city"}, Rule: "not-in-domain", Message: say("no entity"), Hint: say("add"), Open: true},
	}
	for _, c := range []struct{ kind, name, rule, message, hint string }{
		{"slot", "cuisine", "", "", ""},
		{"slot", "kb_x", "", "", ""},
		{"slot", "", "", "", ""},
		{"service", "anything", "", "", ""},
		{"slot", "cuisin", "not-in-domain", "no slot cuisin", "did you mean `cuisine`?"},
		{"slot", "zzz", "not-in-domain", "no slot zzz", "add zzz"},
		{"entity", "PERSON", "", "", ""},
		{"entity", "citty", "not-in-domain", "no entity citty", "did you mean `city`?"},
		{"intent", "greet", "no-intent", "no intent greet", "add greet"},
	} {
		use := check.Use{Kind: c.kind, Name: c.name, Script: "action_a.lua", Line: 3, Column: 7, EndColumn: 9, Source: "the line"}
		got := known.Compare([]check.Use{use}, lists)
		if c.rule == "" {
			if len(got) != 0 {
				t.Errorf("%s %q: %+v", c.kind, c.name, got)
			}
			continue
		}
		want := check.Finding{Rule: c.rule, Script: "action_a.lua", Line: 3, Column: 7, EndColumn: 9, Source: "the line", Message: c.message,
			Hint: c.hint, Warning: c.kind == "intent"}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s %q: %+v, want %+v", c.kind, c.name, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"action_back", "action_buy", "utter_paid", "action_book_table", "aciton_pay", "utter_greet", "pay"}
	for name, want := range map[string]string{
		"action_pay": "aciton_pay", "action_bakc": "action_back", "action_book_tabel": "action_book_table", "action_hack_a": "", "utter_gret": "utter_greet",
		"utter_payed": "utter_paid", "uter_greet": "utter_greet", "action_zz": "", "pya": "pay", "validate_x": "", "": "",
	} {
		if got := known.Nearest(name, names); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
