package strlib_test

import (
	"context"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/engine/interp/strlib"
)

// newState returns a state that has the library as its string table, and the meter of the library. The global big is an
// integer that no double holds, and show(...) joins values for comparing.
func newState(t testing.TB) (*lua.LState, *meter.Meter) {
	L := lua.NewState(lua.Options{RegistrySize: 1024, RegistryMaxSize: 1 << 17, RegistryGrowStep: 4096})
	t.Cleanup(L.Close)
	m := meter.New()
	write := func(L *lua.LState, v lua.LValue) string {
		if n, ok := v.(lua.LNumber); ok {
			return number.Format(float64(n))
		}
		if i := number.IntegerOf(v); i != nil {
			return i.Digits()
		}
		return L.ToStringMeta(v).String()
	}
	for name, f := range strlib.New(m, write).Functions() {
		L.GetGlobal("string").(*lua.LTable).RawSetString(name, L.NewFunction(f))
	}
	big := L.NewUserData()
	big.Value = number.NewInteger("12345678901234567890123")
	L.SetGlobal("big", big)
	L.SetGlobal("show", L.NewFunction(func(L *lua.LState) int {
		var parts []string
		for i := 1; i <= L.GetTop(); i++ {
			parts = append(parts, write(L, L.Get(i)))
		}
		L.Push(lua.LString(strings.Join(parts, " ")))
		return 1
	}))
	return L, m
}

// run returns what a piece of Lua returns, joined, or its error's message.
func run(t testing.TB, L *lua.LState, code string) string {
	t.Helper()
	top := L.GetTop()
	defer L.SetTop(top)
	fn, err := L.Load(strings.NewReader("return show("+code+")"), "case")
	if err != nil {
		if fn, err = L.Load(strings.NewReader(code), "case"); err != nil {
			t.Fatal(err)
		}
	}
	L.Push(fn)
	if err := L.PCall(0, 1, nil); err != nil {
		return "error: " + err.(*lua.ApiError).Object.String() //nolint:errorlint // PCall returns nothing else
	}
	return L.Get(-1).String()
}

type luaCase struct{ code, want string }

func check(t *testing.T, cases []luaCase) {
	t.Helper()
	L, _ := newState(t)
	for _, c := range cases {
		if got := run(t, L, c.code); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.code, got, c.want)
		}
	}
}

func TestPieces(t *testing.T) {
	check(t, []luaCase{
		{`#("abc"):rep(3), ("ab"):rep(-1), ("ab"):rep("2"), ("x"):rep(2.9), (""):rep(1e12), string.rep(7, 2)`, "9  abab xx  77"},
		{`("hello"):sub(2), ("hello"):sub(-3, -2), ("hello"):sub(0), ("hello"):sub(4, 100), ("hello"):sub(-100, 2), ("hello"):sub(3, 2)`,
			"ello ll hello lo he "},
		{`("hello"):sub(2, 1/0), ("hello"):sub("2", "3"), string.sub(12345, 2, 3), string.sub(big, -3)`, "ello el 23 123"},
		{`("ABC"):byte(), ("ABC"):byte(-1), ("ABC"):byte(2, 10)`, "65 67 66 67"},
		{`select("#", ("ABC"):byte(4)), select("#", (""):byte()), select("#", ("z"):rep(3000):byte(1, -1))`, "0 0 3000"},
		{`select("#", ("z"):rep(60001):byte(1, -1))`, "error: case:1: string slice too long"},
		{`string.char(72, "105"), #string.char(), #string.char(0, 255)`, "Hi 0 2"},
		{`("Hello Äß"):upper(), ("HELLO ÄÖ"):lower(), #("\255x"):upper(), string.upper(12.5)`, "HELLO Äß hello ÄÖ 2 12.5"},
		{`("abc"):reverse(), (""):reverse(), ("a\0b"):len(), string.len(100), string.len(2^53)`, "cba  3 3 16"},
	})
}

