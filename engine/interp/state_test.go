package interp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

func TestState(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		// A caught error closes the captured locals of the calls that died, and no others.
		`local n, f = 10, nil
f = function() n = n + 1 end
pcall(error, "x") f() n = n + 1 f() out(n)`: "13\n",
		`local get
pcall(function() local mine = "mine" get = function() return mine end error("x") end)
local function other(a, b, c) return a end other(1, 2, 3) out(get())`: "mine\n",
		`local n = 0
local function bump() n = n + 1 end
xpcall(function() local m = n bump() error("x") end, function() bump() end) bump() out(n)`: "3\n",
		// Handlers.
		`out(xpcall(function() error("a", 0) end, function(e) return "handled " .. e end))`:                                                             "false\thandled a\n",
		`out(xpcall(function() error("a", 0) end, function(e) error("b", 0) end))`:                                                                      "false\terror in error handling\n",
		`local n = 0 out(xpcall(function() error("a", 0) end, function(e) n = n + 1 if n < 3 then error(e .. n, 0) end return e end))`:                  "false\ta12\n",
		`out(xpcall(function() return xpcall(function() error("in", 0) end, function(e) error("h " .. e, 0) end) end, function(e) return "outer" end))`: "true\tfalse\terror in error handling\n",
		`out(xpcall(error, 5))`: "false\terror in error handling\n",
		`out(xpcall(function() local function f() return 1 + f() end return f() end, function(e) return (e:match("stack overflow")) end))`: "false\tstack overflow\n",
		// Error values.
		`local e = {} local ok, got = pcall(error, e) out(ok, got == e)
ok, got = pcall(pcall, error, e) out(ok, got)`: "false\ttrue\ntrue\tfalse\n",
		`out(pcall(error)) out(pcall(error, nil)) out(pcall(error, false)) out(pcall(error, 5))`: "false\tnil\nfalse\tnil\nfalse\tfalse\nfalse\t5\n",
		`local function f() error("x", 2) end
local ok, m = pcall(function()
  f()
end) out(m)`: "case.lua:13: x\n",
		`out(pcall(nil)) out(pcall({})) out(pcall(setmetatable({}, { __call = function(_, x) return x end }), 5))`: "false\tattempt to call a nil value\nfalse\tattempt to call a table value\ntrue\t5\n",
		// Depth.
		`local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end out(f(200)) out((pcall(f, 1e6))) out(f(200))`: "200\nfalse\n200\n",
		`local function f(n) local ok, m = pcall(f, n + 1) return ok, m end out((f(0)))`:                                       "true\n",
		`local function f() return pcall(f) end out((f()))`:                                                                    "true\n",
		`local function f(n) if n == 0 then return 0 end return 1 + select(2, pcall(f, n - 1)) end out(f(60))`:                 "60\n",
		`local function f(n) if n == 0 then return "end" end return f(n - 1) end out(f(100000))`:                               "end\n",
		// Many values.
		`local t = {} for i = 1, 3000 do t[i] = i end out(select("#", unpack(t)), (select(3000, unpack(t))))
local function count(...) return select("#", ...) end out(count(unpack(t)))
out(select("#", ("x"):rep(3000):byte(1, -1)))
out((pcall(unpack, {}, 1, 1e8)))`: "3000\t3000\n3000\n3000\nfalse\n",
		`out(unpack({ [0] = "a", "b" }, 0, 1)) out(unpack({}, -1, 1))`: "a\tb\nnil\tnil\tnil\n",
		// Numbers in texts.
		`out("10" + 5, "010" + 0, "0x10" * 1, -"2", "3" ^ "2", 10 % "3", (pcall(function() return "1_000" + 0 end)))`: "15\t10\t16\t-2\t9\t1\tfalse\n",
		`local m = setmetatable({}, { __add = function(a, b) return "added" end }) out("5" + m, m + "5", "x" + m)`:    "added\tadded\tadded\n",
		// Names that are gone, and frozen tables.
		`out(pcall(rawset, string, "rep", 1)) `: "false\tcase.lua:11: the library string belongs to luaction and can't be changed; keep your own values in a local\n",
		`out((pcall(table.insert, math, 1)), (pcall(table.sort, os)), (pcall(table.remove, table)), (pcall(setmetatable, string, {})))`: "false\tfalse\tfalse\tfalse\n",
		`out(getmetatable("x"), getmetatable(string), (pcall(setmetatable, "x", {})))`:                                                  "false\tnil\tfalse\n",
	} {
		if got := prints(t, s, program); got != want {
			t.Errorf("%s\nprinted %q\nwant    %q", program, got, want)
		}
	}
}

