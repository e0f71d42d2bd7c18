package govalue

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// table reads a table as what the type is.
func (r *reader) table(t *lua.LTable, out reflect.Value, place string, depth int) {
	switch out.Kind() {
	case reflect.Struct:
		r.names(t, out, place, depth)
	case reflect.Map:
		r.entries(t, out, place, depth)
	case reflect.Slice, reflect.Array:
		r.items(t, out, place, depth)
	default:
		r.wrong(t, out.Type(), place)
	}
}

// names fills the fields of a struct. What the table doesn't have stays as Go begins it.
func (r *reader) names(t *lua.LTable, out reflect.Value, place string, depth int) {
	fields := fieldsOf(out.Type())
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.name
	}
	r.Values.Open(t)
	if len(known) == 0 {
		known = []string{"nothing"}
	}
	r.a.About(r.at(place)).KnownKeys(t, known)
	for _, f := range fields {
		v := r.Values.Get(t, f.name)
		if r.Values.IsNull(v) {
			continue
		}
		target(out, f.Index).Set(r.read(v, f.Type, place+"."+luaapi.Shown(f.name), depth+1))
	}
}

// target is a field, behind embedded pointers that are made where they are nil.
func target(v reflect.Value, index []int) reflect.Value {
	for i, n := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v
}

// entries fills a map.
func (r *reader) entries(t *lua.LTable, out reflect.Value, place string, depth int) {
	out.Set(reflect.MakeMap(out.Type()))
	key, value := out.Type().Key(), out.Type().Elem()
	r.Values.Each(t, func(k, v lua.LValue) bool {
		name, ok := k.(lua.LString)
		if !ok {
			r.a.Raise("%s must be a table with names, but has items", r.at(place))
		}
		text, _ := r.text(name)
		out.SetMapIndex(reflect.ValueOf(text).Convert(key), r.read(v, value, place+"."+luaapi.Shown(text), depth+1))
		return true
	})
}

// items fills a list.
func (r *reader) items(t *lua.LTable, out reflect.Value, place string, depth int) {
	length, seen := r.Values.Len(t), 0
	if out.Kind() == reflect.Array && length != out.Len() {
		r.a.Raise("%s must be %s, but has %d", r.at(place), kindOf(out.Type()).expected, length)
	}
	if out.Kind() == reflect.Slice {
		r.State.Meter().Need(r.a.L, r.a.Name(), length*int(out.Type().Elem().Size()))
		out.Set(reflect.MakeSlice(out.Type(), length, length))
	}
	r.Values.Each(t, func(k, v lua.LValue) bool {
		i, ok := k.(lua.LNumber)
		n := int(i)
		if !ok || lua.LNumber(n) != i || n < 1 || n > length {
			r.a.Raise("%s must be a list, but has the key %s", r.at(place), r.shownKey(k))
		}
		seen++
		out.Index(n - 1).Set(r.read(v, out.Type().Elem(), fmt.Sprintf("%s[%d]", place, n), depth+1))
		return true
	})
	if seen < length {
		r.a.Raise("%s must be a list, but has holes", r.at(place))
	}
}

func (r *reader) shownKey(k lua.LValue) string {
	if name, ok := k.(lua.LString); ok {
		return "'" + luaapi.Shown(string(name)) + "'"
	}
	return r.shown(k)
}
