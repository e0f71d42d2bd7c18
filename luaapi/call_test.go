package luaapi_test

import (
	"errors"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
)

func TestRequire(t *testing.T) {
	t.Parallel()
	library := files{
		"lib.counter":  `local M = { n = 0 } function M.up() M.n = M.n + 1 return M.n end return M`,
		"lib.user":     `return require "lib.counter"`,
		"lib.no":       `return false`,
		"lib.nothing":  `local x = 1`,
		"lib.null":     `return nil`,
		"lib.name":     `return ...`,
		"lib.broken":   `error("no luck")`,
		"lib.a":        `return require "lib.b"`,
		"lib.b":        `return require "lib.a"`,
		"lib.self":     `return require "lib.self"`,
		"lib.dates":    `return { today = "now" }`,
		"lib.shop.tea": `return "tea"`,
	}
	b := newBench(t)
	for range 2 { // each call runs the files anew
		for source, want := range map[string]string{
			`local c = require "lib.counter" c.up() return { require("lib.counter").up(), require("lib.user").up(), c == require "lib.user" }`:               "[2,3,true]",
			`return { require "lib.no", require "lib.no", require "lib.nothing", require "lib.null", require "lib.nothing" }`:                                "[false,false,true,true,true]",
			`return { require "lib.name", require "lib.shop.tea" }`:                                                                                          `["lib.name","tea"]`,
			`local first = select(2, pcall(require, "lib.broken")) local second = select(2, pcall(require, "lib.broken")) return { first == second, first }`: `[true,"lib/broken.lua:1: no luck"]`,
			`local co = coroutine.wrap(function() return require "lib.dates" end) return { co() == require "lib.dates" }`:                                    "[true]",
		} {
			if got, err := b.call(t, library, 0, source); err != nil || got != want {
				t.Errorf("%s\n  returned %s %v\n  want %s", source, got, err, want)
			}
		}
		for name, want := range map[string]string{
			"lib.broken":    "no luck",
			"lib.a":         `require "lib.a": this file is still loading: two files in lib/ require each other; move what both need into a third`,
			"lib.self":      `require "lib.self": this file is still loading`,
			"lib.daets":     `require "lib.daets": there is no lib/daets.lua; did you mean "lib.dates"?`,
			"dates":         `require "dates": shared files are named with lib and dots; write require "lib.dates"`,
			"daets":         `did you mean "lib.dates"?`,
			"lib/dates":     `write require "lib.dates"`,
			"lib/dates.lua": `write require "lib.dates"`,
			"./lib/dates":   `write require "lib.dates"`,
			"dates.lua":     `write require "lib.dates"`,
			"lib.dates.lua": `write require "lib.dates"`,
			`lib\dates`:     `write require "lib.dates"`,
			"shop/tea":      `write require "lib.shop.tea"`,
			"completely":    `require "completely": there is no lib/completely.lua that could be loaded; shared files lie below lib/`,
			"":              "shared files lie below lib/",
			"../secrets":    "shared files lie below lib/",
			"/etc/passwd":   "shared files lie below lib/",
		} {
			_, err := b.call(t, library, 0, `return require [[`+name+`]]`)
			fails(t, err, name, want)
		}
	}
}

// A rejection goes through everything that catches errors, and its message arrives.
func TestReject(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`reject()`: "", `reject("")`: "", `reject(nil)`: "", `reject("not now")`: "not now", `reject(7)`: "7",
		`pcall(reject, "a")`: "a",
		`pcall(function() pcall(reject, "a") end) reject("b")`:                       "a",
		`xpcall(function() reject("a") end, function() return "caught" end)`:         "a",
		`xpcall(error, function() reject("a") end)`:                                  "a",
		`coroutine.wrap(function() reject("a") end)()`:                               "a",
		`coroutine.resume(coroutine.create(function() reject("a") end))`:             "a",
		`pcall(coroutine.wrap(function() pcall(reject, "a") coroutine.yield() end))`: "a",
		`table.sort({ 3, 1, 2 }, function() reject("a") end)`:                        "a",
		`pcall(table.sort, { 3, 1, 2 }, function() reject("a") end)`:                 "a",
		`("x"):gsub("x", function() reject("a") end)`:                                "a",
		`tostring(setmetatable({}, { __tostring = function() reject("a") end }))`:    "a",
		`return setmetatable({}, { __index = reject }) .event .. reject("a")`:        "*",
	} {
		_, _, err := run(t, "", script)
		var failed *interp.Error
		var rejection *luaapi.Rejection
		if want == "*" {
			fails(t, err, script, "") // the metamethod gets a table as the message
			continue
		}
		if !errors.As(err, &failed) || !errors.As(failed.Stopped, &rejection) || rejection.Message != want {
			t.Errorf("%s: %v, want the rejection %q", script, err, want)
		}
	}
	for script, want := range map[string]string{
		`reject({})`: "reject: message must be a text, but is a table", `reject(true)`: "but is true", `reject(json.null)`: "but is json.null",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
}

