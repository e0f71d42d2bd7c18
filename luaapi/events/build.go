package events

import (
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

// builder makes one kind of event.
type builder struct {
	s         *luaapi.Session
	spec      *rasa.EventSpec
	example   string
	shape     *chunk.Shape // the keys of the event
	described *chunk.Shape // the same with metadata
	at        []int        // where the value of each parameter goes
	event     lua.LValue   // the value of the key event
	given     []lua.LValue // the arguments of the call that is running
}

func newBuilder(s *luaapi.Session, spec *rasa.EventSpec, example string) *builder {
	b := &builder{s: s, spec: spec, example: example, event: lua.LString(spec.Event), given: make([]lua.LValue, len(spec.Params))}
	keys := append([]string{"event", "timestamp"}, spec.Keys...)
	b.shape = chunk.NewShape(keys...)
	b.described = b.shape
	if !slices.Contains(keys, "metadata") {
		b.described = chunk.NewShape(append(slices.Clone(keys), "metadata")...)
	}
	for i := range spec.Params {
		b.at = append(b.at, slices.Index(keys, spec.Params[i].Key))
	}
	return b
}

func (b *builder) build(a luaapi.Args) int {
	clear(b.given)
	metadata := lua.LNil
	if fields := a.Unopened(1); fields != nil && a.Len() == 1 {
		metadata = b.named(a, fields, b.given)
	} else {
		b.positional(a, b.given)
	}
	shape := b.shape
	if metadata != lua.LNil {
		shape = b.described
	}
	values := b.s.Values.Slots(len(shape.Keys))
	values[0] = b.event
	for i := range b.spec.Params {
		values[b.at[i]] = b.s.Values.Slot(b.value(a, &b.spec.Params[i], b.given[i]))
	}
	if metadata != lua.LNil {
		values[len(shape.Keys)-1] = b.s.Values.Slot(metadata)
	}
	clear(b.given)
	event := b.s.Values.Record(shape, true, values)
	script, line := a.Place()
	b.s.Values.SetPlace(event, script, line)
	return a.Return(event)
}

// raise raises an error that calls the builder as scripts mostly do.
func (b *builder) raise(a luaapi.Args, message string) {
	a.L.RaiseError("%s %s", b.spec.Builder, message)
}

func (b *builder) positional(a luaapi.Args, given []lua.LValue) {
	for i := 1; i <= a.Len(); i++ {
		v := a.Get(i)
		if i <= len(given) {
			given[i-1] = v
		} else if v != lua.LNil {
			b.raise(a, "takes at most "+strings.Join(b.names(), ", ")+"; for other fields write "+b.spec.Builder+" { "+b.names()[0]+" = …, metadata = … }")
		}
	}
}

// named takes the fields of a call with one table, and returns the metadata if that is no parameter.
func (b *builder) named(a luaapi.Args, fields *lua.LTable, given []lua.LValue) lua.LValue {
	if name := b.s.State.FrozenName(fields); name != "" {
		b.raise(a, "takes "+strings.Join(b.names(), ", ")+", but got "+name)
	}
	metadata := lua.LNil
	by := map[int]string{}
	b.s.Values.Each(fields, func(k, v lua.LValue) bool {
		name, ok := k.(lua.LString)
		if !ok {
			b.raise(a, "takes names in a table, not items: write "+b.spec.Builder+" { "+b.names()[0]+" = … }")
		}
		i := b.index(string(name))
		switch {
		case i >= 0 && by[i] != "":
			b.raise(a, "got the same twice: "+by[i]+" and "+string(name))
		case i >= 0:
			given[i], by[i] = v, string(name)
		case name == "metadata":
			metadata = v
		default:
			b.raise(a, "doesn't know '"+string(name)+"'"+b.instead(string(name)))
		}
		return true
	})
	return metadata
}

// index is which parameter a field stands for, -1 for none.
func (b *builder) index(field string) int {
	p := b.spec.Param(field)
	for i := range b.spec.Params {
		if p == &b.spec.Params[i] {
			return i
		}
	}
	return -1
}

func (b *builder) names() []string {
	names := make([]string, 0, len(b.spec.Params)+1)
	for i := range b.spec.Params {
		names = append(names, b.spec.Params[i].Name)
	}
	return names
}

// instead says which fields there are, the nearest one first.
func (b *builder) instead(field string) string {
	known := b.names()
	if b.index("metadata") < 0 {
		known = append(known, "metadata")
	}
	all := known
	for i := range b.spec.Params {
		all = append(all, b.spec.Params[i].Key)
	}
	takes := " It takes " + strings.Join(known, ", ") + "."
	if near := spell.Nearest(field, all); near != "" {
		return "; did you mean '" + near + "'?" + takes
	}
	return "." + takes
}

// value is what goes out for a parameter.
func (b *builder) value(a luaapi.Args, p *rasa.EventParam, v lua.LValue) lua.LValue {
	if v == nil || b.s.Values.IsNull(v) {
		return b.missing(a, p)
	}
	switch {
	case p.Negated:
		return lua.LBool(!lua.LVAsBool(v))
	case p.Time:
		text, ok := moment(v, b.s.State.Location())
		if !ok {
			b.raise(a, "needs a time as "+p.Name+`, such as "2030-05-06T07:08:09+02:00" or time.add(time.now(), { minutes = 5 }), but got `+shown(v))
		}
		return lua.LString(text)
	}
	return v
}

func (b *builder) missing(a luaapi.Args, p *rasa.EventParam) lua.LValue {
	if p.Required {
		b.raise(a, "needs "+p.Name+": write "+strings.TrimSuffix(strings.TrimPrefix(b.right(), "return { "), " }"))
	}
	switch p.Default {
	case rasa.DefaultObject:
		return b.s.Values.EmptyObject()
	case rasa.DefaultTrue:
		return lua.LTrue
	}
	return lua.LNil
}

// right is a right call.
func (b *builder) right() string {
	if b.spec.Builder == "SlotSet" {
		return `SlotSet("name", value)`
	}
	return b.example
}

// shown is a value as messages quote it.
func shown(v lua.LValue) string {
	if text, ok := v.(lua.LString); ok {
		if len(text) > 40 {
			text = text[:40] + "…"
		}
		return `"` + string(text) + `"`
	}
	if n, ok := v.(lua.LNumber); ok {
		return n.String()
	}
	return luaapi.TypeOf(v)
}
