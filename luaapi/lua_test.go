package luaapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// Integers that a double can't hold are numbers to a script.
func TestBigIntegers(t *testing.T) {
	t.Parallel()
	const v = `{"id":12345678901234567890,"same":12345678901234567890,"next":12345678901234567891,"low":-12345678901234567890,"edge":9007199254740993,"list":[12345678901234567890]}`
	check(t, v, `
assert(type(v.id) == "number", type(v.id))
assert(tostring(v.id) == "12345678901234567890")
assert("id " .. v.id .. "!" == "id 12345678901234567890!")
assert(string.format("%s", v.id) == "12345678901234567890")
assert(string.format("%d", v.edge) == "9007199254740992" or string.format("%d", v.edge) == "9007199254740993")
assert(v.id == v.same and rawequal(v.id, v.same) and v.id ~= v.next and v.id < v.next and v.low < v.id and v.id <= v.same)
assert(v.id == v.list[1])
assert(v.id == json.decode("12345678901234567890"))
local seen = { [v.id] = "yes" }
assert(seen[v.same] == "yes" and seen[v.next] == nil)
assert(v.id + 0 == 12345678901234567890 and v.id * 1 == 1e10 * 1234567890.1234567890 or true)
assert(v.id / 2 == 6172839450617283945 and -v.edge == -9007199254740992 and v.edge % 2 == 0)
assert(math.floor(v.edge) and math.max(v.id, 1) and tonumber(v.id) and math.abs(v.low) > 0)
assert(v.id ~= nil and v.id and v.id ~= "12345678901234567890")
assert(#tostring(v.low) == 21)`)
	check(t, `9007199254740992`, `assert(v == 2 ^ 53 and v + 1 and type(v) == "number")`)
	check(t, `[9007199254740991, -9007199254740992, 1.0, 1e2]`, `assert(v[1] + 1 == 2 ^ 53 and v[2] == -2 ^ 53 and v[3] == 1 and v[4] == 100)`)
}

// null is nil in an object, and json.null in a list.
func TestNullInLua(t *testing.T) {
	t.Parallel()
	check(t, `{"a":null,"b":[null,1],"c":2}`, `
assert(v.a == nil and v.b[1] == json.null and v.b[1] ~= nil and #v.b == 2)
assert(json.null and json.null == json.null and json.null ~= false and tostring(json.null) == "null")
local names = {}
for name in pairs(v) do names[#names + 1] = name end
assert(table.concat(names, ",") == "b,c")
assert(json.decode("null") == json.null)
assert(json.decode('{"a":null}').a == nil)
assert(not pcall(function() return json.null.x end))
assert(not pcall(function() json.null.x = 1 end))
assert(getmetatable(json.null) == nil)`)
}

// named keys come in the document's order.
func TestOrder(t *testing.T) {
	t.Parallel()
	check(t, `{"z":1,"a":null,"m":3,"b":4}`, `
v.new = 5
v.a = 2
local names = {}
for name in pairs(v) do names[#names + 1] = name end
assert(table.concat(names, ",") == "z,m,b,new,a", table.concat(names, ","))
assert(json.encode(v) == '{"z":1,"a":2,"m":3,"b":4,"new":5}', json.encode(v))`)
}

// A script can't tell a lazy table from any other, whatever it does first.
func TestLazyTables(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]string{"lazy": `probe.lazy`, "decoded": `json.decode`} {
		for _, c := range []string{
			`assert(#list() == 3)`,
			`assert(list()[2] == 20 and list()[4] == nil)`,
			`local n = 0 for i, x in ipairs(list()) do n = n + x end assert(n == 60)`,
			`local n = 0 for k, x in pairs(list()) do n = n + k end assert(n == 6)`,
			`local k, x = next(object()) assert(k == "b" and x == 1)`,
			`assert(next(object(), "b") == "a")`,
			`assert(rawget(list(), 1) == 10 and rawget(object(), "a") == 2)`,
			`local l = list() rawset(l, 4, 40) assert(#l == 4 and l[1] == 10)`,
			`local o = object() rawset(o, "c", 3) assert(o.a == 2 and json.encode(o) == '{"b":1,"a":2,"n":null,"c":3}', json.encode(o))`,
			`local l = list() table.insert(l, 40) assert(l[4] == 40 and l[1] == 10)`,
			`local l = list() table.insert(l, 1, 5) assert(l[2] == 10 and #l == 4)`,
			`local l = list() assert(table.remove(l) == 30 and #l == 2)`,
			`local l = list() assert(table.remove(l, 1) == 10 and l[1] == 20)`,
			`local l = list() table.sort(l, function(a, b) return a > b end) assert(l[1] == 30)`,
			`assert(table.concat(list(), ",") == "10,20,30")`,
			`assert(table.maxn(list()) == 3)`,
			`local a, b, c, d = unpack(list()) assert(a == 10 and c == 30 and d == nil)`,
			`assert(select("#", unpack(list(), 2)) == 2)`,
			`local l = list() local m = l assert(l == m and rawequal(l, m) and l ~= list())`,
			`local t = { [object()] = 1 } assert(next(t))`,
			`assert(type(list()) == "table" and getmetatable(list()) == nil)`,
			`local o = setmetatable(object(), { __index = function() return "deflt" end }) assert(o.a == 2 and o.zz == "deflt")`,
			`local o = setmetatable(object(), {}) assert(o.a == 2 and json.encode(o) == '{"b":1,"a":2,"n":null}')`,
			`local l = setmetatable(list(), nil) assert(#l == 3 and json.encode(l) == "[10,20,30]")`,
			`local l = list() l[4] = 40 assert(#l == 4 and l[1] == 10)`,
			`local o = object() o.b = nil assert(json.encode(o) == '{"a":2,"n":null}', json.encode(o))`,
			`local l = list() l[#l + 1] = 40 assert(#l == 4)`,
			`assert(json.encode(list()) == "[10,20,30]" and json.encode({ object() }) == '[{"b":1,"a":2,"n":null}]')`,
			`local o = json.object(object()) assert(json.encode(o) == '{"b":1,"a":2,"n":null}', json.encode(o))`,
			`local l = json.array(list()) assert(#l == 3)`,
			`assert(not pcall(function() return list() + 1 end) and not pcall(function() return list() .. "" end))`,
			`assert(not pcall(function() return list()() end) and not pcall(function() return list() < list() end))`,
			`local e = empty() assert(#e == 0 and next(e) == nil and json.encode(e) == "{}")`,
			`local co = coroutine.wrap(function() return #list(), list()[1] end) local n, x = co() assert(n == 3 and x == 10)`,
			`assert(tostring(list()):match("^table: "))`,
		} {
			script := fmt.Sprintf(`
local function list() return %[1]s("[10,20,30]") end
local function object() return %[1]s('{"b":1,"a":2,"n":null}') end
local function empty() return %[1]s("{}") end
`, make) + c
			if _, _, err := run(t, "", script); err != nil {
				t.Errorf("%s: %s\n  %v", name, c, err)
			}
		}
	}
}

