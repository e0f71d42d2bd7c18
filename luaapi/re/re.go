// Package re is the module re: regular expressions as RE2 has them, under the names of Python's re.
package re

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	m := &module{}
	pattern := luaapi.Param{Name: "pattern", Type: "string"}
	s := luaapi.Param{Name: "s", Type: "string"}
	n := luaapi.Param{Name: "n", Type: "number", Optional: true}
	const match = "match or nil"
	return luaapi.Module{
		Name: "re",
		Doc: "Regular expressions, in the syntax of RE2; (?i) at the beginning ignores case. A match has the whole at m[0], the groups at " +
			"m[1] … and m.name, and where it is at m.start and m.stop, counted as string.find does.",
		Instead: map[string]string{
			"find_all": "findall", "finditer": "findall", "gmatch": "findall", "replace": "sub", "gsub": "sub", "subn": "sub",
			"find": "search", "test": "search", "compile": "search", "exec": "search", "quote": "escape",
		},
		Members: []luaapi.Member{
			{
				Name: "search", Params: []luaapi.Param{pattern, s}, Returns: match, Func: m.matcher(anywhere),
				Doc:     "The first match anywhere in the text.",
				Example: `local order = re.search("(?i)order (\\d+)", "about Order 17, please")`,
			},
			{
				Name: "match", Params: []luaapi.Param{pattern, s}, Returns: match, Func: m.matcher(atStart),
				Doc: "The match at the beginning of the text.", Example: `local m = re.match("(?P<letter>[A-Z])-(\\d+)", "A-17 and more")`,
			},
			{
				Name: "fullmatch", Params: []luaapi.Param{pattern, s}, Returns: match, Func: m.matcher(whole),
				Doc: "The match that takes the whole text.", Example: `local plausible = re.fullmatch("[0-9]{5}", "89073") ~= nil`,
			},
			{
				Name: "findall", Params: []luaapi.Param{pattern, s}, Returns: "list of any", Func: m.findAll,
				Doc:     "All matches from left to right, as texts; of a pattern with one group that group's, with more a list of each.",
				Example: `local numbers = re.findall("\\d+", "7 of 12")`,
			},
			{
				Name: "sub", Returns: "string", Func: m.sub,
				Params: []luaapi.Param{pattern, {Name: "replacement", Type: "string|function"}, s, n},
				Doc: "The text with each match, or the first n, replaced: by a text in which $1 and ${name} are groups and $$ is a dollar, or by " +
					"what a function gives for the match. Where it gives nil or false the match stays.",
				Example: `local masked = re.sub("(\\d{2})\\d+", "$1…", "IBAN 4455667788")`,
			},
			{
				Name: "split", Params: []luaapi.Param{pattern, s, n}, Returns: "list of string", Func: m.split,
				Doc: "The parts between the matches, after at most n of them the rest. The groups of a match stand between its parts.", Example: `local parts = re.split("\\s*[,;]\\s*", "a, b;c")`,
			},
			{
				Name: "escape", Params: []luaapi.Param{s}, Returns: "string", Func: escape,
				Doc: "A pattern that matches this text and nothing else.", Example: `local pattern = re.escape("1.5 (net)")`,
			},
		},
	}
}

type module struct{ cache cache }

// Names of the fields that every match has.
const (
	fieldStart = "start"
	fieldStop  = "stop"
)

// Match declares what search, match and fullmatch give, for the reference.
func Match() luaapi.Module {
	return luaapi.Module{
		Name: "match", Object: true, Rest: "string or nil",
		Doc: "What a pattern found: m[0] is the whole match, m[1], m[2] … are its groups, m.name a group with a name; nil for a group that took no part.",
		Fields: []luaapi.Field{
			{Name: fieldStart, Type: "number", Doc: "Where the match begins in the text, counted from 1 as string.find does."},
			{Name: fieldStop, Type: "number", Doc: "Where it ends."},
		},
	}
}

// matcher is a member that looks for one match.
func (m *module) matcher(which int) func(luaapi.Args) int {
	return func(a luaapi.Args) int {
		p, s := m.program(a), a.String(2)
		at := p.run(a, which, s)
		if at == nil {
			return a.Return(lua.LNil)
		}
		return a.Return(p.match(a, s, at))
	}
}

// match is a match as scripts see it: at has where its groups begin and end.
func (p *program) match(a luaapi.Args, s string, at []int) *lua.LTable {
	const perGroup = 200 // bytes
	a.State.Meter().Need(a.L, a.Name(), (len(at)+4)*perGroup)
	t := a.L.CreateTable(len(at)/2, 4)
	for i, name := range p.names {
		value := lua.LNil
		if at[2*i] >= 0 {
			value = a.Part(s, at[2*i], at[2*i+1])
		}
		t.RawSetInt(i, value)
		if name != "" {
			t.RawSetString(name, value)
		}
	}
	t.RawSetString(fieldStart, lua.LNumber(at[0]+1))
	t.RawSetString(fieldStop, lua.LNumber(at[1]))
	return t
}

func (m *module) findAll(a luaapi.Args) int {
	p, s := m.program(a), a.String(2)
	list := a.NewList()
	p.each(a, s, math.MaxInt, func(at []int) {
		switch len(at) / 2 {
		case 1:
			list.Add(part(a, s, at, 0))
		case 2:
			list.Add(part(a, s, at, 1))
		default:
			groups := a.NewList()
			for i := 1; i < len(at)/2; i++ {
				groups.Add(part(a, s, at, i))
			}
			list.Add(groups.Table())
		}
	})
	return a.Return(list.Table())
}

// part is the text of a group, "" if it took no part in the match.
func part(a luaapi.Args, s string, at []int, group int) lua.LString {
	if at[2*group] < 0 {
		return ""
	}
	return a.Part(s, at[2*group], at[2*group+1])
}

func (m *module) split(a luaapi.Args) int {
	p, s := m.program(a), a.String(2)
	list := a.NewList()
	from := 0
	p.each(a, s, a.Whole(3, 0, math.MaxInt, math.MaxInt), func(at []int) {
		list.Add(a.Part(s, from, at[0]))
		for i := 1; i < len(at)/2; i++ {
			list.Add(part(a, s, at, i))
		}
		from = at[1]
	})
	list.Add(a.Part(s, from, len(s)))
	return a.Return(list.Table())
}
