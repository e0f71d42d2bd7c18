package knowledge

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa/jsondoc"
)

const (
	usualKey  = "id"
	usualName = "name"
)

func (r *run) keyOf(typ lua.LValue) string {
	if name, ok := typ.(lua.LString); ok && r.key[string(name)] != "" {
		return r.key[string(name)]
	}
	return usualKey
}

// identity is the value of an object's key.
func (r *run) identity(typ lua.LValue, o *object) lua.LValue {
	key := r.keyOf(typ)
	value, ok := r.get(o, key)
	if !ok {
		r.raise(o.by, `an object of type '%s' has no '%s', by which it could be found again; add it, or write %s`, short(r.text(cell{value: typ})),
			short(key), rightKey)
	}
	return r.lua(value)
}

// shown is how an object is called.
func (r *run) shown(typ lua.LValue, o *object) string {
	text, ok := r.called(typ, o)
	if !ok {
		r.raise(o.by, `an object of type '%s' has no '%s', by which it could be called; add it, or write %s`, short(r.text(cell{value: typ})),
			usualName, rightRepesent)
	}
	return text
}

// called is how an object is called, false if it has no name.
func (r *run) called(typ lua.LValue, o *object) (string, bool) {
	name, _ := typ.(lua.LString)
	fn := r.represent[string(name)]
	if fn == nil {
		value, ok := r.get(o, usualName)
		return r.text(value), ok
	}
	switch result := r.call(fn, r.seen(o)).(type) {
	case lua.LString:
		return string(result), true
	case lua.LNumber:
		return r.text(cell{value: result}), true
	default:
		r.raise(fn, "represent: the function of '%s' must return a text, but returned %s; write %s", short(string(name)), named(r.s, result),
			rightRepesent)
		return "", false
	}
}

// some are the objects of a type that have all the values, at most as many as are listed, by chance.
func (r *run) some(typ lua.LValue, wanted []change) []*object {
	all := r.objects(typ)
	fitting := all[:0]
	for _, o := range all {
		if r.fits(o, wanted) {
			fitting = append(fitting, o)
		}
	}
	n := min(len(fitting), mostListed)
	for i := range n {
		if other := i + r.chance(len(fitting)-i); other != i {
			fitting[i], fitting[other] = fitting[other], fitting[i]
		}
	}
	return fitting[:n]
}

func (r *run) fits(o *object, wanted []change) bool {
	for _, w := range wanted {
		r.s.State.Meter().Step(r.L, 1)
		if value, ok := r.get(o, w.slot); !ok || !r.same(value, w.value) {
			return false
		}
	}
	return true
}

// one is the object of a type that an identifier means: the value of its key, or a part of what it is called. It is nil if there
// is none, or more than one.
func (r *run) one(typ, identifier lua.LValue) *object {
	all, wanted, key := r.objects(typ), lower(r.text(cell{value: identifier})), r.keyOf(typ)
	found := r.only(all, func(o *object) bool {
		value, ok := r.get(o, key)
		return ok && (lower(r.text(value)) == wanted || r.sameNumber(value, identifier))
	})
	if len(found) == 0 {
		found = r.only(all, func(o *object) bool {
			name, ok := r.called(typ, o)
			return ok && strings.Contains(lower(name), wanted)
		})
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// sameNumber has a key that the file writes as 2.0 be found by the 2 that a slot brings back.
func (r *run) sameNumber(key cell, identifier lua.LValue) bool {
	n, ok := identifier.(lua.LNumber)
	return ok && key.doc.Kind() == jsondoc.Number && key.doc.Float() == float64(n)
}

func (r *run) only(all []*object, fits func(*object) bool) (found []*object) {
	for _, o := range all {
		r.s.State.Meter().Step(r.L, 4)
		if fits(o) {
			found = append(found, o)
		}
	}
	return found
}

// lower has texts that differ in case only be equal: İ is i with a dot, and a Greek word may end in ς.
func lower(text string) string {
	text = strings.ToLower(strings.ReplaceAll(text, "İ", "i̇"))
	return strings.ReplaceAll(text, "ς", "σ")
}
