package chunk

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// run compiles a script, runs it in a stock state and returns its results, or the error's text.
func run(t *testing.T, src string) string {
	t.Helper()
	c, _, problem := Compile("t.lua", []byte(src))
	if problem != nil {
		return "problem: " + problem.Error()
	}
	return execute(t, c)
}

// execute runs a chunk in a stock state.
func execute(t *testing.T, c *Chunk) string {
	t.Helper()
	L := lua.NewState(lua.Options{RegistrySize: 1 << 16})
	defer L.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	L.SetContext(ctx)
	L.SetGlobal(numberName, L.NewFunction(func(L *lua.LState) int {
		if n, err := strconv.Atoi(L.Get(1).String()); err == nil {
			L.Push(lua.LNumber(n))
		}
		return 1
	}))
	L.SetGlobal(moduloName, L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LNumber(L.CheckInt(1) % L.CheckInt(2)))
		return 1
	}))
	L.SetGlobal(concatName, L.NewFunction(func(L *lua.LState) int {
		values := make([]lua.LValue, L.GetTop())
		for i := range values {
			values[i] = L.Get(i + 1)
		}
		L.Push(lua.LString(L.Concat(values...)))
		return 1
	}))
	L.SetGlobal(recordName, L.NewFunction(func(L *lua.LState) int {
		return Record(L, func(L *lua.LState, shape *Shape) lua.LValue { return shape.Table(L) })
	}))
	L.SetGlobal(assignName, L.NewFunction(func(L *lua.LState) int {
		L.SetGlobal("assigned", lua.LString(fmt.Sprintf("%s=%s/%d", L.CheckString(1), L.ToStringMeta(L.Get(2)), L.GetTop())))
		if L.CheckString(1) == "Forbidden" {
			L.RaiseError("use local")
		}
		return 0
	}))
	L.Push(L.NewFunctionFromProto(c.Proto))
	if err := L.PCall(0, lua.MultRet, nil); err != nil {
		return "error: " + strings.SplitN(err.Error(), "\n", 2)[0]
	}
	var out []string
	for i := 1; i <= L.GetTop(); i++ {
		out = append(out, L.ToStringMeta(L.Get(i)).String())
	}
	return strings.Join(out, " ")
}

func items(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%d,", i)
	}
	return b.String()
}

type program struct{ name, source, want string }

func checkPrograms(t *testing.T, programs []program) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			if got := run(t, p.source); got != p.want {
				t.Errorf("got %q, want %q\n%s", got, p.want, p.source)
			}
		})
	}
}

func TestAssignment(t *testing.T) {
	checkPrograms(t, []program{
		{"swap", `local a, b = 1, 2 a, b = b, a return a, b`, "2 1"},
		{"rotate", `local a, b, c = 1, 2, 3 a, b, c = c, a, b return a, b, c`, "3 1 2"},
		{"reads target", `local a, b = 1, 2 a, b = 5, a + b return a, b`, "5 3"},
		{"call last", `local function f() return 7, 8, 9 end local a, b, c = 0, 0, 0 a, b, c = c, f() return a, b, c`, "0 7 8"},
		{"too few", `local a, b, c = 1, 2, 3 a, b, c = 4 return a, b, c`, "4 nil nil"},
		{"too many", `local n = 0 local function f() n = n + 1 return n end local a a = 5, f(), f() return a, n`, "5 2"},
		{"index before", `local i, t = 1, {} i, t[i] = i + 1, 20 return i, t[1], t[2]`, "2 20 nil"},
		{"object before", `local a = {} local b = a a.x, a = 5, nil return b.x, a`, "5 nil"},
		{"right to left", `local log = {} local m = setmetatable({}, {__newindex = function(_, k) log[#log + 1] = k end})
			m.a, m.b, m.c = 1, 2, 3 return log[1], log[2], log[3]`, "c b a"},
		{"varargs", `local function f(...) local a, b a, b = ... return b, a end return f(1, 2)`, "2 1"},
		{"upvalues", `local a, b = 1, 2 local function s() a, b = b, a end s() return a, b`, "2 1"},
		{"globals", `local v, w = 1, 2 v, Other = w, v return v, assigned`, "2 Other=1/2"},
		{"and keeps nothing", `local function f() end local v = 5 v = f() and 3 return v`, "nil"},
		{"or", `local function f() end local v = 5 v = f() and 3 or f() or 7 return v`, "7"},
		{"one vararg", `local function f(a, b, ...) b = (...) for i = 1, 2 do a = a + i end return a, b end return f(1, 2, 9)`, "4 9"},
		{"last parameter", `local function g(x) x = tostring(x) return x end return g(5)`, "5"},
		{"field of text", `local t = {} pcall(function() ("x").f = 1 end) return t.f`, "nil"},
		{"field of text fails", "local t = {}\n(\"x\").f = 1", "error: t.lua:2: attempt to index a non-table object(string) with key 'f'"},
		{"many locals", locals(190) + ` a1, a2 = a2, a1 return a1, a2`, "2 1"},
		{"many locals varargs", `return (function(...) ` + locals(185) + ` a1, a2 = ... return a1, a2 end)(8, 9)`, "8 9"},
	})
}

