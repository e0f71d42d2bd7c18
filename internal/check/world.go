package check

import (
	"slices"
	"strings"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

// world is what the scripts of one kind may say. It is made once and only read after that.
type world struct {
	globals map[string]typ
	names   []string // of globals, sorted
	objects map[string]*luaapi.Module
	inner   map[string]*luaapi.Module    // modules that others have under a name: kv.conversation
	retired map[string]string            // globals that are not there, with what to write
	gone    map[string]map[string]string // the same for members of libraries
	events  map[string]rasa.EventSpec    // by builder
	libs    []string                     // names for require
	data    []string                     // paths of data files
	shared  map[string]sharedFile        // by their names for require
	tests   map[string]bool              // names, and members such as time.freeze, that only tests have
	test    bool
}

func newWorld(o *Options, libs, data []string, test bool) *world {
	w := &world{
		globals: map[string]typ{}, objects: map[string]*luaapi.Module{}, inner: map[string]*luaapi.Module{}, retired: interp.Retired(), gone: interp.RetiredMembers(),
		events: map[string]rasa.EventSpec{}, libs: libs, data: data, test: test,
	}
	for _, spec := range rasa.EventSpecs() {
		w.events[spec.Builder] = spec
	}
	for name, lib := range lualib() {
		if name == "base" {
			w.bare(lib)
			continue
		}
		w.globals[name] = typ{kind: isModule, module: lib}
	}
	w.globals["_VERSION"] = typ{kind: isString}
	for i := range o.Modules {
		w.add(&o.Modules[i])
	}
	for _, name := range o.Values {
		w.globals[name] = typ{}
	}
	w.addTests(o, test)
	for name := range w.globals {
		w.names = append(w.names, name)
		delete(w.retired, name)
	}
	slices.Sort(w.names)
	return w
}

func (w *world) add(m *luaapi.Module) {
	switch {
	case m.Object:
		w.objects[m.Name] = m
		return
	case m.Library:
		w.join(m)
		return
	case m.Only:
		w.bare(m)
		return
	case strings.Contains(m.Name, "."):
		w.inner[m.Name] = m
		return
	case m.Bare:
		w.bare(m)
	}
	w.globals[m.Name] = typ{kind: isModule, module: m}
}

// join adds members to a module that is there.
func (w *world) join(m *luaapi.Module) {
	t, ok := w.globals[m.Name]
	if !ok || t.module == nil {
		return
	}
	joined := *t.module
	joined.Members = slices.Concat(joined.Members, m.Members)
	joined.Instead = m.Instead
	if t.module.Instead != nil {
		joined.Instead = t.module.Instead
	}
	w.globals[m.Name] = typ{kind: isModule, module: &joined}
}

// bare makes each member of m a global.
func (w *world) bare(m *luaapi.Module) {
	for i := range m.Members {
		w.globals[m.Members[i].Name] = typ{kind: isFunction, member: &m.Members[i], module: m, bare: true}
	}
}

// addTests makes what only tests have known, to tests as theirs.
func (w *world) addTests(o *Options, test bool) {
	words := o.Tests
	if words == nil {
		words = testWords()
	}
	w.tests = map[string]bool{}
	for i := range words {
		m := &words[i]
		switch {
		case test && m.Object:
			w.objects[m.Name] = m
		case m.Object, m.Name == "assert":
		case test && m.Only:
			w.bare(m)
		case test:
			w.join(m)
		default:
			w.only(m)
		}
	}
	if test {
		w.globals["assert"] = typ{}
	}
}

// only notes what scripts that are no tests can't say.
func (w *world) only(m *luaapi.Module) {
	for i := range m.Members {
		name := m.Members[i].Name
		if _, known := w.globals[name]; m.Only && !known {
			w.tests[name] = true
		}
		if !m.Only {
			w.tests[m.Name+"."+name] = true
		}
	}
}

// object is the type of an object, unknown if it isn't declared.
func (w *world) object(name string) typ {
	if m := w.objects[name]; m != nil {
		return typ{kind: isObject, module: m}
	}
	return typ{}
}

// memberOf finds what a module or object has under a name.
func memberOf(m *luaapi.Module, name string) (*luaapi.Member, *luaapi.Field) {
	for i := range m.Members {
		if m.Members[i].Name == name {
			return &m.Members[i], nil
		}
	}
	for i := range m.Fields {
		if m.Fields[i].Name == name {
			return nil, &m.Fields[i]
		}
	}
	return nil, nil
}

// meant is the name that somebody probably meant who wrote this member of m; "" if none is near.
func meant(m *luaapi.Module, name string) string {
	if instead := m.Instead[name]; instead != "" {
		return instead
	}
	known := m.Names()
	if near := spell.Nearest(name, known); near != "" {
		return near
	}
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }
	for _, k := range known {
		if plain(k) == plain(name) {
			return k
		}
	}
	return ""
}
