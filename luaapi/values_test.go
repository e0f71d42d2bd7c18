package luaapi_test

import (
	"strings"
	"testing"
)

// What comes in goes out again as it was when a script only passes it on.
func TestPassedOn(t *testing.T) {
	t.Parallel()
	for _, v := range []string{
		`null`, `true`, `false`, `""`, `"a\"\\b\n"`, `"ключ 😀"`, `0`, `-7`, `1.5`,
		`[]`, `{}`, `[[]]`, `[{}]`, `{"a":[]}`, `{"a":{}}`, `[[],{},[[{}]]]`,
		`[null]`, `[null,null]`, `[1,null,3]`, `[null,1]`, `{"a":null}`, `{"z":1,"a":null,"m":2,"b":null}`,
		`{"a":[null],"b":{"c":null}}`, `{"":1}`, `{"a b":1,"a.b":2,"1":3,"2":4}`, `{"end":1,"nil":2}`,
		`{"__index":1,"__metatable":2,"__gc":3,"__len":4}`, `{"n":4,"0":"z","-1":1,"1.5":2}`,
		`12345678901234567890`, `[-12345678901234567890,9007199254740993]`, `{"id":123456789012345678901234567890123456789012345678901234567890}`,
		`9007199254740991`, `9007199254740992`, `-9007199254740993`, `0.1`, `0.30000000000000004`, `5e-324`, `1.7976931348623157e+308`, `1e-07`, `1e+300`,
		`{"k00":1,"k01":null,"k02":1,"k03":1,"k04":1,"k05":1,"k06":1,"k07":1,"k08":1,"k09":1,"k10":1,"k11":1,"k12":null,"k13":1,"k14":1,"k15":1,"k16":1,"k17":1,"k18":null}`,
		strings.Repeat("[", 500) + strings.Repeat("]", 500),
		strings.Repeat(`{"a":`, 500) + "null" + strings.Repeat("}", 500),
	} {
		for what, script := range map[string]string{
			"passed on": "x = v", "in a list": "x = { v, json.null }", "under a name": "x = { it = v, last = 1 }",
			"decoded": "x = json.decode(json.encode(v))", "lazy": "x = probe.lazy(json.encode({ v }))",
		} {
			want := v
			switch what {
			case "in a list":
				want = "[" + v + ",null]"
			case "under a name":
				want = `{"it":` + v + `,"last":1}`
				if v == "null" {
					want = `{"last":1}`
				}
			case "lazy":
				want = "[" + v + "]"
			}
			if v == "null" && (what == "in a list" || what == "lazy") {
				continue // { nil, … } has a hole
			}
			if got, err := sent(t, v, script); err != nil || got != want {
				t.Errorf("%s: %.80s\n went out as %.80s %v\n want %.80s", what, v, got, err, want)
			}
		}
	}
}

