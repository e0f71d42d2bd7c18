package chunk

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// sharedTables are the tables among the constants of a function and those inside it.
func sharedTables(proto *lua.FunctionProto) (tables []*lua.LTable) {
	for _, constant := range proto.Constants {
		if t, ok := constant.(*lua.LTable); ok {
			tables = append(tables, t)
		}
	}
	for _, child := range proto.FunctionPrototypes {
		tables = append(tables, sharedTables(child)...)
	}
	return tables
}

func sharedIn(t *testing.T, source string) []*lua.LTable {
	t.Helper()
	c, _, problem := Compile("t.lua", []byte(source))
	if problem != nil {
		t.Fatal(problem, "\n", source)
	}
	return sharedTables(c.Proto)
}

// TestMadeOnce has what is made once; each program gives the same as if it were not.
func TestMadeOnce(t *testing.T) {
	for _, c := range []struct {
		program
		tables int
	}{
		{program{"names", `local X = { a = 1, b = "two", c = true, d = false } return X.a, X.b, X.c, X.d, X.e`, "1 two true false nil"}, 1},
		{program{"items", `local X = { "a", "b", "c" } return #X, X[1], X[#X], X[4]`, "3 a c nil"}, 1},
		{program{"keys", `local X = { [1] = "one", [-2] = "minus", [0.5] = "half", [true] = "yes", ["b c"] = 5 }
			return X[1], X[-2], X[0.5], X[true], X["b c"], X[false]`, "one minus half yes 5 nil"}, 1},
		{program{"reckoned", `local X = { day = 24 * 60, minus = -5, huge = 1e999, half = 1 / 2 } return X.day, X.minus, X.huge, X.half`, "1440 -5 +Inf 0.5"}, 1},
		{program{"last wins", `local X = { a = 1, "item", a = 2, [1] = "key" } return X.a, X[1], #X`, "2 item 1"}, 1},
		{program{"nil items", `local X = { 1, nil, 3, a = nil } return X[1], X[2], X[3], X.a, #X`, "1 nil 3 nil 3"}, 1},
		{program{"order", `local X = { z = 1, 10, y = 2, 20, x = 3, z = 4 } local s = "" for k, v in pairs(X) do s = s .. k .. v end return s`,
			"110220z4y2x3"}, 1},
		{program{"ipairs", `local X = { 5, 6 } local n = 0 for i, v in ipairs(X) do n = n + i * v end return n`, "17"}, 1},
		{program{"several", `local a, X, b = 1, { 7 }, 2 return a + X[1] + b`, "10"}, 1},
		{program{"two", `local X, Y = { 7 }, { 8 }, 9 return X[1], Y[1]`, "7 8"}, 2},
		{program{"before a call", `local function f() return 1, 2 end local X, a, b = { 7 }, f() return X[1], a, b`, "7 1 2"}, 1},
		{program{"one name twice", `local X, X = { 7 }, { 8 } return X[1]`, "8"}, 2},
		{program{"closure", `local X = { a = 5 } local function get(k) return X[k] end return get("a"), get("b")`, "5 nil"}, 1},
		{program{"deep closure", `local X = { a = 5 } return (function() return function() return function() return X.a end end end)()()()`, "5"}, 1},
		{program{"inner function", `local function f(k) local X = { a = k and 1 or 1 } local Y = { a = 2 } return X.a + Y[k] end return f("a")`, "3"}, 1},
		{program{"recursion", `local function f(n) local X = { 1, 2, 3 } if n == 0 then return 0 end return X[n] + f(n - 1) end return f(3)`, "6"}, 1},
		{program{"loop", `local n = 0 for i = 1, 3 do local X = { 10, 20, 30 } n = n + X[i] end return n`, "60"}, 1},
		{program{"repeat", `local i = 0 repeat local X = { 1, 2, 3 } i = i + 1 until X[i] == 3 return i`, "3"}, 1},
		{program{"goto", `local i, s = 0, 0 ::top:: local X = { 1, 2 } i = i + 1 s = s + X[i] if i < 2 then goto top end return s`, "3"}, 1},
		{program{"coroutine", `local X = { 1, 2 } local co = coroutine.wrap(function() for _, v in ipairs(X) do coroutine.yield(v) end end)
			return co(), co()`, "1 2"}, 1},
		{program{"value called", `local X = { a = "x" } return X.a:upper()`, "X"}, 1},
		{program{"key is a field", `local X = { a = "b", b = 3 } return X[X.a]`, "3"}, 1},
		{program{"parentheses", `local X = { a = 5 } return (X).a, #(X)`, "5 0"}, 1},
		{program{"in and and or", `local X = { a = 5 } return X.a and X.b or X.a`, "5"}, 1},
		{program{"arguments", `local X = { 5, 6 } return math.max(X[1], X[2], #X)`, "6"}, 1},
		{program{"target's key", `local X = { a = 1 } local t = {} t[X.a] = X.a t[X.b or 2], t.z = 3, X.a return t[1], t[2], t.z`, "1 3 1"}, 1},
		{program{"bounds", `local X = { 3 } local n = 0 for i = #X, X[1] do n = n + i end return n`, "6"}, 1},
		{program{"shadowed", `local X = { a = 1 } do local X = {} X.a = 2 end return X.a`, "1"}, 1},
		{program{"shadowing", `local X = {} X.a = 2 do local X = { a = 1 } if X.a ~= 1 then return 0 end end return X.a`, "2"}, 1},
		{program{"parameter of its name", `local X = { a = 1 } local function f(X) X.a = 2 return X.a end return X.a + f({})`, "3"}, 1},
		{program{"value of its name", `local X = 5 local X = { a = 1, b = 2 } return X.a`, "1"}, 1},
		{program{"method of a text", `local X = { "a" } return ("x"):rep(#X)`, "x"}, 1},
		{program{"dead code", `local X = { 1 } if false then return X end return X[1]`, "1"}, 1},
		{program{"tables inside", `local X = { a = { b = 1 }, { 2, 3 } } return X.a.b, #X[1], X[1][2], #X`, "1 2 3 1"}, 1},
		{program{"text beside a table", `local X = { a = "x", b = { c = "y" } } local v, w = X.a, X.none return v, w, X.b.c`, "x nil y"}, 1},
		{program{"loop over one inside", `local X = { a = { 1, 2 } } local n = 0 for _, v in ipairs(X.a) do n = n + v end return n`, "3"}, 1},
		{program{"large", `local X = { ` + named(1500) + ` } return X.k1, X.k1500`, "1 1500"}, 1},
		{program{"300 items", `local X = { ` + items(300) + ` } return #X, X[300]`, "300 300"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if n := len(sharedIn(t, c.source)); n != c.tables {
				t.Errorf("%d tables are shared, want %d", n, c.tables)
			}
			if got := run(t, c.source); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func named(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "k%d = %d,", i, i)
	}
	return b.String()
}

// TestMadeAnew has tables that a script could change, compare or pass on, and those that are no constants. Each program runs
// twice in one state, and gives the same both times.
func TestMadeAnew(t *testing.T) {
	for _, p := range []program{
		{"write", `local X = { a = 1 } X.a = X.a + 1 return X.a`, "2"},
		{"write by key", `local X = { 1 } X[#X + 1] = 2 return #X`, "2"},
		{"write in a closure", `local X = { a = 1 } local function f() X.a = X.a + 1 end f() return X.a`, "2"},
		{"write in a coroutine", `local X = { a = 1 } coroutine.wrap(function() X.a = X.a + 1 end)() return X.a`, "2"},
		{"one of several targets", `local X, n = { a = 1 }, 0 n, X.a = 5, X.a + 1 return X.a`, "2"},
		{"target in a closure", `local X = { a = 1 } local function f() local n n, X.a = 1, X.a + 1 end f() return X.a`, "2"},
		{"function field", `local X = { a = 1 } function X.f() return 2 end return X.f()`, "2"},
		{"method", `local X = { a = 1 } function X:f() self.a = self.a + 1 return self.a end return X:f()`, "2"},
		{"method call", `local X = { a = 1 } return (pcall(function() X:a() end))`, "false"},
		{"alias", `local X = { a = 1 } local Y = X Y.a = Y.a + 1 return X.a`, "2"},
		{"alias of an alias", `local X = { a = 1 } local Y, Z = 1, X local W = Z W.a = W.a + 1 return X.a`, "2"},
		{"alias by and", `local X = { a = 1 } local Y = X and X Y.a = Y.a + 1 return X.a`, "2"},
		{"alias by or", `local X = { a = 1 } local Y = nil or X Y.a = Y.a + 1 return X.a`, "2"},
		{"in parentheses", `local X = { a = 1 } local Y = (X) Y.a = Y.a + 1 return X.a`, "2"},
		{"assigned itself", `local X = { a = 1 } X = X X.a = X.a + 1 return X.a`, "2"},
		{"only assigned itself", `local X = { a = 1 } X = X return X.a`, "1"},
		{"assigned another", `local X = { a = 1 } X = { a = 2 } return X.a`, "2"},
		{"assigned in a closure", `local X = { a = 1 } local function f() X = { a = X.a + 1 } end f() return X.a`, "2"},
		{"assigned as a function", `local X = { a = 1 } function X() end return type(X)`, "function"},
		{"rawset", `local X = { a = 1 } rawset(X, "a", X.a + 1) return X.a`, "2"},
		{"rawget", `local X = { a = 1 } return rawget(X, "a")`, "1"},
		{"table.insert", `local X = { 1 } table.insert(X, 2) return #X`, "2"},
		{"setmetatable", `local X = { a = 1 } setmetatable(X, { __index = function() return 2 end }) return X.b`, "2"},
		{"getmetatable", `local X = { a = 1 } return getmetatable(X)`, "nil"},
		{"returned", `local function f() local X = { a = 1 } return X end f().a = 2 return f().a`, "1"},
		{"returned among others", `local function f() local X = { a = 1 } return X.a, X end return select("#", f())`, "2"},
		{"argument", `local X = { a = 1 } local function f(t) t.a = t.a + 1 end f(X) return X.a`, "2"},
		{"raised", `local X = { a = 1 } local _, e = pcall(error, X) e.a = e.a + 1 return X.a`, "2"},
		{"yielded", `local co = coroutine.wrap(function() local X = { a = 1 } coroutine.yield(X) coroutine.yield(X.a) end)
			local t = co() t.a = 2 return co()`, "2"},
		{"varargs", `local X = { a = 1 } local function f(...) local t = ... t.a = t.a + 1 end f(X) return X.a`, "2"},
		{"in a table", `local X = { a = 1 } local t = { X } t[1].a = t[1].a + 1 return X.a`, "2"},
		{"in a table at once", `local X = { a = 1 } local v = ({ X })[1] v.a = 2 return X.a`, "2"},
		{"as a key", `local X = { a = 1 } local t = { [X] = 2 } return t[X]`, "2"},
		{"as an index", `local X = { a = 1 } local t = {} t[X] = 2 return t[X]`, "2"},
		{"compared", `local function f() local X = { a = 1 } return X == X end return f()`, "true"},
		{"compared with another", `local X, Y = { 1 }, { 1 } return X == Y`, "false"},
		{"not", `local X = { a = 1 } return not X`, "false"},
		{"condition", `local X = { a = 1 } if X then return X.a end`, "1"},
		{"joined", `local X = { a = 1 } return (pcall(function() return X .. "" end))`, "false"},
		{"tostring", `local function f() local X = { 1 } return tostring(X) end return f() ~= nil`, "true"},
		{"next", `local X = { a = 1 } return (next(X))`, "a"},
		{"next as iterator", `local X = { a = 1 } for k, v in next, X do return k end`, "a"},
		{"pairs kept", `local X = { a = 1 } local f, t = pairs(X) t.a = 2 return X.a`, "2"},
		{"pairs passed on", `local X = { a = 1 } return (function(f, t) t.a = 2 return X.a end)(pairs(X))`, "2"},
		{"pairs with more", `local X = { a = 1 } for k in pairs(X, 1) do return k end`, "a"},
		{"pairs in a list", `local X = { a = 1 } for k in pairs(X), X do return k end`, "a"},
		{"another's pairs", `local function pairs(t) t.a = t.a + 1 return next, t end local X = { a = 1 } for k, v in pairs(X) do return v end`, "2"},
		{"a parameter ipairs", `local X = { 1 } return (function(ipairs) for i in ipairs(X) do return X[1] end end)(function(t)
			t[1] = t[1] + 1 return next, t end)`, "2"},
		{"field pairs", `local t = { pairs = pairs } local X = { a = 1 } for k in t.pairs(X) do return k end`, "a"},
		{"method pairs", `local s = { pairs = function(self, t) t.a = 2 return next, t end } local X = { a = 1 } for k, v in s:pairs(X) do return v end`, "2"},
		{"unpack", `local X = { 1 } return unpack(X)`, "1"},
		{"called", `local X = { a = 1 } return (pcall(function() X() end))`, "false"},
		{"alias in a loop", `local X = { a = 1 } for _ = 1, 1 do local Y = X Y.a = 2 end return X.a`, "2"},
		{"until", `local n = 0 repeat local X = { 1 } n = n + 1 until select("#", X) == 1 return n`, "1"},
		{"hides nothing behind goto", `local X = { a = 1 } goto on do local Y = X end ::on:: X.a = X.a + 1 return X.a`, "2"},
		// Tables inside tables.
		{"inner table kept", `local X = { a = { b = 1 } } local Y = X.a Y.b = Y.b + 1 return X.a.b`, "2"},
		{"inner table written", `local X = { a = { b = 1 } } X.a.b = X.a.b + 1 return X.a.b`, "2"},
		{"inner table kept by key", `local X = { a = "x", b = { c = 1 } } local k = "b" local Y = X[k] Y.c = 2 return X.b.c`, "2"},
		{"inner table among items", `local X = { a = 1, { b = 1 } } local Y = X[1] Y.b = 2 return X[1].b`, "2"},
		{"innermost table by key", `local X = { { a = 1, b = { c = 1 } } } local Y = X[1].b Y.c = 2 return X[1].b.c`, "2"},
		{"inner table that is replaced", `local X = { a = { 1 }, a = "x" } local Y = X.a return Y`, "x"},
		{"inner table by pairs", `local X = { a = { b = 1 } } for _, v in pairs(X) do v.b = v.b + 1 end return X.a.b`, "2"},
		{"inner table by ipairs", `local X = { { b = 1 } } for _, v in ipairs(X) do v.b = v.b + 1 end return X[1].b`, "2"},
		{"inner table's method", `local X = { a = { b = 1 } } return (pcall(function() X.a:b() end))`, "false"},
		{"innermost table", `local X = { a = { b = { c = 1 } } } local Y = X.a.b Y.c = 2 return X.a.b.c`, "2"},
		{"compared inner tables", `local X = { a = { 1 }, b = { 1 } } return X.a == X.b`, "false"},
		// No constants.
		{"call", `local X = { a = tostring(1) } return X.a`, "1"},
		{"function", `local X = { f = function() return 1 end } return X.f()`, "1"},
		{"variable", `local v = 1 local X = { a = v } return X.a`, "1"},
		{"several values", `local X = { (function() return 1, 2 end)() } return #X`, "2"},
		{"all arguments", `return (function(...) local X = { ... } return #X end)(1, 2)`, "2"},
		{"joined text", `local X = { a = "b" .. "c" } return X.a`, "bc"},
		{"comparison", `local X = { a = 1 == 1 } return X.a`, "true"},
		{"empty", `local X = {} return #X`, "0"},
		{"key nil", `return (pcall(function() local X = { [nil] = 1 } return X[1] end))`, "false"},
		{"far index", `local X = { [200000] = 1 } return X[200000]`, "1"},
		// What is not the variable's own value.
		{"no value", `local X return type(X)`, "nil"},
		{"assigned later", `local X X = { a = 1 } return X.a`, "1"},
		{"parameter", `return (function(X) return X.a end)({ a = 1 })`, "1"},
		{"field", `local t = {} t.X = { a = 1 } return t.X.a`, "1"},
		{"at once", `return ({ a = 1 }).a`, "1"},
		{"by and", `local X = true and { a = 1 } or 2 return X.a`, "1"},
		{"more values than names", `local a = 1, { 5 } return a`, "1"},
		{"text like a mark", `local X = { a = 1 } return #"\0planted 0" + X.a`, "11"},
	} {
		t.Run(p.name, func(t *testing.T) {
			if n := len(sharedIn(t, p.source)); n != 0 && p.name != "by and" {
				t.Errorf("%d tables are shared", n)
			}
			if got := run(t, p.source); got != p.want {
				t.Errorf("got %q, want %q", got, p.want)
			}
			twice := "local function f(...) " + p.source + "\nend f() return f()"
			if got := run(t, twice); got != p.want {
				t.Errorf("the second time: got %q, want %q", got, p.want)
			}
		})
	}
}

// TestMadeOnceForAll has two states read one table at once, in every way that a script can; the race detector watches.
func TestMadeOnceForAll(t *testing.T) {
	source := []byte(`
local X = { 10, 20, a = 1, b = 2, [-1] = "minus", [true] = "yes" }
local Z = { list = { 1, 2, 3 } }
local Y = { z = 26, y = 25, 1 }
local s = ""
for round = 1, 50 do
  for k, v in pairs(Y) do s = s .. tostring(k) .. v end
  for i, v in ipairs(Z.list) do s = s .. i .. v end
  s = s .. #X .. #Z.list .. X.a .. X[-1] .. X[true] .. tostring(X.none) .. tostring(X[99]) .. tostring(Z.list.none)
  s = #s
end
return s`)
	c, _, problem := Compile("t.lua", source)
	if problem != nil {
		t.Fatal(problem)
	}
	tables := sharedTables(c.Proto)
	if len(tables) != 3 {
		t.Fatalf("%d tables are shared", len(tables))
	}
	var before []string
	for _, table := range tables {
		before = append(before, shape(table))
	}
	results := make([]string, 4)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { results[i] = execute(t, c) })
	}
	all.Wait()
	if different := slices.Compact(slices.Clone(results)); len(different) != 1 || different[0] != "36" {
		t.Errorf("the states say %q", results)
	}
	for i, table := range tables {
		if got := shape(table); got != before[i] {
			t.Errorf("table %d was %s and is %s", i, before[i], got)
		}
		if !IsShared(table) {
			t.Error("a table is not marked")
		}
	}
	if IsShared(&lua.LTable{Metatable: lua.LNil}) {
		t.Error("a script's table counts as shared")
	}
}

