package config

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// keyOf is what a flag is called in a file: max_calls for max-calls.
func keyOf(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// flagKeys are the flags of the server by the names that they have in a file.
func flagKeys() map[string]reflect.StructField {
	keys := map[string]reflect.StructField{}
	collectFlags(reflect.TypeFor[Serve](), keys)
	return keys
}

func collectFlags(t reflect.Type, into map[string]reflect.StructField) {
	for i := range t.NumField() {
		switch field := t.Field(i); {
		case field.Anonymous:
			collectFlags(field.Type, into)
		case field.Tag.Get("kong") == "-":
		default:
			into[flagKey(field)] = field
		}
	}
}

// flagKey writes the name as kong does, with _ for -.
func flagKey(field reflect.StructField) string {
	if name := field.Tag.Get("name"); name != "" {
		return keyOf(name)
	}
	var key strings.Builder
	for i, c := range field.Name {
		if i > 0 && 'A' <= c && c <= 'Z' {
			key.WriteByte('_')
		}
		key.WriteRune(c)
	}
	return strings.ToLower(key.String())
}

// flag reads the value of a flag, checks its type, and keeps it as kong takes it.
func (r *reader) flag(v setting, field reflect.StructField, f *File) {
	value, ok := r.flagValue(v, field)
	if ok {
		f.flags[v.name] = flagValue{value, r.place(v.node)}
	}
}

func (r *reader) flagValue(v setting, field reflect.StructField) (value any, ok bool) {
	switch field.Type {
	case reflect.TypeFor[time.Duration]():
		d, ok := r.duration(v, v.name == "shutdown_timeout")
		return d.String(), ok
	case reflect.TypeFor[Size]():
		return r.size(v)
	case reflect.TypeFor[Secret]():
		s := r.secret(v)
		return string(s), s != ""
	case reflect.TypeFor[[]string]():
		return r.list(v)
	}
	switch field.Type.Kind() {
	case reflect.Bool:
		return r.boolean(v)
	case reflect.Int:
		most := math.MaxInt32
		if v.name == "port" {
			most = math.MaxUint16
		}
		n, ok := r.whole(v, 0, most)
		return strconv.Itoa(n), ok
	}
	if field.Tag.Get("infile") == "path" {
		path := r.path(v)
		return path, path != ""
	}
	t, ok := r.text(v, false)
	if !ok {
		return nil, false
	}
	if words := field.Tag.Get("enum"); words != "" && !slices.Contains(strings.Split(words, ","), t.value) {
		r.fault(v, "must be one of %s, and it is %s", strings.ReplaceAll(words, ",", ", "), t.show())
		return nil, false
	}
	return t.value, true
}

// size reads a number of bytes, with a unit or without.
func (r *reader) size(v setting) (value any, ok bool) {
	t, isText, ok := r.plain(v)
	if !ok {
		return nil, false
	}
	raw, got := v.node.Value, kind(v.node)
	if isText {
		raw, got = t.value, t.show()
	}
	if _, err := ParseSize(raw); err != nil || !isText && v.node.ShortTag() != "!!int" {
		r.fault(v, "must be a size, such as 32MiB, and it is %s", got)
		return nil, false
	}
	return raw, true
}

// list reads texts; one alone will do.
func (r *reader) list(v setting) (value any, ok bool) {
	list := []any{}
	if v.node.Kind == yaml.ScalarNode && v.node.ShortTag() == "!!str" {
		t, ok := r.text(v, false)
		return append(list, t.value), ok
	}
	before := len(r.wrong)
	r.texts(v, `["https://chat.example.org"]`, func(_ setting, t text) { list = append(list, t.value) })
	return list, len(r.wrong) == before
}
