package stubs

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// SettingsFile is the language server's settings, in the folder that the editor opens.
const SettingsFile = ".luarc.json"

// setting is one of the language server's settings, as scripts of luaction need it.
type setting struct {
	section, name string
	value         any
}

// settings are those that a folder of scripts needs.
func settings() []setting {
	all := []setting{
		// Lua 5.1 and goto, which is what scripts have. The server knows that under this name; what else it would add is disabled.
		{"runtime", "version", "LuaJIT"},
	}
	builtin := newObject()
	for _, name := range disabled() {
		builtin.set(name, "disable")
	}
	return append(all,
		setting{"runtime", "builtin", builtin},
		setting{"workspace", "library", []any{Folder}},
		setting{"workspace", "checkThirdParty", false},
		// EmmyLua's: list[1] may be nil, and says so often enough when it is.
		setting{"strict", "arrayIndex", false},
	)
}

// disabled are the server's own definitions that are not used: what scripts have of them is defined in lua.lua, and the rest is
// not there. Names with a dot, table.new, are left: they are modules to require, and end the other server, EmmyLua's.
func disabled() []string {
	return []string{
		"basic", "string", "table", "math", "os", "coroutine",
		"io", "debug", "package", "bit", "bit32", "utf8", "ffi", "jit",
	}
}

// Kept is a setting that stood there with another value, and was left.
type Kept struct{ Name, Value, Needed string }

// WriteSettings has the language server of dir use the definition files: it writes .luarc.json, or adds what is missing in the
// one that is there, whose other settings and values stay as they are. kept are those that say otherwise than scripts need. An
// existing file that is no plain JSON is left alone, with an error that says what to add.
func WriteSettings(dir string) (changed bool, kept []Kept, err error) {
	name := filepath.Join(dir, SettingsFile)
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, nil, err
	}
	all := newObject()
	before = bytes.TrimPrefix(before, []byte("\ufeff")) // editors of Windows begin a file with it
	if len(bytes.TrimSpace(before)) > 0 {
		if all, err = parseObject(before); err != nil {
			return false, nil, fmt.Errorf("%s is left as it is, since it can't be read as JSON (%w); comments are no JSON. Add this by hand:\n%s", name, err, wanted())
		}
	}
	missing := false
	for _, s := range settings() {
		added, other := merge(all, s)
		missing = missing || added
		kept = append(kept, other...)
	}
	if !missing {
		return false, kept, nil
	}
	text, err := all.pretty()
	if err != nil {
		return false, kept, err
	}
	return true, kept, os.WriteFile(name, text, 0o666)
}

// wanted are the settings as a text.
func wanted() string {
	all := newObject()
	for _, s := range settings() {
		merge(all, s)
	}
	text, _ := all.pretty() // of texts alone
	return strings.TrimRight(string(text), "\n")
}

// merge adds what of the setting is missing. It says whether there was anything to add, and what stood there with another value.
func merge(all *object, s setting) (added bool, kept []Kept) {
	holder, name := place(all, s)
	before, there := holder.values[name]
	switch value := s.value.(type) {
	case *object:
		into, ok := before.(*object)
		if there && !ok {
			return false, []Kept{{s.full(), shown(before), shown(s.value)}}
		}
		if into == nil {
			into = newObject()
			holder.set(name, into)
		}
		for _, key := range value.names {
			if old, ok := into.values[key]; !ok {
				into.set(key, value.values[key])
				added = true
			} else if old != value.values[key] {
				kept = append(kept, Kept{s.full() + "." + key, shown(old), shown(value.values[key])})
			}
		}
	case []any:
		list, ok := before.([]any)
		if there && !ok {
			return false, []Kept{{s.full(), shown(before), shown(s.value)}}
		}
		for _, item := range value {
			if !slices.Contains(list, item) {
				list = append(list, item)
				added = true
			}
		}
		holder.set(name, list)
	default:
		switch {
		case !there:
			holder.set(name, value)
			added = true
		case before != value:
			kept = append(kept, Kept{s.full(), shown(before), shown(value)})
		}
	}
	return added, kept
}

func (s setting) full() string { return s.section + "." + s.name }

func shown(v any) string {
	text, err := compact(v)
	if err != nil {
		return "something else"
	}
	return string(text)
}

// place is where a setting stands, or is to stand. The server takes "runtime.version", "Lua.runtime.version", and both in parts.
func place(all *object, s setting) (holder *object, name string) {
	type spelling struct {
		holder any
		name   string
	}
	in, _ := all.values["Lua"].(*object)
	if in == nil {
		in = newObject()
	}
	sections := []spelling{{all.values[s.section], s.name}, {all.values["Lua."+s.section], s.name}, {in.values[s.section], s.name}}
	for _, at := range append([]spelling{{all, s.full()}, {all, "Lua." + s.full()}, {in, s.full()}}, sections...) {
		if o, ok := at.holder.(*object); ok {
			if _, ok := o.values[at.name]; ok {
				return o, at.name
			}
		}
	}
	for _, at := range sections {
		if o, ok := at.holder.(*object); ok {
			return o, at.name
		}
	}
	if _, ok := all.values[s.section]; ok { // is something else than an object
		return all, s.full()
	}
	o := newObject()
	all.set(s.section, o)
	return o, s.name
}
