package rasa_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

func value(t testing.TB, text string) jsondoc.Value {
	t.Helper()
	d, err := jsondoc.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d.Root()
}

// goodEvents are events that Rasa takes.
var goodEvents = []string{
	`{"event":"slot","timestamp":null,"name":"a","value":null}`,
	`{"event":"slot","name":"a","value":[{}],"timestamp":1.5,"metadata":{},"extra":[]}`,
	`{"event":"slot","name":"","value":NaN,"metadata":null,"timestamp":NaN}`,
	`{"event":"slot","name":7,"name":"last wins","value":1}`,
	`{"\u0065vent":"sl\u006ft","n\u0061me":"a","value":0}`,
	`{"event":"followup"}`, `{"event":"followup","name":5}`, `{"event":"bot"}`, `{"event":"bot","text":7,"data":[]}`,
	`{"event":"active_loop","name":null}`, `{"event":"form","name":"x"}`, `{"event":"form_validation","validate":true}`,
	`{"event":"loop_interrupted","is_interrupted":"x"}`, `{"event":"restart"}`, `{"event":"rewind"}`, `{"event":"undo"}`,
	`{"event":"reset_slots"}`, `{"event":"pause"}`, `{"event":"resume"}`, `{"event":"export"}`, `{"event":"session_started"}`,
	`{"event":"action_execution_rejected","name":5,"policy":[],"confidence":"x"}`, `{"event":"reminder"}`, `{"event":"cancel_reminder"}`,
	`{"event":"action"}`, `{"event":"action","name":null,"policy":null,"confidence":null,"action_text":null,"hide_rule_turn":false}`,
	`{"event":"action","name":"a","policy":"p","confidence":0.5,"action_text":"x"}`,
	`{"event":"user"}`, `{"event":"user","text":null,"parse_data":{},"input_channel":null,"message_id":null}`,
	`{"event":"user","parse_data":{"text":null,"intent":{"name":"a","confidence":1},"intent_ranking":[{"name":"a"},{}],` +
		`"entities":[{"entity":"a","value":null,"start":5.0,"end":9,"confidence":1,"extractor":null,"role":null,"group":"g"}]}}`,
	`{"event":"user","parse_data":{"response_selector":{"all_retrieval_intents":[],"default":{"response":{"responses":null}}}}}`,
	`{"event":"user","parse_data":{"response_selector":{"all_retrieval_intents":["a"]}}}`,
	`{"event":"user","parse_data":{"response_selector":{"default":5}}}`,
	`{"event":"user","parse_data":{"response_selector":{"all_retrieval_intents":{}}}}`,
	`{"event":"entities","entities":[]}`, `{"event":"entities","entities":[{"entity":"a","value":{"from":1}}]}`,
	`{"event":"user_featurization","use_text_for_featurization":false}`, `{"event":"agent","text":null}`,
	`{"event":"session_ended","metadata":null}`, `{"event":"stack","update":"[]"}`, `{"event":"flow_started","flow_id":"f"}`,
	`{"event":"flow_completed","step_id":"s"}`, `{"event":"flow_interrupted"}`, `{"event":"flow_resumed"}`, `{"event":"flow_cancelled"}`,
	`{"event":"agent_started"}`, `{"event":"agent_completed","status":"s"}`, `{"event":"agent_interrupted"}`, `{"event":"agent_resumed"}`,
	`{"event":"agent_cancelled","reason":"r"}`, `{"event":"routing_session_ended"}`, `{"event":"error"}`,
}

