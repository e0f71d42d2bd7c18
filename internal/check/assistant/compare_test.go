package assistant_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/assistant"
	"github.com/luaction/luaction/internal/check/known"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ domain, scripts, want string }{
		{"actions: [action_a]", "action_a", ""},
		{"actions: [action_a, utter_x, action_form, Hi]\nforms: {action_form: {}}\ne2e_actions: [Hi]", "action_a utter_y", ""},
		{"actions: [action_pay]", "", `domain:1 action-without-script: no script provides action_pay; write action_pay.lua, or take the name out of the domain`},
		{"actions:\n- action_pay", "sub/action_pai", `domain:2 action-without-script: no script provides action_pay; did you mean action_pai, which is in sub/action_pai.lua?
action_pai warning action-not-in-domain: the domain doesn't list action_pai, so Rasa never calls this script; did you mean action_pay.lua?`},
		{"actions: [action_pay, action_pai]", "action_pai", `domain:1 action-without-script: no script provides action_pay; write action_pay.lua, or take the name out of the domain`},
		{"actions: [action_restart]", "", `domain:1 warning action-without-script: as the domain lists action_restart, Rasa asks for it here and doesn't run its own, and no script provides it; take it off the list, or write action_restart.lua`},
		{"actions: [action_restart, action_session_start]", "action_restart action_session_start", ""},
		{"actions:", "action_session_start", `action_session_start warning action-not-in-domain: the domain doesn't list action_session_start, so Rasa runs its own and never calls this script; add - action_session_start below actions: in the domain`},
		{"actions: []", "action_zzz", `action_zzz warning action-not-in-domain: the domain doesn't list action_zzz, so Rasa never calls this script; add - action_zzz below actions: in the domain`},
		{"actions: [validate_table_form, action_validate_slot_mappings, action_ask_table_form_city]\nforms: {table_form: {}}",
			"validate_table_form action_validate_slot_mappings action_ask_table_form_city", ""},
		{"forms: {table_form: {}}", "validate_table_form", `validate_table_form warning action-not-in-domain: the domain doesn't list validate_table_form, so Rasa never calls this script; add - validate_table_form below actions: in the domain`},
		{"forms: {table_form: {}}", "validate_tabel_form", `validate_tabel_form warning validator-without-form: validate_tabel_form belongs to a form or slot tabel_form, which the domain doesn't have; did you mean validate_table_form.lua?`},
		{"forms: {}", "validate_order", `validate_order warning validator-without-form: validate_order belongs to a form or slot order, which the domain doesn't have; name the file after a form, or add order below forms: in the domain`},
		{"forms: {table_form: {}}\nactions:\n- validate_tabel_form", "validate_tabel_form", `domain:3 warning validator-without-form: validate_tabel_form belongs to a form or slot tabel_form, which the domain doesn't have; did you mean validate_table_form?`},
		{"slots: {amount: {type: float}}\nactions: [validate_amount, validate_order]", "validate_amount validate_order", ""},
		{"slots:\n  a:\n    mappings: [{type: custom, action: action_fill}]", "action_fill", ""},
		{"slots:\n  a:\n    mappings:\n      - {type: custom, action: action_fill}", "", `domain:4 action-without-script: Rasa is to fill a slot by action_fill, and no script provides it; write action_fill.lua, or take the name out of the domain`},
		{"actions: [action_fill]\nslots:\n  a:\n    mappings: [{type: custom, action: action_fill}]", "", `domain:1 action-without-script: no script provides action_fill; write action_fill.lua, or take the name out of the domain`},
	} {
		scripts := map[string]string{}
		for _, path := range strings.Fields(c.scripts) {
			scripts[path[strings.LastIndexByte(path, '/')+1:]] = path + ".lua"
		}
		var lines []string
		for _, p := range load(t, c.domain).Compare(scripts) {
			at := fmt.Sprintf("domain:%d", p.Line)
			if p.File == "" {
				at = strings.TrimSuffix(filepath.Base(p.Script), ".lua")
			}
			if p.Warning {
				at += " warning"
			}
			lines = append(lines, fmt.Sprintf("%s %s: %s; %s", at, p.Rule, p.Message, p.Hint))
		}
		if got := strings.ReplaceAll(strings.Join(lines, "\n"), "`", ""); got != c.want {
			t.Errorf("%s with %s:\n%s\nwant\n%s", c.domain, c.scripts, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	d := load(t, whole+"  # the end\n")
	for kind, names := range map[string]string{
		"slot":     "cuisine people phone requested_slot session_started_metadata",
		"form":     "table_form",
		"response": "utter_greet utter_faq utter_faq/hours utter_ask_rephrase",
		"action":   "action_book action_listen table_form utter_greet utter_faq action_count_people action_session_start",
		"intent":   "greet yes restart nlu_fallback inform/detail",
		"entity":   "cuisine PERSON",
		"service":  "anything",
	} {
		for _, name := range strings.Fields(names) {
			if got := known.Compare([]check.Use{{Kind: kind, Name: name}}, d.Names()); len(got) != 0 {
				t.Errorf("%s %s: %+v", kind, name, got)
			}
		}
	}
	for kind, names := range map[string]string{
		"slot": "cuisin knowledge_base_last_object", "form": "tabel_form", "response": "utter_fa utter_bye", "action": "action_pay", "intent": "greeet other/x",
		"entity": "cuisin",
	} {
		for _, name := range strings.Fields(names) {
			got := known.Compare([]check.Use{{Kind: kind, Name: name}}, d.Names())
			if len(got) != 1 || got[0].Rule != "not-in-domain" || got[0].Message != "the domain has no "+kind+" `"+name+"`" || got[0].Hint == "" {
				t.Errorf("%s %s: %+v", kind, name, got)
			}
		}
	}
	if got := known.Compare([]check.Use{{Kind: "action", Name: "utter_bye"}}, d.Names()); len(got) != 1 || !strings.HasPrefix(got[0].Message, "the domain has no response") {
		t.Errorf("an action that is a response: %+v", got)
	}
	if lists := load(t, "actions: [action_query_knowledge_base]").Names(); !slices.Contains(lists["slot"].More, "knowledge_base_last_object") {
		t.Error("the slots of the knowledge base come with its action")
	} else if _, any := lists["intent"]; any {
		t.Error("an assistant without intents has flows, and says nothing of intents")
	}
}

// The assistants that come along are right.
func TestExamples(t *testing.T) {
	t.Parallel()
	domains, err := filepath.Glob("../../../examples/*/domain.yml")
	if err != nil || len(domains) < 5 {
		t.Fatal(err, domains)
	}
	for _, path := range domains {
		d, err := assistant.Load(path)
		if err != nil {
			t.Error(err)
			continue
		}
		scripts := map[string]string{}
		dir := filepath.Join(filepath.Dir(path), "scripts")
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if name, is := strings.CutSuffix(file.Name(), ".lua"); is && !strings.HasSuffix(name, "_test") {
				scripts[name] = file.Name()
			}
		}
		for _, p := range d.Compare(scripts) {
			t.Errorf("%s: %+v", path, p)
		}
	}
}
