package govalue

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/luaction/luaction/spell"
)

// keywords are Lua's, which can't be names; the parameters of an action's function would hide values of their names.
func keywords() []string {
	return []string{
		"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat",
		"return", "then", "true", "until", "while", "dispatcher", "tracker", "domain",
	}
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func newValue(name string, given Value) (*value, error) {
	if !identifier.MatchString(name) || slices.Contains(keywords(), name) {
		return nil, errors.New("can't have that name in a script; take letters, digits and _, and no word of Lua's own, dispatcher, tracker or domain")
	}
	v := &value{name: name, doc: given.Doc}
	if v.doc == "" {
		v.doc = "Belongs to the program that luaction is part of."
	}
	if !given.Concurrent {
		v.lock = make(chan struct{}, 1)
	}
	of := reflect.ValueOf(given.Go)
	switch {
	case !of.IsValid() || nilable(of.Kind()) && of.IsNil():
		return nil, errors.New("is nil; set Go to a value with methods, or to a function")
	case of.Kind() == reflect.Func && len(given.Methods) == 0:
		v.function = true
		m, err := newMethod(name, name, of)
		if err != nil {
			return nil, fmt.Errorf("can't be called by scripts: %w", err)
		}
		v.methods = []*method{m}
		return v, nil
	case len(given.Methods) == 0:
		return nil, fmt.Errorf("lists no methods that scripts may call; %s", methodsOf(of.Type()))
	}
	for _, goName := range given.Methods {
		if err := v.add(of, goName); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// add checks a method and lists it.
func (v *value) add(of reflect.Value, goName string) error {
	fn := of.MethodByName(goName)
	if !fn.IsValid() {
		if of.Kind() != reflect.Pointer && hasMethod(reflect.PointerTo(of.Type()), goName) {
			return fmt.Errorf("has the method %s on a pointer only; set Go to a pointer", goName)
		}
		near := ""
		if name := spell.Nearest(goName, exported(of.Type())); name != "" {
			near = "; did you mean " + name + "?"
		}
		return fmt.Errorf("has no method %s%s; %s", goName, near, methodsOf(of.Type()))
	}
	name := scriptName(goName)
	for _, other := range v.methods {
		if other.name == name {
			return fmt.Errorf("lists %s and %s, which scripts would both write %s", other.goName, goName, name)
		}
	}
	if slices.Contains(keywords()[:22], name) {
		return fmt.Errorf("has the method %s, which is a word of Lua's own in small letters; give it another name", goName)
	}
	m, err := newMethod(name, goName, fn)
	if err != nil {
		return fmt.Errorf("has the method %s, which scripts can't call: %w", goName, err)
	}
	v.methods = append(v.methods, m)
	return nil
}

func hasMethod(t reflect.Type, name string) bool {
	_, ok := t.MethodByName(name)
	return ok
}

func exported(t reflect.Type) []string {
	var names []string
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	return names
}

func methodsOf(t reflect.Type) string {
	if names := exported(t); len(names) > 0 {
		return "it has " + strings.Join(names, ", ")
	}
	return "its type " + t.String() + " has none that are exported"
}

func nilable(k reflect.Kind) bool {
	switch k {
	case reflect.Pointer, reflect.Func, reflect.Interface, reflect.Map, reflect.Slice, reflect.Chan:
		return true
	}
	return false
}

// scriptName writes a Go name as scripts write names: OpenOrders is open_orders, URLFor is url_for.
func scriptName(goName string) string {
	var b strings.Builder
	runes := []rune(goName)
	for i, r := range runes {
		if unicode.IsUpper(r) {
			after := i > 0 && runes[i-1] != '_' && !unicode.IsUpper(runes[i-1])
			before := i > 0 && unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if after || before {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