func locals(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "local a%d = %d\n", i, i)
	}
	return b.String()
}

func TestGlobalAssignment(t *testing.T) {
	checkPrograms(t, []program{
		{"value", `X = 1 + 2 return assigned`, "X=3/2"},
		{"one value", `X = (function() return 1, 2 end)() return assigned`, "X=1/2"},
		{"function", `function X() end return assigned:sub(1, 11)`, "X=function: "[:11]},
		{"in a function", `local function f() X = 5 end f() return assigned`, "X=5/2"},
		{"line", "local y = 1\n\nForbidden = y", "error: t.lua:3: use local"},
		{"line of function", "\nfunction Forbidden()\nend", "error: t.lua:2: use local"},
		{"dead", `if false then X = 1 end return assigned`, "nil"},
		{"field is none", `local M = {} function M.a() return 1 end function M:b() return self == M end M.c = 3 return M.a(), M:b(), assigned`, "1 true nil"},
	})
}

func TestLoops(t *testing.T) {
	checkPrograms(t, []program{
		{"next", `local n = 0 for k, v in next, {5, 6, 7} do n = n + v end return n`, "18"},
		{"next alone", `local n = 0 for k in next, {5, 6, 7} do n = n + k end return n`, "6"},
		{"call as third", `local function it(s, c) if c < s then return c + 1 end end local function z() return 0 end
			local n = 0 for k in it, 3, z() do n = n + k end return n`, "6"},
		{"two with a call", `local function it(s, c) if c < s then return c + 1 end end local function z() return 3, 0 end
			local n = 0 for k in it, z() do n = n + k end return n`, "6"},
		{"iterator", `local i = 0 local n = 0 for v in function() i = i + 1 if i < 4 then return i end end do n = n + v end return n`, "6"},
		{"dead branch first", `local n = 0 for k in pairs({1, 2, 3}) do if false then local x = n n = 9 end local y = 1 n = n + y end return n`, "3"},
		{"break first", `local n = 0 for k in pairs({1, 2, 3}) do break end return n`, "0"},
		{"while false", `local n = 0 while false do n = 1 end while nil do n = 2 end return n`, "0"},
		{"while true", `local n = 0 while true do while true do n = n + 1 break end if n > 3 then break end end return n`, "4"},
		{"repeat", `local n = 0 repeat local k = n n = n + 1 until k >= 2 repeat n = n + 10 until true return n`, "13"},
		{"repeat false", `local n = 0 repeat n = n + 1 if n == 3 then break end until false return n`, "3"},
		{"constant elseif", `local n if nil then n = 1 elseif 0 then n = 2 else n = 3 end return n`, "2"},
		{"constant else", `local n if nil then n = 1 elseif n then n = 2 elseif false then n = 4 else n = 3 end return n`, "3"},
		{"not constant", `local n if not nil then n = 1 end if not (1) then n = 2 end return n`, "1"},
		{"fraction", `local n = 0 for x = 0, 1, 0.25 do n = n + 1 end return n`, "5"},
		{"large bounds", `local n = 0 for x = 2^53 - 3, 2^53 - 1 do n = n + 1 if n > 5 then break end end return n`, "3"},
		{"and or", `local f = false local function g() return f end return g() and 1 or 2, (false or g()), nil and 1, 1 and nil, not nil == true`, "2 false nil nil true"},
		{"true and call", `local function f() return 1, 2 end return true and f()`, "1"},
		{"bounds", `local n, a = 0, "2" for i = "10", a, "-" .. 2 do n = n + i end return n`, "30"},
		{"zero byte", "local a = 'a\x00b' --\x00\nreturn #a", "3"},
		{"one label twice", `local n = 0 ::a:: n = n + 1 do goto a local x ::a:: end if n < 3 then goto a end return n`, "3"},
		{"long concat", `local a = "x" return #(a` + strings.Repeat(` .. a`, 333) + `)`, "334"},
		{"concat order", `local s = "" local function f(n) s = s .. n return n end local r = ` + concatCalls(120) + ` return r == s`, "true"},
	})
}