// badEvents are events that Rasa refuses, with the place and a part of the message.
var badEvents = []struct{ event, place, key, message string }{
	{`5`, "", "", "must be an object"}, {`[]`, "", "", "an empty list"}, {`null`, "", "", "and it is null"}, {`"slot"`, "", "", "a text"},
	{`{}`, "", "", "needs the key event"}, {`{"name":"slot"}`, "", "", "needs the key event"},
	{`{"event":5}`, ".event", "event", "must be a text"}, {`{"event":null}`, ".event", "event", "null"},
	{`{"event":"sloot"}`, ".event", "event", `"sloot"; did you mean "slot"?`}, {`{"event":"Slot"}`, ".event", "event", `did you mean "slot"?`},
	{`{"event":"slotset"}`, ".event", "event", `did you mean "slot"?`},
	{`{"event":"folowup"}`, ".event", "event", `did you mean "followup"?`}, {`{"event":"zzzzzzzz"}`, ".event", "event", `no event "zzzzzzzz"`},
	{`{"event":""}`, ".event", "event", `no event ""`},
	{`{"event":"slot","name":"a"}`, ".value", "value", "a slot event needs the key value; write json.null"},
	{`{"event":"slot","value":1}`, ".name", "name", "a slot event needs the key name, which must be a text"},
	{`{"event":"slot","name":5,"value":1}`, ".name", "name", "name must be a text, and it is a number"},
	{`{"event":"slot","name":null,"value":1}`, ".name", "name", "and it is null"},
	{`{"event":"slot","name":"a","name":5,"value":1}`, ".name", "name", "a number"},
	{`{"event":"slot","name":"a","value":1,"timestamp":"yesterday"}`, ".timestamp", "timestamp", "a number or null, and it is a text"},
	{`{"event":"slot","name":"a","value":1,"timestamp":true}`, ".timestamp", "timestamp", "true or false"},
	{`{"event":"restart","metadata":[]}`, ".metadata", "metadata", "metadata must be an object or null, and it is an empty list"},
	{`{"event":"bot","metadata":[1]}`, ".metadata", "metadata", "and it is a list"},
	{`{"event":"user","parse_data":null}`, ".parse_data", "parse_data", "parse_data must be an object, and it is null"},
	{`{"event":"user","text":5}`, ".text", "text", "a text or null"}, {`{"event":"user","input_channel":{}}`, ".input_channel", "input_channel", "an object"},
	{`{"event":"user","message_id":1}`, ".message_id", "message_id", "a number"},
	{`{"event":"user","parse_data":{"text":1}}`, ".parse_data.text", "text", "a text or null"},
	{`{"event":"user","parse_data":{"intent":null}}`, ".parse_data.intent", "intent", "must be an object"},
	{`{"event":"user","parse_data":{"intent":{"name":null}}}`, ".parse_data.intent.name", "name", "must be a text"},
	{`{"event":"user","parse_data":{"intent_ranking":{}}}`, ".parse_data.intent_ranking", "intent_ranking", "must be a list"},
	{`{"event":"user","parse_data":{"intent_ranking":[{},{"confidence":null}]}}`, ".parse_data.intent_ranking[2].confidence", "confidence", "a number"},
	{`{"event":"user","parse_data":{"intent_ranking":[5]}}`, ".parse_data.intent_ranking[1]", "", "each item of intent_ranking must be an object"},
	{`{"event":"user","parse_data":{"entities":[{"entity":"a"}]}}`, ".parse_data.entities[1].value", "value", "an entity needs the key value"},
	{`{"event":"user","parse_data":{"response_selector":{}}}`, ".parse_data.response_selector", "response_selector", "all_retrieval_intents"},
	{`{"event":"user","parse_data":{"response_selector":null}}`, ".parse_data.response_selector", "response_selector", "must be an object"},
	{`{"event":"user","parse_data":{"response_selector":{"default":{}}}}`, ".parse_data.response_selector", "response_selector", "all_retrieval_intents"},
	{`{"event":"user","parse_data":{"response_selector":{"-":5}}}`, ".parse_data.response_selector", "response_selector", "all_retrieval_intents"},
	{`{"event":"user","parse_data":{"response_selector":{"\u002d":5}}}`, ".parse_data.response_selector", "response_selector", "all_retrieval_intents"},
	{`{"event":"user","parse_data":{"response_selector":{"a":5,"a":{}}}}`, ".parse_data.response_selector", "response_selector", "all_retrieval_intents"},
	{`{"event":"user","parse_data":{"response_selector":{"all_retrieval_intents":5}}}`,
		".parse_data.response_selector.all_retrieval_intents", "all_retrieval_intents", "must be a list"},
	{`{"event":"entities"}`, ".entities", "entities", "an entities event needs the key entities"},
	{`{"event":"entities","entities":{}}`, ".entities", "entities", "must be a list, and it is an object"},
	{`{"event":"entities","entities":null}`, ".entities", "entities", "must be a list"},
	{`{"event":"entities","entities":[{"entity":"a","value":1},[]]}`, ".entities[2]", "", "must be an object, and it is an empty list"},
	{`{"event":"entities","entities":[{"value":1}]}`, ".entities[1].entity", "entity", "an entity needs the key entity"},
	{`{"event":"entities","entities":[{"entity":"a","value":1,"start":1.5}]}`, ".entities[1].start", "start", "whole number"},
	{`{"event":"entities","entities":[{"entity":"a","value":1,"end":1e400}]}`, ".entities[1].end", "end", "whole number"},
	{`{"event":"entities","entities":[{"entity":"a","value":1,"end":null}]}`, ".entities[1].end", "end", "a number"},
	{`{"event":"entities","entities":[{"entity":"a","value":1,"role":5}]}`, ".entities[1].role", "role", "a text or null"},
	{`{"event":"action","confidence":"high"}`, ".confidence", "confidence", "a number or null, and it is a text"},
	{`{"event":"action","name":5}`, ".name", "name", "a text or null"}, {`{"event":"action","hide_rule_turn":null}`, ".hide_rule_turn", "hide_rule_turn", "true or false"},
	{`{"event":"stack","update":[]}`, ".update", "update", "a text"}, {`{"event":"flow_started","flow_id":null}`, ".flow_id", "flow_id", "a text"},
	{`{"event":"agent_completed","status":1}`, ".status", "status", "a text"},
}

