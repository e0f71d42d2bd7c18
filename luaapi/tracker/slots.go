package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

func (t *tracker) getSlot(a luaapi.Args) int {
	name, slots := a.String(1), t.slotTable()
	slot := t.s.Values.Get(slots, name)
	if slot == lua.LNil && !t.s.Values.HasKey(slots, name) {
		t.unknownSlot(a, slots, name)
	}
	return a.Return(slot)
}

// mostMissed is how many slots that don't exist are told of in a call.
const mostMissed = 100

func (t *tracker) unknownSlot(a luaapi.Args, slots *lua.LTable, name string) {
	if t.missed[name] || len(t.missed) >= mostMissed {
		return
	}
	if t.missed == nil {
		t.missed = map[string]bool{}
	}
	t.missed[name] = true
	message := "tracker:get_slot: there is no slot '" + name + "'"
	if near := spell.Nearest(name, t.s.Values.Names(slots)); near != "" {
		message += "; did you mean '" + near + "'?"
	}
	script, line := a.Place()
	a.Log.Info(message, "script", script, "line", line)
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
	list := a.Unopened(1)
	if v.HasKey(list, "event") {
		one := t.s.L.CreateTable(1, 0)
		one.Append(list)
		list = one
	}
	if v.Len(list) == 0 && !v.IsEmpty(list) {
		a.Raise("takes a list of events; write %s", rightAddSlots)
	}
	// What is added may go into this very list.
	for i, last := 1, v.Len(list); i <= last; i++ {
		t.s.State.Meter().Step(a.L, 1)
		item := v.Item(list, i)
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
		v.Open(t.eventTable())
		t.eventTable().Append(event)
	}
	return 0
}
