package luaapi_test

import (
	"strings"
	"testing"
)

// Calls that are right.
func TestArguments(t *testing.T) {
	t.Parallel()
	check(t, `{"big":12345678901234567890}`, `
local name, count = probe.needs("a")
assert(name == "a" and count == 7)
name, count = probe.needs("a", nil, nil)
assert(count == 7)
name, count = probe.needs(5, 2)
assert(name == "5" and count == 2)
name, count = probe.needs(v.big, v.big)
assert(name == "12345678901234567890" and count > 1e19)
name = probe.needs("a", 1, pcall, "more", {})
assert(name == "a")
local needs = probe.needs
assert(needs("x") == "x" and pcall(needs, "x"))
local get = tracker.get_slot
assert(get(tracker, "v") == v)
assert(probe.options() == "fine" and probe.options(nil) == "fine" and probe.options {} == "fine")
assert(probe.options { timeout = 5, headers = {}, retry = true } == "fine" and probe.options { retry = 3 } == "fine")
assert(probe.options(probe.lazy('{"timeout":5,"headers":null}')) == "fine")
assert(probe.options(setmetatable({}, { __index = { x = 1 } })) == "fine")`)
}

// Calls that are wrong say what to write.
func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`probe.needs()`:            `probe.needs: name must be a text, but is nil; write for example probe.needs("a", 1)`,
		`probe.needs({})`:          "probe.needs: name must be a text, but is a table",
		`probe.needs(true)`:        "name must be a text, but is true",
		`probe.needs(json.null)`:   "name must be a text, but is json.null",
		`probe.needs("a", "5")`:    "probe.needs: count must be a number, but is a text",
		`probe.needs("a", 1, "x")`: "f must be a function or a table, but is a text",
		`probe.needs("a", 1, coroutine.create(function() end))`: "but is a coroutine",
		`probe:needs("a")`:                      "probe:needs is called with a dot: write probe.needs(…)",
		`tracker.get_slot("a")`:                 "tracker.get_slot is called with a colon: write tracker:get_slot(…)",
		`local get = tracker.get_slot get("a")`: "write tracker:get_slot(…)",
		`pcall(0) local ok, e = pcall(tracker.get_slot, "a") error(e, 0)`: "write tracker:get_slot(…)",
		`dispatcher.utter_message("a")`:                                   "dispatcher.utter_message is called with a colon: write dispatcher:utter_message(…)",
		`dispatcher.utter_message(tracker, "a")`:                          "write dispatcher:utter_message(…)",
		`tracker:get_slot()`:                                              "tracker:get_slot: ",
		`tracker:get_slott("a")`:                                          "tracker has no 'get_slott'; did you mean 'get_slot'?",
		`return tracker[1]`:                                               "the tracker has no items, only names such as ",
		`return json[1]`:                                                  "the module json has no items, only names such as ",
		`return json[true]`:                                               "the module json has no items",
		`return probe.zzzzzz`:                                             "probe has no 'zzzzzz'",
		`tracker.get_slot = 1`:                                            "tracker.get_slot can't be assigned; keep your own values in a local",
		`tracker.mine = 1`:                                                "tracker.mine can't be assigned",
		`tracker[1] = 1`:                                                  "the tracker has no items",
		`tracker[true] = 1`:                                               "the tracker has no items",
		`tracker.slots = 5`:                                               "tracker.slots must be a table, but is a number",
		`tracker.slots = json`:                                            "tracker.slots can't be the module json",
		`probe.options { timeuot = 5 }`:                                   "probe.options: doesn't know 'timeuot'; did you mean 'timeout'? It takes timeout, headers, retry.",
		`probe.options { zzzzzz = 5 }`:                                    "probe.options: doesn't know 'zzzzzz'. It takes timeout, headers, retry.",
		`probe.options { 5 }`:                                             "probe.options: takes names, not items: { timeout = … }",
		`probe.options { [true] = 5 }`:                                    "takes names, not items",
		`probe.options { timeout = "5" }`:                                 "probe.options: timeout must be a number, but is a text",
		`probe.options { retry = {} }`:                                    "probe.options: retry must be true or false or a number, but is a table",
		`probe.options(5)`:                                                "probe.options: options must be a table, but is a number",
		`probe.options(tracker)`:                                          "probe.options: takes a table with names, but got the tracker: { timeout = … }",
		`probe.options(probe.lazy('{"tmeout":5}'))`:                       "did you mean 'timeout'?",
		`probe.options { [string.rep("x", 5000)] = 1 }`:                   "doesn't know 'xxxx",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%s: the message has %d bytes", script, len(err.Error()))
		}
	}
}

// What belongs to luaction can't be changed by any means.
func TestFrozen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"json", "events", "tracker", "dispatcher"} {
		for _, script := range []string{
			`X.mine = 1`, `X.encode = 1`, `rawset(X, "mine", 1)`, `rawset(X, 1, 1)`, `table.insert(X, 1)`, `table.insert(X, 1, 1)`,
			`setmetatable(X, {})`, `setmetatable(X, nil)`, `table.sort(X)`, `table.remove(X)`, `X[1] = 1`,
		} {
			script = strings.ReplaceAll(script, "X", name)
			_, _, err := run(t, "", script)
			fails(t, err, script, name)
		}
	}
	for script, want := range map[string]string{
		`json = nil`: "'json' is a name of luaction's own", `SlotSet = nil`: "'SlotSet' is a name of luaction's own",
		`json.object(tracker)`: "json.object: the tracker belongs to luaction", `json.array(events)`: "the module events belongs to luaction",
	} {
		_, _, err := run(t, "", script)
		fails(t, err, script, want)
	}
	check(t, "1", `
assert(getmetatable(json) == nil and getmetatable(tracker) == nil)
assert(rawget(json, "mine") == nil and type(json.encode) == "function")`)
}
