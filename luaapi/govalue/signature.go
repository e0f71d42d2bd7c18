package govalue

import (
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// signature is what a function takes and gives, as far as scripts are concerned.
type signature struct {
	context  bool           // the first parameter is the call's context
	in       []reflect.Type // the others; a list at the end if variadic
	variadic bool
	out      []reflect.Type // without the error
	fails    bool           // an error comes last
	looks    bool           // gives a value and whether there is one
	params   []luaapi.Param
	returns  string
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
	timeType    = reflect.TypeFor[time.Time]()
	bytesType   = reflect.TypeFor[[]byte]()
	numberType  = reflect.TypeFor[json.Number]()
	anyType     = reflect.TypeFor[any]()
	luaType     = reflect.TypeFor[lua.LValue]()
	jsonReader  = reflect.TypeFor[json.Unmarshaler]()
	textReader  = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonWriter  = reflect.TypeFor[json.Marshaler]()
	textWriter  = reflect.TypeFor[encoding.TextMarshaler]()
)

func newMethod(name, goName string, fn reflect.Value) (*method, error) {
	m := &method{name: name, goName: goName, fn: fn}
	t := fn.Type()
	m.variadic = t.IsVariadic()
	for i := range t.NumIn() {
		if i == 0 && t.In(0) == contextType {
			m.context = true
			continue
		}
		if err := takes(t.In(i), true, nil); err != nil {
			return nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
		m.in = append(m.in, t.In(i))
	}
	for i := range t.NumOut() {
		if i == t.NumOut()-1 && t.Out(i) == errorType {
			m.fails = true
			continue
		}
		if err := gives(t.Out(i), nil); err != nil {
			return nil, fmt.Errorf("result %d: %w", i+1, err)
		}
		m.out = append(m.out, t.Out(i))
	}
	m.looks = len(m.out) == 2 && m.out[1].Kind() == reflect.Bool
	m.declare()
	return m, nil
}

// declare writes what is known of the parameters without their names, which Go forgets.
func (m *method) declare() {
	for i, t := range m.in {
		last := i == len(m.in)-1
		p := luaapi.Param{Name: "argument " + strconv.Itoa(i+1), Type: kindOf(t).declared, Optional: kindOf(t).optional}
		if last && m.variadic {
			p.Type, p.Rest = "any", true
		}
		m.params = append(m.params, p)
	}
	var returns []string
	for i, t := range m.out {
		returns = append(returns, given(t, m.looks && i == 0))
	}
	m.returns = strings.Join(returns, ", ")
}

// given is how luaapi.ParseReturns wants a result written.
func given(t reflect.Type, isNil bool) string {
	k := kindOf(t)
	says := k.declared
	if t == timeType || t.Kind() == reflect.Pointer && t.Elem() == timeType {
		says = "moment"
	}
	if isNil || k.optional {
		says += " or nil"
	}
	return says
}

// kind is what a Go type is to scripts.
type kind struct {
	declared string // of a luaapi.Param
	expected string // in messages
	optional bool
}

func kindOf(t reflect.Type) kind {
	switch {
	case t == timeType:
		return kind{"moment|string|number", "a time", false}
	case t == bytesType:
		return kind{"string", "a text", false}
	case readsJSON(t):
		return kind{"any", "a value", false}
	}
	switch t.Kind() {
	case reflect.String:
		return kind{"string", "a text", false}
	case reflect.Bool:
		return kind{"boolean", "true or false", false}
	case reflect.Float32, reflect.Float64:
		return kind{"number", "a number", false}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32,
		reflect.Uint64:
		return kind{"number", wholeNumber(t), false}
	case reflect.Struct, reflect.Map:
		return kind{"table", "a table with names", false}
	case reflect.Slice:
		return kind{"list", "a list", false}
	case reflect.Array:
		return kind{"list", fmt.Sprintf("a list of %d values", t.Len()), false}
	case reflect.Func:
		return kind{"function", "a function", false}
	case reflect.Pointer:
		k := kindOf(t.Elem())
		k.optional = true
		return k
	}
	return kind{"any", "a text, a number, true, false or a table", true}
}

func wholeNumber(t reflect.Type) string {
	bits := t.Bits()
	switch {
	case t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uint64 && bits > 32:
		return "a whole number of 0 or more"
	case t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uint64:
		return fmt.Sprintf("a whole number from 0 to %d", uint64(1)<<bits-1)
	case bits > 32:
		return "a whole number"
	}
	return fmt.Sprintf("a whole number from -%d to %d", uint64(1)<<(bits-1), uint64(1)<<(bits-1)-1)
}

// readsJSON says whether the type has its own way to be read.
func readsJSON(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface || t == timeType {
		return false
	}
	p := reflect.PointerTo(t)
	return p.Implements(jsonReader) || p.Implements(textReader)
}

// takes says why a value of the type can't come from a script.
func takes(t reflect.Type, outermost bool, above []reflect.Type) error {
	for _, seen := range above {
		if seen == t {
			return nil
		}
	}
	above = append(above, t)
	switch {
	case t.Implements(luaType):
		return fmt.Errorf("%s belongs to the interpreter", t)
	case t == timeType || readsJSON(t):
		return nil
	}
	switch t.Kind() {
	case reflect.Chan, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer, reflect.Uintptr, reflect.Invalid:
		return fmt.Errorf("%s is nothing that scripts have", t)
	case reflect.Interface:
		if t != anyType && t.NumMethod() > 0 {
			return fmt.Errorf("%s is an interface with methods; take a concrete type, or any", t)
		}
	case reflect.Func:
		if !outermost {
			return fmt.Errorf("%s: a script's function can be a parameter only, no part of one", t)
		}
		return takesFunction(t)
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Pointer || t.Elem().Kind() == reflect.Func || t.Elem().Kind() == reflect.Interface {
			return fmt.Errorf("%s: a pointer to that is more than scripts can say", t)
		}
		return takes(t.Elem(), false, above)
	case reflect.Slice, reflect.Array:
		return takes(t.Elem(), false, above)
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			return fmt.Errorf("%s: the keys must be texts", t)
		}
		return takes(t.Elem(), false, above)
	case reflect.Struct:
		for _, f := range fieldsOf(t) {
			if err := takes(f.Type, false, above); err != nil {
				return fmt.Errorf("field %s: %w", f.Name, err)
			}
		}
	}
	return nil
}

// takesFunction says why a script's function can't be called as one of the type.
func takesFunction(t reflect.Type) error {
	if t.IsVariadic() {
		return fmt.Errorf("%s: a script's function can't be variadic in Go; take a list", t)
	}
	if t.NumOut() == 0 || t.Out(t.NumOut()-1) != errorType {
		return fmt.Errorf("%s must give an error last: a script's function may fail", t)
	}
	for i := range t.NumIn() {
		if err := gives(t.In(i), nil); err != nil {
			return err
		}
	}
	for i := range t.NumOut() - 1 {
		if err := takes(t.Out(i), false, nil); err != nil {
			return err
		}
	}
	return nil
}

// gives says why a value of the type can't go to a script.
func gives(t reflect.Type, above []reflect.Type) error {
	for _, seen := range above {
		if seen == t {
			return nil
		}
	}
	above = append(above, t)
	switch {
	case t.Implements(luaType):
		return fmt.Errorf("%s belongs to the interpreter", t)
	case t.Implements(jsonWriter) || t.Implements(textWriter):
		return nil
	}
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer, reflect.Uintptr:
		return fmt.Errorf("%s is nothing that scripts have", t)
	case reflect.Interface:
		if t == errorType {
			return errors.New("an error must be the last result")
		}
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return gives(t.Elem(), above)
	case reflect.Map:
		return gives(t.Elem(), above)
	case reflect.Struct:
		for _, f := range fieldsOf(t) {
			if err := gives(f.Type, above); err != nil {
				return fmt.Errorf("field %s: %w", f.Name, err)
			}
		}
	}
	return nil
}

// field is one that scripts know under name.
type field struct {
	reflect.StructField
	name string
}

// fieldsOf are the fields of a struct as encoding/json names them.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		within := len(f.Index) > 1 && hiddenAbove(t, f.Index)
		embedded := f.Anonymous && name == "" && indirect(f.Type).Kind() == reflect.Struct
		if !f.IsExported() || f.Tag.Get("json") == "-" || embedded || within {
			continue
		}
		if name == "" {
			name = f.Name
		}
		fields = append(fields, field{f, name})
	}
	return fields
}

// hiddenAbove says whether a promoted field is part of one that has a name of its own in JSON, or none.
func hiddenAbove(t reflect.Type, index []int) bool {
	for i := range index[:len(index)-1] {
		f := t.FieldByIndex(index[:i+1])
		if f.Tag.Get("json") != "" || f.Type.Kind() == reflect.Pointer && !f.IsExported() {
			return true
		}
	}
	return false
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}
