package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

func (t *tracker) fields() []luaapi.Field {
	fields := []luaapi.Field{
		{
			Name: "slots", Type: "table", Doc: "The slots by name; an unset one is nil.",
			Get: func() lua.LValue { return t.slotTable() }, Set: t.setPart(&t.slots),
		},
		{
			Name: "latest_message", Type: "table", Doc: "The user's last message: text, intent, entities, intent_ranking, metadata …",
			Get: func() lua.LValue { return t.messageTable() },
			Set: func(v lua.LValue) {
				t.setPart(&t.message)(v)
				t.setMessage(t.message)
			},
		},
		{
			Name: "events", Type: "list of event", Doc: "All events of the conversation, the oldest first.",
			Get: func() lua.LValue { return t.eventTable() }, Set: t.setList(&t.events),
		},
		{
			Name: "active_loop", Type: "table", Doc: "The active form: name and what else Rasa says of it; empty without one.",
			Get: func() lua.LValue { return t.loopTable() }, Set: t.setPart(&t.loop),
		},
		{
			Name: "active_form", Type: "table", Doc: "Deprecated: use active_loop.",
			Get: func() lua.LValue { return t.loopTable() },
		},
		{Name: "active_loop_name", Type: "string or nil", Doc: "The name of the active form, or nil.", Get: t.loopName},
		{
			Name: "stack", Type: "list of table", Doc: "The dialogue stack of CALM.",
			Get: func() lua.LValue { return t.stackTable() }, Set: t.setList(&t.stack),
		},
		{Name: "paused", Type: "boolean", Doc: "Whether the conversation is paused.", Get: t.paused, Set: t.set("paused")},
	}
	for _, f := range []luaapi.Field{
		{Name: "sender_id", Type: "string", Doc: "The conversation's id."},
		{Name: "user_id", Type: "string or nil", Doc: "The user's id, or nil."},
		{Name: "followup_action", Type: "string or nil", Doc: "The action that has to run next, or nil.", Set: t.set("followup_action")},
		{Name: "latest_action_name", Type: "string or nil", Doc: "The bot's last action, or nil.", Set: t.set("latest_action_name")},
		{Name: "latest_action", Type: "table or nil", Doc: "The bot's last action as Rasa describes it, or nil.", Set: t.set("latest_action")},
		{Name: "latest_event_time", Type: "number or nil", Doc: "When the last event was, in seconds since 1970, or nil.", Set: t.set("latest_event_time")},
		{Name: "latest_input_channel", Type: "string or nil", Doc: "The channel of the last message, such as rest, or nil.", Set: t.set("latest_input_channel")},
	} {
		f.Get = func() lua.LValue { return t.plainField(f.Name) }
		fields = append(fields, f)
	}
	return fields
}

// setPart assigns a big part that is an object; nil empties it.
func (t *tracker) setPart(part **lua.LTable) func(lua.LValue) {
	return func(v lua.LValue) {
		table, ok := v.(*lua.LTable)
		if !ok {
			table = t.s.Values.Object()
		}
		*part = table
	}
}

// setList assigns a big part that is a list; nil empties it.
func (t *tracker) setList(part **lua.LTable) func(lua.LValue) {
	return func(v lua.LValue) {
		table, ok := v.(*lua.LTable)
		if !ok {
			table = t.s.Values.MarkList(t.s.L.CreateTable(0, 0))
		}
		*part = table
	}
}

func (t *tracker) set(name string) func(lua.LValue) {
	return func(v lua.LValue) { t.plain[name] = v }
}

func (t *tracker) paused() lua.LValue { return lua.LBool(lua.LVAsBool(t.plainField("paused"))) }

// noLoop is a name that Rasa gives to a loop that is none.
const noLoop = "should_not_be_set"

func (t *tracker) loopName() lua.LValue {
	name := t.loopView().get("name")
	if name.is(noLoop) {
		return lua.LNil
	}
	return name.lua()
}
