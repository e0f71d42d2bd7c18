package form

import (
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// run is one run of a form.
type run struct {
	*parts
	m           *module
	s           *luaapi.Session
	L           *lua.LState // the thread that runs it
	dispatcher  lua.LValue
	tracker     *lua.LTable
	domain      *lua.LTable
	domainSlots []string
}

// act is the function that form{…} gives to scripts, and to the engine.
func (m *module) act(L *lua.LState, p *parts) int {
	r := &run{parts: p, m: m, s: m.s, L: L, dispatcher: L.Get(1)}
	var ok bool
	if r.tracker, ok = L.Get(2).(*lua.LTable); !ok {
		r.raise(nil, "what %s{…} makes needs the tracker as its second argument, but has %s; call it as f(dispatcher, tracker, domain)",
			p.maker(), luaapi.TypeOf(L.Get(2)))
	}
	r.domain = r.domainTable(L.Get(3))
	if p.asks {
		r.domainSlots = formSlots(m.s, r.domain, m.s.Call.Action)
	} else {
		r.domainSlots = globalSlots(m.s, r.domain)
	}
	r.addSlots(r.extracted())
	events := r.validated()
	r.addSlots(events)
	if next := r.nextSlot(); next != nil {
		events.Append(next)
	}
	L.Push(events)
	return 1
}

func (p *parts) maker() string {
	if p.asks {
		return "form"
	}
	return "slots"
}

// domainTable is the domain that the script handed over, or else that of the call.
func (r *run) domainTable(given lua.LValue) *lua.LTable {
	v := r.s.Values
	domain, ok := given.(*lua.LTable)
	switch {
	case ok:
		if _, untouched := v.Source(domain); !untouched || !atHand(r.s) {
			v.Open(domain) // where the domain is not at hand, this asks for it
		}
		return domain
	case !v.IsNull(given):
		r.raise(nil, "what %s{…} makes needs the domain as its third argument, but has %s; call it as f(dispatcher, tracker, domain)",
			r.maker(), luaapi.TypeOf(given))
	case !atHand(r.s):
		r.s.State.Meter().Leave(r.L, luaapi.ErrDomainMissing)
	case r.s.Domain.Exists():
		return v.Lazy(r.s.Domain)
	}
	return v.MarkObject(r.L.CreateTable(0, 0))
}

// required are the slots that are asked for at this moment.
func (r *run) required() []string {
	if r.parts.required == nil {
		return r.domainSlots
	}
	domainSlots := r.s.Values.MarkList(r.L.CreateTable(len(r.domainSlots), 0))
	for _, name := range r.domainSlots {
		domainSlots.Append(lua.LString(name))
	}
	result := r.call(r.parts.required, domainSlots, r.dispatcher, r.tracker, r.domain)
	list, ok := result.(*lua.LTable)
	if !ok || r.s.State.FrozenName(list) != "" {
		r.raise(r.parts.required, "required_slots must return a list of slot names, but returned %s; %s", r.shown(result), rightRequired)
	}
	length := r.s.Values.Len(list)
	if length == 0 && !r.s.Values.IsEmpty(list) {
		if r.s.Values.IsObject(list) { // an old domain's own object
			return listed(document(r.s, list))
		}
		r.raise(r.parts.required, "required_slots must return a list of slot names, but returned a table with names; %s", rightRequired)
	}
	names := make([]string, length)
	for i := range names {
		r.s.State.Meter().Step(r.L, 1)
		name, ok := r.s.Values.Item(list, i+1).(lua.LString)
		if !ok {
			r.raise(r.parts.required, "required_slots must return a list of slot names, but item %d is %s; %s",
				i+1, luaapi.TypeOf(list.RawGetInt(i+1)), rightRequired)
		}
		names[i] = string(name)
	}
	return names
}

const rightRequired = `write for example return { "cuisine", "people" }`

// extracted are the events of what the script's extract functions found, whose slots the tracker has already.
func (r *run) extracted() *lua.LTable {
	var found collected
	listed := set(r.domainSlots)
	for _, slot := range r.required() {
		r.s.State.Meter().Step(r.L, 1)
		fn := lookup(r.extract, slot)
		if fn == nil {
			if !listed[slot] {
				r.warn(nil, fmt.Sprintf("the slot '%s' is required, but the domain doesn't list it here and extract has no function for it: "+
					"nothing fills it", slot))
			}
			continue
		}
		result := r.read(fn, r.call(fn, r.dispatcher, r.tracker, r.domain), slot, nil)
		if result.odd != "" {
			r.warn(fn, "extract."+slot+" returned "+result.odd+", so nothing is extracted; "+rightValue(slot))
		}
		r.take(&found, result.changes)
	}
	return r.events(found.list())
}

// validated are the events of the slots that were set last, after the script's validate functions had their say.
func (r *run) validated() *lua.LTable {
	required := set(r.required())
	candidates := r.candidates()
	slots := collected{}
	for _, c := range candidates {
		slots.set(c)
	}
	for _, c := range candidates {
		r.s.State.Meter().Step(r.L, 1)
		if !required[c.slot] {
			slots.drop(c.slot)
			continue
		}
		fn := lookup(r.validate, c.slot)
		if fn == nil {
			r.warn(nil, "the slot '"+c.slot+"' stays as it came: validate has no function for it")
			continue
		}
		result := r.read(fn, r.call(fn, c.value, r.dispatcher, r.tracker, r.domain), c.slot, c.value)
		switch {
		case result.odd != "":
			r.warn(fn, "validate."+c.slot+" returned "+result.odd+", so the slot stays as it is; "+rightValue(c.slot))
		case result.nothing:
			result.changes = []change{{slot: c.slot, value: lua.LNil, by: fn}}
		}
		r.take(&slots, result.changes)
	}
	return r.events(slots.list())
}

func rightValue(slot string) string {
	if !plain(slot) {
		slot = `["` + slot + `"]`
	}
	return "return the slot's value, or a table such as { " + slot + " = value }"
}

// nextSlot is the event that says what to ask for next, nil if Rasa finds that out itself: the form asks for what the domain
// says.
func (r *run) nextSlot() *lua.LTable {
	if !r.asks || r.parts.required == nil {
		return nil
	}
	required := r.required()
	if slices.Equal(required, r.domainSlots) {
		return nil
	}
	slots := r.slots()
	missing := lua.LNil
	for _, name := range required {
		if r.s.Values.IsNull(r.s.Values.Get(slots, name)) {
			missing = lua.LString(name)
			break
		}
	}
	return r.event(change{slot: "requested_slot", value: missing, by: r.parts.required})
}

// lookup finds the function for a slot; its name may be written with _ for -.
func lookup(functions map[string]*lua.LFunction, slot string) *lua.LFunction {
	if fn := functions[slot]; fn != nil {
		return fn
	}
	return functions[underscored(slot)]
}

func set(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}
