package interp_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestMessages(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		// Indexing.
		`local account = nil return account.balance`:                                            `attempt to index local 'account' (a nil value)`,
		`local account account.balance = 1`:                                                     `attempt to index local 'account' (a nil value)`,
		`local t = {} return t.x.y`:                                                             `attempt to index field 'x' (a nil value); t.x is nil: ask first whether it is there`,
		`local t = {} t.x.y = 1`:                                                                `attempt to index field 'x' (a nil value); t.x is nil: ask first whether it is there`,
		`local t = {a = {}} return t.a.b.c.d`:                                                   `attempt to index field 'b' (a nil value); t.a.b is nil: ask first whether it is there`,
		`local t = {} return t[1].x`:                                                            `attempt to index field '?' (a nil value); t[1] is nil: ask first whether it is there`,
		`local t = {} local i = 3 return t[i].x`:                                                `attempt to index field '?' (a nil value); t[i] is nil: ask first whether it is there`,
		`local up local function f() return up.x end return f()`:                                `attempt to index upvalue 'up' (a nil value)`,
		`local function f(a, b) return b.x end local r = f(1) return`:                           `attempt to index local 'b' (a nil value)`,
		`local function get(n) end return get("name").x`:                                        `attempt to index a nil value; get("name") is nil: ask first whether it is there`,
		`local t = {get_slot = function() end} return t:get_slot("name").x`:                     `attempt to index a nil value; t:get_slot("name") is nil: ask first whether it is there`,
		"local t = {get_slot = function() end}\nlocal name = t:get_slot('name')\nreturn name.x": `attempt to index local 'name' (a nil value); t:get_slot("name") gave nil: ask first with if name then … end`,
		`return (5).x`:              `attempt to index a number value`,
		`local b = true return b.x`: `attempt to index local 'b' (a boolean value)`,
		"for i, item in ipairs { 1 } do\n local x = item.y end": `attempt to index local 'item' (a number value)`,
		"for i = 1, 2 do\n local x = i.y end":                   `attempt to index local 'i' (a number value)`,
		"do local a, b = 1, 2 end\nlocal c = nil\nreturn c.x":   `attempt to index local 'c' (a nil value)`,
		"local t = {}\ndo local inner = 1 end\nreturn t.a.b":    `attempt to index field 'a' (a nil value); t.a is nil: ask first whether it is there`,
		`local t = {} t:go()`:                                   `attempt to call method 'go' (a nil value)`,
		`local t t:go()`:                                        `attempt to index local 't' (a nil value)`,
		// Tables that are made once.
		`local T = {a = 1} return T.x.y`:                                `attempt to index field 'x' (a nil value); T.x is nil: ask first whether it is there`,
		`local T = {a = 1} local v = T.x return v.y`:                    `attempt to index local 'v' (a nil value); T.x gave nil: ask first with if v then … end`,
		`local T = {a = 1} return (function() return T.x.y end)()`:      `attempt to index field 'x' (a nil value); T.x is nil: ask first whether it is there`,
		`local T = {greet = 1} T.gret()`:                                `attempt to call field 'gret' (a nil value); T has no 'gret'; did you mean 'greet'?`,
		`local T = {greet = 1} T.greet()`:                               `attempt to call field 'greet' (a number value)`,
		`local T = {a = {b = 1}} return T.a.b.c`:                        `attempt to index field 'b' (a number value)`,
		`local T, U = {1}, {"x"} return T[1] + U[1]`:                    `attempt to perform arithmetic on field '?' (a string value); U[1] is the text "x", which is no number`,
		`local T = {1} local t = T[2] for i = 1, 2 do t() end`:          `attempt to call field '?' (a nil value); T[2] is nil`,
		`local T = {1} T[3] = 1 local t = T[2] for i = 1, 2 do t() end`: `attempt to call field '?' (a nil value); T[2] is nil`,
		// Calling.
		`local t = {} t.go()`:                             `attempt to call field 'go' (a nil value); t.go is nil`,
		`local s = "x" return s:uper()`:                   `attempt to call method 'uper' (a nil value); s has no 'uper'; did you mean 'upper'?`,
		`return string.uper("x")`:                         `attempt to call field 'uper' (a nil value); string has no 'uper'; did you mean 'upper'?`,
		`return math.flor(1)`:                             `attempt to call field 'flor' (a nil value); math has no 'flor'; did you mean 'floor'?`,
		`local t = {greet = print} t.gret()`:              `attempt to call field 'gret' (a nil value); t has no 'gret'; did you mean 'greet'?`,
		`local f f()`:                                     `attempt to call local 'f' (a nil value)`,
		`local f = 5 return f()`:                          `attempt to call local 'f' (a number value)`,
		`local function g() end g()()`:                    `attempt to call a nil value; g() is nil`,
		`("x")()`:                                         `attempt to call a string value`,
		`local t = {} t[1]()`:                             `attempt to call field '?' (a nil value); t[1] is nil`,
		`local string = "x" return string.upper2(string)`: "attempt to call field 'upper2' (a nil value); `string` is your own local variable here, not the library string; give the variable another name",
		`local math return math.floor(1)`:                 "attempt to index local 'math' (a nil value); `math` is your own local variable here, not the library math; give the variable another name",
		`for x in 5 do end`:                               "attempt to call a number value; what stands behind `in` must be pairs(…), ipairs(…) or a function",
		`local t = {} for k in t do end`:                  `attempt to call a table value; to loop over a table write for key, value in pairs(…) or for i, value in ipairs(…)`,
		// Arithmetic.
		`local n return n + 1`:                                `attempt to perform arithmetic on local 'n' (a nil value)`,
		`local n return 1 + n`:                                `attempt to perform arithmetic on local 'n' (a nil value)`,
		`local row = {number = 5} return "No. " .. row.numer`: `attempt to concatenate field 'numer' (a nil value); row.numer is nil; did you mean 'number'?`,
		`local row = {cents = 5} return row.cent / 100`:       `attempt to perform arithmetic on field 'cent' (a nil value); row.cent is nil; did you mean 'cents'?`,
		`local row = {order = {}} return row.ordr.id`:         `attempt to index field 'ordr' (a nil value); row.ordr is nil; did you mean 'order'?`,
		`local row = {order = {}} return #row.ordr`:           `attempt to get length of field 'ordr' (a nil value); row.ordr is nil; did you mean 'order'?`,
		`local t = {} return t.n * 2`:                         `attempt to perform arithmetic on field 'n' (a nil value); t.n is nil: write (t.n or 0)`,
		`local n = "abc" return n + 1`:                        `attempt to perform arithmetic on local 'n' (a string value); n is the text "abc", which is no number`,
		`return "abc" + 1`:                                    `attempt to perform arithmetic on a string value; "abc" is no number; to join texts use ..`,
		`local t = {} return -t`:                              `attempt to perform arithmetic on local 't' (a table value)`,
		`local s = "x" return -s`:                             `attempt to perform arithmetic on local 's' (a string value); s is the text "x", which is no number`,
		`local a, b = "3", {} return a * b`:                   `attempt to perform arithmetic on local 'b' (a table value)`,
		// Joining.
		`local name return "Hi " .. name`:                             `attempt to concatenate local 'name' (a nil value); name is nil: write (name or "")`,
		`local t = {} return "Hi " .. t.name .. "!"`:                  `attempt to concatenate field 'name' (a nil value); t.name is nil: write (t.name or "")`,
		`local t = {get = function() end} return "Hi " .. t:get("n")`: `attempt to concatenate a nil value; t:get("n") is nil: write (t:get("n") or "")`,
		`local ok = true return "x" .. ok`:                            `attempt to concatenate local 'ok' (a boolean value); use tostring(ok)`,
		`local n, t = 5, {} return n % t.size`:                        `attempt to perform arithmetic on field 'size' (a nil value); t.size is nil: write (t.size or 0)`,
		`return {} % 2`:                                               `attempt to perform arithmetic on a table value`,
		`return "x" .. {}`:                                            `attempt to concatenate a table value; a list is joined by table.concat(…, ", "), and json.encode(…) shows any table`,
		// Comparing.
		`local amount = 5 return amount > "5"`: `attempt to compare string with number; amount is a number and "5" a text: leave out the quotes`,
		`local amount = "5" return amount > 5`: `attempt to compare number with string; 5 is a number and amount a text; use tonumber(amount)`,
		`local amount return amount < 5`:       `attempt to compare nil with number; amount is nil: write (amount or 0)`,
		`return {} < {}`:                       `attempt to compare two table values`,
		`local t = {} return t.a <= t.b`:       `attempt to compare two nil values; t.b is nil`,
		// The rest.
		`return #nil`:                                        `attempt to get length of a nil value`,
		`local n return #n`:                                  `attempt to get length of local 'n' (a nil value)`,
		`for i = "x", 2 do end`:                              `'for' initial value must be a number; it is the text "x": use tonumber(…)`,
		`for i = 1, {} do end`:                               `'for' limit must be a number; it is a table`,
		`for i = 1, nil do end`:                              `'for' limit must be a number; it is nil`,
		`for i = 1, 2, true do end`:                          `'for' step must be a number; it is a boolean`,
		`local t = {} t[nil] = 1`:                            `table index is nil`,
		`local function f(t, k) t[k] = 1 end f({})`:          `table index is nil; k is nil, and can't be a key`,
		`local function f(t, g) t[g.city] = 1 end f({}, {})`: `table index is nil; g.city is nil, and can't be a key`,
		`local t = {} t[0/0] = 1`:                            `table index is NaN`,
		`table.insert(nil, 1)`:                               `bad argument #1 to 'insert' (table expected, got nil)`,
		`table.insert()`:                                     `bad argument #1 to 'insert' (table expected, got no value)`,
		`table.insert({}, 1, 2, 3)`:                          `wrong number of arguments to 'insert'`,
		`local s = "x" return s:rep({})`:                     `bad argument #1 to 'rep' (number expected, got table)`,
		`local f = math.floor return f("x")`:                 `bad argument #1 to 'f' (number expected, got string); "x" is no number`,
		`local function f(t) for i, x in ipairs(t.list) do end end f({})`: `bad argument #1 to 'ipairs' (table expected, got nil); t.list is nil: write (t.list or {})`,
		`local s, n = "x", "many" return s:rep(n)`:                        `bad argument #1 to 'rep' (number expected, got string); n is the text "many", which is no number`,
		`local t = {} return math.floor(t.price)`:                         `bad argument #1 to 'floor' (number expected, got nil); t.price is nil`,
		`local t = {} return string.rep("x", t.n)`:                        `bad argument #2 to 'rep' (number expected, got nil); t.n is nil`,
		`local t = {} return ("x"):rep(t.n)`:                              `bad argument #1 to 'rep' (number expected, got nil); t.n is nil`,
		`local t = {"a"} return "x" .. t[0]`:                              `attempt to concatenate field '?' (a nil value); t[0] is nil: items count from 1`,
		`local t = {"a"} return t[0].x`:                                   `attempt to index field '?' (a nil value); t[0] is nil: items count from 1`,
		`local function f(tracker) return tracker.slots end f()`:          `attempt to index local 'tracker' (a nil value); tracker was not handed on: write it as an argument where this function is called; an action's file returns its function without parentheses`,
		`return math.random(2, 1)`:                                        `bad argument #2 to 'random' (interval is empty)`,
		`return table.concat({ 1, {} })`:                                  `invalid value (table) at index 2 in table for 'concat'`,
		`local function f() return 1 + f() end return f()`:                `stack overflow; a function calls itself, directly or by way of another, and nothing ends that`,
		`local t = {} setmetatable(t, { __index = t }) return t.x`:        `loop in gettable`,
		// What scripts raise stays as it is.
		`error("attempt to call a non-function object")`:               `attempt to call a non-function object`,
		`error("cannot perform add operation between nil and number")`: `cannot perform add operation between nil and number`,
	} {
		_, err := run(t, s, program)
		if err == nil {
			t.Errorf("%s: no error", program)
			continue
		}
		got := err.Error()
		if len(got) > 12 && got[:9] == "case.lua:" {
			got = got[12:]
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", program, got, want)
		}
	}
}

