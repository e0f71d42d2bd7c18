package dispatcher

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// part is one key that a call gives for its message.
type part struct {
	key   string
	value lua.LValue
}

// utter is utter_message.
func (d *Dispatcher) utter(a luaapi.Args) int {
	d.list().Append(d.message(a, d.read(a)))
	return 0
}

// read reads a text or a table. Nothing, and an empty table, is an empty message, which is hardly meant.
func (d *Dispatcher) read(a luaapi.Args) []part {
	for i := 2; i <= a.Len(); i++ {
		if a.Get(i) != lua.LNil {
			a.Raise(`takes one text or one table: write %s { text = "…", image = "…" }`, a.Name())
		}
	}
	if t := a.Unopened(1); t != nil {
		parts := d.parts(a, t, d.given[:0])
		d.given = parts
		if len(parts) == 0 {
			warn(a, a.Name()+" got an empty table: the message is sent empty")
		}
		return parts
	}
	if a.Get(1) == lua.LNil {
		warn(a, a.Name()+" got nil: the message is sent empty")
		return nil
	}
	d.given = append(d.given[:0], part{"text", lua.LString(a.String(1))})
	return d.given
}

// parts appends the keys of a table in their order.
func (d *Dispatcher) parts(a luaapi.Args, t *lua.LTable, parts []part) []part {
	if name := d.s.State.FrozenName(t); name != "" {
		a.Raise(`got %s; write %s { text = "…" }`, name, a.Name())
	}
	d.s.Values.Each(t, func(k, v lua.LValue) bool {
		key, ok := k.(lua.LString)
		if !ok {
			a.Raise(`needs a name for each thing in the table: write %s { text = "…" }`, a.Name())
		}
		parts = append(parts, part{string(key), v})
		return true
	})
	return parts
}

// message makes a message with all of Rasa's keys. Keys that are not among the reference's parameters come last and replace
// what was there.
func (d *Dispatcher) message(a luaapi.Args, parts []part) *lua.LTable {
	v := d.s.Values
	m := d.s.NewResponse()
	var response, template lua.LValue = lua.LNil, lua.LNil
	for _, p := range parts {
		switch p.key {
		case "text", "image", "attachment":
			v.SetField(m, p.key, p.value)
		case "json_message":
			if !d.nothing(p.value) {
				v.SetField(m, "custom", p.value)
			}
		case "template":
			template = p.value
		case "response":
			response = p.value
		case "buttons":
			if !d.nothing(p.value) {
				v.SetField(m, "buttons", d.buttons(a, p.value))
			}
		case "elements":
			if !d.nothing(p.value) {
				v.SetField(m, "elements", d.elements(a, p.value))
			}
		}
	}
	if d.nothing(response) && !v.IsNull(template) {
		response = template
	}
	v.SetField(m, "template", response)
	v.SetField(m, "response", response)
	for _, p := range parts {
		if !slices.Contains(d.parameters, p.key) {
			v.SetField(m, p.key, p.value)
		}
	}
	script, line := a.Place()
	v.SetPlace(m, script, line)
	return m
}

// nothing is what the reference takes for not given.
func (d *Dispatcher) nothing(v lua.LValue) bool {
	switch v := v.(type) {
	case lua.LString:
		return v == ""
	case lua.LNumber:
		return v == 0
	case *lua.LTable:
		return d.s.State.FrozenName(v) == "" && d.s.Values.IsEmpty(v)
	}
	return v == lua.LFalse || d.s.Values.IsNull(v)
}
