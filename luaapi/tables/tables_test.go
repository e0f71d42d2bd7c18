package tables_test

import (
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/tables"
	apitime "github.com/luaction/luaction/luaapi/time"
)

func TestTables(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`table.map({ 1, 2 }, function(n, i) return n * 10 + i end)`:                                  `[11,22]`,
		`table.map({ a = 1, b = 2 }, function(n, k) return k .. n end)`:                              `{"a":"a1","b":"b2"}`,
		`table.map({ a = 1, b = 2 }, function(n) if n > 1 then return n end end)`:                    `{"b":2}`,
		`table.map(json.decode("[]"), print)`:                                                        `[]`,
		`table.map(json.decode("{}"), print)`:                                                        `{}`,
		`table.map(json.decode("[1,null]"), function(v) return v end)`:                               `[1,null]`,
		`table.filter({ 1, 2, 3 }, function(n, i) return n > 1 and i < 3 end)`:                       `[2]`,
		`table.filter({ 1 }, function() end)`:                                                        `[]`,
		`{ table.find({ "a", "b" }, "b") }`:                                                          `["b",2]`,
		`{ table.find({ "a", "b" }, function(v, i) return i == 2 end) }`:                             `["b",2]`,
		`{ table.find({ x = 1, y = 2 }, 2) }`:                                                        `[2,"y"]`,
		`table.find({ "a" }, "c")`:                                                                   `null`,
		`table.find({ "a" }, nil)`:                                                                   `null`,
		`(select(2, table.find(json.decode("[1,null]"), json.null)))`:                                `2`,
		`table.contains({ "a" }, "a")`:                                                               `true`,
		`table.contains({ "a" }, nil)`:                                                               `false`,
		`table.contains({ "5" }, 5)`:                                                                 `false`,
		`table.contains({ time.unix(5) }, time.parse("1970-01-01T00:00:05Z"))`:                       `true`,
		`table.contains(json.decode("[12345678901234567890]"), json.decode("12345678901234567890"))`: `true`,
		`table.keys({ z = 1, a = 2 })`:                                                               `["z","a"]`,
		`table.keys({})`:                                                                             `[]`,
		`table.values({ z = 1, a = 2 })`:                                                             `[1,2]`,
		`table.values(json.decode('{"z":1,"n":null,"a":[2]}'))`:                                      `[1,[2]]`,
		`table.merge({ a = 1, b = 2 }, nil, { b = 3, c = 4 })`:                                       `{"a":1,"b":3,"c":4}`,
		`table.merge({}, { 1 })`:                                                                     `[1]`,
		`table.merge(json.decode("{}"))`:                                                             `{}`,
		`(function() local t = { a = 1 } table.merge(t, { b = 2 }) return t end)()`:                  `{"a":1}`,
		`(function() local t = { 1 } return rawequal(table.extend(t, { 2, 3 }), t) and t end)()`:     `[1,2,3]`,
		`(function() local t = { 1, 2 } return table.extend(t, t) end)()`:                            `[1,2,1,2]`,
		`table.extend(json.decode("[]"), {})`:                                                        `[]`,
		`table.get({ a = { { b = 5 } } }, "a", 1, "b")`:                                              `5`,
		`table.get({ a = {} }, "a", 1, "b")`:                                                         `null`,
		`table.get(nil, "a")`:                                                                        `null`,
		`table.get("text", "len")`:                                                                   `null`,
		`table.get({ a = 1 }, nil)`:                                                                  `null`,
		`table.get({ a = json.null }, "a", "b")`:                                                     `null`,
		`table.get({ a = time.unix(0) }, "a", "year")`:                                               `1970`,
		`table.get(5)`: `5`,
		`table.get(tracker, "latest_message", "intent", "name")`:    `null`,
		`table.get(setmetatable({}, { __index = { a = 1 } }), "a")`: `1`,
		`table.concat(table.map({ 1, 2 }, tostring), ",")`:          `"1,2"`,
		`#table.map(tracker.events, function(e) return e end)`:      `0`,
	}, tables.New, json.New, apitime.New, printing)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	apitest.WantErrors(t, map[string]string{
		`table.map({ 1 }, print)`:                           `table.map: f gave nothing for item 1`,
		`table.map({ 1 })`:                                  `table.map: f must be a function, but is nil`,
		`table.map("a", print)`:                             `table.map: t must be a table, but is a text`,
		`table.map(json, print)`:                            `table.map: t must be a table of your own, but is the module json`,
		`table.map({ 1 }, function() error("mine", 0) end)`: `mine`,
		`table.filter({ a = 1 }, print)`:                    `table.filter: list must be a list, but has the key 'a'`,
		`table.filter({ [2] = 1 }, print)`:                  `table.filter: list must be a list, but has the key [2], and none before it`,
		`table.extend({ 1 }, { a = 1 })`:                    `table.extend: more must be a list, but has the key 'a'`,
		`table.extend({ 1 })`:                               `table.extend: more must be a table, but is nil`,
		`table.extend(string, { 1 })`:                       `table.extend: list must be a table of your own, but is the library string`,
		`table.merge({ a = 1 }, 5)`:                         `table.merge: argument 2 must be a table, but is a number`,
		`table.merge()`:                                     `table.merge: a must be a table, but is nil`,
		`table:map({ 1 }, print)`:                           `table:map is called with a dot: write table.map(…)`,
		`(function() table.map = 5 end)()`:                  `the library table belongs to luaction and can't be changed`,
	}, tables.New, json.New, printing)
}

