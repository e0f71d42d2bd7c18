package knowledge

import (
	"bytes"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// store is the data that a script gave: lists of objects by type. A file's is read where it lies, since all calls share it and
// a call needs few of its objects; the zero store is empty.
type store struct {
	name  string // what messages call it
	doc   jsondoc.Value
	table *lua.LTable
}

// What reading JSON costs: of an index its entries, of a list of objects each.
const (
	indexBytes  = 24
	objectBytes = 64
)

func fileStore(a luaapi.Args, name string) store {
	file, problem := a.Data(name)
	if problem != "" {
		a.Raise("%s", problem)
	}
	doc := file.Doc
	if doc == nil { // it isn't named .json, so nobody has read it
		meter := a.State.Meter()
		meter.Step(a.L, len(file.Text)/64)
		meter.Need(a.L, "knowledge_base", indexBytes*(bytes.Count(file.Text, []byte("["))+bytes.Count(file.Text, []byte("{"))))
		var line int
		if doc, line, _, problem = luaapi.ParseData(file.Text); problem != "" {
			a.Raise("%s:%d: %s", file.Path, line, problem)
		}
	}
	root := doc.Root()
	if root.Kind() != jsondoc.Object {
		a.Raise("%s must hold an object with a list for each type, such as %s, but holds a %s", file.Path, rightShape, root.Kind())
	}
	for m := root.Members(); m.Next(); {
		a.State.Meter().Step(a.L, 1)
		if kind := m.Value().Kind(); kind != jsondoc.Array && kind != jsondoc.Null {
			a.Raise("%s: '%s' must be a list of objects, but is %s; write %s", file.Path, short(m.Key()), article(kind), rightShape)
		}
	}
	return store{name: file.Path, doc: root}
}

func tableStore(a luaapi.Args, t *lua.LTable) store {
	const right = `write data = { hotel = { { id = 1, name = "Inn" } } }`
	if name := a.State.FrozenName(t); name != "" {
		a.Raise("data can't be %s; %s", name, right)
	}
	a.Values.Open(t)
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		a.State.Meter().Step(a.L, 1)
		typ, ok := k.(lua.LString)
		if !ok {
			a.Raise("data must have a list for each type, by its name, but has items; %s", right)
		}
		list, ok := v.(*lua.LTable)
		if !ok || a.State.FrozenName(list) != "" {
			a.Raise("data: '%s' must be a list of objects, but is %s; %s", short(string(typ)), named(a.Session, v), right)
		}
		if !a.Values.IsList(list) && !a.Values.IsEmpty(list) {
			a.Raise("data: '%s' must be a list of objects, but is a table with names; %s", short(string(typ)), right)
		}
	}
	return store{name: "data", table: t}
}

// types are the types that there are.
func (r *run) types() []string {
	if r.data.table != nil {
		return r.keys(r.data.table)
	}
	return r.members(r.data.doc)
}

// objects are all objects of a type; none for a type that isn't there.
func (r *run) objects(typ lua.LValue) []*object {
	name, ok := typ.(lua.LString)
	if !ok {
		return nil
	}
	if r.data.table != nil {
		list, ok := r.s.Values.Get(r.data.table, string(name)).(*lua.LTable)
		if !ok {
			return nil
		}
		return r.listed(list, nil, func(what string) {
			r.raise(nil, "%s: %s of '%s' must be an object", r.data.name, what, short(string(name)))
		})
	}
	list := r.data.doc.Get(string(name))
	meter := r.s.State.Meter()
	meter.Need(r.L, "knowledge_base", objectBytes*list.Len())
	var all []*object
	for items := list.Items(); items.Next(); {
		meter.Step(r.L, 1)
		if kind := items.Value().Kind(); kind != jsondoc.Object {
			r.raise(nil, "%s: item %d of '%s' must be an object, but is %s; write %s", r.data.name, len(all)+1, short(string(name)),
				article(kind), rightShape)
		}
		all = append(all, &object{doc: items.Value()})
	}
	return all
}

// listed are the objects of a list; wrong is told which item is none, and what it is.
func (r *run) listed(list *lua.LTable, by *lua.LFunction, wrong func(what string)) []*object {
	length := r.s.Values.Len(list)
	meter := r.s.State.Meter()
	meter.Need(r.L, "knowledge_base", objectBytes*length)
	all := make([]*object, 0, length)
	for i := 1; i <= length; i++ {
		meter.Step(r.L, 1)
		item, ok := r.s.Values.Item(list, i).(*lua.LTable)
		if !ok || r.s.State.FrozenName(item) != "" {
			wrong(fmt.Sprintf("item %d, %s,", i, named(r.s, r.s.Values.Item(list, i))))
		}
		all = append(all, &object{table: item, by: by})
	}
	return all
}

// article names a kind in a sentence.
func article(kind jsondoc.Kind) string {
	switch kind {
	case jsondoc.Null, jsondoc.Bool:
		return kind.String()
	case jsondoc.Object:
		return "an object"
	}
	return "a " + kind.String()
}

// named is what messages call a value.
func named(s *luaapi.Session, value lua.LValue) string {
	if t, ok := value.(*lua.LTable); ok {
		if name := s.State.FrozenName(t); name != "" {
			return name
		}
	}
	return luaapi.TypeOf(value)
}

// short is how much of a name messages show.
func short(name string) string {
	const most = 60
	if runes := []rune(name[:min(len(name), 4*most)]); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}
