package knowledge

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// object is one thing of the knowledge base: of a file, or a table of the script's.
type object struct {
	doc   jsondoc.Value
	table *lua.LTable
	made  *lua.LTable    // what scripts see of doc, once they have seen it
	by    *lua.LFunction // the function that gave it; nil for data
}

// cell is one value of an object. It keeps where it came from: a text says 4.0 as the file does, and Lua knows 4 only.
type cell struct {
	doc   jsondoc.Value
	value lua.LValue // nil if doc has it
}

// get is the value of an attribute, and whether there is one; null is one.
func (r *run) get(o *object, name string) (cell, bool) {
	if o.table == nil {
		value := o.doc.Get(name)
		return cell{doc: value}, value.Exists()
	}
	value := r.s.Values.Get(o.table, name)
	if value == lua.LNil {
		return cell{value: lua.LNil}, r.s.Values.HasKey(o.table, name)
	}
	return cell{value: value}, true
}

// lua is a value as scripts see it: null is nil.
func (r *run) lua(c cell) lua.LValue {
	if c.value != nil {
		return c.value
	}
	return r.s.Values.From(c.doc)
}

// seen is an object as scripts see it. What they do to it, nobody else sees.
func (r *run) seen(o *object) *lua.LTable {
	if o.table != nil {
		return o.table
	}
	if o.made == nil {
		o.made, _ = r.s.Values.From(o.doc).(*lua.LTable)
	}
	return o.made
}

// names are the attributes of an object in their order, those that are null among them.
func (r *run) names(o *object) []string {
	if o.table == nil {
		return r.members(o.doc)
	}
	return r.keys(o.table)
}

// members are the names in a JSON object.
func (r *run) members(doc jsondoc.Value) []string {
	var names []string
	seen := map[string]bool{}
	for m := doc.Members(); m.Next(); {
		r.s.State.Meter().Step(r.L, 1)
		if name := m.Key(); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// keys are the names in a table, those that are null among them.
func (r *run) keys(t *lua.LTable) []string {
	names := r.s.Values.Names(t)
	r.s.State.Meter().Step(r.L, len(names))
	return names
}
