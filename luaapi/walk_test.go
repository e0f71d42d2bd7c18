package luaapi_test

import (
	"strings"
	"testing"
)

// TestWalks steps over tables in odd ways: those that are read from a text go along.
func TestWalks(t *testing.T) {
	t.Parallel()
	for _, c := range []string{
		`local v = MAKE('{"a":1,"\\u0061":2}') local s = "" for k, x in pairs(v) do s = s .. k .. x end assert(s == "a2", s)`,
		`local v = MAKE('{"\\u0061":1,"b":3,"a":2}') local s = "" for k, x in pairs(v) do s = s .. k .. x end assert(s == "a2b3", s)`,
		`local v = MAKE('{"\\u0061":1,"b":3,"a":null}') local s = "" for k, x in pairs(v) do s = s .. k .. x end assert(s == "b3", s)`,
		`local v = MAKE('{"a":null,"b":3,"\\u0061":null}') local s = "" for k, x in pairs(v) do s = s .. k .. x end assert(s == "b3", s)`,
		`local v = MAKE('{"a":1,"\\u0061":2}') assert(v.a == 2)`,
		`local v = MAKE('{"n":null,"b":3}') assert(not pcall(next, v, "n"))`,
		`local v = MAKE('{"\\ud83d":1,"\\ud83e":3}') local s = "" for k, x in pairs(v) do s = s .. x end assert(s == "3", s)`,
		`local v = MAKE('[1,2]') assert(next(v, 2) == nil and not pcall(next, v, 3) and not pcall(next, v, 0.5), "x")`,
		`local v = MAKE('[1,2]') assert(not pcall(next, v, 0) and not pcall(next, v, -1), "x")`,
		`local v = MAKE('[1,2]') local s = 0 for i, x in ipairs(v) do s = s + x v[1] = nil end assert(s == 3, s)`,
		`local v = MAKE('[1,2,3]') for k in pairs(v) do v[k] = nil end assert(next(v) == nil)`,
		`local v = MAKE('{"a":{"b":1}}') local a = v.a v.c = 1 assert(v.a == a and v.a.b == 1) a.b = 2 assert(v.a.b == 2 and json.encode(v) == '{"a":{"b":2},"c":1}')`,
		`local v = MAKE('{"a":{"b":{"c":1}}}') local b = v.a.b v.c = 1 b.c = 2 assert(json.encode(v) == '{"a":{"b":{"c":2}},"c":1}', json.encode(v))`,
		`local v = MAKE('{"a":{"b":{"c":1}}}') local b = v.a.b v.a.d = 1 b.c = 2 assert(json.encode(v) == '{"a":{"b":{"c":2},"d":1}}', json.encode(v))`,
		`local v = MAKE('[[1,[2]]]') local x = v[1][2] setmetatable(x, {__index = {5}}) x[1] = nil assert(json.encode(v) == '[[1,[]]]', json.encode(v))`,
		`local v = MAKE('[[1,[2]]]') local x = v[1] json.object(x) assert(json.encode(v) == '[{"1":1,"2":[2]}]', json.encode(v))`,
		`local v = MAKE('{"a":{}}') json.array(v.a) assert(json.encode(v) == '{"a":[]}', json.encode(v))`,
		`local v = MAKE('{"\\u0061":{}, "a":{}}') v.a.x = 1 assert(v.a.x == 1 and json.encode(json.decode(json.encode(v))) == '{"a":{"x":1}}', json.encode(v))`,
		`local big = {} for i = 1, 100 do big[i] = '"k' .. i .. '":' .. i end local v = MAKE('{' .. table.concat(big, ",") .. '}') local n = 0 for k, x in pairs(v) do n = n + x if n == 1 then assert(next(v, "k50") == "k51") v.k60 = nil end end assert(n == 5050 - 60, n)`,
		`local v = MAKE('{"a":1,"b":2}') for i = 1, 30 do assert(v.none == nil and v.a == 1) end local k = next(v) assert(k == "a")`,
		`local v = MAKE('{"a":1,"b":2,"c":3}') local f, s, k = pairs(v) local k1 = f(s, k) for i = 1, 30 do local _ = v.a end assert(f(s, k1) == "b")`,
	} {
		for _, make := range []string{"probe.lazy", "json.decode"} {
			if _, _, err := run(t, "", strings.ReplaceAll(c, "MAKE", make)); err != nil {
				t.Errorf("%s: %s\n  %v", make, c, err)
			}
		}
	}
}
