// Package sql is the module sql: databases that the configuration names, and statements with placeholders.
package sql

import (
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// SQL is what scripts of one state see of the databases.
type SQL struct {
	s       *luaapi.Session
	set     *database.Set
	moment  func(time.Time) lua.LValue
	handles map[string]*handle
}

// New returns the databases of a session's state. There is one for each state, made before its first call. moment makes a time
// as scripts see it.
func New(s *luaapi.Session, set *database.Set, moment func(time.Time) lua.LValue) *SQL {
	m := &SQL{s: s, set: set, moment: moment, handles: map[string]*handle{}}
	for _, name := range set.Names() {
		m.add(name).db = set.Get(name)
	}
	return m
}

func (m *SQL) add(name string) *handle {
	h := &handle{m: m, name: name}
	h.object = m.s.Install(h.module(false))
	h.inside = m.s.Install(h.module(true))
	m.handles[name] = h
	return h
}

// found is the database that a test has for a name.
func (m *SQL) found(a luaapi.Args, name string) *handle {
	if _, err := m.set.Find(name); err != nil {
		a.Raise("%s", err.Error())
	}
	if h := m.handles[name]; h != nil {
		return h
	}
	return m.add(name)
}

// Module returns the module sql.
func (m *SQL) Module() luaapi.Module {
	return luaapi.Module{
		Name: "sql",
		Doc:  "Databases by the names that the configuration gives them.",
		Members: []luaapi.Member{{
			Name: "open", Params: []luaapi.Param{{Name: "name", Type: "string"}}, Returns: "db", Func: m.open,
			Doc:     "The database of that name. It costs nothing, and may stand at the top of a file.",
			Example: `local db = sql.open("shop")`,
		}},
	}
}

// Objects are what sql.open and db:transaction give, declared for the reference.
func (m *SQL) Objects() []luaapi.Module {
	h := &handle{m: m}
	return []luaapi.Module{h.module(false), h.module(true)}
}

func (m *SQL) open(a luaapi.Args) int {
	name := a.String(1)
	if m.set.Finds() {
		return a.Return(m.found(a, name).object)
	}
	if h := m.handles[name]; h != nil {
		return a.Return(h.object)
	}
	names := m.set.Names()
	say := "there is no database " + shown(name)
	near := spell.Nearest(name, names)
	switch {
	case len(names) == 0:
		a.Raise(`%s: none is configured; write into the configuration, for example: sql: { shop: { url: "sqlite:shop.db" } }`, say)
	case near != "":
		a.Raise("%s; did you mean %s? There are %s", say, shown(near), strings.Join(names, ", "))
	}
	a.Raise("%s; there are %s", say, strings.Join(names, ", "))
	return 0
}

// shown is a name as messages show it.
func shown(name string) string {
	const most = 60 // bytes
	if len(name) > most {
		name = strings.ToValidUTF8(name[:most], "") + "…"
	}
	return `"` + name + `"`
}
