// Package tracker is the object tracker: the conversation as Rasa sent it, and as the script changed it. What nobody touches
// is never turned into Lua.
package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// tracker is the conversation of the call that its session is running.
type tracker struct {
	s *luaapi.Session

	// The big parts as tables; nil until somebody asks for them.
	slots, events, message, loop, stack *lua.LTable

	// plain are the other fields, as far as the script assigned them or they are tables.
	plain map[string]lua.LValue

	// missed are the slots that were told of because they don't exist: once in a call is enough.
	missed map[string]bool
}

// New returns the module.
func New(s *luaapi.Session) luaapi.Module {
	t := &tracker{s: s, plain: map[string]lua.LValue{}}
	s.State.Keep(func(visit func(lua.LValue)) {
		for _, table := range []*lua.LTable{t.slots, t.events, t.message, t.loop, t.stack} {
			if table != nil {
				visit(table)
			}
		}
		for _, value := range t.plain {
			visit(value)
		}
	})
	return luaapi.Module{
		Name:    "tracker",
		Object:  true,
		Doc:     "The conversation up to now. It is the second parameter of the action's function.",
		Members: t.members(),
		Fields:  t.fields(),
		End:     t.forget,
	}
}

// forget drops what belongs to the call.
func (t *tracker) forget() {
	t.slots, t.events, t.message, t.loop, t.stack = nil, nil, nil, nil, nil
	clear(t.plain)
	t.missed = nil
}

// doc is a field of the tracker as the request has it, Missing between calls.
func (t *tracker) doc(name string) jsondoc.Value {
	if t.s.Call == nil {
		return jsondoc.Value{}
	}
	return t.s.Call.Field(name)
}

func (t *tracker) slotTable() *lua.LTable {
	if t.slots == nil {
		t.slots = t.object(t.doc("slots"))
	}
	return t.slots
}

func (t *tracker) eventTable() *lua.LTable {
	if t.events == nil {
		t.events = t.list(t.doc("events"))
	}
	return t.events
}

func (t *tracker) messageTable() *lua.LTable {
	if t.message == nil {
		t.setMessage(t.object(t.doc("latest_message")))
	}
	return t.message
}

// setMessage takes a table as the latest message: its intent and entities never read as nil.
func (t *tracker) setMessage(message *lua.LTable) {
	v := t.s.Values
	t.message = message
	v.DefaultObject(message, "intent")
	v.DefaultList(message, "entities")
}

func (t *tracker) loopTable() *lua.LTable {
	if t.loop == nil {
		t.loop = t.object(t.loopDoc())
	}
	return t.loop
}

// loopDoc is the active loop; older versions of Rasa call it active_form.
func (t *tracker) loopDoc() jsondoc.Value {
	if loop := t.doc("active_loop"); loop.Exists() {
		return loop
	}
	return t.doc("active_form")
}

func (t *tracker) stackTable() *lua.LTable {
	if t.stack == nil {
		t.stack = t.list(t.doc("stack"))
	}
	return t.stack
}

// object is a lazy table of an object; what is none reads as an empty one.
func (t *tracker) object(doc jsondoc.Value) *lua.LTable {
	if doc.Kind() != jsondoc.Object {
		return t.s.Values.Object()
	}
	return t.s.Values.Lazy(doc)
}

// list is a lazy table of a list; what is none reads as an empty one.
func (t *tracker) list(doc jsondoc.Value) *lua.LTable {
	if doc.Kind() != jsondoc.Array {
		return t.s.Values.MarkList(t.s.L.NewTable())
	}
	return t.s.Values.Lazy(doc)
}

// plainField is a field that is no big part.
func (t *tracker) plainField(name string) lua.LValue {
	if value, ok := t.plain[name]; ok {
		return value
	}
	value := t.s.Values.From(t.doc(name))
	if _, ok := value.(*lua.LTable); ok {
		t.plain[name] = value
	}
	return value
}