func TestFind(t *testing.T) {
	check(t, []luaCase{
		{`("hello world"):find("wor")`, "7 9"}, {`("hello"):find("l", -2)`, "4 4"}, {`("abc"):find("b", 10)`, "nil"},
		{`("abc"):find("", 10)`, "4 3"}, {`("abc"):find("b", -100)`, "2 2"}, {`("a.b"):find(".", 1, true)`, "2 2"},
		{`("a.b"):find(".", 3, true)`, "nil"}, {`("a+b"):find("+", 1, true)`, "2 2"}, {`("a\0b"):find("\0b", 1, true)`, "2 3"},
		{`("key = val"):find("(%w+)%s*=%s*(%w+)")`, "1 9 key val"}, {`("abc"):find("()b()")`, "2 2 2 3"},
		{`("key=val"):match("%w+", 4)`, "val"}, {`("  trim me "):match("^%s*(.-)%s*$")`, "trim me"}, {`("one"):match("x")`, "nil"},
		{`("x"):rep(5000):match("^(x+)$"):len(), ("ab"):match("(a)(b)")`, "5000 a b"}, {`("12345"):find(34)`, "3 4"},
		{`string.find(big, "90", 1, true)`, "9 10"}, {`("abc"):find("(b")`, "error: case:1: unfinished capture"},
		{`("abc"):find("[b")`, "error: case:1: malformed pattern (missing ']')"}, {`("abc"):find("b", "2")`, "2 2"},
		{`("0123456789"):rep(20):find("9", 150, true)`, "150 150"}, {`("a"):rep(2000):find("b?$")`, "2001 2000"},
	})
}

func TestGmatch(t *testing.T) {
	check(t, []luaCase{
		{`local r = "" for k, v in ("a=1, b=2"):gmatch("(%w)=(%w)") do r = r .. k .. v end return r`, "a1b2"},
		{`local r = "" for s in ("a,b,,c"):gmatch("([^,]*)") do r = r .. "<" .. s .. ">" end return r`, "<a><><b><><><c><>"},
		{`local r = "" for p in ("abc"):gmatch("()") do r = r .. p end return r`, "1234"},
		{`local it = ("x y"):gmatch("%a") return show(it(), it(), it(), it())`, "x y nil"},
		{`local a, b = ("12"):gmatch("%d"), ("34"):gmatch("%d") return show(a(), b(), a(), b())`, "1 3 2 4"},
		{`local it = ("^a^b"):gmatch("^%a") return show(it(), it())`, "^a ^b"},
	})
}

func TestGsub(t *testing.T) {
	check(t, []luaCase{
		{`("hello world"):gsub("o", "0")`, "hell0 w0rld 2"}, {`("hello"):gsub("l", "", 1)`, "helo 1"}, {`("abc"):gsub("", "-")`, "-a-b-c- 4"},
		{`("abc"):gsub("b*", "_")`, "_a__c_ 4"}, {`("abc"):gsub("x*", ".")`, ".a.b.c. 4"}, {`("aaa"):gsub("^a", "b")`, "baa 1"},
		{`("ab"):gsub("(a)(b)", "%2%1%0%%%x")`, "baab%x 1"}, {`("abc"):gsub("b", "%1")`, "abc 1"}, {`("abc"):gsub("()c", "%1")`, "ab3 1"},
		{`("abc"):gsub("b", "%2")`, "error: case:1: invalid capture index"}, {`("ab"):gsub("a", 7)`, "7b 1"}, {`("ab"):gsub("a", big)`, "12345678901234567890123b 1"},
		{`("abc"):gsub("%w", {a = "1", b = 2, c = false})`, "12c 3"}, {`("ab"):gsub("()%a", {[1] = "one", [2] = "two"})`, "onetwo 2"},
		{`("a b"):gsub("%a", setmetatable({}, {__index = function(_, k) return k .. k end}))`, "aa bb 2"},
		{`("abc"):gsub("%w", function(c) if c ~= "b" then return c:upper() end end)`, "AbC 3"},
		{`("a1b2"):gsub("(%a)(%d)", function(a, d) return d .. a end)`, "1a2b 2"}, {`("abc"):gsub("b", function(...) return select("#", ...) end)`, "a1c 1"},
		{`("ab"):gsub("a", function() return big end)`, "12345678901234567890123b 1"},
		{`("ab"):gsub("a", function() return {} end)`, "error: case:1: invalid replacement value (a table)"},
		{`("ab"):gsub("a", {a = true})`, "error: case:1: invalid replacement value (a boolean)"},
		{`("aaaa"):gsub("a", "b", -1)`, "aaaa 0"}, {`("abc"):gsub("(b", "x")`, "axc 1"}, {`("a  b"):gsub("%s+", " ")`, "a b 1"}, {`("a b"):gsub(" ", " ")`, "a b 1"},
		{`#("a"):rep(100000):gsub("a", "bb")`, "200000"}, {`("x^y"):gsub("^", "!")`, "!x^y 1"}, {`("abc"):gsub("%w", "%%%0")`, "%a%b%c 3"},
	})
}

