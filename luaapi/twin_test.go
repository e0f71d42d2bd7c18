package luaapi_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/tables"
)

// twin writes a script twice: with tables of names as constructors, which are records, or as texts, which are lazy, and with
// the same tables made in ways that give plain ones.
type twin struct {
	r            *rand.Rand
	fancy, plain strings.Builder
	depth        int
}

func (w *twin) both(text string) { w.fancy.WriteString(text); w.plain.WriteString(text) }

// table writes a constructor of names.
func (w *twin) table() {
	names := []string{"a", "b", "c", "event", "name", "value", "year", "month", "day", "hour", "__index", "__newindex", "__call", "__tostring", "__metatable", "__eq", "__lt", "__len", "__concat", "x"}
	n := 1 + w.r.IntN(4)
	w.both("{ ")
	for i, at := range w.r.Perm(len(names))[:n] {
		if i > 0 {
			w.both(", ")
		}
		w.fancy.WriteString(names[at] + " = ")
		w.plain.WriteString("[id '" + names[at] + "'] = ")
		w.value()
	}
	w.both(" }")
}

func (w *twin) value() {
	w.depth++
	defer func() { w.depth-- }()
	scalars := []string{"1", "2", "12", "2020", "'x'", "'a'", "nil", "true", "false", "json.null", "t1", "t2", "t3", "function(...) return ... end",
		"function(t, k) return k end", "function() error('no') end", "{}", "{ 1, 2 }", "id(3)"}
	if w.depth < 3 && w.r.IntN(4) == 0 {
		w.table()
		return
	}
	w.both(scalars[w.r.IntN(len(scalars))])
}

var twinOps = []string{
	`say(#T)`, `say(T.a, T.b, T.name, T[1])`, `say(next(T))`, `say(pcall(next, T, "b"))`, `say(pcall(next, T, "a"))`, `say(rawget(T, "a"))`, `rawset(T, "c", U)`, `T.a = U`,
	`T.a = nil`, `T.new = 1`, `T[1] = "one"`, `T[K] = K`, `T[nil] = 1`, `T[0/0] = 1`, `say(T[nil])`, `say(T[K])`, `say(T == U, rawequal(T, U), T ~= U)`, `say(T < U)`, `say(T .. "x")`, `say(T + 1)`, `say(-T)`, `say(T(1, 2))`,
	`for k, v in pairs(T) do say(k, v) end`, `for k, v in pairs(T) do T[k] = nil end`, `for k, v in pairs(T) do T[k] = U end`, `for k, v in next, T do say(k) end`, `for i, v in ipairs(T) do say(i, v) end`,
	`local f, s, k = pairs(T) say(f(s, k)) T.q = 1 say(f(s, (f(s, k)))) say(rawequal(s, T))`,
	`setmetatable(T, U)`, `setmetatable(T, { __index = U })`, `setmetatable(T, { __index = U, __newindex = U })`, `setmetatable(T, T)`, `setmetatable(T, nil)`, `say(getmetatable(T))`,
	`setmetatable(T, setmetatable(U, { __index = T }))`, `T.__index = T`, `T.__tostring = function() return "it" end`, `say(tostring(T))`, `U.__eq = function() return true end say(T == U)`, `U.__lt = function() return true end say(T < U)`,
	`say(string.format("%s %d", T, 5))`, `say(("abc"):gsub("%a", T))`, `say(string.rep(T, 2))`, `say(os.time(T))`, `say(os.date("%Y", T))`, `say(unpack(T))`, `say(select("#", unpack(T)))`, `say(table.concat(T, ","))`, `table.insert(T, U)`, `table.insert(T, 1, 5)`,
	`say(table.remove(T))`, `table.sort(T)`, `say(table.maxn(T))`, `say(table.map(T, function(v, k) return k end))`, `say(table.filter(T, function() return true end))`, `say(table.find(T, U))`, `say(table.find(T, 1))`, `say(table.contains(T, U))`, `say(table.keys(T))`, `say(table.values(T))`, `say(table.merge(T, U))`,
	`say(table.extend(T, U))`, `say(table.extend({}, { T }))`, `say(table.get(T, "a", "b"))`, `say(table.get(T, K))`, `say(json.encode(T))`, `say(json.encode({ T, U }))`, `say(json.encode(json.object(T)))`, `say(json.encode(json.array(T)))`, `say(json.decode(json.encode(T)))`,
	`local co = coroutine.wrap(function() for k, v in pairs(T) do coroutine.yield(k, v) end end) say(co()) T.z = 5 say(co()) say(co())`, `say(pcall(coroutine.wrap(pairs), T))`, `error(T)`, `say(pcall(error, T))`, `say(xpcall(function() error(T) end, function(e) return e end))`, `say(type(T))`, `say(tostring(T) == tostring(T))`,
	`say(T.a.b.c)`, `say(T:a())`, `say(T.a(T))`, `local x = T.b say(x == T.b) T.c = 1 say(x == T.b)`, `t1, t2 = t2, t1`, `t3 = T`, `t1 = {}`, `t2 = { x = T }`, `say(pcall(setmetatable, T, 5))`, `say(assert(T))`, `say(tonumber(T))`, `say(ipairs(T))`, `local n = 0 for k in pairs(T) do for l in pairs(T) do n = n + 1 end end say(n)`,
	`say(SlotSet("a", T))`, `say(SlotSet(T))`, `say(SlotSet { name = "a", value = T })`, `dispatcher:utter_message(T)`, `dispatcher:utter_message({ text = "a", custom = T })`, `dispatcher:utter_message { text = "a", buttons = { T } }`, `dispatcher.messages[1] = T`, `tracker.slots = T`, `tracker.slots.a = T`, `tracker:add_slots { T }`, `say(tracker.slots)`, `say(tracker.events)`, `answer[#answer + 1] = T`, `answer[#answer + 1] = { event = "slot", name = "n", value = T }`,
	`local e = SlotSet("a", T) e.name = "b" e.metadata = U answer[#answer + 1] = e answer[#answer + 1] = e`, `local e = SlotSet("a", T) e.event = nil answer[#answer + 1] = e`, `local e = BotUttered { text = "x", data = T } say(e) answer[#answer + 1] = e`,
	`tracker.latest_message.entities[1] = T say(tracker.latest_message)`, `tracker.latest_message = T say(tracker.latest_message.intent)`, `tracker.events = { T } say(#tracker.events)`, `say(tracker:get_slot(K))`, `for i = 1, 30 do say(T.c) end`, `local q = { T, a = U } say(q)`, `dispatcher:utter_message(T, U)`, `dispatcher:utter_message { custom = T }`,
	`tracker.slots[K] = U say(tracker:get_slot(K))`, `for k, v in pairs(tracker.slots) do say(k, v) end`, `T = setmetatable({}, { __index = T })`,
}