// TestChangedWhileWalked: what a function does to the table that is walked changes nothing of the walk.
func TestChangedWhileWalked(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`(function() local t = { 1, 2, 3 } return table.map(t, function(n) t[#t] = nil t["x" .. n] = n return n end) end)()`:      `[1,2,3]`,
		`(function() local t = { 1, 2, 3 } return table.filter(t, function(n) table.insert(t, n) return true end) end)()`:         `[1,2,3]`,
		`(function() local t = { a = 1, b = 2 } return table.map(t, function(n, k) t[k] = nil t[k .. k] = n return n end) end)()`: `{"a":1,"b":2}`,
	}, tables.New)
}

func printing(*luaapi.Session) luaapi.Module {
	return luaapi.Module{Name: "print", Only: true, Members: []luaapi.Member{{Name: "print", Func: func(luaapi.Args) int { return 0 }}}}
}

// TestTablesOfTheRequest: tables that are read from the request's text are tables like any other.
func TestTablesOfTheRequest(t *testing.T) {
	t.Parallel()
	answer, _, err := apitest.Run(t, apitest.Case{
		Request: `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{"orders":[{"id":1,"tags":["a","b"]},{"id":2,"tags":[]}],"none":[],"city":"Ulm"}}}`,
		Script: `local orders = tracker:get_slot("orders")
local tagged = table.filter(orders, function(o) return #o.tags > 0 end)
local names = table.keys(tracker.slots)
local more = table.extend(tracker:get_slot("none"), { 1 })
return { SlotSet("x", { tagged, table.map(orders, function(o) return table.contains(o.tags, "b") end), names, more,
  table.get(tracker.slots, "orders", 1, "tags", 2), table.map(orders[2].tags, tostring), table.merge(tracker.slots, { city = "Bonn", orders = 0 }) }) }`,
		Modules: []func(*luaapi.Session) luaapi.Module{tables.New},
	})
	const want = `{"events":[{"event":"slot","timestamp":null,"name":"x","value":[[{"id":1,"tags":["a","b"]}],[true,false],` +
		`["orders","none","city"],[1],"b",[],{"orders":0,"none":[1],"city":"Bonn"}]}],"responses":[]}`
	if err != nil || answer != want {
		t.Errorf("got %s (%v), want %s", answer, err, want)
	}
}
