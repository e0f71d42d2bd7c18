package chunk

import (
	"fmt"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestRecords has what is made by a call: the names of each shape, and how many values each call had.
func TestRecords(t *testing.T) {
	sixteen := named(16)
	for _, c := range []struct{ name, source, want string }{
		{"names", `return { title = 1 + 1, payload = "x" }`, "title payload:3"},
		{"one name", `local v = 1 return { a = v }`, "a:2"},
		{"named keys", `local v = 1 return { ["a b"] = v, ["\0"] = v, [""] = v }`, "a b \x00 :4"},
		{"one value each", `local function f() return 1, 2, 3 end return { a = f(), b = f() }`, "a b:3"},
		{"varargs", `return (function(...) return { a = ..., b = ... } end)(1, 2, 3)`, "a b:3"},
		{"no varargs", `return (function(...) return { a = ..., b = ... } end)()`, "a b:3"},
		{"nil", `return { a = nil, b = 2 }`, "a b:3"},
		{"constants", `return { a = 1, b = "x" }`, "a b:3"},
		{"inside one another", `return { a = { b = 1 }, c = { b = 2 } }`, "b:2 b:2 a c:3"},
		{"argument", `return type { a = 1 }`, "a:2"},
		{"assigned", `local t t = { a = 1 } t.b = { c = 2 } return t`, "a:2 c:2"},
		{"last parameter", `local function f(t) t = { a = t } return t.a end return f(5)`, "a:2"},
		{"16 names", `return { ` + sixteen + ` }`, strings.TrimSpace(keysTo(16)) + ":17"},
		{"17 names", `return { ` + named(17) + ` }`, ""},
		{"none", `return {}`, ""},
		{"an item", `return { a = 1, 2 }`, ""},
		{"a number", `return { a = 1, [2] = 2 }`, ""},
		{"a key that is reckoned", `local k = "a" return { [k] = 1 }`, ""},
		{"a name twice", `return { a = 1, b = 2, a = 3 }`, ""},
		{"shared", `local X = { a = 1 } return X.a`, ""},
		{"text like a mark", `return { a = "\0planted 0" }`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			compiled, _, problem := Compile("t.lua", []byte(c.source))
			if problem != nil {
				t.Fatal(problem)
			}
			var calls []string
			L := lua.NewState()
			defer L.Close()
			L.SetGlobal(recordName, L.NewFunction(func(L *lua.LState) int {
				return Record(L, func(L *lua.LState, shape *Shape) lua.LValue {
					calls = append(calls, fmt.Sprintf("%s:%d", strings.Join(shape.Keys, " "), L.GetTop()))
					return shape.Table(L)
				})
			}))
			L.Push(L.NewFunctionFromProto(compiled.Proto))
			if err := L.PCall(0, lua.MultRet, nil); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(calls, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func keysTo(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "k%d ", i)
	}
	return b.String()
}

// TestRecordsAreTables compares with the constructor as the interpreter library makes it.
func TestRecordsAreTables(t *testing.T) {
	show := `local function show(t) local s = "" for k, v in pairs(t) do
		s = s .. k .. "=" .. (type(v) == "table" and show(v) or tostring(v)) .. ";" end return s .. #t end
		local function f() return 1, 2, 3 end local function none() end local log = "" local function say(v) log = log .. tostring(v) return v end
		`
	show = strings.Replace(show, "local function show(t)", "local show show = function(t)", 1)
	for name, source := range map[string]string{
		"order":          `return show { z = 1, y = 2, x = 3 }`,
		"order of keys":  `return show { ["z z"] = 1, y = 2, ["x"] = 3 }`,
		"nil":            `return show { z = nil, y = none(), x = 3 }`,
		"nil then set":   `local t = { z = nil, y = none(), x = 3 } t.z = 1 t.y = 2 return show(t)`,
		"values":         `return show { a = f(), b = (f()), c = f() }`,
		"varargs":        `return (function(...) return show { a = ..., b = select("#", ...), c = ... } end)(f())`,
		"evaluation":     `local t = { a = say(1), b = say(2), c = say(say(3)) } return log, show(t)`,
		"inside":         `return show { a = { b = { c = 1 } }, d = { e = {}, f = { 1, 2 } } }`,
		"in a list":      `local t = { { a = 1 }, { a = 2 }, n = { a = 3 } } return show(t[1]), show(t[2]), show(t.n), #t`,
		"last in a list": `local t = { 1, { a = 2 } } return #t, show(t[2])`,
		"conditions":     `local a, b = none(), 5 return show { x = a and 1 or 2, y = b and b, z = not a, w = a == b, v = a or b }`,
		"in conditions":  `local x = none() and { a = 1 } or { b = 2 } local y = x and { c = 3 } return show(x), show(y)`,
		"as condition":   `if { a = 1 } then return "yes" end`,
		"functions":      `local n = 0 local t = { f = function() n = n + 1 return n end, g = function(...) return ... end } return t.f() + t.f(), t.g(4)`,
		"captured":       `local fs = {} for i = 1, 3 do local t = { i = i } fs[i] = function() t.i = t.i + 1 return t.i end end return fs[1](), fs[1](), fs[3]()`,
		"new each time":  `local function make() return { a = 1 } end return make() == make(), show(make())`,
		"written":        `local t = { a = 1 } t.a = 2 t.b = 3 t[1] = 4 return show(t)`,
		"compared":       `local t = { a = 1 } return t == t, { a = 1 } == { a = 1 }`,
		"indexed":        `return ({ a = 5 }).a, #({ a = 5 }), ({ f = f }).f()`,
		"method":         `return ({ f = function(self) return self.v end, v = 7 }):f()`,
		"assigned to":    `local t = { 1 } ;({ a = t }).a[1] = 5 return t[1]`,
		"several":        `local a, b, c = { x = 1 }, { y = 2 } return show(a), show(b), c`,
		"swapped":        `local a, b = { x = 1 }, { y = 2 } a, b = b, { z = a } return show(a), show(b.z)`,
		"returned":       `return (function() return { a = 1 } end)().a, (function() return 1, { a = 2 } end)()`,
		"in loops":       `local n = 0 for i = 1, 3 do for k, v in pairs { a = i, b = i } do n = n + v end end return n`,
		"while":          `local t = { n = 0 } while t.n < 3 do t = { n = t.n + 1 } end return t.n`,
		"repeat":         `local t repeat t = { n = (t and t.n or 0) + 1 } until t.n == 3 return t.n`,
		"goto":           `local n = 0 ::top:: local t = { n = n } n = n + 1 if n < 3 then goto top end return t.n`,
		"metatable":      `local t = setmetatable({ a = 1 }, { __index = function(_, k) return k end, __call = function(_, x) return x end }) return t.a, t.b, t(4)`,
		"joined":         `return "a" .. ({ b = "c" }).b .. 1`,
		"arithmetic":     `return ({ a = 5 }).a % 3 + -({ a = 2 }).a`,
		"yields":         `local co = coroutine.wrap(function() return show { a = coroutine.yield(1), b = coroutine.yield(2) } end) return co(), co(8), co(9)`,
		"fails":          `return pcall(function() return { a = 1, b = none().x } end)`,
		"fails below":    "return pcall(function() return {\n a = 1,\n b = {\n c = none().x } } end)",
		"many locals":    locals(190) + ` local t = { a = a1, b = a2 } return show(t)`,
		"deep":           "local t = " + strings.Repeat("{ a = ", 95) + "1" + strings.Repeat("}", 95) + " return t.a.a.a.a.a ~= nil",
		"wide and deep":  "local t = " + strings.Repeat("{ a = 1, b = 2, c = 3, d = ", 60) + "1" + strings.Repeat("}", 60) + " return t.d.d.d.c",
		"large":          `local t = { a = { ` + named(1500) + ` }, b = { x = f(), y = { ` + items(1200) + ` } } } return t.a.k1500, #t.b.y, t.b.x`,
	} {
		t.Run(name, func(t *testing.T) {
			source := show + source
			plain, _, problem := translate("t.lua", source, false)
			if problem != nil {
				t.Fatal(problem)
			}
			got, want := run(t, source), execute(t, plain)
			if i := strings.Index(want, "table: "); i >= 0 && len(got) > i {
				got, want = got[:i], want[:i]
			}
			if got != want || strings.HasPrefix(got, "error: ") {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestManyShapes has more different lists of names than are kept: the compiler's work grows with the square of their number.
func TestManyShapes(t *testing.T) {
	var b strings.Builder
	b.WriteString("local n = 0 local t\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "t = { k%d = %d } n = n + t.k%d\n", i, i, i)
	}
	if got := run(t, b.String()+"return n"); got != "4498500" {
		t.Error(got)
	}
}

// TestNoRoomForCalls has constructors whose calls need more registers than there are.
func TestNoRoomForCalls(t *testing.T) {
	source := "return " + strings.Repeat("{ a = 1, b = 2, c = 3, d = ", 60) + "1" + strings.Repeat("}", 60)
	if _, _, problem := translate("t.lua", source, true); problem == nil {
		t.Error("there is room: the other case is not tested")
	}
	if _, _, problem := Compile("t.lua", []byte(source)); problem != nil {
		t.Error(problem)
	}
}

func BenchmarkConstructor(b *testing.B) {
	source := "local n = 0 for i = 1, 1000 do local t = { title = i, payload = n } n = n + t.title end return n"
	for name, tuned := range map[string]bool{"plain": false, "shaped": true} {
		b.Run(name, func(b *testing.B) {
			c, _, problem := translate("t.lua", source, tuned)
			if problem != nil {
				b.Fatal(problem)
			}
			L := lua.NewState()
			defer L.Close()
			L.SetGlobal(recordName, L.NewFunction(func(L *lua.LState) int {
				return Record(L, func(L *lua.LState, shape *Shape) lua.LValue { return shape.Table(L) })
			}))
			fn := L.NewFunctionFromProto(c.Proto)
			b.ReportAllocs()
			for b.Loop() {
				L.Push(fn)
				L.Call(0, 0)
			}
		})
	}
}
