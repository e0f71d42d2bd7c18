package form

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

// result is what a function of the script's said of its slot.
type result struct {
	changes []change
	nothing bool   // nil, or an empty table
	odd     string // what it is, if it says nothing that can be understood
}

// read understands what a function returned for a slot; given is the value that it was called with, nil for none.
func (r *run) read(fn *lua.LFunction, returned lua.LValue, slot string, given lua.LValue) result {
	own := result{changes: []change{{slot: slot, value: returned, by: fn}}}
	switch value := returned.(type) {
	case *lua.LNilType:
		return result{nothing: true}
	case lua.LString, lua.LNumber, lua.LBool:
		return own
	case *lua.LTable:
		if returned == given {
			return own
		}
		return r.readTable(fn, value, slot, own)
	case *lua.LUserData:
		if r.s.Values.IsNull(value) {
			own.changes[0].value = lua.LNil
			return own
		}
		_, isInteger := value.Value.(*number.Integer)
		if _, sendable := value.Value.(luaapi.JSONAppender); isInteger || sendable {
			return own
		}
	}
	return result{odd: luaapi.TypeOf(returned)}
}

func (r *run) readTable(fn *lua.LFunction, t *lua.LTable, slot string, own result) result {
	v := r.s.Values
	if name := r.s.State.FrozenName(t); name != "" {
		return result{odd: name}
	}
	v.Open(t)
	switch {
	case v.IsForced(t):
		return own
	case r.isEvent(t):
		return result{odd: "an event"}
	case v.IsList(t):
		if first, ok := t.RawGetInt(1).(*lua.LTable); ok && r.s.State.FrozenName(first) == "" && r.isEvent(first) {
			return result{odd: "a list of events"}
		}
		return own
	case v.IsEmpty(t):
		return result{nothing: true}
	}
	for k, _ := t.Next(lua.LNil); k != lua.LNil; k, _ = t.Next(k) {
		if _, ok := k.(lua.LString); !ok {
			return result{odd: "a table with a key that is no name (" + luaapi.TypeOf(k) + ")"}
		}
	}
	var set result
	if v.HasKey(t, slot) {
		set.changes = append(set.changes, r.named(fn, t, slot))
	}
	for _, name := range v.Names(t) {
		if name != slot {
			set.changes = append(set.changes, r.named(fn, t, name))
		}
	}
	return set
}

// named is what a table says of a slot.
func (r *run) named(fn *lua.LFunction, t *lua.LTable, slot string) change {
	value := t.RawGetString(slot)
	if r.s.Values.IsNull(value) {
		value = lua.LNil
	}
	return change{slot: slot, value: value, by: fn}
}

// isEvent says whether the table is a slot event, which authors know from other actions.
func (r *run) isEvent(t *lua.LTable) bool {
	_, named := r.s.Values.Get(t, "name").(lua.LString)
	return named && r.s.Values.Get(t, "event") == lua.LValue(lua.LString("slot"))
}