func concatCalls(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf("f(%d)", i)
	}
	return strings.Join(parts, " .. ")
}

func TestClosures(t *testing.T) {
	checkPrograms(t, []program{
		{"goto keeps others", `local n = 0 local function inc() n = n + 1 end
			for i = 1, 3 do if i == 2 then goto continue end inc() ::continue:: end return n`, "2"},
		{"goto with local", `local n = 0 local function inc() n = n + 1 end
			for i = 1, 3 do inc() local z = i if i == 2 then n = n + 10 goto continue end inc() ::continue:: end return n`, "15"},
		{"goto back", `local n = 0 local function inc() n = n + 1 end local i = 1 ::top:: inc() i = i + 1 if i <= 3 then goto top end return n`, "3"},
		{"goto back fresh", `local fs = {} local i = 1 ::top:: do local j = i fs[i] = function() j = j + 1 return j end i = i + 1 end
			if i <= 3 then goto top end return fs[1](), fs[2](), fs[3]()`, "2 3 4"},
		{"goto out", `local fs = {} for i = 1, 3 do do local w = i fs[i] = function() w = w + 1 return w end if i == 2 then goto done end end end
			::done:: local a, b, c, d, e, f, g = 0, 0, 0, 0, 0, 0, 0 return fs[1](), fs[2]()`, "2 3"},
		{"break out of block", `local f while true do if true then local y = 1 f = function() y = y + 1 return y end break end end
			local a, b, c = 10, 20, 30 f() return a + b + c + f()`, "63"},
		{"break out of loops", `local fs = {} for i = 1, 3 do for j = 1, 3 do if j == 2 then do local w = i * 10
			fs[i] = function() w = w + 1 return w end break end end end end
			local a, b, c, d, e, f, g, h, i, j = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 return fs[1](), fs[2](), fs[3]()`, "11 21 31"},
		{"repeat", `local fs, i = {}, 0 repeat local j = i fs[#fs + 1] = function() j = j + 1 return j end i = i + 1 until j >= 2
			return fs[1](), fs[2](), fs[3]()`, "1 2 3"},
		{"repeat and goto", `local fs, i = {}, 0 repeat do local j = i i = i + 1 if j == 1 then goto c end
			fs[#fs + 1] = function() j = j + 1 return j end end ::c:: until i >= 3 return fs[1](), fs[2](), fs[1]()`, "1 3 2"},
		{"same label", `local n = 0 for i = 1, 2 do for j = 1, 2 do if j == 1 then goto next end n = n + 1 ::next:: end ::next2:: end
			for i = 1, 3 do if i < 3 then goto next end n = n + 10 ::next:: end return n`, "12"},
		{"vararg function", `local function f(...) local fs, n = {}, 0 local function inc() n = n + 1 end
			for i = 1, 3 do if i == 2 then goto c end inc() ::c:: end return n, ... end return f(5)`, "2 5"},
		{"local names outer", `local f = function() return "outer" end local f = function() return f() end return f()`, "outer"},
		{"local function", `local function f(n) if n > 0 then return f(n - 1) end return "end" end return f(3)`, "end"},
		{"method", `local t = {n = 1, a = {}} function t.a:get(x) return self == t.a, x end function t:inc() self.n = self.n + 1 end t:inc() return t.n, t.a:get(4)`, "2 true 4"},
		{"return one", `local function f() return 1, 2 end local function g() return (f()) end return select("#", g())`, "1"},
	})
}

