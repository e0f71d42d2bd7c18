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
			Returns: "what the file returns",
			Doc:     `Runs lib/dates.lua, once in each call, and gives what it returns. Sub-folders are written with a dot: "lib.shop.prices".`,
			Example: `local dates = require "lib.dates"`,
			Func:    s.require,
		}},
	}
}

// loading stands in for a module whose file is running.
type loading struct{ lua.LNilType }

func (s *Session) require(a Args) int {
	name := a.String(1)
	if value, ok := s.loaded[name]; ok {
		if _, running := value.(*loading); running {
			a.L.RaiseError(`require "%s": this file is still loading: two files in lib/ require each other; move what both need into a third`, name)
		}
		return a.Return(value)
	}
	c, ok := s.Library.Lib(name)
	if !ok {
		a.L.RaiseError("%s", s.noLibrary(name))
	}
	s.loaded[name] = &loading{}
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

func (s *Session) noLibrary(name string) string {
	file := strings.ReplaceAll(name, ".", "/") + ".lua"
	say := `require "` + name + `": there is no such file below lib/`
	if strings.HasPrefix(name, "lib.") {
		say = `require "` + name + `": there is no ` + file + ` (or it has never loaded)`
	}
	if near := spell.Nearest(name, s.Library.LibNames()); near != "" {
		return say + `; did you mean "` + near + `"?`
	}
	if near := "lib." + strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(name, "./"), "/", "."), ".lua"); near != name {
		near = strings.Replace(near, "lib.lib.", "lib.", 1)
		if _, ok := s.Library.Lib(near); ok {
			return say + `; write require "` + near + `"`
		}
	}
	return say
}