func shape(t *lua.LTable) string { return fmt.Sprintf("%+v", *t) }

// TestPlantedConstants has each planted value be used by LOADK only.
func TestPlantedConstants(t *testing.T) {
	c, _, problem := Compile("t.lua", []byte(`local X, Y = { a = 1 }, { 5 }
return function(k) local Z = { b = 2 } return X.a + Y[1] + Z[k] + #X .. X[k] end`))
	if problem != nil {
		t.Fatal(problem)
	}
	var check func(proto *lua.FunctionProto)
	loads := 0
	check = func(proto *lua.FunctionProto) {
		for i, inst := range proto.Code {
			b, cc, bx := int(inst&0x1ff), int(inst>>9)&0x1ff, int(inst&0x3ffff)
			isTable := func(n int) bool { return n < len(proto.Constants) && proto.Constants[n].Type() == lua.LTTable }
			switch op := int(inst >> 26); op {
			case lua.OP_LOADK:
				if isTable(bx) {
					loads++
				}
			case lua.OP_GETGLOBAL, lua.OP_SETGLOBAL:
				if isTable(bx) {
					t.Errorf("instruction %d names a global by a table", i)
				}
			case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF, lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_EQ, lua.OP_LT, lua.OP_LE,
				lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_POW:
				if b >= 256 && isTable(b-256) || cc >= 256 && isTable(cc-256) {
					t.Errorf("instruction %d has a table as constant operand", i)
				}
			}
		}
		for _, child := range proto.FunctionPrototypes {
			check(child)
		}
	}
	check(c.Proto)
	if loads != 3 {
		t.Errorf("%d loads, want 3", loads)
	}
}
