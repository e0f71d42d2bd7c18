package dispatcher

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// maxSetSlots is how many slots Rasa reads from one payload; one with more it leaves unread.
const maxSetSlots = 10

// payload writes a button's payload table as text: /inform{"cuisine":"thai"}, /affirm or /SetSlots(confirmed=True).
func (d *Dispatcher) payload(a luaapi.Args, button int, t *lua.LTable) string {
	place := "buttons[" + strconv.Itoa(button) + "].payload"
	values := d.s.Values
	values.Each(t, func(k, _ lua.LValue) bool {
		switch key, _ := k.(lua.LString); key {
		case "intent", "entities", "set_slots":
		default:
			a.Raise(`%s doesn't know %s; it takes intent and entities, or set_slots: payload = { intent = "inform", entities = { cuisine = "thai" } }`, place, quoted(k))
		}
		return true
	})
	intent, slots := values.Get(t, "intent"), values.Get(t, "set_slots")
	switch {
	case !values.IsNull(slots):
		if !values.IsNull(intent) || !values.IsNull(values.Get(t, "entities")) {
			a.Raise("%s has set_slots and an intent: a button sends one of them", place)
		}
		return d.setSlots(a, place, slots)
	case values.IsNull(intent):
		a.Raise(`%s needs an intent, or set_slots: write payload = { intent = "affirm" }`, place)
	}
	name, ok := intent.(lua.LString)
	if name = lua.LString(strings.TrimPrefix(string(name), "/")); !ok || name == "" {
		a.Raise(`%s.intent must be a name, but is %s; write payload = { intent = "affirm" }`, place, quoted(intent))
	}
	return "/" + string(name) + d.entities(a, place, values.Get(t, "entities"))
}

func (d *Dispatcher) entities(a luaapi.Args, place string, value lua.LValue) string {
	if d.s.Values.IsNull(value) {
		return ""
	}
	t, ok := value.(*lua.LTable)
	if !ok || d.s.Values.IsList(t) && !d.s.Values.IsEmpty(t) {
		a.Raise(`%s.entities must be a table with names; write entities = { cuisine = "thai" }`, place)
	}
	if d.s.Values.IsEmpty(t) {
		return ""
	}
	text, err := d.s.Values.AppendText(nil, t, place+".entities")
	if err != nil {
		a.Raise("%s", err.Error())
	}
	return string(text)
}

// setSlots writes the command as Rasa reads it: names and bare values, with none of ( ) , inside, and Python's words.
func (d *Dispatcher) setSlots(a luaapi.Args, place string, value lua.LValue) string {
	t, ok := value.(*lua.LTable)
	if !ok || d.s.Values.IsList(t) || d.s.Values.IsEmpty(t) {
		a.Raise("%s.set_slots must be a table with names; write set_slots = { confirmed = true }", place)
	}
	var b strings.Builder
	b.WriteString("/SetSlots(")
	count := 0
	d.s.Values.Each(t, func(k, v lua.LValue) bool {
		name, ok := k.(lua.LString)
		if !ok || strings.ContainsAny(string(name), "(),=") || strings.TrimSpace(string(name)) == "" {
			a.Raise("%s.set_slots can't set a slot called %s: Rasa reads no name with ( ) , or = here", place, quoted(k))
		}
		if count++; count > maxSetSlots {
			a.Raise("%s.set_slots has more than %d slots, the most that Rasa reads", place, maxSetSlots)
		}
		if count > 1 {
			b.WriteString(", ")
		}
		b.WriteString(string(name) + "=" + d.slotValue(a, place+".set_slots", string(name), v))
		return true
	})
	return b.String() + ")"
}

func (d *Dispatcher) slotValue(a luaapi.Args, place, name string, v lua.LValue) string {
	switch v := v.(type) {
	case lua.LBool:
		if v {
			return "True"
		}
		return "False"
	case lua.LString:
		if text := string(v); strings.TrimSpace(text) != "" && !strings.ContainsAny(text, "(),") {
			return text
		}
		a.Raise("%s can't set %s to %s: Rasa reads no empty text and none with ( ) or , here; send an intent with entities instead", place, name, quoted(v))
	case *lua.LTable, *lua.LFunction, *lua.LState:
		a.Raise("%s can't set %s to %s: only texts, numbers, true, false and json.null can be written here", place, name, luaapi.TypeOf(v))
	}
	if d.s.Values.IsNull(v) {
		return "None"
	}
	text, err := d.s.Values.Append(nil, v, luaapi.Any, place+"."+name)
	if err != nil {
		a.Raise("%s", err.Error())
	}
	return strings.Trim(string(text), `"`) // a time is written as a text
}

func quoted(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return "'" + string(v) + "'"
	case lua.LNumber:
		return "[" + v.String() + "]"
	}
	return luaapi.TypeOf(v)
}