// TestReentrant runs the library inside its own callbacks, in coroutines, and after errors in them.
func TestReentrant(t *testing.T) {
	check(t, []luaCase{
		{`("a b"):gsub("(%a)", function(c) return (("x-y"):gsub("(%a)", function(d) return c .. d .. ("%s"):format(d) end)) end)`,
			"axx-ayy bxx-byy 2"},
		{`("a.b"):gsub("%a", function(c) return coroutine.wrap(function() return (c:rep(3):gsub(c, "<%0>")) end)() end)`,
			"<a><a><a>.<b><b><b> 2"},
		{`local ok, e = pcall(string.gsub, "ab", "%a", function(c) c:gsub(".", "z") error({code = 7}) end)
		  return show(ok, e.code, (("ab"):gsub("b", "c")))`, "false 7 ac"},
		{`local t = setmetatable({}, {__tostring = function() return ("%d"):format(5) .. ("b"):gsub("b", "c") end})
		  return string.format("<%s|%3s>", t, t)`, "<5c| 5c>"},
		{`local it = ("a b c"):gmatch("%a")
		  return show(("1 2 3"):gsub("%d", function() return it() end), it(), 1)`, "a b c nil 1"},
	})
}

func TestArguments(t *testing.T) {
	check(t, []luaCase{
		{`string.rep()`, "error: case:1: bad argument #1 to 'rep' (string expected, got no value)"},
		{`string.rep(nil, 3)`, "error: case:1: bad argument #1 to 'rep' (string expected, got nil)"},
		{`string.rep("x", {})`, "error: case:1: bad argument #2 to 'rep' (number expected, got table)"},
		{`("x"):rep({})`, "error: case:1: bad argument #1 to 'rep' (number expected, got table)"},
		{`("x"):rep("y")`, "error: case:1: bad argument #1 to 'rep' (number expected, got string)"},
		{`local s = ("x").rep return s(true, 1)`, "error: case:1: bad argument #1 to 'rep' (string expected, got boolean)"},
		{"local t = {rep = string.rep}\nreturn t:rep(1)", "error: case:2: calling 'rep' on bad self (string expected, got table)"},
		{`("x"):find()`, "error: case:1: bad argument #1 to 'find' (string expected, got no value)"},
		{`string.char(65, 256)`, "error: case:1: bad argument #2 to 'char' (invalid value)"},
		{`string.gsub("a", "a")`, "error: case:1: bad argument #3 to 'gsub' (string/function/table expected)"},
		{`string.upper(true)`, "error: case:1: bad argument #1 to 'upper' (string expected, got boolean)"},
		{`string.gmatch("x")`, "error: case:1: bad argument #2 to 'gmatch' (string expected, got no value)"},
	})
}

// TestSpentBudget checks that what would take for ever or grow without end is ended, and that pcall doesn't help.
func TestSpentBudget(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{`("a"):rep(35):find(("a?"):rep(30) .. ("a"):rep(30) .. "[bc]")`, "longer than it may"},
		{`("a"):rep(2^20):find(".-%d")`, "longer than it may"},
		{`("a"):rep(2^20):gsub("a*%d", "")`, "longer than it may"},
		{`(" "):rep(2^20):match("%s*%s*x?y")`, "longer than it may"},
		{`while true do pcall(string.rep, "x", 2^20) end`, "more memory than they may"},
		{`("x"):rep(2^14):gsub("", ("y"):rep(10000))`, "longer than 64 MiB"},
		{`("x"):rep(2^40)`, "longer than 64 MiB"},
		{`("x"):find(("("):rep(5e6))`, "pattern too long"},
	} {
		L, m := newState(t)
		m.Begin(context.Background(), time.Time{}, 200<<20)
		L.SetContext(m)
		limit := time.Minute
		if c.want == "longer than it may" {
			limit = 200 * time.Millisecond
		}
		timer := time.AfterFunc(limit, func() { m.Stop(meter.ErrDeadline) })
		started := time.Now()
		got := run(t, L, c.code)
		timer.Stop()
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %.200q, want %q", c.code, got, c.want)
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%s took %v", c.code, took)
		}
	}
}

func TestNothingChangedNothingMade(t *testing.T) {
	L, _ := newState(t)
	fn, err := L.LoadString(`local s = ("plain words "):rep(10)
		return function() s:gsub("[%p]", " ") s:gsub("%s+", " ") s:lower() s:find("ain") s:match("^pl(a)in") s:sub(3, 9) s:byte(3)
			string.format("%s-%03d", "room", 12) end`)
	if err != nil {
		t.Fatal(err)
	}
	L.Push(fn)
	L.Call(0, 1)
	body := L.Get(-1)
	allocs := testing.AllocsPerRun(50, func() {
		L.Push(body)
		L.Call(0, 0)
	})
	if allocs > 1 {
		t.Errorf("%v allocations", allocs)
	}
}