// Nothing that a script leaves somewhere shows the next call anything, and lazy tables of an ended call stay empty.
func TestNothingOutlivesACall(t *testing.T) {
	t.Parallel()
	runner := apitest.New(t, apitest.Case{Modules: modules})
	long := strings.Repeat("long ", 100)
	secret := request(`{"secret":[1,2,3],"texts":["short","a text of more than forty bytes, as users write them","` + long + `","\u00fc\n"],"n":{"key one":{"a":1,"b":null}}}`)
	first := apitest.Case{Request: secret, Script: `
local l = probe.lazy('{"secret":1}')
local v = tracker:get_slot("v")
local half = tracker.slots
for _ in pairs(half) do break end
local key = next(v.n)
probe.keep(json.object { half = half, whole = v, inner = v.n["key one"], texts = { key, unpack(v.texts) }, event = SlotSet("a", v.secret), said = dispatcher.messages,
  walk = function() for k in pairs(v) do return k end end, lazy = l, list = probe.lazy("[1]"), f = function() return l.secret, next(l) end,
  co = coroutine.wrap(function() coroutine.yield() return l.secret end), slots = function() return tracker:get_slot("v") end })`}
	if _, err := runner.Call(t, first); err != nil {
		t.Fatal(err)
	}
	second := apitest.Case{Script: `
local old = probe.kept()
assert(old.lazy.secret == nil and next(old.lazy) == nil and #old.list == 0 and old.list[1] == nil)
assert(next(old.half) == nil and next(old.whole) == nil and old.whole.texts == nil and old.inner.a == nil and #old.inner == 0)
assert(old.walk() == nil)
assert(old.event.name == nil and next(old.event) == nil)
assert(table.concat(old.texts, "|") == "key one|short|a text of more than forty bytes, as users write them|" .. string.rep("long ", 100) .. "|ü\n")
assert(old.f() == nil)
assert(old.slots() == nil)
assert(json.encode(old.lazy) == "{}")`}
	if _, err := runner.Call(t, second); err != nil {
		t.Error(err)
	}
	// Each of these tries to leave something where the next call would find it.
	leaks(t,
		`json.leak = 1`, `rawset(json, "leak", 1)`, `leak = 1`, `rawset(string, "leak", 1)`, `string.leak = 1`,
		`getmetatable("").leak = 1`, `getmetatable("").__index.leak = 1`,
		`getmetatable(json.decode("12345678901234567890")).leak = 1`, `getmetatable(json.decode("[]")).leak = 1`, `getmetatable(probe.lazy("[]")).leak = 1`,
		`tracker.leak = 1`, `dispatcher.leak = 1`, `dispatcher.messages[1] = { text = "leak" }`, `tracker.slots.leak = 1`,
		`setmetatable(tracker.slots, { __index = { leak = 1 } })`, `json.null.leak = 1`, `setmetatable(json.array(), { __index = { leak = 1 } })`,
		`json.object().leak = 1`, `tracker.latest_message.intent.leak = 1`,
	)
}

// What pairs and ipairs give for a table of luaction's own must not be a table that can be written to.
func TestPairsGivesNoWayIn(t *testing.T) {
	t.Parallel()
	leaks(t,
		`local _, members = pairs(json) members.leak = 1`, `local _, members = pairs(json) rawset(members, "leak", 1)`,
		`local _, members = pairs(json) members.encode = function() return "leak" end`,
		`local _, members = ipairs(json) members.leak = 1`, `local _, members = pairs(string) members.leak = 1`,
		`local _, members = pairs(tracker) members.leak = 1`, `local _, members = pairs(json) setmetatable(members, { __index = { leak = 1 } })`,
	)
}

