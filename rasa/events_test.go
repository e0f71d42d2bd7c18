package rasa_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// signatures are the builders as authors know them: positional parameters with their keys, a star on required ones, and
// the keys that go out.
var signatures = map[string]string{
	"SlotSet":                 "slot(key:name*, value:value, timestamp:timestamp) name value",
	"AllSlotsReset":           "reset_slots(timestamp:timestamp)",
	"FollowupAction":          "followup(name:name*, timestamp:timestamp) name",
	"Restarted":               "restart(timestamp:timestamp)",
	"SessionStarted":          "session_started(timestamp:timestamp)",
	"SessionEnded":            "session_ended(timestamp:timestamp, metadata:metadata) metadata",
	"UserUtteranceReverted":   "rewind(timestamp:timestamp)",
	"ActionReverted":          "undo(timestamp:timestamp)",
	"StoryExported":           "export(timestamp:timestamp)",
	"ConversationPaused":      "pause(timestamp:timestamp)",
	"ConversationResumed":     "resume(timestamp:timestamp)",
	"ActiveLoop":              "active_loop(name:name, timestamp:timestamp) name",
	"Form":                    "active_loop(name:name, timestamp:timestamp) name instead:ActiveLoop",
	"LoopInterrupted":         "loop_interrupted(is_interrupted:is_interrupted*, timestamp:timestamp) is_interrupted",
	"FormValidation":          "loop_interrupted(validate:is_interrupted*!, timestamp:timestamp) is_interrupted instead:LoopInterrupted",
	"ActionExecuted":          "action(action_name:name, policy:policy, confidence:confidence, timestamp:timestamp) name policy confidence",
	"ActionExecutionRejected": "action_execution_rejected(action_name:name*, policy:policy, confidence:confidence, timestamp:timestamp) name policy confidence",
	"ReminderScheduled": "reminder(intent_name:intent*, trigger_date_time:date_time*@, entities:entities, name:name, " +
		"kill_on_user_message:kill_on_user_msg=true, timestamp:timestamp) intent entities date_time name kill_on_user_msg",
	"ReminderCancelled": "cancel_reminder(name:name, intent_name:intent, entities:entities, timestamp:timestamp) intent entities name",
	"UserUttered":       "user(text:text, parse_data:parse_data={}, timestamp:timestamp, input_channel:input_channel) text parse_data input_channel",
	"BotUttered":        "bot(text:text, data:data, metadata:metadata, timestamp:timestamp) text data metadata",
	"AgentUttered":      "agent(text:text, data:data, timestamp:timestamp) text data",
}

func signature(s rasa.EventSpec) string {
	var params []string
	for _, p := range s.Params {
		word := p.Name + ":" + p.Key
		if p.Required {
			word += "*"
		}
		if p.Time {
			word += "@"
		}
		if p.Negated {
			word += "!"
		}
		switch p.Default {
		case rasa.DefaultObject:
			word += "={}"
		case rasa.DefaultTrue:
			word += "=true"
		}
		params = append(params, word)
	}
	words := append([]string{s.Event + "(" + strings.Join(params, ", ") + ")"}, s.Keys...)
	if s.Deprecated != "" {
		words = append(words, "instead:"+s.Deprecated)
	}
	return strings.Join(words, " ")
}

func TestEventSpecs(t *testing.T) {
	specs := rasa.EventSpecs()
	if len(specs) != len(signatures) {
		t.Errorf("%d builders, want %d", len(specs), len(signatures))
	}
	for _, s := range specs {
		if got := signature(s); got != signatures[s.Builder] {
			t.Errorf("%s is\n%s, want\n%s", s.Builder, got, signatures[s.Builder])
		}
	}
}

// TestSpecsBuildGoodEvents builds each event with its defaults, and a text for what is required: Rasa must take it.
func TestSpecsBuildGoodEvents(t *testing.T) {
	names := rasa.EventNames(rasa.Target{})
	for _, s := range rasa.EventSpecs() {
		text := `{"event":"` + s.Event + `","timestamp":null`
		for _, key := range s.Keys {
			p := s.Param(key)
			if i := slices.IndexFunc(s.Params, func(p rasa.EventParam) bool { return p.Key == key }); p == nil && i >= 0 {
				p = &s.Params[i]
			}
			if p == nil {
				t.Errorf("%s: no parameter for the key %s", s.Builder, key)
				continue
			}
			text += `,"` + key + `":` + [...]string{"null", "{}", "true"}[p.Default]
			if p.Required {
				text = strings.TrimSuffix(text, "null") + `"x"`
			}
		}
		d, err := jsondoc.Parse([]byte(`{"events":[` + text + `}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if p := rasa.CheckAnswer(d.Root(), rasa.Target{}); p != nil {
			t.Errorf("%s: %s: %v", s.Builder, text, p)
		}
		if !slices.Contains(names, s.Event) {
			t.Errorf("%s: Rasa knows no %s", s.Builder, s.Event)
		}
	}
}

func TestParam(t *testing.T) {
	cases := []struct{ builder, field, key string }{
		{"ReminderScheduled", "intent_name", "intent"}, {"ReminderScheduled", "intent", "intent"}, {"ReminderScheduled", "date_time", "date_time"},
		{"ReminderScheduled", "name", "name"}, {"SlotSet", "key", "name"}, {"SlotSet", "name", "name"}, {"SlotSet", "timestamp", "timestamp"},
		{"SlotSet", "nmae", ""}, {"FormValidation", "validate", "is_interrupted"}, {"FormValidation", "is_interrupted", ""}, {"Restarted", "name", ""},
	}
	for _, c := range cases {
		for _, s := range rasa.EventSpecs() {
			if s.Builder != c.builder {
				continue
			}
			if p := s.Param(c.field); (p == nil) != (c.key == "") || p != nil && p.Key != c.key {
				t.Errorf("%s: field %s is %+v", c.builder, c.field, p)
			}
		}
	}
}

func TestListsAreTheCallers(t *testing.T) {
	specs := rasa.EventSpecs()
	specs[0].Params[0].Name, specs[1].Params[0].Name = "changed", "changed"
	for _, s := range rasa.EventSpecs() {
		for _, p := range s.Params {
			if p.Name == "changed" {
				t.Errorf("%s was changed from outside", s.Builder)
			}
		}
	}
	rasa.ResponseKeys()[0] = "changed"
	if want := "text buttons elements custom template response image attachment"; strings.Join(rasa.ResponseKeys(), " ") != want {
		t.Errorf("response keys: %v", rasa.ResponseKeys())
	}
	rasa.EventNames(rasa.Target{})[0] = "changed"
	if slices.Contains(rasa.EventNames(rasa.Target{}), "changed") {
		t.Error("the event names were changed from outside")
	}
}
