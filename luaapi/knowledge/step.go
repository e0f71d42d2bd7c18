package knowledge

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// Each step asks the function that the script gave for it, or does what the reference does.

func (r *run) objectTypes() []string {
	if fn := r.step[objectTypes]; fn != nil {
		return r.nameList(objectTypes, fn, r.call(fn), `return { "hotel", "restaurant" }`)
	}
	return r.types()
}

// attributes are those of a type's first object, unless the script knows better.
func (r *run) attributes(typ lua.LValue) []string {
	if fn := r.step[attributesOf]; fn != nil {
		return r.nameList(attributesOf, fn, r.call(fn, typ), `return { "name", "city" }`)
	}
	all := r.objects(typ)
	if len(all) == 0 {
		return nil
	}
	return r.names(all[0])
}

// nameList reads a list of names that a function returned.
func (r *run) nameList(step string, fn *lua.LFunction, result lua.LValue, right string) []string {
	list, ok := result.(*lua.LTable)
	if !ok || r.s.State.FrozenName(list) != "" {
		r.raise(fn, "%s must return a list of names, but returned %s; write for example %s", step, named(r.s, result), right)
	}
	length := r.s.Values.Len(list)
	if length == 0 && !r.s.Values.IsEmpty(list) {
		r.raise(fn, "%s must return a list of names, but returned a table with names; write for example %s", step, right)
	}
	var names []string
	for i := 1; i <= length; i++ {
		r.s.State.Meter().Step(r.L, 1)
		name, ok := r.s.Values.Item(list, i).(lua.LString)
		if !ok {
			r.raise(fn, "%s must return a list of names, but item %d is %s; write for example %s", step, i, named(r.s, r.s.Values.Item(list, i)), right)
		}
		names = append(names, string(name))
	}
	return names
}

// find finds the objects to list.
func (r *run) find(typ lua.LValue, wanted []change) []*object {
	fn := r.step[getObjects]
	if fn == nil {
		return r.some(typ, wanted)
	}
	v := r.s.Values
	attributes := v.MarkList(r.L.CreateTable(len(wanted), 0))
	for _, w := range wanted {
		attribute := r.L.CreateTable(0, 2)
		attribute.RawSetString("name", lua.LString(w.slot))
		attribute.RawSetString("value", w.value)
		attributes.Append(attribute)
	}
	result := r.call(fn, typ, attributes, lua.LNumber(mostListed))
	if result == lua.LFalse || v.IsNull(result) {
		return nil
	}
	const right = `return { { id = 1, name = "Inn" } }`
	list, ok := result.(*lua.LTable)
	if !ok || r.s.State.FrozenName(list) != "" {
		r.raise(fn, "%s must return a list of objects, but returned %s; write for example %s", getObjects, named(r.s, result), right)
	}
	if v.Len(list) == 0 && !v.IsEmpty(list) {
		r.raise(fn, "%s must return a list of objects, but returned a table with names; write for example %s", getObjects, right)
	}
	return r.listed(list, fn, func(what string) {
		r.raise(fn, "%s must return a list of objects, but %s is none; write for example %s", getObjects, what, right)
	})
}

// findOne finds the object that an identifier means, nil if there is none.
func (r *run) findOne(typ, identifier lua.LValue) *object {
	fn := r.step[getObject]
	if fn == nil {
		return r.one(typ, identifier)
	}
	result := r.call(fn, typ, identifier)
	if result == lua.LFalse || r.s.Values.IsNull(result) {
		return nil
	}
	const right = `return { id = 1, name = "Inn" }, or nil if there is none`
	found, ok := result.(*lua.LTable)
	if !ok || r.s.State.FrozenName(found) != "" {
		r.raise(fn, "%s must return an object, but returned %s; write for example %s", getObject, named(r.s, result), right)
	}
	if r.s.Values.Len(found) > 0 {
		r.raise(fn, "%s must return one object, but returned a list; return its first item, such as rows[1]", getObject)
	}
	if r.s.Values.IsEmpty(found) {
		return nil
	}
	return &object{table: found, by: fn}
}

func (r *run) sayObjects(typ lua.LValue, objects []*object) {
	if fn := r.step[utterObjects]; fn != nil {
		list := r.s.Values.MarkList(r.L.CreateTable(len(objects), 0))
		for _, o := range objects {
			list.Append(r.seen(o))
		}
		r.call(fn, r.dispatcher, typ, list)
		return
	}
	shown := r.text(cell{value: typ})
	if len(objects) == 0 {
		r.say("text", fmt.Sprintf("I could not find any objects of type '%s'.", shown))
		return
	}
	r.say("text", fmt.Sprintf("Found the following objects of type '%s':", shown))
	for i, o := range objects {
		r.say("text", fmt.Sprintf("%d: %s", i+1, r.shown(typ, o)))
	}
}

func (r *run) sayValue(name string, attribute lua.LString, value cell) {
	if fn := r.step[utterValue]; fn != nil {
		r.call(fn, r.dispatcher, lua.LString(name), attribute, r.lua(value))
		return
	}
	if r.truth(value) {
		r.say("text", fmt.Sprintf("'%s' has the value '%s' for attribute '%s'.", name, r.text(value), string(attribute)))
		return
	}
	r.say("text", fmt.Sprintf("Did not find a valid value for attribute '%s' for object '%s'.", string(attribute), name))
}

func (r *run) rephrase() { r.say("response", "utter_ask_rephrase") }
