package double

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// variable is what env.get finds.
func (s *Set) variable(name string) (*string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.variables[name]
	if ok {
		return value, nil
	}
	was := s.early.variables[name]
	name = shown(name)
	say := fmt.Sprintf("%q has no stub in this test, and the real environment isn't read; write env.stub(%[1]q, \"value\") before this call", name)
	if near := spell.Nearest(name, slices.Sorted(maps.Keys(s.variables))); near != "" {
		say = fmt.Sprintf("%q has no stub in this test; there is env.stub(%q, …), did you mean that?", name, near)
	}
	if was {
		say = fmt.Sprintf("%q has no stub in this test: env.stub(%[1]q, …)%s", name, outside)
	}
	return nil, errors.New(s.miss(say))
}

// shown is a name as messages show it.
func shown(name string) string {
	const most = 60 // bytes
	if len(name) > most {
		return name[:most] + "…"
	}
	return name
}

func (s *Set) stubVariable(a luaapi.Args) int {
	var value *string
	if a.Get(2) != lua.LNil {
		text := a.String(2)
		value = &text
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.variables[a.String(1)] = value
	return 0
}
