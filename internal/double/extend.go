package double

import (
	"maps"
	"slices"
	gotime "time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	apitime "github.com/luaction/luaction/luaapi/time"
)

// file is the state in which a test file runs.
type file struct {
	set   *Set
	s     *luaapi.Session
	times *apitime.Times // to read arguments only: the module time makes those that scripts see
	meta  *lua.LTable    // of handles
}

// Extend returns the modules with the words that only test files know, for a state that runs one, which is given the clock of the
// Set, too. Before the state's first call. The modules must have been made for an engine that Configure configured.
func (s *Set) Extend(session *luaapi.Session, modules []luaapi.Module) []luaapi.Module {
	session.State.SetClock(s.clock.now, s.clock.sleep)
	f := &file{set: s, s: session, times: apitime.NewTimes(session)}
	f.hideHandles()
	words := f.words()
	extended := slices.Clone(modules)
	for i := range extended {
		extended[i].Members = append(slices.Clip(extended[i].Members), words[extended[i].Name]...)
	}
	return extended
}

// Reference declares the words that only test files know, by the modules that they join, and the objects that they give. It is for
// reading: they can't be called.
func Reference() []luaapi.Module {
	f := &file{set: &Set{}}
	var modules []luaapi.Module
	words := f.words()
	for _, name := range slices.Sorted(maps.Keys(words)) {
		modules = append(modules, luaapi.Module{Name: name, Members: words[name]})
	}
	return append(modules,
		luaapi.Module{Name: "stub", Object: true, Doc: "What http.stub gives.", Fields: []luaapi.Field{
			{Name: "requests", Type: "list of request", Doc: "The requests that came up to now, in their order."},
		}},
		luaapi.Module{Name: "request", Object: true, Doc: "A request that came to a stub.", Fields: requestFields()})
}

// words are the members by the modules that they join.
func (f *file) words() map[string][]luaapi.Member {
	return map[string][]luaapi.Member{
		"http": {{
			Name: "stub", Returns: "stub", Func: f.stubRequest,
			Params: []luaapi.Param{{Name: "method", Type: "string"}, {Name: "url", Type: "string"}, {Name: "reply", Type: "table|function", Fields: replyFields()}},
			Doc: "Says for this test what such requests are answered: { status = 200, json, body, headers, delay, error }, or what a function(request) returns. " +
				`The method may be "*", the url end in *. The stub made last wins; its handle lists the requests that came.`,
			Example: `local stub = http.stub("GET", "snow:/table/incident", { json = { result = {} } })`,
		}},
		"sql": {{
			Name: "stub", Func: f.stubDatabase,
			Params: []luaapi.Param{{Name: "name", Type: "string"}, {Name: "instead", Type: "string|function"}},
			Doc: "Gives this test a database of that name: a fresh one in memory, filled by a text of SQL statements, or a function(sql, …) that " +
				"returns a list of rows for query, row and value, and a number of rows for exec.",
			Example: `sql.stub("shop", "CREATE TABLE orders (id INTEGER, total REAL); INSERT INTO orders VALUES (7, 12.5)")`,
		}},
		"env": {{
			Name: "stub", Func: f.set.stubVariable,
			Params:  []luaapi.Param{{Name: "name", Type: "string"}, {Name: "value", Type: "string", Optional: true}},
			Doc:     "Says for this test what an environment variable holds, whether or not the configuration lists it; nil is one that isn't set.",
			Example: `env.stub("SHOP_NAME", "Ann's")`,
		}},
		"time": {
			{
				Name: "freeze", Params: []luaapi.Param{{Name: "t", Type: "moment|string|number", Optional: true}}, Func: f.freeze,
				Doc:     "Has time.now, os.time, os.date and os.clock stand still for this test, at t or at the present. Only time.advance, time.sleep and delays of http.stub move them on.",
				Example: `time.freeze("2026-12-24T18:00:00Z")`,
			},
			{
				Name: "advance", Params: []luaapi.Param{{Name: "seconds", Type: "number"}}, Func: f.advance,
				Doc:     "Moves the clock of this test on. It stands still afterwards, as after time.freeze.",
				Example: `time.advance(3600)`,
			},
		},
	}
}

func (f *file) freeze(a luaapi.Args) int {
	at := f.set.clock.now()
	if a.Get(1) != lua.LNil {
		at = f.times.Arg(a, 1).Time()
	}
	f.set.clock.freeze(at)
	return 0
}

func (f *file) advance(a luaapi.Args) int {
	seconds := a.Number(1, 0)
	if !(seconds >= 0) {
		a.Raise("seconds must be 0 or more, but is %s; time.freeze(t) sets the clock back", number.Format(seconds))
	}
	f.set.clock.advance(duration(seconds))
	return 0
}

// duration is so many seconds, or the longest there is.
func duration(seconds float64) gotime.Duration {
	if seconds >= most.Seconds() {
		return most
	}
	return gotime.Duration(seconds*1e6+0.5) * gotime.Microsecond
}