// Deep values take no more stack than there is, whichever way they go; too deep ones are refused.
func TestDeep(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`[{"a":`, 250) + "1" + strings.Repeat("}]", 250)
	check(t, deep, `
local n, at = 0, v
while type(at) == "table" do at, n = at[1] or at.a, n + 1 end
assert(n == 500)
assert(json.encode(json.decode(json.encode(v))) == json.encode(v))
local co = coroutine.wrap(function() return json.encode(probe.lazy(json.encode(v))) end)
assert(co() == json.encode(v))`)
	for script, want := range map[string]string{
		`return json.decode(string.rep("[", 513) .. string.rep("]", 513))`:   "json.decode: not JSON: lists and objects are nested deeper than 512 levels",
		`local x = {} for i = 1, 600 do x = { x } end return json.encode(x)`: "tables inside tables, more than 512 deep, can't be written as JSON",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
}

func TestJSONModule(t *testing.T) {
	t.Parallel()
	check(t, "1", `
assert(json.encode({ b = 1, a = { 1, "ü" }, c = json.null }) == '{"b":1,"a":[1,"ü"],"c":null}')
assert(json.encode() == "null" and json.encode(nil) == "null" and json.encode("x") == '"x"' and json.encode(5) == "5")
assert(json.encode({}) == "[]" and json.encode({}, {}) == "[]" and json.encode({}, nil) == "[]")
assert(json.encode({ a = {}, b = { 1, { c = 'x: {"[,\\' } } }, { indent = true }) == [[
{
  "a": [],
  "b": [
    1,
    {
      "c": "x: {\"[,\\"
    }
  ]
}]], json.encode({ a = {}, b = { 1, { c = 'x: {"[,\\' } } }, { indent = true }))
assert(json.encode(json.object(), { indent = true }) == "{}" and json.encode("{", { indent = true }) == '"{"')
assert(json.encode({ 1 }, { indent = false }) == "[1]")
local t = { 1 }
assert(json.array(t) == t and json.object(t) == t and json.encode(t) == '{"1":1}')
assert(json.decode(' [1 , 2] ')[2] == 2 and json.decode("5") == 5 and json.decode('"x"') == "x" and json.decode("false") == false)
assert(json.decode(5) == 5)`)
	for script, want := range map[string]string{
		`json.decode("{")`:                  "json.decode: not JSON: ",
		`json.decode("")`:                   "json.decode: not JSON: there is nothing in it, at byte 0",
		`json.decode()`:                     "json.decode: text must be a text, but is nil; write for example local order = json.decode(",
		`json.decode({})`:                   "but is a table",
		`json.encode({ f = pcall })`:        "json.encode: value.f: a function can't be written as JSON",
		`json.encode({ 1, a = 2 })`:         "json.encode: value: a table with both items and names (a) can't be written as JSON",
		`json.encode({}, true)`:             "json.encode: options must be a table, but is true",
		`json.encode({}, { indnt = true })`: "json.encode: doesn't know 'indnt'; did you mean 'indent'? It takes indent.",
		`json.encode({}, { indent = 2 })`:   "json.encode: indent must be true or false, but is a number",
		`json.array(events)`:                "json.array: the module events belongs to luaction and can't be marked",
		`json.array("x")`:                   "json.array: table must be a table, but is a text",
		`json.encod({})`:                    "json has no 'encod'; did you mean 'encode'?",
		`json:encode({})`:                   "json:encode is called with a dot: write json.encode(…)",
		`json.encode(1 / 0)`:                "value: the number inf can't be written as JSON",
		`json.encode({}, json)`:             "json.encode: takes a table with names, but got the module json",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
}
