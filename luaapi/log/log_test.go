package log_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/log"
)

func logModule(s *luaapi.Session) luaapi.Module   { log, _ := log.New(s); return log }
func printModule(s *luaapi.Session) luaapi.Module { _, print := log.New(s); return print }

func lines(t *testing.T, script string) ([]string, error) {
	t.Helper()
	_, out, err := apitest.Run(t, apitest.Case{
		Script: script, Modules: []func(*luaapi.Session) luaapi.Module{logModule, printModule, json.New},
	})
	return out, err
}

func TestLines(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`log.debug("a")`:                          `level=DEBUG msg=a script=action_test.lua line=2`,
		`log.info("a")`:                           `level=INFO msg=a script=action_test.lua line=2`,
		`log.warn("a b")`:                         `level=WARN msg="a b" script=action_test.lua line=2`,
		"\n\nlog.error(\"a\")":                    `level=ERROR msg=a script=action_test.lua line=4`,
		`log.info("a", { order = "A-1", n = 5 })`: `level=INFO msg=a order=A-1 n=5 script=action_test.lua line=2`,
		`log.info("a", { t = { 1, { b = json.null } }, e = {}, f = false })`: `level=INFO msg=a t="[1,{\"b\":null}]" e=[] f=false script=action_test.lua line=2`,
		`log.info("a", { "x", "y" })`:                                        `level=INFO msg=a 1=x 2=y script=action_test.lua line=2`,
		`log.info({ a = 1, b = { 2 } })`:                                     `level=INFO msg="{\"a\":1,\"b\":[2]}" script=action_test.lua line=2`,
		`log.info()`:                                                         `level=INFO msg=nil script=action_test.lua line=2`,
		`log.info(nil, nil)`:                                                 `level=INFO msg=nil script=action_test.lua line=2`,
		`log.info(json.null)`:                                                `level=INFO msg=null script=action_test.lua line=2`,
		`log.info(json.decode("12345678901234567890"))`:                      `level=INFO msg=12345678901234567890 script=action_test.lua line=2`,
		`log.info(tracker)`:                                                  `level=INFO msg="the tracker" script=action_test.lua line=2`,
		`log.info(setmetatable({}, { __tostring = function() return "me" end }))`: `level=INFO msg=me script=action_test.lua line=2`,
		`log.info("two\nlines")`:                         `level=INFO msg="two\nlines" script=action_test.lua line=2`,
		`log.info("a\255b")`:                             `level=INFO msg="` + "a\ufffdb" + `" script=action_test.lua line=2`,
		`print("a", 1, nil, true, { 1, 2 })`:             `level=INFO msg="a\t1\tnil\ttrue\t[1,2]" script=action_test.lua line=2`,
		`print()`:                                        `level=INFO msg="" script=action_test.lua line=2`,
		`pcall(print, "a")`:                              `level=INFO msg=a script=action_test.lua line=2`,
		`local function f() log.info("a") end` + "\nf()": `level=INFO msg=a script=action_test.lua line=2`,
		`coroutine.wrap(function() log.info("a") end)()`: `level=INFO msg=a script=action_test.lua line=2`,
	} {
		if out, err := lines(t, script); err != nil || len(out) != 1 || out[0] != want {
			t.Errorf("%s\n  logged %q %v\n  want %q", script, out, err, want)
		}
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`log.info({ f = print })`: `msg="table: `, `print({ f = print })`: `msg="table: `, `local t = {} t.t = t log.info(t)`: `msg="table: `,
		`log.info(print)`: `msg="function: `,
	} {
		if out, err := lines(t, script); err != nil || len(out) != 1 || !strings.Contains(out[0], want) {
			t.Errorf("%s\n  logged %q %v\n  want %q in it", script, out, err, want)
		}
	}
}

func TestCaps(t *testing.T) {
	t.Parallel()
	for script, most := range map[string]int{
		`log.info(string.rep("x", 100000))`:                                9 << 10,
		`log.info(string.rep("ü", 100000))`:                                9 << 10,
		`print(string.rep("x", 100000), string.rep("y", 100000))`:          9 << 10,
		`log.info("a", { b = string.rep("x", 100000) })`:                   9 << 10,
		`local t = {} for i = 1, 10000 do t[i] = "x" end log.info("a", t)`: 2 << 10,
		`local t = {} for i = 1, 10000 do t[i] = "x" end log.info(t)`:      20 << 10,
	} {
		out, err := lines(t, script)
		if err != nil || len(out) != 1 || len(out[0]) > most || len(out[0]) < 100 || !strings.Contains(out[0], "…") {
			t.Errorf("%s: %d lines %v: %.100q", script, len(out), err, out)
		}
		if len(out) == 1 && strings.Contains(out[0], "\ufffd") {
			t.Errorf("%s: a character was cut in two", script)
		}
	}
	out, err := lines(t, `for i = 1, 3000 do log.info(i) end pcall(log.info, "more")`)
	if err != nil || len(out) != 1000 || !strings.Contains(out[998], "msg=999 ") || !strings.Contains(out[999], "this call logs too much; its further lines are left out") {
		t.Errorf("%d lines %v", len(out), err)
	}
}

// The count begins anew with each call.
func TestCountOfEachCall(t *testing.T) {
	t.Parallel()
	r := apitest.New(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{logModule}})
	for range 3 {
		if _, err := r.Call(t, apitest.Case{Script: `for i = 1, 600 do log.debug(i) end`}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.Log()); n != 1800 {
		t.Errorf("%d lines, want 1800", n)
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`log.info("a", "b")`:  "log.info: fields must be a table, but is a text; write for example log.info(",
		`log.info("a", json)`: "log.info: fields must be a table of your own, but is the module json",
		`log.warning("a")`:    "log has no 'warning'; did you mean 'warn",
		`log.critical("a")`:   "log has no 'critical'; it has debug, info, warn, error",
		`log:info("a")`:       "log:info is called with a dot: write log.info(…)",
		`log("a")`:            "",
		`log.info(setmetatable({}, { __tostring = function() return {} end }))`: "must return a string",
	} {
		if _, err := lines(t, script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n  raised %v\n  want %q in it", script, err, want)
		}
	}
}
