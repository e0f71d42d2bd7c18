package events

import (
	"slices"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

// plan is what all builders of one kind of event share.
type plan struct {
	spec      rasa.EventSpec
	about     about
	shape     *chunk.Shape // the keys of the event
	described *chunk.Shape // the same with metadata
	at        []int        // where the value of each parameter goes
	event     lua.LValue   // the value of the key event
	params    []luaapi.Param
}

// plans are those of all builders, in the order of the reference.
//
//nolint:gochecknoglobals // made once and never changed: there are as many states as calls at once, and each has all builders
var plans = sync.OnceValue(func() []plan {
	texts := abouts()
	specs := rasa.EventSpecs()
	all := make([]plan, len(specs))
	for i := range specs {
		all[i] = newPlan(specs[i], texts[specs[i].Builder])
	}
	return all
})

func newPlan(spec rasa.EventSpec, about about) plan {
	keys := append([]string{"event", "timestamp"}, spec.Keys...)
	p := plan{spec: spec, about: about, shape: chunk.NewShape(keys...), event: lua.LString(spec.Event)}
	p.described = p.shape
	if !slices.Contains(keys, "metadata") {
		p.described = chunk.NewShape(append(slices.Clone(keys), "metadata")...)
	}
	for i := range spec.Params {
		p.at = append(p.at, slices.Index(keys, spec.Params[i].Key))
		p.params = append(p.params, param(&spec.Params[i]))
	}
	if len(p.params) > 0 {
		p.params[0].Fields = fields(&spec, p.params)
	}
	if spec.Deprecated != "" {
		p.about.doc = "Deprecated: use " + spec.Deprecated + ". " + p.about.doc
	}
	return p
}

// builder makes one kind of event.
type builder struct {
	*plan
	s     *luaapi.Session
	given []lua.LValue // the arguments of the call that is running
}

func (b *builder) build(a luaapi.Args) int {
	if b.given == nil {
		b.given = make([]lua.LValue, len(b.spec.Params))
	}
	defer clear(b.given) // an error must not keep them for the calls to come
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
	return b.about.example
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
