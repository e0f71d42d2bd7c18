package events_test

import (
	"errors"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/events"
	"github.com/luaction/luaction/rasa"
)

// answered wraps events as the answer has them.
func answered(events string) string { return `{"events":[` + events + `],"responses":[]}` }

func TestBuilders(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`SlotSet("a", 1)`, `{"event":"slot","timestamp":null,"name":"a","value":1}`},
		{`events.SlotSet("a")`, `{"event":"slot","timestamp":null,"name":"a","value":null}`},
		{`SlotSet("a", json.null, 2.5)`, `{"event":"slot","timestamp":2.5,"name":"a","value":null}`},
		{`SlotSet("a", {})`, `{"event":"slot","timestamp":null,"name":"a","value":[]}`},
		{`SlotSet("a", 1, nil, nil)`, `{"event":"slot","timestamp":null,"name":"a","value":1}`},
		{`SlotSet { key = "a", value = false }`, `{"event":"slot","timestamp":null,"name":"a","value":false}`},
		{`SlotSet { name = "a" }`, `{"event":"slot","timestamp":null,"name":"a","value":null}`},
		{`SlotSet { key = "a", metadata = { by = "x" } }`, `{"event":"slot","timestamp":null,"name":"a","value":null,"metadata":{"by":"x"}}`},
		{`AllSlotsReset(7)`, `{"event":"reset_slots","timestamp":7}`},
		{`Restarted {}`, `{"event":"restart","timestamp":null}`},
		{`Restarted { metadata = {} }`, `{"event":"restart","timestamp":null,"metadata":{}}`},
		{`SessionEnded(12.5, { reason = "timeout" })`, `{"event":"session_ended","timestamp":12.5,"metadata":{"reason":"timeout"}}`},
		{`SessionEnded()`, `{"event":"session_ended","timestamp":null,"metadata":null}`},
		{`FollowupAction("action_x")`, `{"event":"followup","timestamp":null,"name":"action_x"}`},
		{`ActiveLoop(nil)`, `{"event":"active_loop","timestamp":null,"name":null}`},
		{`Form { name = json.null, timestamp = 2 }`, `{"event":"active_loop","timestamp":2,"name":null}`},
		{`LoopInterrupted(false)`, `{"event":"loop_interrupted","timestamp":null,"is_interrupted":false}`},
		{`FormValidation(false)`, `{"event":"loop_interrupted","timestamp":null,"is_interrupted":true}`},
		{`FormValidation { validate = true }`, `{"event":"loop_interrupted","timestamp":null,"is_interrupted":false}`},
		{`ActionExecuted()`, `{"event":"action","timestamp":null,"name":null,"policy":null,"confidence":null}`},
		{`ActionExecuted { name = "a", confidence = 0.5 }`, `{"event":"action","timestamp":null,"name":"a","policy":null,"confidence":0.5}`},
		{`ReminderCancelled("r", "i", { city = "Rome" }, 3)`, `{"event":"cancel_reminder","timestamp":3,"intent":"i","entities":{"city":"Rome"},"name":"r"}`},
		{`UserUttered("hi")`, `{"event":"user","timestamp":null,"text":"hi","parse_data":{},"input_channel":null}`},
		{`UserUttered { text = "hi", parse_data = json.null, input_channel = "rest" }`, `{"event":"user","timestamp":null,"text":"hi","parse_data":{},"input_channel":"rest"}`},
		{`UserUttered(nil, nil, 5, "rest")`, `{"event":"user","timestamp":5,"text":null,"parse_data":{},"input_channel":"rest"}`},
		{`BotUttered("t", {}, { k = 1 }, 7)`, `{"event":"bot","timestamp":7,"text":"t","data":{},"metadata":{"k":1}}`},
		{`AgentUttered { text = "t" }`, `{"event":"agent","timestamp":null,"text":"t","data":null}`},
		{`ReminderScheduled("i", "2031-05-06T07:08:09.125+02:00")`,
			`{"event":"reminder","timestamp":null,"intent":"i","entities":null,"date_time":"2031-05-06T07:08:09.125000+02:00","name":null,"kill_on_user_msg":true}`},
		{`ReminderScheduled { intent = "i", date_time = 0, kill_on_user_msg = false, name = "n" }`,
			`{"event":"reminder","timestamp":null,"intent":"i","entities":null,"date_time":"1970-01-01T00:00:00+00:00","name":"n","kill_on_user_msg":false}`},
		{`ReminderScheduled("i", clock(), nil, nil, json.null)`,
			`{"event":"reminder","timestamp":null,"intent":"i","entities":null,"date_time":"2030-01-01T00:00:00+01:00","name":null,"kill_on_user_msg":true}`},
	} {
		got, _, err := apitest.Run(t, apitest.Case{Script: "return " + c.script, Modules: []func(*luaapi.Session) luaapi.Module{clock}})
		if err != nil {
			t.Errorf("%s: %v", c.script, err)
		} else if got != answered(c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.script, got, answered(c.want))
		}
	}
}

