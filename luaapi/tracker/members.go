package tracker

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

func (t *tracker) members() []luaapi.Member {
	return slices.Concat(t.slotMembers(), t.messageMembers(), t.historyMembers())
}

func (t *tracker) slotMembers() []luaapi.Member {
	return []luaapi.Member{
		{
			Name: "get_slot", Params: []luaapi.Param{{Name: "name", Type: "string"}}, Returns: "any or nil",
			Doc:     "Gives the value of a slot. For a slot that there isn't it gives nil, and says so in the log at info.",
			Example: `local cuisine = tracker:get_slot("cuisine")`, Func: t.getSlot,
		},
		{
			Name: "current_slot_values", Returns: "table", Doc: "Gives the slots, as tracker.slots does.",
			Example: `local slots = tracker:current_slot_values()`, Func: t.currentSlotValues,
		},
		{
			Name: "slots_to_validate", Returns: "table", Doc: "Gives the slots that were set last, by name: those that a form has to check.",
			Example: `local slots = tracker:slots_to_validate()`, Func: t.slotsToValidate,
		},
		{
			Name: "add_slots", Params: []luaapi.Param{{Name: "events", Type: "list of event"}},
			Doc:     "Sets slots for the rest of this call; to keep them, return the events, too.",
			Example: `tracker:add_slots { SlotSet("cuisine", "thai") }`, Func: t.addSlots,
		},
		{
			Name: "current_state", Returns: "table", Doc: "Gives the conversation as one table.",
			Example: `local state = tracker:current_state()`, Func: t.currentState,
		},
	}
}

func (t *tracker) messageMembers() []luaapi.Member {
	return []luaapi.Member{
		{
			Name: "get_latest_entity_values",
			Params: []luaapi.Param{
				{Name: "type", Type: "string"}, {Name: "role", Type: "string", Optional: true}, {Name: "group", Type: "string", Optional: true},
			},
			Returns: "list of any",
			Doc:     "Gives the values of the last message's entities of this type, role and group; without a role, of those that have none.",
			Example: `local city = tracker:get_latest_entity_values("city", "to")[1]`, Func: t.latestEntityValues,
		},
		{
			Name: "get_latest_input_channel", Returns: "string or nil", Doc: "Gives the channel of the user's last message.",
			Example: `local channel = tracker:get_latest_input_channel()`,
			Func:    func(a luaapi.Args) int { return a.Return(t.latestInputChannel(a.L)) },
		},
		{
			Name: "get_intent_of_latest_message", Params: []luaapi.Param{{Name: "skip_fallback_intent", Type: "boolean", Optional: true}},
			Returns: "string or nil", Doc: "Gives the likeliest intent of the last message; nlu_fallback is passed over unless the argument is false.",
			Example: `local intent = tracker:get_intent_of_latest_message()`, Func: t.intentOfLatestMessage,
		},
		{
			Name: "is_paused", Returns: "boolean", Doc: "Says whether the conversation is paused.",
			Example: `if tracker:is_paused() then return end`, Func: func(a luaapi.Args) int { return a.Return(t.paused()) },
		},
	}
}

func (t *tracker) historyMembers() []luaapi.Member {
	skip := luaapi.Param{Name: "skip", Type: "number", Optional: true}
	return []luaapi.Member{
		{
			Name: "idx_after_latest_restart", Returns: "number", Doc: "Counts the events up to and with the last restart; 0 without one.",
			Example: `local n = tracker:idx_after_latest_restart()`, Func: t.indexAfterRestart,
		},
		{
			Name: "events_after_latest_restart", Returns: "list of event", Doc: "Gives the events after the last restart; all without one.",
			Example: `local events = tracker:events_after_latest_restart()`, Func: t.eventsAfterRestart,
		},
		{
			Name: "applied_events", Returns: "list of event", Doc: "Gives the events without those that were taken back.",
			Example: `local events = tracker:applied_events()`, Func: t.appliedEvents,
		},
		{
			Name:    "get_last_event_for",
			Params:  []luaapi.Param{{Name: "type", Type: "string"}, {Name: "exclude", Type: "list of string", Optional: true}, skip},
			Returns: "event or nil",
			Doc:     "Gives the last event of this type that was not taken back, without the actions named in exclude, after leaving out as many as skip says.",
			Example: `local last = tracker:get_last_event_for("action", { "action_listen" })`, Func: t.lastEventFor,
		},
		{
			Name: "last_executed_action_has", Params: []luaapi.Param{{Name: "name", Type: "string"}, skip}, Returns: "boolean",
			Doc:     "Says whether the last action, other than action_listen, has this name.",
			Example: `if tracker:last_executed_action_has("utter_greet") then return end`, Func: t.lastExecutedActionHas,
		},
	}
}

func (t *tracker) latestEntityValues(a luaapi.Args) int {
	list := t.s.L.CreateTable(4, 0)
	for _, e := range t.messageView().get("entities").items(a.L) {
		if !e.get("entity").is(a.String(1)) || !same(e.get("role"), a, 2) || !same(e.get("group"), a, 3) {
			continue
		}
		value := e.get("value").lua()
		if value == lua.LNil {
			value = t.s.Values.Null()
		}
		list.Append(value)
	}
	return a.Return(t.s.Values.MarkList(list))
}

// same compares a role or a group with an argument: absent equals absent.
func same(v view, a luaapi.Args, argument int) bool {
	if a.Get(argument) == lua.LNil {
		return v.null()
	}
	return v.is(a.String(argument))
}

// fallback is the intent of a message that the classifier is not sure about.
const fallback = "nlu_fallback"

func (t *tracker) intentOfLatestMessage(a luaapi.Args) int {
	ranking := t.messageView().get("intent_ranking").items(a.L)
	if len(ranking) > 0 && a.Bool(1, true) && ranking[0].get("name").is(fallback) {
		ranking = ranking[1:]
	}
	if len(ranking) == 0 {
		return a.Return(lua.LNil)
	}
	return a.Return(ranking[0].get("name").lua())
}

// stateKeys are the keys of the conversation as one table, in the reference's order.
func stateKeys() []string {
	return []string{
		"sender_id", "slots", "latest_message", "latest_event_time", "paused", "events", "latest_input_channel",
		"active_loop", "latest_action_name", "stack", "user_id",
	}
}

func (t *tracker) currentState(a luaapi.Args) int {
	v := t.s.Values
	state := v.Object(stateKeys()...)
	var latest lua.LValue = lua.LNil
	if events := t.eventView().items(a.L); len(events) > 0 {
		latest = events[len(events)-1].get("timestamp").lua()
	}
	for _, f := range []struct {
		key   string
		value lua.LValue
	}{
		{"sender_id", t.plainField("sender_id")},
		{"slots", t.slotTable()},
		{"latest_message", t.messageTable()},
		{"latest_event_time", latest},
		{"paused", t.paused()},
		{"events", t.eventTable()},
		{"latest_input_channel", t.latestInputChannel(a.L)},
		{"active_loop", t.loopTable()},
		{"latest_action_name", t.plainField("latest_action_name")},
		{"stack", t.stackTable()},
		{"user_id", t.plainField("user_id")},
	} {
		v.SetField(state, f.key, f.value)
	}
	return a.Return(state)
}
