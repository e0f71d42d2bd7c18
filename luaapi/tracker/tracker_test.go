package tracker_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/tracker"
)

func request(tracker string) string {
	return `{"next_action":"action_test","tracker":{"sender_id":"test"` + tracker + `}}`
}

const full = `,"slots":{"a":1,"gone":null,"t":{"x":[]},"":0,"__index":"i"},` +
	`"latest_message":{"text":"hi","intent":{"name":"greet"},"entities":[{"entity":"city","value":"Rome","role":"from"},{"entity":"city","value":null},` +
	`{"entity":"city","value":"Bonn","role":null,"group":"1"}],"intent_ranking":[{"name":"nlu_fallback"},{"name":"greet"}]},` +
	`"events":[{"event":"action","name":"action_listen"},{"event":"user","text":"a","input_channel":"rest","timestamp":1},{"event":"action","name":"x","timestamp":null},` +
	`{"event":"slot","name":"b","value":2},{"event":"slot","name":"c","value":null},{"event":"slot","name":"b","value":3,"timestamp":9}],` +
	`"paused":true,"followup_action":"action_y","active_loop":{"name":"f","n":null},"latest_action_name":"x","latest_action":{"action_name":"x"},` +
	`"latest_event_time":8.5,"latest_input_channel":"slack","stack":[{"id":1}],"user_id":"u"`

// values runs a script that returns what it saw, and gives that as JSON.
func values(t *testing.T, tracker, script string) (seen string, log []string) {
	t.Helper()
	answer, log, err := apitest.Run(t, apitest.Case{Request: request(tracker), Script: "local function seen()\n" + script + "\nend\nreturn SlotSet(\"seen\", seen())"})
	if err != nil {
		t.Errorf("%s: %v", script, err)
		return "", log
	}
	seen, _ = strings.CutPrefix(answer, `{"events":[{"event":"slot","timestamp":null,"name":"seen","value":`)
	return strings.TrimSuffix(seen, `}],"responses":[]}`), log
}