func TestErrorsAreDescribed(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		`error("plain")`:             "case.lua:1: plain",
		`error("plain", 0)`:          "case.lua:1: plain",
		`error { code = 5, "x" }`:    `case.lua:1: the script raised the table { "x", code = 5 }`,
		`error {}`:                   `case.lua:1: the script raised the table {}`,
		`error { message = "told" }`: `case.lua:1: told`,
		`error(setmetatable({}, { __tostring = function() return "own words" end }))`: `case.lua:1: own words`,
		`error(setmetatable({}, { __tostring = function() error("no") end }))`:        `case.lua:1: the script raised the table {}`,
		`error()`:      `case.lua:1: the script raised nil, error(…) takes a text`,
		`error(5)`:     `case.lua:1: 5`,
		`error(print)`: `case.lua:1: the script raised function, error(…) takes a text`,
		"local function f()\n error('in')\nend\nf()":                                                     "case.lua:2: in",
		"coroutine.wrap(function()\n error('in') end)()":                                                 "case.lua:2: in",
		"coroutine.wrap(function()\n local x = nil + 1 end)()":                                           "case.lua:2: attempt to perform arithmetic on a nil value",
		"pcall(error, 'same')\npcall(coroutine.wrap(function() error('same', 0) end))\nerror('same', 0)": "case.lua:3: same",
	} {
		_, err := run(t, s, program)
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", program, err, want)
		}
	}
}

func TestTraceOfACoroutine(t *testing.T) {
	t.Parallel()
	_, err := run(t, newState(t), "local function f()\n error('in')\nend\nlocal co = coroutine.wrap(function()\n f()\nend)\nco()")
	var told *interp.Error
	if !errors.As(err, &told) || strings.Join(told.Trace, " ") != "case.lua:2 case.lua:5" {
		t.Errorf("got %#v", told)
	}
}

func TestGoPanicIsNoScriptError(t *testing.T) {
	t.Parallel()
	for _, program := range []string{`boom()`, `pcall(boom)`, `coroutine.wrap(function() boom() end)()`, `pcall(coroutine.resume, coroutine.create(function() pcall(boom) end))`} {
		s := newState(t)
		s.SetGlobal("boom", &lua.LFunction{IsG: true, GFunction: func(*lua.LState) int { panic("boom") }})
		begin(t, s)
		_, err := s.Call(load(t, s, program))
		var told *interp.Error
		if !errors.As(err, &told) || !told.Fault || !strings.Contains(told.Message, "boom") {
			t.Errorf("%s: got %#v", program, err)
		}
		if s.End() {
			t.Errorf("%s: the state may serve another call", program)
		}
	}
}

// TestNothingLeaks runs each of these in a call of its own, and then looks for what they left.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for _, program := range []string{
		`leaked = 1`, `_G.leaked = 1`, `rawset(_G, "leaked", 1)`, `string.leaked = 1`, `rawset(string, "leaked", 1)`,
		`getmetatable("").__index.leaked = 1`, `setmetatable("", { __index = { leaked = 1 } })`, `setmetatable(1, {})`,
		`setmetatable(true, { __index = { leaked = 1 } })`, `setmetatable(pcall, { __index = { leaked = 1 } })`,
		`setfenv(0, { leaked = 1 })`, `getfenv(0).leaked = 1`, `getfenv(pcall).leaked = 1`, `loadstring("leaked = 1")()`,
		`load(function() return "leaked = 1" end)()`, `package.loaded.leaked = 1`, `debug.setmetatable("", {})`,
		`table.insert(string, 1)`, `table.sort(math, function() return true end)`, `string.rep = nil`, `rawset(string, "rep", nil)`,
		`os.leaked = 1`, `setmetatable(string, { __index = { leaked = 1 } })`, `getmetatable(string).__index = { leaked = 1 }`,
		`coroutine.wrap(function() leaked = 1 end)()`, `next(string) string.upper = string.lower`, `math.randomseed(1)`,
		`for name, f in pairs(string) do rawset(string, name, 1) end`, `local mt = getmetatable(setmetatable({}, {})) mt.__index = 1`,
		`pcall(rawset, coroutine, "leaked", 1)`, `table.concat = 1`, `unpack = 1`, `tostring = nil`, `_VERSION = "x"`,
		`local co = coroutine.create(function() coroutine.yield() end) coroutine.resume(co) error(co)`,
	} {
		_, _ = run(t, s, program)
	}
	const look = `
out(pcall(function() return leaked end))
for _, library in ipairs { string, table, math, os, coroutine } do
  local names = {}
  for name in pairs(library) do names[#names + 1] = name end
  table.sort(names)
  out(library.leaked, table.concat(names, " "))
end
out(pcall(function() return ("").leaked end)) out(pcall(function() return (1).x end)) out(pcall(function() return (true).x end))
out(("x"):rep(3), ("x"):upper(), getmetatable(""), _VERSION, tostring(nil), unpack({ 1 }), coroutine.running())
out(math.random(1e9) ~= 1)`
	if got, want := prints(t, s, look), prints(t, newState(t), look); got != want || !strings.Contains(got, "\nxxx\tX\tfalse\tLua 5.1\tnil\t1\tnil\n") {
		t.Errorf("after the others\n%s\nin a fresh state\n%s", got, want)
	}
}