func (w *twin) op() {
	op := twinOps[w.r.IntN(len(twinOps))]
	vars := []string{"t1", "t2", "t3", "t1", "t2"}
	keys := []string{`"a"`, `"b"`, `1`, `"x"`, `"__index"`, `"zz"`}
	op = strings.NewReplacer("U", vars[w.r.IntN(5)], "K", keys[w.r.IntN(len(keys))]).Replace(strings.ReplaceAll(strings.ReplaceAll(op, "SlotSet", "\x01"), "BotUttered", "\x02"))
	op = regexp.MustCompile(`\bT\b`).ReplaceAllString(op, vars[w.r.IntN(5)])
	op = strings.NewReplacer("\x01", "SlotSet", "\x02", "BotUttered").Replace(op)
	w.both("try(function() " + op + " end)\n")
}

const twinHead = `return function(dispatcher, tracker)
local function id(x) return x end
local seen, answer, said, t1, t2, t3 = {}, {}, 0, nil, nil, nil
local function show(x, depth)
  if type(x) ~= "table" then return type(x) == "function" and "function" or tostring(x) end
  if depth > 4 then return "deep" end
  local parts = { "{" .. #x }
  for k, v in next, x do parts[#parts + 1] = show(k, depth + 1) .. "=" .. show(v, depth + 1) end
  return table.concat(parts, " ") .. "}"
end
local function say(...)
  said = said + 1
  if said > 300 then return end
  for i = 1, select("#", ...) do seen[#seen + 1] = show((select(i, ...)), 0) end
end
local function try(f)
  local ok, err = pcall(f)
  if not ok then say("error", err) end
end
`

// TestRecordsAreTwins has random scripts do the same to records and to plain tables: they see the same, and the same goes out.
func TestRecordsAreTwins(t *testing.T) {
	t.Parallel()
	rounds := 500
	if testing.Short() {
		rounds = 100
	}
	seed := rand.Uint64()
	modules := []func(*luaapi.Session) luaapi.Module{json.New, tables.New}
	runner := apitest.New(t, apitest.Case{Modules: modules})
	pointer := regexp.MustCompile(`(table|function|userdata): 0x[0-9a-f]+|\[id '(\w+)'\]`)
	for round := range rounds {
		w := &twin{r: rand.New(rand.NewPCG(seed, uint64(round)))}
		w.both(twinHead)
		for _, name := range []string{"t3", "t2", "t1"} {
			w.both(name + " = ")
			w.table()
			w.both("\n")
		}
		for range 2 + w.r.IntN(6) {
			w.op()
		}
		w.both("say(t1, t2, t3)\ndispatcher:utter_message(table.concat(seen, \"\\n\"))\nreturn answer\nend")
		var got [2]string
		for i, script := range []string{w.fancy.String(), w.plain.String()} {
			answer, err := runner.Call(t, apitest.Case{
				Request: `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{"a":{"b":[1,{"c":2}]},"b":null,"x":"y"},"latest_message":{"text":"hi"},"events":[{"event":"action","timestamp":1.5,"name":"a"},{"event":"slot","name":"b","value":[{}]}]}}`,
				Script:  script,
			})
			if err != nil {
				answer = "error: " + err.Error()
			}
			got[i] = pointer.ReplaceAllString(answer, "$1$2")
		}
		if got[0] != got[1] {
			t.Fatalf("seed %d, round %d:\n%s\n  record %s\n  plain  %s", seed, round, strings.TrimPrefix(w.fancy.String(), twinHead), got[0], got[1])
		}
	}
}
