package chunk

import (
	"reflect"
	"strings"
	"testing"
)

func compiled(t *testing.T, src string) (*Chunk, []Problem) {
	t.Helper()
	c, warnings, problem := Compile("a.lua", []byte(src))
	if problem != nil {
		t.Fatalf("%s\n%s", problem.Error(), src)
	}
	return c, warnings
}

func TestDomain(t *testing.T) {
	for _, c := range []struct {
		source  string
		domain  DomainUse
		returns ReturnKind
		call    string
	}{
		{`return function(d, t, domain) return domain.slots end`, DomainUsed, ReturnFunction, ""},
		{`return function(d, t, domain) end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t) return domain end`, DomainUnused, ReturnFunction, ""},
		{`return function() end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t, domain) return function() return domain end end`, DomainUsed, ReturnFunction, ""},
		{`return function(d, t, domain) local domain = 1 return domain end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t, domain) return (function(domain) return domain end)(1) end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t, domain) domain = nil end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t, domain) domain.x = nil end`, DomainUsed, ReturnFunction, ""},
		{`return function(d, t, domain) domain, d = d, 1 end`, DomainUnused, ReturnFunction, ""},
		{`return function(d, t, domain) f(domain) end`, DomainUsed, ReturnFunction, ""},
		{`return function(...) end`, DomainUsed, ReturnFunction, ""},
		{`return function(d, t, ...) end`, DomainUsed, ReturnFunction, ""},
		{`return function(d, t, domain, ...) end`, DomainUnused, ReturnFunction, ""},
		{`local function f(a, b, c) return c end return f`, DomainUsed, ReturnFunction, ""},
		{`local f = function(a, b, c) return a end return f`, DomainUnused, ReturnFunction, ""},
		{`local f = function(a, b, c) end local g = f return (g)`, DomainUnused, ReturnFunction, ""},
		{`local f = function(a, b, c) end f = h return f`, DomainUnknown, ReturnOther, ""},
		{`local f f = function(a, b, c) end return f`, DomainUnknown, ReturnOther, ""},
		{`return form { validate = {} }`, DomainUsed, ReturnCall, "form"},
		{`return (form({}))`, DomainUsed, ReturnCall, "form"},
		{`local x = slots {} return x`, DomainUsed, ReturnCall, "slots"},
		{`return knowledge_base { data = "x" }`, DomainUnused, ReturnCall, "knowledge_base"},
		{`local form = require "lib.form" return form {}`, DomainUnknown, ReturnCall, ""},
		{`return require "lib.x"`, DomainUnknown, ReturnCall, "require"},
		{`return wrap(function(d, t, domain) end)`, DomainUnknown, ReturnCall, "wrap"},
		{`local M = {} function M.a() end return M`, DomainUnknown, ReturnTable, ""},
		{`return {}`, DomainUnknown, ReturnTable, ""},
		{"return {" + rows(1000) + "}", DomainUnknown, ReturnTable, ""},
		{`return x.y`, DomainUnknown, ReturnOther, ""},
		{`return nil`, DomainUnknown, ReturnNothing, ""},
		{`local x = 1`, DomainUnknown, ReturnNothing, ""},
		{``, DomainUnknown, ReturnNothing, ""},
		{`if a then return function(d, t, dom) return dom end end return function() end`, DomainUsed, ReturnFunction, ""},
		{`if a then return x end return function() end`, DomainUnknown, ReturnFunction, ""},
	} {
		chunk, _ := compiled(t, c.source)
		if f := chunk.Facts; f.Domain != c.domain || f.Returns != c.returns || f.Call != c.call {
			t.Errorf("%.80s: domain %v, returns %v %q; want %v, %v %q", c.source, f.Domain, f.Returns, f.Call, c.domain, c.returns, c.call)
		}
	}
}

func TestFacts(t *testing.T) {
	const source = `local dates = require "lib.dates"
local other = require("lib.other")
local function f(require) return require "no" end
local events = {
  { event = "slot", name = "x" },
  { ["event"] = "slot" }, {
    event = "restart" },
  { event = f() },
}
total = count
return function(d) log.info(d, total) end`
	c, _ := compiled(t, source)
	if want := []Require{{"lib.dates", 1}, {"lib.other", 2}}; !reflect.DeepEqual(c.Facts.Requires, want) {
		t.Errorf("requires %v", c.Facts.Requires)
	}
	if want := map[string][]int{"slot": {5, 6}, "restart": {6}}; !reflect.DeepEqual(c.Facts.EventLines, want) {
		t.Errorf("events %v", c.Facts.EventLines)
	}
	want := []GlobalUse{{"require", 1, 15, false}, {"require", 2, 15, false}, {"total", 10, 1, true}, {"count", 10, 9, false},
		{"log", 11, 20, false}, {"total", 11, 32, false}, {"M", 12, 10, false}, {"N", 13, 10, true}}
	c, _ = compiled(t, strings.Replace(source, "return function(d) log.info(d, total) end",
		"local r = function(d) log.info(d, total) end\nfunction M.x() end\nfunction N() end", 1))
	want[4].Column, want[5].Column = 23, 35
	if !reflect.DeepEqual(c.Facts.Globals, want) {
		t.Errorf("globals %v", c.Facts.Globals)
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		source string
		want   []string
	}{
		{"return {\n cuisine = nil,\n}", []string{"a.lua:2: `cuisine = nil` says nothing in Lua; write json.null"}},
		{`return { ["num-people"] = nil, nil, x = (nil), [1] = nil }`, []string{
			"a.lua:1: `[\"num-people\"] = nil` says nothing in Lua; write json.null"}},
		{`return { x = nil or 1, y = not nil, z = f(nil) }`, nil},
		{`local x = nil x = nil`, nil},
		{"local x = 1\nform { x = 1 }", []string{"a.lua:2: the file returns nothing; put return before form"}},
		{"slots {}", []string{"a.lua:1: the file returns nothing; put return before slots"}},
		{"form {} return 1", nil},
		{"local function form() end form {}", nil},
	} {
		_, warnings := compiled(t, c.source)
		var got []string
		for _, w := range warnings {
			if !w.Warning {
				t.Errorf("%v is no warning", w)
			}
			got = append(got, w.Error())
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", c.source, got, c.want)
		}
	}
}
