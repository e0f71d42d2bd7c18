package dispatcher_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/dispatcher"
)

// message is a response with these keys in place of the empty ones; more goes behind.
func message(keys map[string]string, more string) string {
	var b strings.Builder
	for _, f := range [][2]string{
		{"text", "null"}, {"buttons", "[]"}, {"elements", "[]"}, {"custom", "{}"},
		{"template", "null"}, {"response", "null"}, {"image", "null"}, {"attachment", "null"},
	} {
		value := f[1]
		if given, ok := keys[f[0]]; ok {
			value = given
		}
		b.WriteString(`,"` + f[0] + `":` + value)
	}
	return "{" + b.String()[1:] + more + "}"
}

func text(s string) string { return message(map[string]string{"text": `"` + s + `"`}, "") }

func said(messages ...string) string {
	return `{"events":[],"responses":[` + strings.Join(messages, ",") + `]}`
}

type keys = map[string]string

func TestMessages(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`dispatcher:utter_message("hello")`, said(text("hello"))},
		{`dispatcher:utter_message(5)`, said(text("5"))},
		{`dispatcher:utter_message("a", nil)`, said(text("a"))},
		{`dispatcher:utter_message { json_message = {} }`, said(message(nil, ""))},
		{`dispatcher:utter_message { json_message = json.array {} }`, said(message(nil, ""))},
		{`dispatcher:utter_message { json_message = { 1 } }`, said(message(keys{"custom": "[1]"}, ""))},
		{`dispatcher:utter_message { json_message = false, buttons = json.null, elements = "" }`, said(message(nil, ""))},
		{`dispatcher:utter_message { template = "a" }`, said(message(keys{"template": `"a"`, "response": `"a"`}, ""))},
		{`dispatcher:utter_message { template = "a", response = "b" }`, said(message(keys{"template": `"b"`, "response": `"b"`}, ""))},
		{`dispatcher:utter_message { template = "a", response = json.null }`, said(message(keys{"template": `"a"`, "response": `"a"`}, ""))},
		{`dispatcher:utter_message { text = "a", z = 1, none = json.null, b = {}, custom = "mine" }`,
			said(message(keys{"text": `"a"`, "custom": `"mine"`}, `,"z":1,"none":null,"b":[]`))},
		{`dispatcher:utter_message { text = "a", ["__index"] = 1, [""] = 2 }`, said(message(keys{"text": `"a"`}, `,"__index":1,"":2`))},
		{`dispatcher:utter_message { buttons = { { title = "A", payload = { intent = "inform", entities = { b = 'x "y"', a = { 1 } } } }, { title = "B" } } }`,
			said(message(keys{"buttons": `[{"title":"A","payload":"/inform{\"b\":\"x \\\"y\\\"\",\"a\":[1]}"},{"title":"B"}]`}, ""))},
		{`dispatcher:utter_message { buttons = { { title = "A", payload = { intent = "/affirm", entities = {} }, type = "x" } } }`,
			said(message(keys{"buttons": `[{"title":"A","payload":"/affirm","type":"x"}]`}, ""))},
		{`dispatcher:utter_message { buttons = { { payload = { set_slots = { ok = false, name = "Ann Lee", n = 2.5, gone = json.null } } } } }`,
			said(message(keys{"buttons": `[{"payload":"/SetSlots(ok=False, name=Ann Lee, n=2.5, gone=None)"}]`}, ""))},
		{`local b = { { title = "A", payload = { intent = "x" } } }
		  dispatcher:utter_message { buttons = b }
		  dispatcher:utter_message(b[1].payload.intent)`,
			said(message(keys{"buttons": `[{"title":"A","payload":"/x"}]`}, ""), text("x"))},
		{`dispatcher.messages[1] = { text = "raw" }
		  dispatcher:utter_message("b")
		  dispatcher.messages[2].text = "B"`, said(`{"text":"raw"}`, text("B"))},
		{`dispatcher:utter_message("a")
		  dispatcher.messages[1] = nil
		  dispatcher:utter_message("b")`, said(text("b"))},
		{`dispatcher:utter_message("a") dispatcher.messages = nil`, said()},
		{`dispatcher.messages = json.null`, said()},
		{`dispatcher.messages = { text = "one" }
		  dispatcher:utter_message(tostring(#dispatcher.messages))`, said(`{"text":"one"}`, text("1"))},
		{`local m = dispatcher.messages
		  dispatcher:utter_message("a")
		  dispatcher:utter_message(tostring(m == dispatcher.messages))`, said(text("a"), text("true"))},
		{`dispatcher.messages = setmetatable({}, { __newindex = function() error("no") end, __index = function() error("no") end })
		  dispatcher:utter_message("a")`, said(text("a"))},
		{`dispatcher:utter_message { buttons = { { payload = { intent = "x", entities = tracker.slots.v } } } }`,
			said(message(keys{"buttons": `[{"payload":"/x{\"c\":\"Müller\"}"}]`}, ""))},
		{`dispatcher.messages = tracker.stack
		  dispatcher:utter_message(tostring(#dispatcher.messages))`, said(`{"text":"stacked"}`, text("1"))},
		{`coroutine.wrap(function() dispatcher:utter_message("in a coroutine") end)()`, said(text("in a coroutine"))},
	} {
		got, _, err := apitest.Run(t, apitest.Case{Script: c.script, Request: `{"next_action":"action_test","tracker":{"sender_id":"s","stack":[{"text":"stacked"}],"slots":{"v":{"c": "M\u00fcller"}}}}`})
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", c.script, got, err, c.want)
		}
	}
}

