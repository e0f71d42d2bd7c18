package knowledge

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// call calls a function of the script's where the action runs, so that what it raises goes on to whoever called the action.
func (r *run) call(fn lua.LValue, args ...lua.LValue) lua.LValue {
	return luaapi.Call(r.L, fn, args...)
}

// slot is the value of a slot now: each function of the script's may have changed it.
func (r *run) slot(name string) lua.LValue {
	return r.notNull(r.s.Values.Get(r.part("slots"), name))
}

// part is one of the tracker's tables.
func (r *run) part(name string) *lua.LTable {
	t, ok := r.L.GetField(r.tracker, name).(*lua.LTable)
	if !ok {
		r.raise(nil, misused, "tracker", "second", "another table")
	}
	return t
}

// addSlot has the tracker show a slot for the rest of the call.
func (r *run) addSlot(c change) {
	add, ok := r.L.GetField(r.tracker, "add_slots").(*lua.LFunction)
	if !ok {
		r.raise(nil, misused, "tracker", "second", "another table")
	}
	events := r.s.Values.MarkList(r.L.CreateTable(1, 0))
	events.Append(r.event(c))
	r.call(add, r.tracker, events)
}

// entities are the names of the latest message's entities, in their order.
func (r *run) entities() []string {
	v := r.s.Values
	list, ok := v.Get(r.part("latest_message"), "entities").(*lua.LTable)
	if !ok || r.s.State.FrozenName(list) != "" {
		return nil
	}
	var names []string
	for i := 1; i <= v.Len(list); i++ {
		r.s.State.Meter().Step(r.L, 1)
		if entity, ok := v.Item(list, i).(*lua.LTable); ok && r.s.State.FrozenName(entity) == "" {
			if name, ok := v.Get(entity, "entity").(lua.LString); ok {
				names = append(names, string(name))
			}
		}
	}
	return names
}

// say has the dispatcher say a text or a response.
func (r *run) say(key, value string) {
	utter, ok := r.L.GetField(r.dispatcher, "utter_message").(*lua.LFunction)
	if !ok {
		r.raise(nil, misused, "dispatcher", "first", "another table")
	}
	r.s.State.Meter().Grow(r.L, "knowledge_base", len(value))
	message := r.L.CreateTable(0, 1)
	message.RawSetString(key, lua.LString(value))
	r.call(utter, r.dispatcher, message)
}

// chance is a number from 0 up to n, without n, of the script's own math.random: math.randomseed makes it foreseeable.
func (r *run) chance(n int) int {
	random := r.L.GetField(r.L.GetGlobal("math"), "random")
	got, _ := r.call(random, lua.LNumber(n)).(lua.LNumber)
	return min(max(int(got)-1, 0), n-1)
}

// event is what SlotSet makes.
func (r *run) event(c change) *lua.LTable {
	return r.s.NewSlotEvent(c.slot, c.value, r.script, r.line)
}

// raise raises an error at the place of the function, or where knowledge_base was called.
func (r *run) raise(fn *lua.LFunction, format string, args ...any) {
	script, line := r.script, r.line
	if fn != nil && fn.Proto != nil {
		script, line = fn.Proto.SourceName, fn.Proto.LineDefined
	}
	message := fmt.Sprintf(format, args...)
	if script != "" {
		message = fmt.Sprintf("%s:%d: %s", script, line, message)
	}
	r.L.Error(lua.LString(message), 0)
}
