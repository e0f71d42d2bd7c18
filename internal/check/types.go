package check

import (
	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
)

// kind is what is known of a value.
type kind uint8

const (
	unknown kind = iota
	isNil
	isBool
	isNumber
	isString
	isTable
	isFunction
	isModule
	isObject
)

// typ is what is known of a value without running anything.
type typ struct {
	kind   kind
	maybe  bool           // or nil
	data   bool           // comes from the API as JSON does: there are no functions in it
	list   bool           // a table that is a list
	named  bool           // a table that has names only
	event  bool           // a table that is an event
	weak   bool           // an object by nothing but its name
	bare   bool           // a function that is a global of its own
	module *luaapi.Module // of modules and objects; the owner of a function
	member *luaapi.Member // of a function of the API
	field  *luaapi.Field  // where the value is read from an object's field
	of     *luaapi.Module // what has the field
	table  *tree.Table    // the constructor
	fn     *tree.Function
	sent   sent           // a table that Rasa sends
	item   *typ           // of a list
	shape  *shape         // of a table of a shared file
	away   *tree.Function // a function of a shared file
}

// sure tells whether the kind is known and nil is not possible.
func (t typ) sure() bool { return t.kind != unknown && !t.maybe }

// object is the name of the object that t is, "" for none.
func (t typ) object() string {
	if t.kind != isObject {
		return ""
	}
	return t.module.Name
}

// lua is what type() says of it, "" if that isn't known.
func (t typ) lua() string {
	switch t.kind {
	case isNil:
		return "nil"
	case isBool:
		return "boolean"
	case isNumber:
		return "number"
	case isString:
		return "string"
	case isTable, isModule:
		return "table"
	case isFunction:
		return "function"
	case isObject:
		switch t.module.Name {
		case "tracker", "dispatcher", "db", "tx", "response":
			return "table"
		case "moment", "match":
			return ""
		}
	}
	return ""
}

// spoken is the kind as messages say it.
func (t typ) spoken() string {
	switch t.kind {
	case isNil:
		return "nil"
	case isBool:
		return "true or false"
	case isNumber:
		return "a number"
	case isString:
		return "a text"
	case isTable:
		if t.list {
			return "a list"
		}
		return "a table"
	case isFunction:
		return "a function"
	case isModule:
		return "the module " + t.module.Name
	case isObject:
		switch t.module.Name {
		case "tracker", "dispatcher":
			return "the " + t.module.Name
		case "moment":
			return "a time"
		}
		return "a " + t.module.Name
	}
	return "unknown"
}

// spoken is what an expression is, as messages say it.
func (p *pass) spoken(e tree.Expr) string {
	if b, ok := tree.Plain(e).(*tree.Bool); ok {
		if b.Value {
			return "true"
		}
		return "false"
	}
	return p.typeOf(e).spoken()
}

// same tells whether two types are as good as one.
func (t typ) same(u typ) bool {
	return t.kind == u.kind && t.module == u.module && t.member == u.member && t.fn == u.fn && t.table == u.table && t.list == u.list && t.event == u.event && t.shape == u.shape && t.away == u.away
}

// returned is the type of result number i of a member, from 0.
func (w *world) returned(m *luaapi.Module, member *luaapi.Member, i int) typ {
	results, err := luaapi.ParseReturns(member.Returns)
	if err != nil || i >= len(results) {
		return typ{}
	}
	t := w.declared(results[i])
	t.data = t.data && fromOutside(m, member)
	return t
}

// fromOutside tells whether what a member gives is data, in which no function can be.
func fromOutside(m *luaapi.Module, member *luaapi.Member) bool {
	switch m.Name {
	case "table", "require", "form", "knowledge", "base", "string", "coroutine", "env", "os":
		return false
	}
	return member.Name != "transaction"
}

// declared is the type that a declaration names.
func (w *world) declared(r luaapi.Result) typ {
	item := w.word(r.Type)
	item.data = true
	if r.List {
		return typ{kind: isTable, list: true, data: true, item: &item, maybe: r.Nil}
	}
	item.maybe = r.Nil && item.kind != unknown
	return item
}

func (w *world) word(word string) typ {
	switch word {
	case "string":
		return typ{kind: isString}
	case "number":
		return typ{kind: isNumber}
	case "boolean":
		return typ{kind: isBool}
	case "table":
		return typ{kind: isTable}
	case "list":
		return typ{kind: isTable, list: true}
	case "event":
		return typ{kind: isTable, event: true}
	case "function":
		return typ{kind: isFunction}
	}
	return w.object(word)
}

// fieldType is the type of a field, unknown if it has several.
func (w *world) fieldType(f *luaapi.Field) typ {
	types, err := luaapi.ParseTypes(f.Type)
	if err != nil || len(types) != 1 {
		return typ{data: true}
	}
	return w.declared(types[0])
}
