package engine_test

import (
	"testing"

	"github.com/luaction/luaction/engine"
)

func TestCompileRefusesWhatCannotRun(t *testing.T) {
	t.Parallel()
	const end = "end it with: return function(dispatcher, tracker, domain) … end (or put return before form { … })"
	for _, c := range []struct{ name, source, want string }{
		{"action_x.lua", "local function run() end\n\n", "action_x.lua:1: the file returns nothing; " + end},
		{"shop/action_x.lua", "local M = {}\nreturn M", "shop/action_x.lua:2: the file returns a table, which can't be run; " + end + "; shared functions belong into a file below lib/"},
		{"action_x.lua", "return function() end", ""},
		{"action_x.lua", "local make = require 'lib.make'\nreturn make()", ""},
		{"lib/x.lua", "return {}", ""},
		{"lib/x.lua", "local x = 1", ""},
	} {
		_, _, problem := engine.Compile(c.name, []byte(c.source))
		got := ""
		if problem != nil {
			got = problem.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q\ngot  %s\nwant %s", c.name, c.source, got, c.want)
		}
	}
}
