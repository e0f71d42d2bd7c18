package knowledge

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// Slots by which Rasa and the action speak.
const (
	slotType     = "object_type"
	slotAttr     = "attribute"
	slotMention  = "mention"
	slotListed   = "knowledge_base_listed_objects"
	slotLast     = "knowledge_base_last_object"
	slotLastType = "knowledge_base_last_object_type"
)

// mostListed is how many objects are listed at most.
const mostListed = 5

// run is one run of the action.
type run struct {
	*base
	s          *luaapi.Session
	L          *lua.LState // the thread that runs it
	dispatcher *lua.LTable
	tracker    *lua.LTable
}

// act is the function that knowledge_base{…} gives to scripts, and to the engine.
func (m *module) act(L *lua.LState, b *base) int {
	r := &run{base: b, s: m.s, L: L}
	var ok bool
	if r.dispatcher, ok = L.Get(1).(*lua.LTable); !ok {
		r.raise(nil, misused, "dispatcher", "first", named(m.s, L.Get(1)))
	}
	if r.tracker, ok = L.Get(2).(*lua.LTable); !ok {
		r.raise(nil, misused, "tracker", "second", named(m.s, L.Get(2)))
	}
	events := m.s.Values.MarkList(L.NewTable())
	for _, e := range r.answer() {
		events.Append(r.event(e))
	}
	L.Push(events)
	return 1
}

const misused = "what knowledge_base{…} makes needs the %s as its %s argument, but has %s; call it as f(dispatcher, tracker)"

// change is a value for a slot.
type change struct {
	slot  string
	value lua.LValue
}

// answer does what the user asked for, and returns which slots that changes.
func (r *run) answer() []change {
	typ, lastType, attribute := r.slot(slotType), r.slot(slotLastType), r.slot(slotAttr)
	mentioned := r.slot(slotMention) != lua.LNil
	entities := r.entities()
	if !r.truth(cell{value: typ}) {
		typ = r.inferred(entities)
		r.addSlot(change{slotType, typ})
	}
	asksAttribute := false
	for _, entity := range entities {
		asksAttribute = asksAttribute || entity == slotAttr
	}
	known, wanted := r.truth(cell{value: typ}), r.truth(cell{value: attribute})
	switch {
	case known && !asksAttribute:
		return r.list(typ)
	case known && wanted:
		return r.tell(typ, attribute)
	case r.truth(cell{value: lastType}) && mentioned && wanted:
		return r.tell(lastType, attribute)
	}
	r.rephrase()
	return nil
}

// inferred is the first of the message's entities that is a type, nil if none is.
func (r *run) inferred(entities []string) lua.LValue {
	types := map[string]bool{}
	for _, typ := range r.objectTypes() {
		types[typ] = true
	}
	for _, entity := range entities {
		if types[entity] {
			return lua.LString(entity)
		}
	}
	return lua.LNil
}

// list says which objects there are that have what the attributes' slots say.
func (r *run) list(typ lua.LValue) []change {
	attributes := r.attributes(typ)
	var wanted, reset []change
	for _, name := range attributes {
		if value := r.slot(name); value != lua.LNil {
			wanted = append(wanted, change{name, value})
		}
	}
	objects := r.find(typ, wanted)
	r.sayObjects(typ, objects)
	// What the script did meanwhile counts.
	for _, name := range attributes {
		if r.slot(name) != lua.LNil {
			reset = append(reset, change{name, lua.LNil})
		}
	}
	if len(objects) == 0 {
		return reset
	}
	last, listed := lua.LNil, r.s.Values.MarkList(r.L.CreateTable(len(objects), 0))
	for _, o := range objects {
		id := r.identity(typ, o)
		if len(objects) == 1 {
			last = id
		}
		if id == lua.LNil {
			id = r.s.Values.Null()
		}
		listed.Append(id)
	}
	return append([]change{
		{slotType, lua.LNil}, {slotMention, lua.LNil}, {slotAttr, lua.LNil},
		{slotLast, last}, {slotLastType, typ}, {slotListed, listed},
	}, reset...)
}

// tell says what an attribute of the object is that the user speaks of.
func (r *run) tell(typ, attribute lua.LValue) []change {
	name, ok := attribute.(lua.LString)
	identifier := r.meant()
	if identifier == lua.LNil || !ok {
		return r.unclear()
	}
	o := r.findOne(typ, identifier)
	if o == nil {
		return r.unclear()
	}
	value, ok := r.get(o, string(name))
	if !ok {
		return r.unclear()
	}
	shown := r.shown(typ, o)
	id := r.identity(typ, o)
	r.sayValue(shown, name, value)
	return []change{
		{slotType, lua.LNil}, {slotAttr, lua.LNil}, {slotMention, lua.LNil}, {slotLast, id}, {slotLastType, typ},
	}
}

// unclear asks the user to say it otherwise.
func (r *run) unclear() []change {
	r.rephrase()
	return []change{{slotMention, lua.LNil}}
}
