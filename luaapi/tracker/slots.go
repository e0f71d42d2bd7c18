package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/spell"
)

func (t *tracker) getSlot(a luaapi.Args) int {
	name := a.String(1)
	slots := t.slotView()
	slot := slots.get(name)
	if slot.container() {
		// From now on the script can change it, so it has to be the table that tracker.slots shows.
		return a.Return(t.s.Values.Get(t.slotTable(), name))
	}
	if slot.null() && !t.hasSlot(slots, name) {
		t.unknownSlot(a, slots, name)
	}
	return a.Return(slot.lua())
}

func (t *tracker) hasSlot(slots view, name string) bool {
	if slots.value == nil {
		return slots.doc.Get(name).Exists()
	}
	table, _ := slots.value.(*lua.LTable)
	return t.s.Values.HasKey(table, name)
}

func (t *tracker) unknownSlot(a luaapi.Args, slots view, name string) {
	message := "tracker:get_slot: there is no slot '" + name + "'"
	if near := spell.Nearest(name, names(slots)); near != "" {
		message += "; did you mean '" + near + "'?"
	}
	script, line := a.Place()
	a.Log.Info(message, "script", script, "line", line)
}

// names are the names of the slots.
func names(slots view) []string {
	var names []string
	if slots.value == nil && slots.doc.Kind() == jsondoc.Object {
		for m := slots.doc.Members(); m.Next(); {
			names = append(names, m.Key())
		}
	}
	if table, ok := slots.value.(*lua.LTable); ok {
		for k, _ := table.Next(lua.LNil); k != lua.LNil; k, _ = table.Next(k) {
			if name, ok := k.(lua.LString); ok {
				names = append(names, string(name))
			}
		}
	}
	return names
}

func (t *tracker) currentSlotValues(a luaapi.Args) int { return a.Return(t.slotTable()) }

// slotsToValidate is the unbroken run of slot events at the end.
func (t *tracker) slotsToValidate(a luaapi.Args) int {
	events := t.eventView().items(a.L)
	first := len(events)
	for first > 0 && events[first-1].get("event").is("slot") {
		first--
	}
	slots := t.s.Values.Object()
	for _, e := range events[first:] {
		if name, ok := e.get("name").text(); ok {
			t.s.Values.SetField(slots, name, e.get("value").lua())
		}
	}
	return a.Return(slots)
}

const rightAddSlots = `tracker:add_slots { SlotSet("name", value) }`

// addSlots sets the slots, and adds the events to the conversation that this call sees.
func (t *tracker) addSlots(a luaapi.Args) int {
	v := t.s.Values
	list := a.Table(1)
	if v.HasKey(list, "event") {
		one := t.s.L.CreateTable(1, 0)
		one.Append(list)
		list = one
	}
	if list.MaxN() == 0 && !v.IsEmpty(list) {
		a.Raise("takes a list of events; write %s", rightAddSlots)
	}
	// What is added may go into this very list.
	for i, last := 1, list.MaxN(); i <= last; i++ {
		t.s.State.Meter().Step(a.L, 1)
		item := list.RawGetInt(i)
		if item == lua.LFalse || v.IsNull(item) {
			continue
		}
		event, ok := item.(*lua.LTable)
		if !ok {
			a.Raise("takes a list of events, but item %d is %s; write %s", i, luaapi.TypeOf(item), rightAddSlots)
		}
		if v.Get(event, "event") != lua.LValue(lua.LString("slot")) {
			continue
		}
		name, ok := v.Get(event, "name").(lua.LString)
		if !ok {
			a.Raise("needs a text as the name of each slot, but the name of item %d is %s; write %s", i, luaapi.TypeOf(v.Get(event, "name")), rightAddSlots)
		}
		v.SetField(t.slotTable(), string(name), v.Get(event, "value"))
		v.Fill(t.eventTable()).Append(event)
	}
	return 0
}
