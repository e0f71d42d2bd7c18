package luaapi

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// maxExact is the largest whole number up to which a double holds every one.
const maxExact = 1 << 53

// From turns a JSON value into a Lua one. null and a missing value are nil.
func (v *Values) From(doc jsondoc.Value) lua.LValue {
	switch doc.Kind() {
	case jsondoc.Bool:
		return lua.LBool(doc.Bool())
	case jsondoc.Number:
		return v.number(doc)
	case jsondoc.String:
		return lua.LString(doc.Text())
	case jsondoc.Array, jsondoc.Object:
		v.s.State.Meter().Step(v.s.L, 1)
		return v.table(doc)
	}
	return lua.LNil
}

// Lazy turns a JSON list or object into a table that is filled when it is first touched.
func (v *Values) Lazy(doc jsondoc.Value) *lua.LTable {
	n := &node{doc: doc}
	n.LTable = *v.s.L.CreateTable(0, 0)
	n.Metatable = v.lazy
	return &n.LTable
}

// Fill fills a lazy table, and returns it; it leaves any other as it is.
func (v *Values) Fill(t *lua.LTable) *lua.LTable {
	if t.Metatable != lua.LValue(v.lazy) {
		return t
	}
	n := (*node)(unsafe.Pointer(t))
	if n.kind != nil {
		n.kind(n)
		return t
	}
	doc := n.doc
	n.doc = jsondoc.Value{}
	if doc.Kind() == jsondoc.Array {
		n.LTable = *v.items(doc)
		return t
	}
	n.fields = nullFields(doc)
	n.LTable = *v.members(doc)
	n.Metatable = v.node
	return t
}

// OnTouch returns an empty lazy table which calls f when a script touches it.
func (v *Values) OnTouch(f func()) *lua.LTable {
	t := v.Lazy(jsondoc.Value{})
	(*node)(unsafe.Pointer(t)).kind = func(n *node) {
		n.Metatable = v.object
		f()
	}
	return t
}

func (v *Values) table(doc jsondoc.Value) *lua.LTable {
	if doc.Kind() == jsondoc.Array {
		return v.items(doc)
	}
	fields := nullFields(doc)
	t := v.members(doc)
	if fields == nil {
		t.Metatable = v.object
		return t
	}
	n := &node{LTable: *t, fields: fields}
	n.Metatable = v.node
	return &n.LTable
}

func (v *Values) items(doc jsondoc.Value) *lua.LTable {
	t := v.s.L.CreateTable(doc.Len(), 0)
	for items := doc.Items(); items.Next(); {
		item := v.From(items.Value())
		if item == lua.LNil {
			item = v.null
		}
		t.Append(item)
	}
	t.Metatable = v.list
	return t
}

func (v *Values) members(doc jsondoc.Value) *lua.LTable {
	t := v.s.L.CreateTable(0, doc.Len())
	for members := doc.Members(); members.Next(); {
		t.RawSetString(members.Key(), v.From(members.Value()))
	}
	return t
}

// nullFields lists an object's keys if one of them is null, else nothing. Of a doubled key the last value counts, at the first place.
func nullFields(doc jsondoc.Value) []field {
	nulls := false
	for m := doc.Members(); m.Next(); {
		if m.Value().IsNull() {
			nulls = true
			break
		}
	}
	if !nulls {
		return nil
	}
	fields := make([]field, 0, doc.Len())
	var seen map[string]int
	for m := doc.Members(); m.Next(); {
		f := field{key: m.Key(), null: m.Value().IsNull()}
		if i := position(fields, seen, f.key); i >= 0 {
			fields[i] = f
			continue
		}
		fields = append(fields, f)
		if seen != nil {
			seen[f.key] = len(fields) - 1
		} else if len(fields) > 16 {
			seen = make(map[string]int, doc.Len())
			for i := range fields {
				seen[fields[i].key] = i
			}
		}
	}
	return fields
}

func position(fields []field, seen map[string]int, key string) int {
	if seen != nil {
		if i, ok := seen[key]; ok {
			return i
		}
		return -1
	}
	for i := range fields {
		if fields[i].key == key {
			return i
		}
	}
	return -1
}

// number is a double where that holds the number exactly, else a value that keeps its digits.
func (v *Values) number(doc jsondoc.Value) lua.LValue {
	n := doc.Float()
	if n >= -maxExact && n <= maxExact || !doc.IsInteger() {
		if n == maxExact || n == -maxExact {
			return v.digits(doc, n)
		}
		return lua.LNumber(n)
	}
	return v.digits(doc, n)
}

func (v *Values) digits(doc jsondoc.Value, n float64) lua.LValue {
	text := string(doc.Raw())
	if string(appendNumber(nil, n)) == text || !doc.IsInteger() {
		return lua.LNumber(n)
	}
	return v.s.State.NewInteger(number.NewInteger(text))
}