func TestTables(t *testing.T) {
	checkPrograms(t, []program{
		{"50 and a name", `local function f() return "F" end local t = {` + items(50) + `x = f()} return #t, t[1], t[50], t.x`, "50 1 50 F"},
		{"100, name, one more", `local function f() return "F" end local t = {` + items(100) + `x = f(), y = f(), 101} return #t, t[51], t[100], t[101], t.y`, "101 51 100 101 F"},
		{"50 and a call", `local function f() return "F", "G" end local t = {` + items(50) + `f()} return #t, t[1], t[51], t[52]`, "52 1 F G"},
		{"100 and varargs", `return (function(...) local t = {` + items(100) + `...} return #t, t[1], t[51], t[101], t[103] end)(7, 8, 9)`, "103 1 51 7 9"},
		{"many items", `local t = {` + items(26000) + `} return #t, t[1], t[25600], t[26000]`, "26000 1 25600 26000"},
		{"many constants", manyRows(2000) + ` return #t, t[1].id, t[2000].name, t[1999][1]`, "2000 id1 name2000 first"},
		{"parts see locals", `local up = 4 local t = {f = function() up = up + 1 return up end, ` + rows(2000) + `last = up} t.f() return t.last, up, #t`, "4 5 2000"},
		{"nil items", `local t = {nil, nil, 3} return t[1], t[3]`, "nil 3"},
	})
}

func rows(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "{id = \"id%d\", name = 'name%d', \"first\"},\n", i, i)
	}
	return b.String()
}

func manyRows(n int) string { return "local t = {" + rows(n) + "}" }

func TestLiterals(t *testing.T) {
	checkPrograms(t, []program{
		{"decimal", `return 010, 00010, 1e3, .5, 3., 0x10, 0xA`, "10 10 1000 0.5 3 16 10"},
		{"large hex", `return 0xffffffffffffffff == 2^64, 0xfffffffffffffffff > 2^67`, "true true"},
		{"infinite", `return 1e999 == 1/0, -1e999 == -1/0`, "true true"},
		{"escapes", `return "\65\066\10\\\"\'\a" == "AB\n\\\"'\7", "a\
b" == "a\nb"`, "true true"},
		{"long", "return [[\nx]], [==[]]]==], #[[\r\n\r\n]]", "x ]] 1"},
		{"comments", "--[==\n--[=[ x\n]] ]=] return 1 --", "1"},
		{"comment rule", "--[=== heading ===]\nreturn 2", "2"},
		{"form feed", "\freturn\v3", "3"},
		{"unary", `return -2^2, not nil == true, -"3", #"abc" + 1, 2^-1, - -3`, "-4 true -3 4 0.5 3"},
		{"precedence", `return 2 + 3 * 4 ^ 2 / 2, "a" .. 1 + 2, 1 .. 2 == "12", 1 < 2 and 2 < 3 or nil, 2^3^2`, "26 a3 true true 512"},
		{"names", `local while_, _end, ä = 1, 2`, "problem: t.lua:1: `ä` may not stand in a name; names have the letters a-z and A-Z, digits and _; put texts in quotes"},
	})
}

func TestLines(t *testing.T) {
	checkPrograms(t, []program{
		{"after bom", "\ufeff\nerror('x')", "error: t.lua:2: x"},
		{"after #!", "#!/usr/bin/lua\nerror('x')", "error: t.lua:2: x"},
		{"crlf", "local a = 1\r\n\r\nerror('x')\r\n", "error: t.lua:3: x"},
		{"after long text", "local a = [[\n\n]]\nerror('x')", "error: t.lua:4: x"},
		{"chain", "local t = {a = function(self) return self end}\nt\n:a()\n:b()", "error: t.lua:4: attempt to call a non-function object"},
		{"multiple assignment", "local a, b\n\na, b.c = 1, 2", "error: t.lua:3: attempt to index a non-table object(nil) with key 'c'"},
		{"after goto", "for i = 1, 2 do\n if i == 1 then goto c end\n error('x')\n ::c::\nend", "error: t.lua:3: x"},
	})
}