func TestRandomIsTheCalls(t *testing.T) {
	t.Parallel()
	s := newState(t)
	const draw = `out(math.random(1e9), math.random(1e9))`
	seeded := prints(t, s, `math.randomseed(7) `+draw)
	if again := prints(t, s, `math.randomseed(7) `+draw); again != seeded {
		t.Errorf("the same seed gave %q and %q", seeded, again)
	}
	if unseeded := prints(t, s, draw); unseeded == seeded {
		t.Error("a seed holds for the next call")
	}
	if a, b := prints(t, s, draw), prints(t, s, draw); a == b {
		t.Errorf("two calls drew the same %q", a)
	}
}

func TestStopIsMet(t *testing.T) {
	t.Parallel()
	for _, program := range []string{
		`while true do end`,
		`while true do pcall(function() while true do end end) end`,
		`local function f() return f() end f()`,
		`xpcall(error, function() while true do end end)`,
		`local t = {} for i = 1, 200000 do t[i] = 200000 - i end while true do table.sort(t) end`,
		`local t = {} for i = 1, 200000 do t[i] = i % 7 end while true do table.sort(t, function() return true end) end`,
		`while true do table.concat({ ("x"):rep(1e6), ("y"):rep(1e6) }) end`,
		`local t = {} for i = 1, 200000 do t[i] = "abc" end while true do table.concat(t, ",") end`,
		`local t = {} for i = 1, 200000 do t[i] = i end while true do table.insert(t, 1, 0) table.remove(t, 1) end`,
		`table.insert({}, -1e15, 1)`,
		`table.concat(setmetatable({}, {}), "", -1e15, 1e15)`,
		`local t = {} for i = 1, 200000 do t[i] = i end while true do table.maxn(t) end`,
		`while true do unpack({}, 1, 199999) end`,
		`while true do os.date(("%c"):rep(10000)) end`,
		`while true do os.time { year = 2026, month = 1, day = 1, isdst = true } end`,
		`local t = {} for i = 1, 1000 do t[i] = i end while true do math.max(unpack(t)) end`,
		`while true do for k in pairs(string) do end end`,
		`local function f() return coroutine.wrap(f)() end while true do pcall(f) end`,
		`local s = "x" while true do pcall(function() s = s .. s end) if #s > 1e6 then s = "x" end end`,
		`error(setmetatable({}, { __tostring = function() while true do end end }))`,
		`while true do pcall(error, {}) end`,
		`while true do pcall(function() local t = nil return t.x end) end`,
		`local t = {} while true do t[#t + 1] = 1 if #t > 1e5 then t = {} end end`,
		`while true do local t = {} t[262143] = 1 end`,
	} {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			s := newState(t)
			begin(t, s)
			defer s.End()
			fn := load(t, s, program)
			var stopped time.Time
			stop := make(chan struct{})
			time.AfterFunc(50*time.Millisecond, func() {
				stopped = time.Now()
				s.Meter().Stop(context.DeadlineExceeded)
				close(stop)
			})
			_, err := s.Call(fn)
			ended := time.Now()
			<-stop
			if late := ended.Sub(stopped); late > time.Minute {
				t.Errorf("it ended %v after it was stopped", late)
			}
			var told *interp.Error
			if !errors.As(err, &told) || told.Stopped == nil && !strings.Contains(program, "-1e15, 1e15") {
				t.Errorf("got %#v", err)
			}
		})
	}
}