// leaks runs each attempt in a call, and looks for what it left in the next one.
func leaks(t *testing.T, attempts ...string) {
	t.Helper()
	runner := apitest.New(t, apitest.Case{Modules: modules})
	for _, attempt := range attempts {
		_, _ = runner.Call(t, apitest.Case{Script: "pcall(function() " + attempt + " end)"})
		answer, err := runner.Call(t, apitest.Case{Script: `
local function has(v) return v.leak ~= nil end
for _, v in ipairs { json, string, tracker, dispatcher, tracker.slots, ("x"), json.null, json.decode("12345678901234567890"), json.array(), json.object(), json.decode("[]"), tracker.latest_message.intent } do
  local ok, found = pcall(has, v)
  if ok and found then error("found in " .. tostring(v)) end
end
for _, t in ipairs { json, string, tracker, dispatcher } do
  for name in pairs(t) do if name == "leak" then error("found by pairs") end end
end
assert(json.encode(1) == "1")`})
		if err != nil || answer != `{"events":[],"responses":[]}` {
			t.Errorf("%s reaches the next call: %s %v", attempt, answer, err)
			runner = apitest.New(t, apitest.Case{Modules: modules})
		}
	}
}

// Reading JSON is counted against the call's memory, before the tables are made.
func TestMemoryOfJSON(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for unit, want := range map[string]string{
		`[]`: "json.decode made", `{}`: "json.decode made", `{"a":1}`: "json.decode made", `{"a":null}`: "json.decode made", `1.5`: "reading JSON made",
		`"` + strings.Repeat("a", 100) + `"`: "reading JSON made",
	} {
		_, err := b.call(t, nil, 4<<20, "return pcall(json.decode, probe.many([==["+unit+"]==], 200000))")
		fails(t, err, unit, "the scripts use more memory than they may", want)
	}
	_, err := b.call(t, nil, 0, `return json.decode("[" .. string.rep("1,", 300000) .. "1]")`)
	fails(t, err, "a long list", "a JSON list has 300001 items; Lua's lists can't have more than 262143 here")
	// An error that a script catches leaves no empty table behind.
	_, err = b.call(t, nil, 0, `
local l = probe.lazy("[" .. string.rep("1,", 300000) .. "1]")
assert(not pcall(table.insert, l, 1))
assert(l[1] == 1 and #l == 300001)
table.insert(l, 1)`)
	fails(t, err, "a long lazy list", "a JSON list has 300001 items")
	got, err := b.call(t, nil, 64<<20, `
local co = coroutine.wrap(function() return pcall(json.decode, "[" .. string.rep("1,", 300000) .. "1]") end)
local ok, e = co()
return { ok, e:match("a JSON list has") }`)
	if err != nil || got != `[false,"a JSON list has"]` {
		t.Errorf("inside a coroutine: %s %v", got, err)
	}
}

// A call that has to end does so in the middle of reading and writing JSON, too.
func TestStopped(t *testing.T) {
	t.Parallel()
	long := "[" + strings.Repeat(`{"a":[1]},`, 10000) + "1]"
	for name, work := range map[string]func(b *bench, list lua.LValue){
		"reading": func(b *bench, _ lua.LValue) { b.session.Values.From(mustParse(long)) },
		"filling": func(b *bench, _ lua.LValue) { filled(b.session.Values, b.session.Values.Lazy(mustParse(long))) },
		"writing": func(b *bench, list lua.LValue) { _, _ = b.session.Values.AppendText(nil, list, "") },
	} {
		b := newBench(t)
		b.open(nil, 0)
		list, done := b.session.Values.From(mustParse(long)), false
		err := b.state.Protect(func() {
			b.state.Meter().Stop(meter.ErrDeadline)
			work(b, list)
			done = true
		})
		if done || !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s went on after the deadline: %v", name, err)
		}
		b.close()
		// What was open is forgotten: the state writes the same again.
		b.open(nil, 0)
		if text, err := b.session.Values.AppendText(nil, b.session.Values.From(mustParse(long)), ""); err != nil || string(text) != long {
			t.Errorf("%s: the next call wrote %.40q %v", name, text, err)
		}
		b.close()
	}
}
