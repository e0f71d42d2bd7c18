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
	v := d.s.Values
	for i, length := 1, v.Len(list); i <= length; i++ {
		button, ok := v.Item(list, i).(*lua.LTable)
		if !ok {
			continue // a hole: sending it is refused, with the place
		}
		payload, ok := v.Get(button, "payload").(*lua.LTable)
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
	d.s.Values.Each(list, func(k, item lua.LValue) bool {
		i, ok := k.(lua.LNumber)
		if !ok {
			a.Raise("%s must be a list of tables, but is one table with names; write %s", name, right)
		}
		t, ok := item.(*lua.LTable)
		if !ok || d.s.State.FrozenName(t) != "" {
			a.Raise("%s[%s] must be a table, but is %s; write %s", name, i.String(), luaapi.TypeOf(item), right)
		}
		d.s.State.Meter().Step(a.L, 1)
		return true
	})
	return list
}

// copy returns a table with the same keys and values, in the same order.
func (d *Dispatcher) copy(t *lua.LTable) *lua.LTable {
	fresh := d.s.L.CreateTable(d.s.Values.Len(t), 0)
	d.s.Values.Each(t, func(k, v lua.LValue) bool {
		d.s.L.RawSet(fresh, k, v)
		return true
	})
	return fresh
}