// TestExplainingIsBounded raises an error about a variable whose value came from calls with many arguments, which came from
// calls with many arguments.
func TestExplainingIsBounded(t *testing.T) {
	t.Parallel()
	program := "local function f() end\nlocal v = f()\n"
	for range 8 {
		program += "v = f(" + strings.Repeat("v, ", 100) + "v)\n"
		program += "local w = f(" + strings.Repeat("v, f(v, v), ", 40) + "v)\n"
	}
	program += "return f(" + strings.Repeat("f(w), ", 60) + "w).x"
	started := time.Now()
	if _, err := run(t, newState(t), program); err == nil || !strings.HasPrefix(err.Error(), "case.lua:19: attempt to index a nil value") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestFirstSentences compares what is said up to the hint with PUC Lua 5.1.5: each line is a program, a tab and what it said.
func TestFirstSentences(t *testing.T) {
	t.Parallel()
	recorded, err := os.ReadFile("testdata/messages.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := newState(t)
	for line := range strings.Lines(string(recorded)) {
		program, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		_, err := run(t, s, strings.ReplaceAll(program, `\n`, "\n"))
		if err == nil {
			t.Errorf("%s: no error", program)
			continue
		}
		got, _, _ := strings.Cut(err.Error(), "; ")
		if got != "case.lua:"+want {
			t.Errorf("%s\n got %s\nwant case.lua:%s", program, got, want)
		}
	}
}
