package luaapi_test

import (
	"slices"
	"strings"
	"testing"
)

const slotA = `{"event":"slot","timestamp":null,"name":"a","value":1}`

// The shapes in which an action may answer.
func TestAnswers(t *testing.T) {
	t.Parallel()
	none := `{"events":[],"responses":[]}`
	one := `{"events":[` + slotA + `],"responses":[]}`
	for script, want := range map[string]string{
		``: none, `return nil`: none, `return false`: none, `return {}`: none, `return json.null`: none, `return { nil, false, nil }`: none,
		`return json.array()`: none, `return json.object()`: none, `return { events = {}, responses = {} }`: none,
		`return { events = json.null, responses = false }`:                             none,
		`return SlotSet("a", 1)`:                                                       one,
		`return { SlotSet("a", 1) }`:                                                   one,
		`return { nil, false, SlotSet("a", 1), nil, false }`:                           one,
		`return { false and SlotSet("b", 1), SlotSet("a", 1) }`:                        one,
		`local l = {} l[7] = SlotSet("a", 1) return l`:                                 one,
		`return { events = { SlotSet("a", 1) } }`:                                      one,
		`return setmetatable({ SlotSet("a", 1) }, { __index = tracker })`:              one,
		`return json.decode('[{"event":"restart","x":null}]')`:                         `{"events":[{"event":"restart","x":null}],"responses":[]}`,
		`return probe.lazy('[{"event":"restart","x":null}]')`:                          `{"events":[{"event":"restart","x":null}],"responses":[]}`,
		`return probe.lazy('{"event":"restart"}')`:                                     `{"events":[{"event":"restart"}],"responses":[]}`,
		`return probe.lazy('{"events":[{"event":"restart"}]}')`:                        `{"events":[{"event":"restart"}],"responses":[]}`,
		`return { events = probe.lazy('[{"event":"restart"}]') }`:                      `{"events":[{"event":"restart"}],"responses":[]}`,
		`return { probe.lazy('{"event":"restart"}') }`:                                 `{"events":[{"event":"restart"}],"responses":[]}`,
		`return { responses = probe.lazy('[{"text":"a"}]') }`:                          `{"events":[],"responses":[` + said(`"a"`, "null") + `]}`,
		`dispatcher:utter_message("a") return { responses = { nil, { text = "b" } } }`: `{"events":[],"responses":[` + said(`"a"`, "null") + "," + said(`"b"`, "null") + `]}`,
		`return { responses = { { response = "utter_x" } } }`:                          `{"events":[],"responses":[` + said("null", `"utter_x"`) + `]}`,
		`return { responses = { { template = "utter_x" } } }`:                          `{"events":[],"responses":[` + said("null", `"utter_x"`) + `]}`,
		`return { responses = { { text = "a", buttons = json.null, custom = json.null, extra = json.null } } }`: `{"events":[],"responses":[` +
			strings.TrimSuffix(said(`"a"`, "null"), "}") + `,"extra":null}]}`,
	} {
		if answer, log, err := run(t, "", script); err != nil || answer != want || len(log) > 0 {
			t.Errorf("%s\n  answered %s %v %q\n  want %s", script, answer, err, log, want)
		}
	}
}

// said is a response as utter_message makes it.
func said(text, response string) string {
	return `{"text":` + text + `,"buttons":[],"elements":[],"custom":{},"template":` + response + `,"response":` + response + `,"image":null,"attachment":null}`
}

// What is no answer says what to return instead.
func TestNoAnswers(t *testing.T) {
	t.Parallel()
	const right = `; return events, such as { SlotSet("name", value) }, or nothing`
	for script, want := range map[string]string{
		`return true`:                                       "the action returned true" + right,
		`return "x"`:                                        "the action returned a text" + right,
		`return 5`:                                          "the action returned a number" + right,
		`return SlotSet`:                                    "the action returned a function" + right,
		`return tracker`:                                    "the action returned the tracker" + right,
		`return events`:                                     "the action returned the module events" + right,
		`return { slot = "a" }`:                             "the action returned a table that has slot, but no `event`, so it is no event" + right,
		`return { SlotSet("a", 1), note = 1 }`:              "the action returned a table that has note, but no `event`",
		`return { [0] = SlotSet("a", 1) }`:                  "the action returned a table with the key [0]; a list of events has items 1, 2, 3 … only",
		`return { [true] = 1 }`:                             "the action returned a table with the key [true]",
		`return { events = {}, slots = {} }`:                "the action returned a table with events or responses and slots; beside these two nothing can be returned",
		`return { events = {}, 5 }`:                         "events or responses and [1]",
		`return { events = 5 }`:                             "the action returned events that are a number, not a list; write events = { SlotSet(\"name\", value) }",
		`return { events = SlotSet("a", 1) }`:               "the action returned events that are a table with the key event, not a list",
		`return { responses = { text = "a" } }`:             "the action returned responses that are a table with the key text, not a list; write responses = { { text = \"Hello\" } }",
		`return { responses = dispatcher }`:                 "the action returned responses that are the dispatcher, not a list",
		`return { responses = { "a" } }`:                    "responses[1]: a response is a table such as { text = \"Hello\" }, not a text",
		`return { responses = { { "a" } } }`:                "responses[1]: a response is a table such as { text = \"Hello\" }, not a list",
		`return { responses = { {}, { custom = pcall } } }`: "responses[2].custom: a function can't be sent to Rasa",
		`dispatcher:utter_message("a") return { responses = { { text = { pcall } } } }`: "responses[2].text[1]: a function can't be sent",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
}

// What is no event is left out, and its place counts on for what follows.
func TestDroppedEvents(t *testing.T) {
	t.Parallel()
	const items = `{ name = "no event" }, "a text", json.null, 5, { event = "" }, { event = json.null }, true, { SlotSet("b", 1) }, {}, { event = 0 }, { event = {} }, { event = false }, tracker`
	answer, log, err := run(t, "", "return { "+items+`, SlotSet("a", 1) }`)
	if err != nil || answer != `{"events":[`+slotA+`],"responses":[]}` {
		t.Errorf("answered %s %v", answer, err)
	}
	want := []string{
		"1] what=\"a table without `event`\"", `2] what="a text"`, "3] what=json.null", `4] what="a number"`, "5] what=\"a table", "6] what=\"a table", "7] what=true",
		"8] what=\"a table", "9] what=\"a table", "10] what=\"a table", "11] what=\"a table", "12] what=\"a table", `13] what="the tracker"`,
	}
	if !slices.EqualFunc(log, want, func(line, part string) bool { return strings.Contains(line, "place=events["+part) }) {
		t.Errorf("logged %s", strings.Join(log, "\n"))
	}
	for script, want := range map[string]string{
		`return { nil, ` + items + `, SlotSet("b", 2), { event = "slot", name = 5, value = 1 } }`: "events[16].name: name must be a text, and it is a number",
		`return { "x", { event = "sloot" } }`:                                                     `events[2].event: Rasa knows no event "sloot"; did you mean "slot"?`,
		`return { false, { event = "slot", name = "a" } }`:                                        "events[2].value: a slot event needs the key value",
		`return { "x", SlotSet("a", { b = pcall }) }`:                                             "events[2].value.b: a function can't be sent to Rasa",
		`return { nil, { event = "user", parse_data = { entities = { { entity = "a" } } } } }`:    "events[2].parse_data.entities[1].value: ",
		`return { { event = "user", parse_data = { entities = {}, intent = {}, text = 5 } } }`:    "events[1].parse_data.text: ",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
}