// What a script makes or changes.
func TestMade(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ v, script, want string }{
		{"1", `x = { 1, 2, 3 }`, `[1,2,3]`},
		{"1", `x = { a = 1, b = { c = {} } }`, `{"a":1,"b":{"c":[]}}`},
		{"1", `x = {}`, `[]`},
		{"1", `x = { z = 1, a = 2, m = 3 }`, `{"z":1,"a":2,"m":3}`},
		{"1", `x = { a = nil, b = json.null }`, `{"b":null}`},
		{"1", `x = { json.null, false }`, `[null,false]`},
		{"1", `x = json.array()`, `[]`},
		{"1", `x = json.object()`, `{}`},
		{"1", `x = json.object({})`, `{}`},
		{"1", `x = json.object({ 1, 2 })`, `{"1":1,"2":2}`},
		{"1", `x = json.object({ [5] = "a", b = 2 })`, `{"5":"a","b":2}`},
		{"1", `x = json.array(setmetatable({}, { __index = { 1 } }))`, `[]`},
		{"1", `x = json.object(setmetatable({}, {}))`, `{}`},
		{"1", `x = setmetatable(json.object {}, {})`, `{}`},
		{"1", `x = json.array(json.object {})`, `[]`},
		{"1", `x = json.object(json.array {})`, `{}`},
		{"1", `x = setmetatable({ 1 }, { __len = function() return 9 end, __index = function() return 1 end })`, `[1]`},
		{"1", `x = setmetatable({}, { __tostring = function() return "no" end })`, `[]`},
		{"[1,2]", `x = setmetatable(v, nil)`, `[1,2]`},
		{"[]", `x = setmetatable(v, nil)`, `[]`},
		{"{}", `x = setmetatable(v, nil)`, `{}`},
		{"{}", `x = setmetatable(setmetatable(v, {}), nil)`, `{}`},
		{`{"a":null}`, `x = setmetatable(v, {})`, `{"a":null}`},
		{`{"a":null}`, `x = json.object(v)`, `{"a":null}`},
		{`{"a":null}`, `x = json.object(v); v[3] = 1`, `{"a":null,"3":1}`},
		{`{}`, `x = setmetatable(json.array(setmetatable(v, nil)), {})`, `[]`},
		{`{"a":null}`, `v.b = 1; x = v`, `{"a":null,"b":1}`},
		{`{"a":null,"b":1}`, `v.a = 2; x = v`, `{"a":2,"b":1}`},
		{`{"a":1,"b":null}`, `v.a = nil; x = v`, `{"b":null}`},
		{`{"a":1,"b":2}`, `v.a = json.null; x = v`, `{"a":null,"b":2}`},
		{`{"a":1}`, `v.a = nil; x = v`, `{}`},
		{`[1]`, `v[1] = nil; x = v`, `[]`},
		{`[3,1,2]`, `table.sort(v); table.insert(v, {}); x = v`, `[1,2,3,[]]`},
		{`[1,2]`, `table.remove(v); table.remove(v); x = v`, `[]`},
		{`{}`, `v[1] = "a"; x = v`, `["a"]`},
		{`{"a":1,"a":2}`, `v.c = nil; x = v`, `{"a":2}`},
		{`{"a":1,"b":2,"a":null}`, `v.c = nil; x = v`, `{"a":null,"b":2}`},
		{`{"a":null,"b":2,"a":1}`, `v.c = nil; x = v`, `{"a":1,"b":2}`},
		{`{"a":1,"a":2}`, `x = { v.a, next(v) == "a", next(v, "a") == nil }`, `[2,true,true]`},
		{`{"b" : [1.0 , "\u0041"],"a":{}}`, `x = v`, `{"b" : [1.0 , "\u0041"],"a":{}}`}, // what is only passed on is copied
		{`{"b" : [1.0 , {"c" : 1.0}],"a":{}}`, `v.b[2].d = 2; x = v`, `{"b":[1.0,{"c":1,"d":2}],"a":{}}`},
		{"1", `x = { 2 ^ 53, -2 ^ 53, 2 ^ 53 + 2, 1e15, 1e20, 1e21, 10 / 2, 7 / 2, 1 / 3, -0 * 1, 0.00001, 0.000001 }`,
			`[9007199254740992,-9007199254740992,9007199254740994,1000000000000000,100000000000000000000,1e+21,5,3.5,0.3333333333333333,0,0.00001,1e-06]`},
		{`[1.0,100.0,-3.0,1e2,-0,-0.0,123e20]`, `x = { unpack(v) }`, `[1,100,-3,100,0,0,1.23e+22]`},
		{`"\ud83d"`, `x = v`, `"` + "\ufffd" + `"`},
		{"1", `x = "a\255b\0"`, `"a` + "\ufffd" + `b\u0000"`},
		{`12345678901234567890`, `x = { [v] = 1 } x = json.object(x)`, `{"12345678901234567890":1}`},
		{`12345678901234567890`, `x = v + 0`, `12345678901234567000`},
		{"1", `local t = {} x = { t, t }`, `[[],[]]`},
	} {
		if got, err := sent(t, c.v, c.script); err != nil || got != c.want {
			t.Errorf("%s\n  with v = %s\n  went out as %s %v\n  want %s", c.script, c.v, got, err, c.want)
		}
	}
}

// A fresh empty table becomes what its place needs.
func TestPlaceOfEmptyTables(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`return { { event = "restart", metadata = {} } }`:                                                     `"metadata":{}`,
		`return { { event = "bot", data = {}, text = "a" } }`:                                                 `"data":{}`,
		`return { { event = "user", parse_data = {} } }`:                                                      `"parse_data":{}`,
		`return { { event = "user", parse_data = { intent = {}, entities = {}, intent_ranking = { {} } } } }`: `"parse_data":{"intent":{},"entities":[],"intent_ranking":[{}]}`,
		`return { { event = "reminder", entities = {} } }`:                                                    `"entities":[]`,
		`return { { event = "slot", name = "a", value = {} } }`:                                               `"value":[]`,
		`return { { event = "slot", name = "a", value = { metadata = {} } } }`:                                `"value":{"metadata":[]}`,
		`return { responses = { { custom = {}, buttons = {}, elements = {}, image = {} } } }`:                 `"buttons":[],"elements":[],"custom":{},"template":null,"response":null,"image":[]`,
		`return { responses = { { buttons = { {} } } } }`:                                                     `"buttons":[{}]`,
		`return { responses = { {} } }`:                                                                       `{"text":null,"buttons":[],`,
	} {
		if answer, _, err := run(t, "", script); err != nil || !strings.Contains(answer, want) {
			t.Errorf("%s\n  answered %s %v\n  want %s in it", script, answer, err, want)
		}
	}
}

