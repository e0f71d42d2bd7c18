package govalue

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

const (
	maxDepth   = 100 // of tables in tables that go to Go
	valueBytes = 64  // about what one value takes there
)

// reader turns values of a script into Go's. It raises in the name of the member that is called. All texts are copied: those of a
// script may lie in the request, whose memory the next one uses.
type reader struct {
	*binding
	a     luaapi.Args
	about string // "argument 1"
}

// at is what messages call the place of a value inside.
func (r *reader) at(place string) string {
	if place == "" {
		return r.about
	}
	return strings.TrimPrefix(place, ".") + " in " + r.about
}

// wrong raises the error for a value that isn't what the type takes.
func (r *reader) wrong(v lua.LValue, t reflect.Type, place string) {
	r.a.Raise("%s must be %s, but is %s", r.at(place), kindOf(t).expected, r.shown(v))
}

func (r *reader) shown(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LNumber:
		return number.Format(float64(v))
	case *lua.LTable:
		if name := r.State.FrozenName(v); name != "" {
			return name
		}
	}
	if n := number.IntegerOf(v); n != nil {
		return n.Digits()
	}
	return luaapi.TypeOf(v)
}

// read returns the value as one of type t.
func (r *reader) read(v lua.LValue, t reflect.Type, place string, depth int) reflect.Value {
	m := r.State.Meter()
	m.Step(r.a.L, 1)
	m.Need(r.a.L, r.a.Name(), valueBytes)
	if depth > maxDepth {
		r.a.Raise("%s has more than %d tables inside one another, or contains itself", r.about, maxDepth)
	}
	out := reflect.New(t).Elem()
	switch {
	case t.Kind() == reflect.Pointer:
		if !r.Values.IsNull(v) {
			out.Set(reflect.New(t.Elem()))
			out.Elem().Set(r.read(v, t.Elem(), place, depth))
		}
		return out
	case t == timeType:
		moment, ok := r.clock.Of(v)
		if !ok {
			moment, ok = r.stamp(v)
		}
		if !ok {
			r.a.Raise("%s must be a time, or an ISO text with an offset, but is %s", r.at(place), r.shown(v))
		}
		out.Set(reflect.ValueOf(moment))
		return out
	case readsJSON(t):
		r.unmarshal(v, out, place)
		return out
	}
	if t.Kind() == reflect.Interface {
		if given := r.any(v, t, place, depth); given != nil {
			out.Set(reflect.ValueOf(given))
		}
		return out
	}
	if table, ok := v.(*lua.LTable); ok && r.State.FrozenName(table) == "" {
		r.table(table, out, place, depth)
		return out
	}
	r.scalar(v, out, place)
	return out
}

// stamp is an ISO text with an offset as a time.
func (r *reader) stamp(v lua.LValue) (time.Time, bool) {
	text, ok := v.(lua.LString)
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, string(text))
	return t, err == nil
}

// scalar reads what is no table.
func (r *reader) scalar(v lua.LValue, out reflect.Value, place string) {
	t := out.Type()
	switch t.Kind() {
	case reflect.String:
		if text, ok := r.text(v); ok {
			out.SetString(text)
			return
		}
	case reflect.Bool:
		if b, ok := v.(lua.LBool); ok {
			out.SetBool(bool(b))
			return
		}
	case reflect.Float32, reflect.Float64:
		if n, ok := number.From(v); ok {
			out.SetFloat(n)
			return
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n, err := strconv.ParseInt(digits(v), 10, t.Bits()); err == nil {
			out.SetInt(n)
			return
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n, err := strconv.ParseUint(digits(v), 10, t.Bits()); err == nil {
			out.SetUint(n)
			return
		}
	case reflect.Slice:
		if text, ok := v.(lua.LString); ok && t.Elem().Kind() == reflect.Uint8 {
			r.State.Meter().Need(r.a.L, r.a.Name(), len(text))
			out.SetBytes([]byte(string(text)))
			return
		}
	}
	r.wrong(v, t, place)
}

// digits are those of a whole number, "" for any other value.
func digits(v lua.LValue) string {
	if n := number.IntegerOf(v); n != nil {
		return n.Digits()
	}
	n, ok := v.(lua.LNumber)
	if !ok || float64(n) != math.Trunc(float64(n)) || math.IsInf(float64(n), 0) {
		return ""
	}
	if n == 0 {
		return "0" // not -0
	}
	return strconv.FormatFloat(float64(n), 'f', -1, 64)
}

// text is a text's own copy; a number is taken for a text, as everywhere in Lua.
func (r *reader) text(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		r.State.Meter().Need(r.a.L, r.a.Name(), len(v))
		return strings.Clone(string(v)), true
	case lua.LNumber:
		return number.Format(float64(v)), true
	}
	if n := number.IntegerOf(v); n != nil {
		return n.Digits(), true
	}
	return "", false
}

// any is what encoding/json would make of the value; nil for nil. A time stays one.
func (r *reader) any(v lua.LValue, t reflect.Type, place string, depth int) any {
	switch given := v.(type) {
	case lua.LBool:
		return bool(given)
	case lua.LNumber:
		return float64(given)
	case lua.LString:
		text, _ := r.text(v)
		return text
	case *lua.LTable:
		if r.State.FrozenName(given) != "" {
			break
		}
		if r.Values.IsObject(given) || !r.Values.IsList(given) && !r.Values.IsEmpty(given) {
			return r.read(v, reflect.TypeFor[map[string]any](), place, depth).Interface()
		}
		return r.read(v, reflect.TypeFor[[]any](), place, depth).Interface()
	}
	if r.Values.IsNull(v) {
		return nil
	}
	if n := number.IntegerOf(v); n != nil {
		return json.Number(n.Digits())
	}
	if moment, ok := r.clock.Of(v); ok {
		return moment
	}
	r.wrong(v, t, place)
	return nil
}

// unmarshal has a type read a value as it reads JSON, which is the program's own code.
func (r *reader) unmarshal(v lua.LValue, out reflect.Value, place string) {
	text, failed := r.Values.AppendText(nil, v, r.at(place))
	if failed != nil {
		r.a.Raise("%s", failed.Error())
	}
	var err error
	if broke := guarded(func() {
		if err = json.Unmarshal(text, out.Addr().Interface()); err != nil {
			err = plainError(err)
		}
	}); broke != nil {
		r.report(r.a, broke)
	}
	if err != nil {
		r.a.Raise("%s can't be used: %s", r.at(place), err)
	}
}

// plainError is an error of the program's own as it is, and one of encoding/json's without the names of types.
func plainError(err error) error {
	switch err := err.(type) { //nolint:errorlint // what is wrapped is the program's own
	case *json.UnmarshalTypeError:
		return fmt.Errorf("a %s doesn't fit there", err.Value)
	case *json.SyntaxError, *json.InvalidUnmarshalError:
		return fmt.Errorf("the value doesn't fit there")
	}
	return fmt.Errorf("%s", err.Error())
}
