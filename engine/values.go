package engine

import (
	"fmt"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/govalue"
	apitime "github.com/luaction/luaction/luaapi/time"
)

// valueModules are the Go values of a program that luaction is part of; none if values is nil.
func valueModules(s *luaapi.Session, values *govalue.Set, ofState func() *apitime.Times) []luaapi.Module {
	if values == nil {
		return nil
	}
	times := ofState()
	return values.Modules(s, govalue.Clock{
		Value: times.Value,
		Arg:   func(a luaapi.Args, i int) time.Time { return times.Arg(a, i).Time() },
		Of: func(v lua.LValue) (time.Time, bool) {
			data, _ := v.(*lua.LUserData)
			if data == nil {
				return time.Time{}, false
			}
			m, ok := data.Value.(*apitime.Moment)
			if !ok {
				return time.Time{}, false
			}
			return m.Time(), true
		},
	})
}

// CheckValues says whether scripts know one of the names already; Options.Values with such a name would hide it.
func CheckValues(values *govalue.Set) error {
	state := interp.New(interp.Options{})
	defer state.Close()
	session := luaapi.NewSession(state)
	for _, m := range modules(session, &Options{}) {
		session.Install(m)
	}
	names := values.Names()
	var clash error
	state.L.G.Global.ForEach(func(key, value lua.LValue) {
		if name := key.String(); slices.Contains(names, name) {
			what := "function"
			if value.Type() == lua.LTTable {
				what = "module"
			}
			clash = fmt.Errorf("the Go value %q has the name of luaction's own %s %s; give it another name", name, what, name)
		}
	})
	return clash
}
