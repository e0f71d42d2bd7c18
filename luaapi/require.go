package luaapi

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/spell"
)

// Require is the module of require: shared files below lib/, each run once in every call.
func Require(s *Session) Module {
	return Module{
		Name: "require", Only: true,
		Doc: "Loads a shared module from the folder lib/.",
		Members: []Member{{
			Name:    "require",
			Params:  []Param{{Name: "name", Type: "string"}},
			Returns: "any",
			Doc:     `Runs lib/dates.lua, once in each call, and gives what it returns. Sub-folders are written with a dot: "lib.shop.prices".`,
			Example: `local dates = require "lib.dates"`,
			Func:    s.require,
		}},
	}
}

func (s *Session) require(a Args) int {
	name := a.String(1)
	if value, ok := s.loaded[name]; ok {
		if value == nil {
			a.L.RaiseError(`require "%s": this file is still loading: two files in lib/ require each other; move what both need into a third`, name)
		}
		return a.Return(value)
	}
	c, ok := s.Library.Lib(name)
	if !ok {
		a.L.RaiseError("%s", s.noLibrary(name))
	}
	s.loaded[name] = nil
	defer func() {
		// A file that failed is not loading any more: who catches the error and asks again gets the same error again.
		if s.loaded[name] == nil {
			delete(s.loaded, name)
		}
	}()
	a.L.Push(s.State.Load(c))
	a.L.Push(lua.LString(name))
	a.L.Call(1, 1)
	value := a.L.Get(-1)
	a.L.Pop(1)
	if value == lua.LNil {
		value = lua.LTrue
	}
	s.loaded[name] = value
	return a.Return(value)
}

// noLibrary says what to write instead of a name that is none.
func (s *Session) noLibrary(name string) string {
	meant := LibraryName(name)
	say := `require "` + name + `": there is no ` + strings.ReplaceAll(meant, ".", "/") + ".lua"
	if meant != name {
		if _, ok := s.Library.Lib(meant); ok {
			return `require "` + name + `": shared files are named with lib and dots; write require "` + meant + `"`
		}
	}
	if near := spell.Nearest(meant, s.Library.LibNames()); near != "" {
		return say + `; did you mean "` + near + `"?`
	}
	return say + " that could be loaded; shared files lie below lib/"
}

// LibraryName is what the name would be if its file were written as require wants it: "lib.dates" for "dates", "lib/dates.lua"
// and "./lib/dates".
func LibraryName(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "./"), ".lua")
	name = strings.Trim(strings.ReplaceAll(name, "/", "."), ".")
	if name == "lib" || strings.HasPrefix(name, "lib.") {
		return name
	}
	return strings.TrimSuffix("lib."+name, ".")
}
