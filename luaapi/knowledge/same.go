package knowledge

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// same says whether an attribute has the value of a slot, as Python compares: 1 is 1.0 and true, and lists and objects are
// compared by what is in them.
func (r *run) same(c cell, wanted lua.LValue) bool {
	if c.value != nil {
		return r.equal(c.value, wanted, 0)
	}
	text, ok := wanted.(lua.LString)
	if ok || c.doc.Kind() == jsondoc.String {
		return ok && c.doc.TextIs(string(text))
	}
	if _, ok := wanted.(*lua.LTable); !ok && c.doc.Kind() >= jsondoc.Array {
		return false
	}
	return r.equal(r.s.Values.From(c.doc), wanted, 0)
}

func (r *run) equal(a, b lua.LValue, depth int) bool {
	r.s.State.Meter().Step(r.L, 1)
	a, b = arithmetic(r.notNull(a)), arithmetic(r.notNull(b))
	if a == b {
		return true
	}
	if m, n := number.IntegerOf(a), number.IntegerOf(b); m != nil && n != nil {
		return m.Cmp(n) == 0
	}
	x, ok := a.(*lua.LTable)
	y, same := b.(*lua.LTable)
	if !ok || !same {
		return false
	}
	if depth > maxDepth {
		r.raise(nil, "values can't be compared: they have lists in lists more than %d deep", maxDepth)
	}
	if r.s.State.FrozenName(x) != "" || r.s.State.FrozenName(y) != "" {
		return false
	}
	v := r.s.Values
	if v.IsEmpty(x) && v.IsEmpty(y) {
		return v.IsObject(x) == v.IsObject(y)
	}
	if v.IsList(x) != v.IsList(y) || v.Len(x) != v.Len(y) {
		return false
	}
	for i := 1; i <= v.Len(x); i++ {
		if !r.equal(v.Item(x, i), v.Item(y, i), depth+1) {
			return false
		}
	}
	return v.IsList(x) || r.equalNames(x, y, depth)
}

func (r *run) equalNames(x, y *lua.LTable, depth int) bool {
	v := r.s.Values
	names := r.names(&object{table: x})
	if len(names) != len(r.names(&object{table: y})) {
		return false
	}
	for _, name := range names {
		if !v.HasKey(y, name) || !r.equal(v.Get(x, name), v.Get(y, name), depth+1) {
			return false
		}
	}
	return true
}

// arithmetic has true and false be 1 and 0.
func arithmetic(value lua.LValue) lua.LValue {
	switch value {
	case lua.LTrue:
		return lua.LNumber(1)
	case lua.LFalse:
		return lua.LNumber(0)
	}
	return value
}