func TestGoodEventsPass(t *testing.T) {
	for _, event := range goodEvents {
		if p := rasa.CheckAnswer(value(t, `{"events":[`+event+`],"responses":[{}]}`), rasa.Target{}); p != nil {
			t.Errorf("%s: %v", event, p)
		}
	}
}

func TestBadEventsAreNamed(t *testing.T) {
	for _, c := range badEvents {
		p := rasa.CheckAnswer(value(t, `{"events":[{"event":"restart"},`+c.event+`]}`), rasa.Target{})
		if p == nil {
			t.Errorf("%s passed", c.event)
			continue
		}
		if p.Place != "events[2]"+c.place || p.Event != 2 || p.Key != c.key || !strings.Contains(p.Message, c.message) {
			t.Errorf("%s: %+v, want %q, key %q, at events[2]%s", c.event, *p, c.message, c.key, c.place)
		}
		if p.Error() != p.Place+": "+p.Message {
			t.Errorf("%s: error is %q", c.event, p.Error())
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, good := range []string{`{}`, `{"events":[]}`, `{"responses":[]}`, `{"x":1}`, `{"events":{},"events":[]}`, `{"events":[],"responses":[{},{"text":5}]}`} {
		if p := rasa.CheckAnswer(value(t, good), rasa.Target{}); p != nil {
			t.Errorf("%s: %v", good, p)
		}
	}
	for bad, place := range map[string]string{
		`null`: "answer", `[]`: "answer", `"x"`: "answer", `{"events":{}}`: "events", `{"events":null}`: "events", `{"responses":null}`: "responses",
		`{"responses":{}}`: "responses", `{"responses":[{},[]]}`: "responses[2]", `{"responses":["x"]}`: "responses[1]", `{"responses":[null]}`: "responses[1]",
	} {
		if p := rasa.CheckAnswer(value(t, bad), rasa.Target{}); p == nil || p.Place != place || p.Event != 0 || p.Message == "" {
			t.Errorf("%s: %v, want a problem at %s", bad, p, place)
		}
	}
	if p := rasa.CheckAnswer(jsondoc.Value{}, rasa.Target{}); p == nil {
		t.Error("nothing at all passed")
	}
}

func TestTargets(t *testing.T) {
	cases := []struct {
		version, event string
		known          bool
	}{
		{"3.6.21", "slot", true}, {"3.6.21", "agent", true}, {"3.6.21", "session_ended", false}, {"3.6", "stack", false}, {"2.8.1", "flow_started", false},
		{"3.7.0", "stack", true}, {"3.12.1", "agent_started", false}, {"3.14.0", "agent_started", true}, {"3.15.9", "session_ended", false},
		{"3.16.0", "session_ended", true}, {"3.21.1", "error", true}, {"4.0.0", "session_ended", true}, {"", "session_ended", true},
		{"latest", "stack", true}, {"x.y.z", "stack", true}, {"3", "stack", true}, {"3.16.0rc1", "session_ended", true},
	}
	for _, c := range cases {
		p := rasa.CheckAnswer(value(t, `{"events":[{"event":"`+c.event+`"}]}`), rasa.TargetFor(c.version))
		if c.event == "slot" {
			p = rasa.CheckAnswer(value(t, `{"events":[{"event":"slot","name":"a","value":1}]}`), rasa.TargetFor(c.version))
		}
		if (p == nil) != c.known {
			t.Errorf("%s for %q: %v", c.event, c.version, p)
		}
		if p != nil && !strings.Contains(p.Message, "too old") {
			t.Errorf("%s for %q: %v", c.event, c.version, p)
		}
	}
	if all, old := len(rasa.EventNames(rasa.Target{})), len(rasa.EventNames(rasa.TargetFor("3.6.21"))); all != 37 || old != 23 {
		t.Errorf("%d events are known, %d of them to 3.6", all, old)
	}
}

func TestLongNamesAreShortened(t *testing.T) {
	p := rasa.CheckAnswer(value(t, `{"events":[{"event":"`+strings.Repeat("long", 100)+`"}]}`), rasa.Target{})
	if p == nil || len(p.Message) > 120 {
		t.Errorf("message: %v", p)
	}
}

func TestFineAnswersAllocateNothing(t *testing.T) {
	answer := value(t, `{"events":[{"event":"slot","timestamp":null,"name":"a","value":1},{"event":"user","text":"x","parse_data":`+
		`{"intent":{"name":"a","confidence":0.5},"entities":[{"entity":"a","value":1}],"response_selector":{"all_retrieval_intents":[],"default":{"ranking":[]}}}}]}`)
	if n := testing.AllocsPerRun(50, func() {
		if rasa.CheckAnswer(answer, rasa.Target{}) != nil {
			t.Error("refused")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestRecordedAnswersPass runs the recorded answers through the check, where the recorded cases are at hand.
func TestRecordedAnswersPass(t *testing.T) {
	files, err := filepath.Glob("../testdata/conformance/*/*/steps.json")
	if deeper, _ := filepath.Glob("../testdata/conformance/cases/*/*/steps.json"); err == nil {
		files = append(files, deeper...)
	}
	checked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for step := value(t, string(text)).Items(); step.Next(); {
			expect := step.Value().Get("expect")
			answer := expect.Get("json")
			if expect.Get("status").Float() != 200 || !answer.Get("events").Exists() {
				continue
			}
			checked++
			if p := rasa.CheckAnswer(answer, rasa.Target{}); p != nil {
				t.Errorf("%s: %v", file, p)
			}
		}
	}
	if len(files) > 0 && checked < 100 {
		t.Errorf("only %d answers in %d files", checked, len(files))
	}
}

func FuzzCheckAnswer(f *testing.F) {
	for _, event := range goodEvents {
		f.Add(`{"events":[` + event + `]}`)
	}
	for _, c := range badEvents {
		f.Add(`{"events":[` + c.event + `]}`)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := jsondoc.Parse([]byte(text))
		if err != nil {
			return
		}
		p := rasa.CheckAnswer(d.Root(), rasa.Target{})
		if p != nil && (p.Place == "" || p.Message == "") {
			t.Errorf("%q: %+v", text, *p)
		}
		if p != nil {
			return
		}
		known := rasa.EventNames(rasa.Target{})
		for it := d.Root().Get("events").Items(); it.Next(); {
			if name := it.Value().Get("event"); name.Kind() != jsondoc.String || !slices.Contains(known, name.Text()) {
				t.Errorf("%q: an event without a known name passed", text)
			}
		}
	})
}

func BenchmarkCheckAnswer(b *testing.B) {
	answer := value(b, `{"events":[{"event":"slot","timestamp":null,"name":"a","value":"x"},{"event":"slot","timestamp":null,"name":"b","value":{"c":[1]}},`+
		`{"event":"followup","timestamp":null,"name":"action_listen"}],"responses":[{"text":"x","buttons":[],"elements":[],"custom":{}}]}`)
	b.ReportAllocs()
	for b.Loop() {
		if p := rasa.CheckAnswer(answer, rasa.Target{}); p != nil {
			b.Fatal(p)
		}
	}
}
