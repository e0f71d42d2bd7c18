package form

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// call calls a function of the script's where the form runs, so that what it raises goes on to whoever called the form.
func (r *run) call(fn lua.LValue, args ...lua.LValue) lua.LValue {
	return luaapi.Call(r.L, fn, args...)
}

// member calls a function of the tracker that the form was given.
func (r *run) member(name string, args ...lua.LValue) lua.LValue {
	fn, ok := r.L.GetField(r.tracker, name).(*lua.LFunction)
	if !ok {
		r.notTracker()
	}
	return r.call(fn, append([]lua.LValue{r.tracker}, args...)...)
}

func (r *run) notTracker() {
	r.raise(nil, "what %s{…} makes needs the tracker as its second argument, but has another table; call it as f(dispatcher, tracker, domain)",
		r.maker())
}

// slots are the tracker's; they may be another table after each function of the script's.
func (r *run) slots() *lua.LTable {
	slots, ok := r.L.GetField(r.tracker, "slots").(*lua.LTable)
	if !ok {
		r.notTracker()
	}
	return slots
}

// take notes changes, and has the tracker show them at once, without events.
func (r *run) take(into *collected, changes []change) {
	if len(changes) == 0 {
		return
	}
	slots := r.slots()
	for _, c := range changes {
		into.set(c)
		r.s.Values.SetField(slots, c.slot, c.value)
	}
}

// addSlots puts events into the conversation that this call sees.
func (r *run) addSlots(events *lua.LTable) { r.member("add_slots", events) }

// candidates are the slots that Rasa set last, and those that were extracted.
func (r *run) candidates() []change {
	set, ok := r.member("slots_to_validate").(*lua.LTable)
	if !ok {
		r.notTracker()
	}
	var list []change
	for _, name := range r.s.Values.Names(set) {
		list = append(list, change{slot: name, value: r.s.Values.Get(set, name)})
	}
	return list
}

func (r *run) events(changes []change) *lua.LTable {
	list := r.s.Values.MarkList(r.L.CreateTable(len(changes), 0))
	for _, c := range changes {
		list.Append(r.event(c))
	}
	return list
}

// event is what SlotSet makes. It knows which function gave the value, for errors when it is sent.
func (r *run) event(c change) *lua.LTable {
	script, line := r.place(c.by)
	return r.s.NewSlotEvent(c.slot, c.value, script, line)
}

// place is where a function begins, or else where the form was made.
func (r *run) place(fn *lua.LFunction) (script string, line int) {
	if fn != nil && fn.Proto != nil {
		return fn.Proto.SourceName, fn.Proto.LineDefined
	}
	return r.script, r.line
}

func (r *run) warn(fn *lua.LFunction, message string) {
	script, line := r.place(fn)
	r.s.Log.LogAttrs(context.Background(), slog.LevelWarn, message, slog.String("script", script), slog.Int("line", line))
}

// raise raises an error at the place of the function.
func (r *run) raise(fn *lua.LFunction, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if script, line := r.place(fn); script != "" {
		message = fmt.Sprintf("%s:%d: %s", script, line, message)
	}
	r.L.Error(lua.LString(message), 0)
}

// shown is what messages call a value.
func (r *run) shown(value lua.LValue) string {
	if t, ok := value.(*lua.LTable); ok {
		if name := r.s.State.FrozenName(t); name != "" {
			return name
		}
	}
	return luaapi.TypeOf(value)
}

func underscored(name string) string { return strings.ReplaceAll(name, "-", "_") }

// plain says whether Lua takes the name as it is for a key in a table.
func plain(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