// What can't be sent is refused with its place.
func TestRefused(t *testing.T) {
	t.Parallel()
	const at = "events[1].value"
	for _, c := range []struct{ v, script, want string }{
		{"1", `x = pcall`, at + ": a function can't be sent to Rasa"},
		{"1", `x = { callback = function() end }`, at + ".callback: a function can't be sent to Rasa"},
		{"1", `x = { 1, { a = { coroutine.create(function() end) } } }`, at + "[2].a[1]: a coroutine can't be sent to Rasa"},
		{"1", `x = 0 / 0`, "can't be sent to Rasa; was something divided by zero?"},
		{"1", `x = { deep = { 1, -1 / 0 } }`, at + ".deep[2]: the number -inf can't be sent to Rasa; was something divided by zero?"},
		{"NaN", `x = v`, at + ": the number nan can't"},
		{`{"a":[1,-Infinity]}`, `x = v`, at + ".a[2]: the number -inf can't"},
		{"1e999", `x = v`, at + ": the number inf can't"},
		{"1", `x = { 1, 2, name = "y" }`, at + ": a table with both items and names (name) can't be sent to Rasa; make two tables of it"},
		{"1", `x = { 1, ["odd name"] = "y" }`, `names (["odd name"]) can't`},
		{"[1]", `v.name = 1 x = v`, at + ": a table with both items and names (name) can't be sent"},
		{"[]", `v.name = 1 x = v`, at + ": a list that has names (name) can't be sent to Rasa; json.object makes an object of it"},
		{`{"a":null}`, `v[1] = 1 x = v`, at + ": a table with both items ([1]) and names can't be sent"},
		{"1", `x = { 1, nil, 3 }`, at + ": a list with holes (item 2 of 3 is nil) can't be sent to Rasa; write json.null for an item that is nothing"},
		{"1", `x = { [5] = 1 }`, `use texts as keys, such as t["5"]`},
		{"1", `x = { [0] = 1 }`, at + ": a list with an item [0] can't be sent to Rasa: items count from 1"},
		{"1", `x = { [1.5] = 1 }`, "[1.5]"},
		{"1", `x = { 1, [1e9] = 1 }`, "it has an item [1000000000], but not all before it"},
		{"1", `x = { a = 1, [7e6] = 2 }`, at + ": a table with the key [7000000] can't be sent"},
		{"1", `x = { [true] = 1 }`, at + ": a table with a key that is no text (true) can't be sent to Rasa"},
		{"1", `x = { [{}] = 1 }`, "a key that is no text (a table)"},
		{"1", `x = {} x.self = x`, at + ".self: a table that contains itself can't be sent to Rasa"},
		{"1", `x = {} x[1] = { a = x }`, at + "[1].a: a table that contains itself can't"},
		{"1", `x = {} for i = 1, 600 do x = { x } end`, "tables inside tables, more than 510 deep, can't be sent to Rasa"},
		{"1", `x = {} for i = 1, 509 do x = { a = x } end x = { x }`, "…"},
		{"1", `x = { ["a.b"] = { ["end"] = { ["1"] = pcall } } }`, at + `["a.b"].end["1"]: a function`},
		{"1", `x = json`, at + ": the module json can't be sent to Rasa"},
		{"1", `x = { tracker }`, at + "[1]: the tracker can't be sent to Rasa"},
		{"1", `x = { dispatcher = dispatcher }`, at + ".dispatcher: the dispatcher can't be sent to Rasa"},
		{"1", `x = string.rep("x", 17 * 1024 * 1024)`, at + ": the answer is longer than 16 MiB, the most that is sent"},
		{"1", `x = { } local s = string.rep("x", 1024 * 1024) for i = 1, 20 do x[i] = s end`, "the answer is longer than 16 MiB"},
		{"1", `x = {} for i = 1, 40 do x = { x, x } end`, "the answer is longer than 16 MiB"},
		{"1", `x = { [string.rep("k", 17 * 1024 * 1024)] = 1 }`, "the answer is longer than 16 MiB"},
	} {
		_, err := sent(t, c.v, c.script)
		fails(t, err, c.script, c.want)
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("%s: the message has %d bytes", c.script, len(err.Error()))
		}
	}
}

// The limit holds for the whole answer, not for each event.
func TestManyLongEvents(t *testing.T) {
	t.Parallel()
	_, _, err := run(t, "", `
local s, list = string.rep("x", 9 * 1024 * 1024), {}
for i = 1, 30 do list[i] = SlotSet("a", s) end
return list`)
	fails(t, err, "many long events", "events[2].value: the answer is longer than 16 MiB")
}