// clock gives a time as the module time does.
func clock(s *luaapi.Session) luaapi.Module {
	return luaapi.Module{Name: "clock", Only: true, Members: []luaapi.Member{{
		Name: "clock",
		Func: func(a luaapi.Args) int { return a.Return(&lua.LUserData{Value: noon{}, Metatable: lua.LNil}) },
	}}}
}

type noon struct{}

func (noon) ISO() string { return "2030-01-01T00:00:00+01:00" }

func TestBuilderErrors(t *testing.T) {
	for _, c := range []struct {
		script string
		want   []string
	}{
		{`SlotSet()`, []string{"action_test.lua:2:", `SlotSet needs key: write SlotSet("name", value)`}},
		{`SlotSet(nil, 1)`, []string{"SlotSet needs key"}},
		{`SlotSet { value = 1 }`, []string{"SlotSet needs key"}},
		{`SlotSet { key = json.null }`, []string{"SlotSet needs key"}},
		{`FollowupAction()`, []string{"FollowupAction needs name", `write FollowupAction("action_listen")`}},
		{`LoopInterrupted()`, []string{"needs is_interrupted"}},
		{`FormValidation { is_interrupted = true }`, []string{"doesn't know 'is_interrupted'", "validate"}},
		{`SlotSet { key = "a", valeu = 1 }`, []string{"doesn't know 'valeu'", "did you mean 'value'?", "key, value, timestamp, metadata"}},
		{`SlotSet { "a", 1 }`, []string{"takes names in a table, not items", "SlotSet { key = … }"}},
		{`SlotSet { key = "a", name = "b" }`, []string{"the same twice"}},
		{`SlotSet("a", 1, 2, 3)`, []string{"takes at most key, value, timestamp"}},
		{`SlotSet(tracker)`, []string{"SlotSet takes key, value, timestamp, but got the tracker"}},
		{`events:SlotSet("a", 1)`, []string{"called with a dot", "events.SlotSet(…)"}},
		{`events.SlotSett("a", 1)`, []string{"SlotSett", "did you mean 'SlotSet'"}},
		{`SlotSett("a", 1)`, []string{"SlotSett", "SlotSet"}},
		{`ReminderScheduled("i")`, []string{"ReminderScheduled needs trigger_date_time", `"2030-05-06T07:08:09+02:00"`}},
		{`ReminderScheduled("i", "tomorrow")`, []string{"needs a time as trigger_date_time", `but got "tomorrow"`, "2030-05-06T07:08:09+02:00"}},
		{`ReminderScheduled("i", {})`, []string{"but got a table"}},
		{`ReminderScheduled("i", 0/0)`, []string{"needs a time"}},
		{`ReminderScheduled("i", 1e18)`, []string{"needs a time"}},
		{`ReminderScheduled("i", true)`, []string{"but got true"}},
		// Builders leave these to the check of the answer, which knows the place.
		{`{ SlotSet("fine", 1), SlotSet("a", 1, "yesterday") }`, []string{"events[2].timestamp"}},
		{`{ SlotSet(5, 1) }`, []string{"events[1].name"}},
		{`{ SlotSet({}, 1) }`, []string{"events[1].name"}},
		{`{ SlotSet("a", { f = pcall }) }`, []string{"events[1].value.f", "a function"}},
		{`{ SlotSet("a", tracker) }`, []string{"events[1].value", "the tracker"}},
		{`{ SlotSet { key = "a", metadata = { 1 } } }`, []string{"events[1].metadata"}},
		{`{ SlotSet { key = "a", metadata = tracker } }`, []string{"events[1].metadata", "the tracker"}},
	} {
		_, _, err := apitest.Run(t, apitest.Case{Script: "return " + c.script})
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

func TestRefusedEventKnowsItsLine(t *testing.T) {
	_, _, err := apitest.Run(t, apitest.Case{Script: "local e = SlotSet(\"fine\", 1)\n\nlocal f = SlotSet(\"a\", 1, \"yesterday\")\nreturn { e, f }"})
	var refused *luaapi.AnswerError
	if !errors.As(err, &refused) || refused.Script != "action_test.lua" || refused.Line != 4 || refused.Event != "slot" {
		t.Errorf("got %#v", err)
	}
}

func TestEveryBuilderHasAWorkingExample(t *testing.T) {
	state := interp.New(interp.Options{})
	defer state.Close()
	m := events.New(luaapi.NewSession(state))
	if len(m.Members) != len(rasa.EventSpecs()) {
		t.Fatalf("%d members", len(m.Members))
	}
	for _, member := range m.Members {
		if member.Doc == "" || !strings.Contains(member.Example, member.Name) {
			t.Errorf("%s has no text or example", member.Name)
		}
		if _, _, err := apitest.Run(t, apitest.Case{Script: member.Example}); err != nil {
			t.Errorf("%s: %v", member.Example, err)
		}
	}
}

func TestEventIsAPlainTable(t *testing.T) {
	got, _, err := apitest.Run(t, apitest.Case{Script: `
		local e = SlotSet("a", nil)
		local keys = {}
		for k in pairs(e) do keys[#keys + 1] = k end
		e.value = table.concat(keys, " ")
		e.extra = true
		return e`})
	if want := answered(`{"event":"slot","timestamp":null,"name":"a","value":"event name","extra":true}`); err != nil || got != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}