func TestSiblings(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`dispatcher:utter_template("x", tracker, { a = 1, text = "t" })`, said(message(keys{"template": `"x"`, "response": `"x"`, "text": `"t"`}, `,"a":1`))},
		{`dispatcher:utter_template("x", nil, false, { a = 1 })`, said(message(keys{"template": `"x"`, "response": `"x"`}, `,"a":1`))},
		{`dispatcher:utter_template("x")`, said(message(keys{"template": `"x"`, "response": `"x"`}, ""))},
		{`dispatcher:utter_button_template("x", { { title = "A", payload = { intent = "i" } } }, tracker, true, { a = 1 })`,
			said(message(keys{"template": `"x"`, "response": `"x"`, "buttons": `[{"title":"A","payload":"/i"}]`}, `,"a":1`))},
		{`dispatcher:utter_button_message("t", {}, { image = "i" })`, said(message(keys{"text": `"t"`, "image": `"i"`}, ""))},
		{`dispatcher:utter_attachment({ type = "video" }, { more = true })`, said(message(keys{"attachment": `{"type":"video"}`}, `,"more":true`))},
		{`dispatcher:utter_custom_json({ a = 1 }, { b = 2 })`, said(message(keys{"custom": `{"a":1}`}, `,"b":2`))},
		{`dispatcher:utter_image_url("i")`, said(message(keys{"image": `"i"`}, ""))},
		{`dispatcher:utter_elements({ title = "1" }, { title = "2" })`, said(message(keys{"elements": `[{"title":"1"},{"title":"2"}]`}, ""))},
	} {
		got, _, err := apitest.Run(t, apitest.Case{Script: c.script})
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", c.script, got, err, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		script string
		want   []string
	}{
		{`dispatcher:utter_message("a", { image = "i" })`, []string{"action_test.lua:2:", "takes one text or one table", "dispatcher:utter_message {"}},
		{`dispatcher:utter_message { "a" }`, []string{"a name for each thing", `{ text = "…" }`}},
		{`dispatcher:utter_message(true)`, []string{"message must be a text or a table, but is true"}},
		{`dispatcher:utter_message(tracker)`, []string{"got the tracker"}},
		{`dispatcher.utter_message("a")`, []string{"called with a colon: write dispatcher:utter_message(…)"}},
		{`dispatcher.utter_message(tracker, "a")`, []string{"called with a colon"}},
		{`tracker:utter_message("a")`, []string{"tracker has no 'utter_message'"}},
		{`dispatcher:utter_mesage("a")`, []string{"did you mean 'utter_message'"}},
		{`dispatcher.mesages = {}`, []string{"dispatcher.mesages can't be assigned"}},
		{`dispatcher.messages = "a"`, []string{"dispatcher.messages must be a list, but is a text"}},
		{`dispatcher.messages = tracker`, []string{"dispatcher.messages can't be the tracker"}},
		{`dispatcher.messages[1] = "a"`, []string{"responses[1]", "a response is a table"}},
		{`dispatcher.messages[1] = tracker`, []string{"responses[1]", "the tracker can't be sent"}},
		{`dispatcher.is_streaming_active = true`, []string{"can't be assigned"}},
		{`dispatcher:utter_message { buttons = { title = "A" } }`, []string{"buttons must be a list of tables, but is one table with names", `{ { title = "Yes"`}},
		{`dispatcher:utter_message { buttons = "A" }`, []string{"buttons must be a list of tables, but is a text"}},
		{`dispatcher:utter_message { buttons = { "A" } }`, []string{"buttons[1] must be a table, but is a text"}},
		{`dispatcher:utter_message { buttons = dispatcher }`, []string{"buttons must be a list of tables, but is the dispatcher"}},
		{`dispatcher:utter_message { buttons = { [1] = {}, [3] = {} } }`, []string{"responses[1].buttons", "holes"}},
		{`dispatcher:utter_message { elements = { title = "A" } }`, []string{"elements must be a list"}},
		{`dispatcher:utter_message { buttons = { {}, { payload = { intents = "a" } } } }`, []string{"buttons[2].payload doesn't know 'intents'"}},
		{`dispatcher:utter_message { buttons = { { payload = {} } } }`, []string{"buttons[1].payload needs an intent"}},
		{`dispatcher:utter_message { buttons = { { payload = { intent = 5 } } } }`, []string{"payload.intent must be a name"}},
		{`dispatcher:utter_message { buttons = { { payload = { "a" } } } }`, []string{"payload doesn't know [1]"}},
		{`dispatcher:utter_message { buttons = { { payload = { intent = "a", entities = { "b" } } } } }`, []string{"payload.entities must be a table with names"}},
		{`dispatcher:utter_message { buttons = { { payload = { intent = "a", entities = { f = pcall } } } } }`, []string{"buttons[1].payload.entities.f: a function"}},
		{`dispatcher:utter_message { buttons = { { payload = { intent = "a", set_slots = { b = 1 } } } } }`, []string{"set_slots and an intent"}},
		{`dispatcher:utter_message { buttons = { { payload = { set_slots = {} } } } }`, []string{"set_slots must be a table with names"}},
		{`dispatcher:utter_message { buttons = { { payload = { set_slots = { a = "x, y" } } } } }`, []string{"can't set a to 'x, y'"}},
		{`dispatcher:utter_message { buttons = { { payload = { set_slots = { ["a=b"] = 1 } } } } }`, []string{"'a=b'"}},
		{`dispatcher:utter_message { buttons = { { payload = { set_slots = { a = {} } } } } }`, []string{"can't set a to a table"}},
		{`local s = {} for i = 1, 11 do s["s" .. i] = i end
		  dispatcher:utter_message { buttons = { { payload = { set_slots = s } } } }`, []string{"more than 10 slots"}},
		{`dispatcher:utter_message { json_message = { f = { pcall } } }`, []string{"responses[1].custom.f[1]", "a function"}},
		{`dispatcher:utter_message { json_message = tracker }`, []string{"responses[1].custom", "the tracker"}},
		{`dispatcher:utter_elements({ { title = "A" } })`, []string{"one by one", "elements = list"}},
		{`dispatcher:utter_elements("a")`, []string{"argument 1 is a text"}},
		{`dispatcher:utter_template()`, []string{"template must be a text, but is nil", "utter_greet"}},
		{`dispatcher:utter_template("a", tracker, "b")`, []string{"a table of further keys", "a text"}},
		{`dispatcher:stream_chunk { template = "a" }`, []string{"can't stream a template", "utter_message { template"}},
	} {
		_, _, err := apitest.Run(t, apitest.Case{Script: c.script})
		if err == nil {
			t.Errorf("%s: no error", c.script)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error %q doesn't say %q", c.script, err, want)
			}
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`dispatcher:utter_message {}`, "empty table: the message is sent empty\" script=action_test.lua line=2"},
		{`dispatcher:utter_message(nil)`, "got nil: the message is sent empty"},
		{`dispatcher:utter_elements()`, "got no element"},
		{`dispatcher:stream_chunk("a")`, "left its stream open"},
		{`dispatcher:utter_message { text = "" }`, ""},
		{`dispatcher:stream_start() dispatcher:stream_chunk("a") dispatcher:stream_end()`, ""},
	} {
		_, log, err := apitest.Run(t, apitest.Case{Script: c.script})
		if err != nil {
			t.Errorf("%s: %v", c.script, err)
		}
		warned := slices.ContainsFunc(log, func(line string) bool {
			return strings.HasPrefix(line, "level=WARN") && strings.Contains(line, c.want)
		})
		if warned != (c.want != "") {
			t.Errorf("%s: the log is %q", c.script, log)
		}
	}
}

func TestEveryMemberHasAWorkingExample(t *testing.T) {
	state := interp.New(interp.Options{})
	defer state.Close()
	for _, member := range dispatcher.New(luaapi.NewSession(state)).Module().Members {
		if member.Doc == "" || !strings.Contains(member.Example, member.Name) {
			t.Errorf("%s has no text or example", member.Name)
		}
		if _, _, err := apitest.Run(t, apitest.Case{Script: member.Example}); err != nil {
			t.Errorf("%s: %v", member.Example, err)
		}
	}
}