func check(t *testing.T, tracker string, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		if got, _ := values(t, tracker, c[0]); got != c[1] {
			t.Errorf("%s:\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

func TestFields(t *testing.T) {
	check(t, full, [][2]string{
		{`return { tracker.sender_id, tracker.user_id, tracker.followup_action, tracker.latest_action_name, tracker.latest_input_channel }`, `["test","u","action_y","x","slack"]`},
		{`return { tracker.latest_event_time, tracker.paused, tracker.active_loop_name, tracker.latest_action.action_name }`, `[8.5,true,"f","x"]`},
		{`return { tracker.active_loop, tracker.stack, #tracker.events }`, `[{"name":"f","n":null},[{"id":1}],6]`},
		{`return tracker.slots`, `{"a":1,"gone":null,"t":{"x":[]},"":0,"__index":"i"}`},
		{`return { tracker.slots == tracker.slots, tracker.events == tracker.events, tracker.latest_message == tracker.latest_message, tracker.events[1] == tracker.events[1] }`, `[true,true,true,true]`},
		{`local n = 0 for _ in pairs(tracker.slots) do n = n + 1 end return n`, `4`},
	})
	check(t, ``, [][2]string{
		{`return { tracker.slots, tracker.events, tracker.latest_message, tracker.active_loop, tracker.stack }`, `[{},[],{},{},[]]`},
		{`return { tostring(tracker.user_id), tostring(tracker.active_loop_name), tracker.paused, tostring(tracker.latest_event_time) }`, `["nil","nil",false,"nil"]`},
		{`return { tracker.latest_message.intent.name == nil, #tracker.latest_message.entities, tracker.slots.x == nil, #tracker.stack, next(tracker.latest_message) == nil }`, `[true,0,true,0,true]`},
	})
	check(t, `,"slots":null,"events":null,"latest_message":null,"active_loop":null,"stack":null,"active_form":{"name":"old"}`, [][2]string{
		{`return { tracker.slots, tracker.events, tracker.latest_message, tracker.active_loop, tracker.stack }`, `[{},[],{},{},[]]`},
		{`return tracker.active_loop_name`, `null`},
	})
	check(t, `,"active_form":{"name":"old"}`, [][2]string{{`return { tracker.active_loop_name, tracker.active_loop.name }`, `["old","old"]`}})
	check(t, `,"active_loop":{"name":"should_not_be_set"}`, [][2]string{{`return { tostring(tracker.active_loop_name), tracker.active_loop.name }`, `["nil","should_not_be_set"]`}})
}

func TestLatestMessageDefaults(t *testing.T) {
	check(t, `,"latest_message":{"text":"m","intent":null}`, [][2]string{
		{`local m = tracker.latest_message return { m.intent == m.intent, m.intent.name == nil, #m.entities, m.nothing == nil, m }`, `[true,true,0,true,{"text":"m","intent":null}]`},
		{`local keys = "" for k in pairs(tracker.latest_message) do keys = keys .. k end return keys`, `"text"`},
		{`table.insert(tracker.latest_message.entities, { entity = "a", value = 5 })
		  return { tracker:get_latest_entity_values("a"), tracker.latest_message }`, `[[5],{"text":"m","intent":null,"entities":[{"entity":"a","value":5}]}]`},
		{`tracker.latest_message.intent.name = "x" return tracker.latest_message`, `{"text":"m","intent":{"name":"x"}}`},
		{`tracker.latest_message.intent = "x" return tracker.latest_message.intent`, `"x"`},
		{`tracker.latest_message = { text = "n" } return { tracker.latest_message.intent.name == nil, #tracker.latest_message.entities, tracker.latest_message }`, `[true,0,{"text":"n"}]`},
		{`tracker.latest_message = nil return { tracker.latest_message, #tracker.latest_message.entities }`, `[{},0]`},
		{`local m = setmetatable(tracker.latest_message, { __index = function() return "mine" end })
		  return { getmetatable(m) ~= nil, m.other, tracker.latest_message }`, `[true,"mine",{"text":"m","intent":null}]`},
		{`return getmetatable(tracker.latest_message)`, `null`},
		{`return rawget(tracker.latest_message, "entities")`, `null`},
	})
}

func TestMembers(t *testing.T) {
	check(t, full, [][2]string{
		{`return { tracker:get_slot("a"), tracker:get_slot("t"), tracker:get_slot(""), tracker:get_slot("__index"), tostring(tracker:get_slot("gone")) }`, `[1,{"x":[]},0,"i","nil"]`},
		{`return { tracker:get_slot("t") == tracker:get_slot("t"), tracker:get_slot("t") == tracker.slots.t }`, `[true,true]`},
		{`table.insert(tracker:get_slot("t").x, 5) return tracker.slots.t`, `{"x":[5]}`},
		{`return tracker:current_slot_values() == tracker.slots`, `true`},
		{`return { tracker:get_latest_entity_values("city"), tracker:get_latest_entity_values("city", "from"), tracker:get_latest_entity_values("city", nil, "1"), tracker:get_latest_entity_values("nope") }`,
			`[[null],["Rome"],["Bonn"],[]]`},
		{`local _ = tracker.latest_message
		  return { tracker:get_latest_entity_values("city"), tracker:get_latest_entity_values("city", "from"), tracker:get_latest_entity_values("city", nil, "1"), tracker:get_latest_entity_values("nope") }`,
			`[[null],["Rome"],["Bonn"],[]]`},
		{`return { tracker:get_intent_of_latest_message(), tracker:get_intent_of_latest_message(false) }`, `["greet","nlu_fallback"]`},
		{`return { tracker:get_latest_input_channel(), tracker:is_paused(), tracker:idx_after_latest_restart(), #tracker:events_after_latest_restart() }`, `["rest",true,0,6]`},
		{`return tracker:slots_to_validate()`, `{"b":3,"c":null}`},
		{`return { tracker:last_executed_action_has("x"), tracker:last_executed_action_has("x", 1), tracker:last_executed_action_has("action_listen") }`, `[true,false,false]`},
		{`return { tracker:get_last_event_for("user").text, tracker:get_last_event_for("action", { "x" }).name, tracker:get_last_event_for("action", nil, 1).name, tostring(tracker:get_last_event_for("user", {}, 1)) }`,
			`["a","action_listen","action_listen","nil"]`},
		{`return tracker:get_last_event_for("action")`, `{"event":"action","name":"x","timestamp":null}`},
		{`local applied = tracker:applied_events() table.remove(applied) return { #applied, #tracker.events, applied[1] == tracker.events[1] }`, `[5,6,true]`},
		{`local s = tracker:current_state() return { s.latest_event_time, s.latest_input_channel, s.slots == tracker.slots }`, `[9,"rest",true]`},
	})
	check(t, ``, [][2]string{
		{`return tracker:current_state()`, `{"sender_id":"test","slots":{},"latest_message":{},"latest_event_time":null,"paused":false,"events":[],"latest_input_channel":null,"active_loop":{},"latest_action_name":null,"stack":[],"user_id":null}`},
		{`local keys = "" for k in pairs(tracker:current_state()) do keys = keys .. k .. " " end return keys`, `"sender_id slots latest_message paused events active_loop stack "`},
		{`return { tracker:applied_events(), tracker:slots_to_validate(), tracker:get_latest_entity_values("x"), tracker:idx_after_latest_restart() }`, `[[],{},[],0]`},
		{`return { tostring(tracker:get_intent_of_latest_message()), tostring(tracker:get_latest_input_channel()), tostring(tracker:get_last_event_for("user")) }`, `["nil","nil","nil"]`},
	})
}

func TestApplied(t *testing.T) {
	names := `local names = {} for i, e in ipairs(tracker:applied_events()) do names[i] = e.name or e.text or e.event end return table.concat(names, " ")`
	e := func(kinds string) string {
		var events []string
		for _, k := range strings.Fields(kinds) {
			switch kind, name, named := strings.Cut(k, ":"); {
			case kind == "user":
				events = append(events, `{"event":"user","text":"`+name+`"}`)
			case named:
				events = append(events, `{"event":"`+kind+`","name":"`+name+`"}`)
			default:
				events = append(events, `{"event":"`+kind+`"}`)
			}
		}
		return `,"events":[` + strings.Join(events, ",") + `]`
	}
	for _, c := range [][2]string{
		{"action:l user:a action:x undo action:z", "l a z"},
		{"action:l user:a action:x slot:s undo", "l a"},
		{"action:l user:a action:x action:l user:b action:y rewind user:c", "l a x c"},
		{"user:a restart action:x", "x"},
		{"undo user:a", "a"},
		{"slot:s rewind", ""},
		{"action:x restart undo action:y rewind", ""},
	} {
		if got, _ := values(t, e(c[0]), names); got != `"`+c[1]+`"` {
			t.Errorf("%s: got %s, want %s", c[0], got, c[1])
		}
	}
}

func TestScriptChangesAreSeen(t *testing.T) {
	check(t, full, [][2]string{
		{`tracker.slots.new = 5 tracker.slots.a = nil return { tracker:get_slot("new"), tostring(tracker:get_slot("a")) }`, `[5,"nil"]`},
		{`tracker.slots.f = pcall return type(tracker:get_slot("f"))`, `"function"`},
		{`tracker.slots = { z = 1 } return { tracker:get_slot("z"), tostring(tracker:get_slot("a")) }`, `[1,"nil"]`},
		{`tracker.slots = nil return tracker.slots`, `{}`},
		{`setmetatable(tracker.slots, { __index = function() return "mine" end }) return { tracker.slots.other, tostring(tracker:get_slot("other")) }`, `["mine","nil"]`},
		{`table.insert(tracker.events, { event = "user", text = "z", input_channel = "sms" }) return { tracker:get_latest_input_channel(), tracker:slots_to_validate() }`, `["sms",{}]`},
		{`table.insert(tracker.events, { event = "restart" }) return { tracker:idx_after_latest_restart(), tracker:events_after_latest_restart(), tracker:applied_events() }`, `[7,[],[]]`},
		{`tracker.events = { 5, json.null, "x", { event = "action", name = "y" } } return { tracker:last_executed_action_has("y"), tracker:applied_events() }`,
			`[true,[5,null,"x",{"event":"action","name":"y"}]]`},
		{`tracker.active_loop.name = "g" return tracker.active_loop_name`, `"g"`},
		{`tracker.active_loop = { name = "g" } return tracker.active_loop_name`, `"g"`},
		{`tracker.active_loop = tracker.latest_message.intent return tracker.active_loop_name == tracker.latest_message.intent.name`, `true`},
		{`tracker.latest_message = { intent_ranking = { { name = "mine" } } } return tracker:get_intent_of_latest_message()`, `"mine"`},
		{`tracker.events = { { event = "user", input_channel = "sms" } } return tracker:get_latest_input_channel()`, `"sms"`},
		{`tracker.events = tracker.stack return { #tracker:applied_events(), #tracker.stack }`, `[1,1]`},
		{`tracker.active_loop = nil return { tostring(tracker.active_loop_name), tracker.active_loop }`, `["nil",{}]`},
		{`tracker.followup_action = "z" tracker.latest_action_name = json.null return { tracker.followup_action, tostring(tracker.latest_action_name) }`, `["z","nil"]`},
		{`tracker.paused = false return { tracker.paused, tracker:is_paused() }`, `[false,false]`},
		{`tracker.stack = { { a = 1 } } return tracker.stack`, `[{"a":1}]`},
	})
}

func TestAddSlots(t *testing.T) {
	check(t, full, [][2]string{
		{`tracker:add_slots { SlotSet("a", 5), SlotSet("new", { 1 }), { event = "restart" }, false, SlotSet("t", nil) }
		  return { tracker:get_slot("a"), tracker.slots, #tracker.events, tracker.events[9] }`,
			`[5,{"a":5,"gone":null,"t":null,"":0,"__index":"i","new":[1]},9,{"event":"slot","timestamp":null,"name":"t","value":null}]`},
		{`tracker:add_slots(SlotSet("a", 7)) tracker:add_slots {} return { tracker.slots.a, tracker:slots_to_validate() }`, `[7,{"b":3,"c":null,"a":7}]`},
	})
	check(t, `,"slots":{"a":1,"b":2}`, [][2]string{
		{`tracker:add_slots { SlotSet("n", nil), SlotSet("c", 3), SlotSet("a", nil) } return tracker.slots`, `{"a":null,"b":2,"n":null,"c":3}`},
	})
	check(t, ``, [][2]string{{`tracker:add_slots { SlotSet("n", nil) } return { tracker.slots, #tracker.events }`, `[{"n":null},1]`}})
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		script string
		want   []string
	}{
		{`tracker.get_slot("x")`, []string{"action_test.lua:2:", "called with a colon: write tracker:get_slot(…)"}},
		{`tracker.get_slot(dispatcher, "x")`, []string{"called with a colon"}},
		{`dispatcher:get_slot("x")`, []string{"dispatcher has no 'get_slot'"}},
		{`tracker:get_slott("x")`, []string{"did you mean 'get_slot'"}},
		{`local _ = tracker.latest_mesage`, []string{"did you mean 'latest_message'"}},
		{`local _ = tracker[1]`, []string{"has no items"}},
		{`tracker:get_slot()`, []string{"name must be a text, but is nil", `tracker:get_slot("cuisine")`}},
		{`tracker:get_slot({})`, []string{"name must be a text, but is a table"}},
		{`tracker:get_latest_entity_values("a", {})`, []string{"role must be a text"}},
		{`tracker:get_last_event_for("action", "action_listen")`, []string{"exclude must be a list, but is a text"}},
		{`tracker:get_last_event_for("action", { action_listen = true })`, []string{"exclude must be a list"}},
		{`tracker:get_last_event_for("action", nil, "x")`, []string{"skip must be a number"}},
		{`tracker:get_intent_of_latest_message("no")`, []string{"skip_fallback_intent must be true or false"}},
		{`tracker:add_slots()`, []string{"events must be a list, but is nil"}},
		{`tracker:add_slots { a = 1 }`, []string{"takes a list of events", `SlotSet("name", value)`}},
		{`tracker:add_slots { "a" }`, []string{"item 1 is a text"}},
		{`tracker:add_slots { { event = "slot", name = 5 } }`, []string{"the name of item 1 is a number"}},
		{`tracker.slots = "x"`, []string{"tracker.slots must be a table, but is a text"}},
		{`tracker.slots = tracker`, []string{"tracker.slots can't be the tracker"}},
		{`tracker.events = events`, []string{"tracker.events can't be the module events"}},
		{`tracker.sender_id = "x"`, []string{"tracker.sender_id can't be assigned"}},
		{`tracker.get_slot = nil`, []string{"can't be assigned"}},
		{`tracker.paused = "yes"`, []string{"tracker.paused must be true or false"}},
		{`rawset(tracker, "slots", {})`, []string{"can't be changed"}},
		{`setmetatable(tracker, {})`, []string{"can't be changed"}},
		{`return SlotSet("a", tracker)`, []string{"events[1].value", "the tracker can't be sent"}},
		{`tracker.slots.self = tracker.slots return SlotSet("a", tracker.slots)`, []string{"contains itself"}},
		{`tracker.slots[1] = 1 return SlotSet("a", tracker.slots)`, []string{"events[1].value", "both items"}},
	} {
		_, _, err := apitest.Run(t, apitest.Case{Request: request(full), Script: c.script})
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

func TestUnknownSlotIsLogged(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`return tracker:get_slot("gnoe")`, `level=INFO msg="tracker:get_slot: there is no slot 'gnoe'; did you mean 'gone'?" script=action_test.lua line=3`},
		{`tracker.slots.fresh = 1 return tracker:get_slot("frehs")`, `did you mean 'fresh'?`},
		{`return tracker:get_slot("other_name")`, `there is no slot 'other_name'" `},
		{`return tracker:get_slot("gone")`, ""},
		{`local _ = tracker.slots.a return tracker:get_slot("gone")`, ""},
		{`tracker.slots.x = json.null return tracker:get_slot("x")`, ""},
	} {
		seen, log := values(t, full, c.script)
		if seen != "null" {
			t.Errorf("%s gives %s", c.script, seen)
		}
		if all := strings.Join(log, "\n"); all == "" != (c.want == "") || !strings.Contains(all, c.want) {
			t.Errorf("%s: the log is %q", c.script, log)
		}
	}
}

// TestUnknownSlotIsLoggedOnce holds that a loop doesn't fill the log: a slot is told of once in a call, and so many slots at most.
func TestUnknownSlotIsLoggedOnce(t *testing.T) {
	_, log := values(t, full, `for i = 1, 500 do tracker:get_slot("gnoe") end return tracker:get_slot("other_name")`)
	if len(log) != 2 {
		t.Errorf("%d lines: %q", len(log), log)
	}
	if _, log = values(t, full, `for i = 1, 500 do tracker:get_slot("none" .. i) end return nil`); len(log) != 100 {
		t.Errorf("%d lines", len(log))
	}
}

func TestBigTracker(t *testing.T) {
	events := `,"events":[` + strings.Repeat(`{"event":"user","text":"x","input_channel":"rest"},`, 20000) + `{"event":"action","name":"x"}]`
	check(t, events, [][2]string{
		{`return { tracker:get_latest_input_channel(), tracker:last_executed_action_has("x"), tracker:idx_after_latest_restart() }`, `["rest",true,0]`},
		{`return { #tracker:applied_events(), #tracker.events, select("#", unpack(tracker.events)) }`, `[20001,20001,20001]`},
	})
}

func TestNothingOutlivesTheCall(t *testing.T) {
	r := apitest.New(t, apitest.Case{})
	script := `local before = tracker.slots.x
		tracker.slots.x = 1 tracker.followup_action = "z" tracker.latest_message.intent.name = "y" tracker.events[1] = { event = "undo" }
		return { SlotSet("x", before), SlotSet("n", #tracker.events) }`
	for range 3 {
		got, err := r.Call(t, apitest.Case{Script: script})
		if want := `{"events":[{"event":"slot","timestamp":null,"name":"x","value":null},{"event":"slot","timestamp":null,"name":"n","value":1}],"responses":[]}`; err != nil || got != want {
			t.Errorf("got %s, %v", got, err)
		}
	}
}

func TestEveryMemberHasAWorkingExample(t *testing.T) {
	state := interp.New(interp.Options{})
	defer state.Close()
	for _, member := range tracker.New(luaapi.NewSession(state)).Members {
		if member.Doc == "" || !strings.Contains(member.Example, member.Name) {
			t.Errorf("%s has no text or example", member.Name)
		}
		if _, _, err := apitest.Run(t, apitest.Case{Request: request(full), Script: member.Example}); err != nil {
			t.Errorf("%s: %v", member.Example, err)
		}
	}
}
