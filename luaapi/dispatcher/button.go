package dispatcher

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

const rightButtons = `buttons = { { title = "Yes", payload = "/affirm" } }`

// buttons checks a list of buttons, and writes payloads that are tables as the texts that Rasa reads. The script's own tables
// stay as they are: where there is such a payload, a copy goes out.
func (d *Dispatcher) buttons(a luaapi.Args, value lua.LValue) lua.LValue {
	list := d.tables(a, "buttons", value, rightButtons)
	var copied *lua.LTable
	for i := 1; i <= list.Len(); i++ {
		button, ok := list.RawGetInt(i).(*lua.LTable)
		if !ok {
			continue // a hole: sending it is refused, with the place
		}
		payload, ok := button.RawGetString("payload").(*lua.LTable)
		if !ok {
			continue
		}
		if copied == nil {
			copied = d.s.Values.MarkList(d.copy(list))
		}
		fresh := d.copy(button)
		fresh.RawSetString("payload", lua.LString(d.payload(a, i, payload)))
		copied.RawSetInt(i, fresh)
	}
	if copied != nil {
		return copied
	}
	return list
}

// elements checks a list of elements.
func (d *Dispatcher) elements(a luaapi.Args, value lua.LValue) lua.LValue {
	return d.tables(a, "elements", value, `elements = { { title = "…" } }`)
}

// tables checks a list of tables.
func (d *Dispatcher) tables(a luaapi.Args, name string, value lua.LValue, right string) *lua.LTable {
	list, ok := value.(*lua.LTable)
	if !ok {
		a.Raise("%s must be a list of tables, but is %s; write %s", name, luaapi.TypeOf(value), right)
	}
	if frozen := d.s.State.FrozenName(list); frozen != "" {
		a.Raise("%s must be a list of tables, but is %s; write %s", name, frozen, right)
	}
	d.s.Values.Fill(list)
	for k, item := list.Next(lua.LNil); k != lua.LNil; k, item = list.Next(k) {
		i, ok := k.(lua.LNumber)
		if !ok {
			a.Raise("%s must be a list of tables, but is one table with names; write %s", name, right)
		}
		t, ok := item.(*lua.LTable)
		if !ok || d.s.State.FrozenName(t) != "" {
			a.Raise("%s[%s] must be a table, but is %s; write %s", name, i.String(), luaapi.TypeOf(item), right)
		}
		d.s.Values.Fill(t)
		d.s.State.Meter().Step(a.L, 1)
	}
	return list
}

// copy returns a table with the same keys and values, in the same order.
func (d *Dispatcher) copy(t *lua.LTable) *lua.LTable {
	fresh := d.s.L.CreateTable(t.Len(), 0)
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		d.s.L.RawSet(fresh, k, v)
	}
	return fresh
}
