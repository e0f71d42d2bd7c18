package interp_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"go.uber.org/goleak"
)

func TestCoroutines(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		// Who may be resumed.
		`local a, b
a = coroutine.create(function() return coroutine.resume(b) end)
b = coroutine.create(function() return coroutine.resume(a) end)
out(coroutine.resume(a))`: "true\ttrue\tfalse\tcannot resume normal coroutine\n",
		`local co co = coroutine.create(function() return coroutine.resume(co) end) out(coroutine.resume(co))`: "true\tfalse\tcannot resume running coroutine\n",
		`local co = coroutine.create(function() end) coroutine.resume(co) out(coroutine.resume(co))`:           "false\tcannot resume dead coroutine\n",
		`local w = coroutine.wrap(function() end) w() out(pcall(w))`:                                           "false\tcannot resume dead coroutine\n",
		`out(pcall(coroutine.create, print))`:                                                                  "false\tcase.lua:11: bad argument #1 to '?' (Lua function expected)\n",
		`out(pcall(coroutine.yield, 1))`:                                                                       "false\tcase.lua:11: attempt to yield from outside a coroutine\n",
		// A yield as a tail call, at the bottom and deeper.
		`local co = coroutine.wrap(function(...) return coroutine.yield(...) end) out(co(1, 2)) out(co(3, 4)) out((pcall(co)))`: "1\t2\n3\t4\nfalse\n",
		`local function f(x) return coroutine.yield(x) end
local co = coroutine.wrap(function() local a, b = f(1) out(a, b) return f(2) end)
out(co()) out(co("only")) out(co("last"))`: "1\nonly\tnil\n2\nlast\n",
		// As many values as the call wants, whatever comes.
		`local co = coroutine.wrap(function() local a, b, c = coroutine.yield() out(a, b, c) local d = coroutine.yield() out(d) coroutine.yield((coroutine.yield())) end)
co() co(1) co(1, 2, 3, 4) out(co("x", "y"))`: "1\tnil\tnil\n1\nx\n",
		`out(select("#", coroutine.resume(coroutine.create(function() end))))
out(select("#", coroutine.resume(coroutine.create(function() coroutine.yield() end))))
out(select("#", coroutine.resume(coroutine.create(function() coroutine.yield(nil) end))))`: "1\n1\n2\n",
		`local co = coroutine.wrap(function(...) return select("#", ...) end) out(co(unpack({}, 1, 3000)))`: "3000\n",
		// Through pcall and back.
		`local co = coroutine.create(function()
  local ok, m = pcall(coroutine.yield, 1) out(ok, m)
  ok, m = pcall(function() coroutine.yield(2) end) out(ok, (m:gsub("^.-:%d+: ", "")))
  out(coroutine.yield("fine")) return "end" end)
out(coroutine.resume(co)) out(coroutine.resume(co, "back")) out(coroutine.status(co))`: "false\tcase.lua:12: attempt to yield across metamethod/C-call boundary\n" +
			"false\tattempt to yield across metamethod/C-call boundary\ntrue\tfine\nback\ntrue\tend\ndead\n",
		`local co = coroutine.create(function() for k in coroutine.yield do end end) local ok, m = coroutine.resume(co) out(ok, (m:gsub("^.-:%d+: ", "")))`:                "false\tattempt to yield across metamethod/C-call boundary\n",
		`local t = setmetatable({}, { __index = coroutine.yield }) local co = coroutine.create(function() return t.x end) out((coroutine.resume(co)))`:                     "false\n",
		`local t = setmetatable({}, { __call = function(_, x) return coroutine.yield(x) end }) local co = coroutine.wrap(function() return t(5) end) out(co()) out(co(6))`: "5\n6\n",
		// Errors.
		"local co = coroutine.create(function()\n local t\n return t.x end) out(coroutine.resume(co))":                                                                       "false\tcase.lua:13: attempt to index local 't' (a nil value)\n",
		`local co = coroutine.wrap(function() error("plain", 0) end) out(pcall(co))`:                                                                                         "false\tplain\n",
		`local co = coroutine.create(function() local function f() return 1 + f() end return f() end) local ok, m = coroutine.resume(co) out(ok, m:match("stack overflow"))`: "false\tstack overflow\n",
		`local get
local co = coroutine.create(function() local n = 1 get = function() n = n + 1 return n end error("x") end)
coroutine.resume(co) out(get(), get())`: "2\t3\n",
		`local function nest(n) local co = coroutine.wrap(nest) return co(n + 1) end out((pcall(nest, 1))) out(coroutine.running())`:                       "false\nnil\n",
		`local n = 0 for i = 1, 5000 do coroutine.wrap(function() n = n + 1 end)() end out(n)`:                                                             "5000\n",
		`local kept = {} for i = 1, 1000 do kept[i] = coroutine.wrap(function() while true do coroutine.yield(i) end end) kept[i]() end out(kept[1000]())`: "1000\n",
		`local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end out(coroutine.wrap(depth)(200))`:                                  "200\n",
	} {
		if got := prints(t, s, program); got != want {
			t.Errorf("%s\nprinted %q\nwant    %q", program, got, want)
		}
	}
}

func TestParkedCoroutinesAreCounted(t *testing.T) {
	t.Parallel()
	s := newState(t)
	s.Begin(context.Background(), time.Time{}, 16<<20)
	defer s.End()
	_, err := s.Call(load(t, s, `local kept = {} while true do kept[#kept + 1] = coroutine.wrap(function() coroutine.yield() end) kept[#kept]() end`))
	if err == nil || !strings.Contains(err.Error(), "coroutine.create made more than 16 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestStopGoesThroughResume(t *testing.T) {
	t.Parallel()
	for _, program := range []string{
		`while true do coroutine.resume(coroutine.create(function() while true do end end)) end`,
		`while true do pcall(coroutine.wrap(function() while true do end end)) end`,
		`local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end`,
		`while true do coroutine.resume(coroutine.create(function() pcall(function() while true do end end) end)) end`,
	} {
		s := newState(t)
		begin(t, s)
		reason := errors.New("enough")
		time.AfterFunc(20*time.Millisecond, func() { s.Meter().Stop(reason) })
		_, err := s.Call(load(t, s, program))
		if !errors.Is(err, reason) {
			t.Errorf("%s: %v", program, err)
		}
		if s.End() {
			t.Errorf("%s: the state may serve another call", program)
		}
	}
}

func TestCoroutinesEndWithTheCall(t *testing.T) {
	s := newState(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var left weak.Pointer[lua.LTable]
	s.SetGlobal("mark", &lua.LFunction{IsG: true, GFunction: func(L *lua.LState) int {
		left = weak.Make(L.CheckTable(1))
		return 0
	}})
	if _, err := run(t, s, `
local big = {}
mark(big)
local co = coroutine.wrap(function() local mine = big coroutine.yield(mine) end)
co()
for i = 1, 100 do coroutine.wrap(function() coroutine.yield(co) end)() end`); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		runtime.GC()
		if left.Value() == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("what a parked coroutine holds outlives the call")
}
