// Package knowledge is knowledge_base{…}: the action by which Rasa has questions about things answered, from a data file, a
// table or functions of the script's. What it makes is a function like that of any other action.
package knowledge

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

const example = `return knowledge_base { data = { hotel = { { id = 1, name = "Inn", city = "Ulm" } } } }`

// New returns the module: the global knowledge_base.
func New(s *luaapi.Session) luaapi.Module {
	m := &module{s: s}
	return luaapi.Module{
		Name: "knowledge", Only: true,
		Doc: "Makes the action that answers questions about things.",
		Members: []luaapi.Member{{
			Name: "knowledge_base", Params: []luaapi.Param{{Name: "the argument", Type: "table", Fields: fields()}}, Returns: "function",
			Doc: "Makes the action action_query_knowledge_base: it lists objects, filtered by the slots of their attributes, and answers " +
				"with an attribute of one. data is a JSON file, or a table { hotel = { { id = 1, name = … }, … } }; functions replace the steps.",
			Example: example,
			Func:    m.make,
		}},
	}
}

type module struct {
	s *luaapi.Session
}

// Steps that a script can replace by a function of the same name.
const (
	objectTypes  = "get_object_types"
	attributesOf = "get_attributes_of_object"
	getObjects   = "get_objects"
	getObject    = "get_object"
	utterObjects = "utter_objects"
	utterValue   = "utter_attribute_value"
)

// sources are the steps that stand in for data if all of them are given.
func sources() []string { return []string{objectTypes, attributesOf, getObjects, getObject} }

func steps() []string { return append(sources(), utterObjects, utterValue) }

func fields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "data", Type: "string|table", Doc: "The objects by their type, or the JSON file that has them."},
		{Name: "key", Type: "table", Doc: "Under a type the attribute that tells its objects apart: id unless given."},
		{Name: "represent", Type: "table", Doc: "Under a type a function(object) that gives the text for an object."},
		{Name: "use_last_object_mention", Type: "boolean", Doc: "Whether a question may be about the object mentioned last, true unless given."},
		{Name: "ordinal_mention_mapping", Type: "table", Doc: "Under a mention a function(list) that gives the object meant."},
		{Name: objectTypes, Type: "function", Doc: "(): gives the list of types."},
		{Name: attributesOf, Type: "function", Doc: "(type): gives the list of a type's attributes."},
		{Name: getObjects, Type: "function", Doc: "(type, attributes, limit): gives the list of objects that have all of the attributes, { name = …, value = … } each."},
		{Name: getObject, Type: "function", Doc: "(type, identifier): gives one object, or nil."},
		{Name: utterObjects, Type: "function", Doc: "(dispatcher, type, objects): says which objects were found."},
		{Name: utterValue, Type: "function", Doc: "(dispatcher, object_name, attribute, value): says the value of an attribute."},
	}
}

// base is what a script gave to knowledge_base.
type base struct {
	data      store
	key       map[string]string         // attribute that identifies an object, by type
	represent map[string]*lua.LFunction // by type
	ordinals  map[string]*lua.LFunction // by mention; nil for the usual ones
	step      map[string]*lua.LFunction // what replaces the steps
	useLast   bool
	script    string // where it was given
	line      int
}

func (m *module) make(a luaapi.Args) int {
	options := a.Options(1)
	b := &base{step: map[string]*lua.LFunction{}, useLast: true}
	b.script, b.line = a.Place()
	for _, name := range steps() {
		if fn, ok := a.Option(options, name).(*lua.LFunction); ok {
			b.step[name] = fn
		}
	}
	b.key = b.keys(a, options)
	b.represent = functions(a, options, "represent", false)
	b.ordinals = functions(a, options, "ordinal_mention_mapping", true)
	if use, ok := a.Option(options, "use_last_object_mention").(lua.LBool); ok {
		b.useLast = bool(use)
	}
	b.data = b.source(a, options)
	return a.Return(a.L.NewClosure(func(L *lua.LState) int { return m.act(L, b) }, b.held()...))
}

// held is what Go holds and Lua has to see, so that the call's memory counts it.
func (b *base) held() []lua.LValue {
	var held []lua.LValue
	for _, functions := range []map[string]*lua.LFunction{b.represent, b.ordinals, b.step} {
		for _, fn := range functions {
			held = append(held, fn)
		}
	}
	if b.data.table != nil {
		held = append(held, b.data.table)
	}
	return held
}
