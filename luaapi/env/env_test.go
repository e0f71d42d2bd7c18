package env_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/env"
)

func run(t *testing.T, script string) (string, error) {
	t.Helper()
	answer, _, err := apitest.Run(t, apitest.Case{Script: script, Modules: []func(*luaapi.Session) luaapi.Module{
		func(s *luaapi.Session) luaapi.Module {
			return env.New(s, []env.Variable{{"SHOP_NAME", "Ann's", true}, {"EMPTY", "", true}, {Name: "ABSENT"}, {"12", "twelve", true}})
		},
	}})
	return answer, err
}

func TestGet(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		`env.get("SHOP_NAME")`:            "string Ann's",
		`env.get("SHOP_NAME", "x")`:       "string Ann's",
		`env.get("EMPTY", "x")`:           "string ",
		`env.get("ABSENT")`:               "nil nil",
		`env.get("ABSENT", "x")`:          "string x",
		`env.get("ABSENT", 5)`:            "number 5",
		`env.get("ABSENT", false)`:        "boolean false",
		`env.get("ABSENT", nil)`:          "nil nil",
		`env.get("SHOP_NAME", "x", "y")`:  "string Ann's",
		`env.get(12)`:                     "string twelve",
		`select("#", env.get("ABSENT"))`:  "number 1",
		`env.get("ABSENT", {}) and "set"`: "string set",
	} {
		answer, err := run(t, `local v = `+expression+` dispatcher:utter_message(type(v) .. " " .. tostring(v))`)
		if err != nil || !strings.Contains(answer, `"text":"`+want+`"`) {
			t.Errorf("%s: %s %v, want %s", expression, answer, err, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`env.get("SHOP_NAM")`:               "action_test.lua:2: env.get: the configuration doesn't list 'SHOP_NAM'; did you mean 'SHOP_NAME'?",
		`env.get("shop_name")`:              "did you mean 'SHOP_NAME'?",
		`env.get("PATH", "x")`:              "the configuration doesn't list 'PATH'; whoever runs the server can add it there, under env",
		`env.get("")`:                       "doesn't list ''",
		`env.get(string.rep("x", 1000000))`: "doesn't list 'xxxxxxxxxx",
		`env.get()`:                         "env.get: name must be a text, but is nil; write for example",
		`env.get({})`:                       "name must be a text, but is a table",
		`env:get("SHOP_NAME")`:              "write env.get(…)",
		`env.gte("SHOP_NAME")`:              "env has no 'gte'; did you mean 'get'?",
		`local x = env.SHOP_NAME`:           "env has no 'SHOP_NAME'",
		`env.SHOP_NAME = "x"`:               "env",
		`env.get("SHOP_NAME\0")`:            "doesn't list",
		`env.get(setmetatable({}, { __tostring = function() return "SHOP_NAME" end }))`: "must be a text",
	} {
		_, err := run(t, script)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 400 {
			t.Errorf("%s: %v, want %s", script, err, want)
		}
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	state := interp.New(interp.Options{})
	defer state.Close()
	for _, member := range env.New(luaapi.NewSession(state), nil).Members {
		if _, err := run(t, member.Example); err != nil {
			t.Errorf("%s: %v", member.Example, err)
		}
	}
}
