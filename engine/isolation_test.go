package engine_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/rasa"
)

// marks are ways to leave V somewhere, one a line. Most of them are refused; each line is run by a pcall of its own.
const marks = `leak = V
_G.leak = V
rawset(LIB, "leak", V)
LIB.leak = V
table.insert(LIB, V)
setmetatable(LIB, { __index = function() return V end })
setmetatable("", { __index = { leak = V } })
setmetatable(1, { __index = { leak = V }, __call = V }) setmetatable(true, { __index = { leak = V } })
setmetatable(print, { __index = { leak = V } })
setmetatable(nil, { __index = function() return V end })
setmetatable(coroutine.create(function() end), { __index = { leak = V } })
getmetatable("").__index.leak = V
getmetatable("").__index = function() return V end
getmetatable(LIB).__index = { leak = V }
local mt = getmetatable(LIB) mt.leak = V mt.__newindex = nil
json.null.leak = V
setmetatable(json.null, { __index = { leak = V }, __tostring = function() return "MARK" end })
tracker.leak = V
tracker.slots.leak = V tracker.slots.token = V
tracker.latest_message.leak = V tracker.latest_message.intent.leak = V tracker.latest_message.entities[1] = V
tracker.events[#tracker.events + 1] = V tracker.events[1].leak = V
tracker.stack[1] = V tracker.active_loop.leak = V
setmetatable(tracker.slots, { __index = function() return V end }) setmetatable(tracker.events, { __index = { leak = V } })
for _, t in ipairs { tracker.slots, tracker.events, tracker.latest_message, domain } do json.array(t) json.object(t) t[V] = V end
tracker:add_slots { SlotSet("leak", V), { event = "slot", name = "MARK", value = V } }
local s = tracker:current_state() s.leak = V s.slots.leak = V
domain.leak = V domain.slots.n.leak = V domain.forms.leak = V
dispatcher.leak = V
dispatcher.messages[1] = V
dispatcher.messages = { { text = "MARK", custom = { V } } }
dispatcher.messages = tracker.slots
dispatcher:utter_message("MARK") local m = dispatcher.messages[1] m.buttons[1] = V m.elements.leak = V m.custom.leak = V m.leak = V
dispatcher:utter_message { text = "x", buttons = V, extra = V }
dispatcher:stream_start() dispatcher:stream_chunk("MARK") dispatcher:stream_chunk { text = V }
local e = SlotSet("MARK", V) e.leak = V setmetatable(e, { __index = { leak = V } })
for _, f in pairs(events) do pcall(f, V, V, V) end
local m = require "lib.shared" m.leak = V m.list[1] = V m.set(V)
local m = require "lib.shared" setmetatable(m, { __index = function() return V end }) m.get = function() return V end
pcall(require, "lib.keeps") pcall(require, "MARK")
local co = coroutine.wrap(function(v) while true do v = coroutine.yield(v) end end) co(V) tracker.slots.co = co
local co = coroutine.create(function() local keep = V error(keep) end) coroutine.resume(co) tracker.slots.co = co
for i = 1, 20 do coroutine.wrap(function() local keep = { V } coroutine.yield(keep) end)() end
coroutine.yield(V)
error(V)
error({ leak = V })
xpcall(function() error(V) end, function(e) error(V) end)
table.sort({ 3, 2, 1 }, function() error(V) end)
local s = ("abc"):gsub(".", function() error(V) end)
for w in ("MARK MARK"):gmatch("%a+") do if w == "x" then break end error(w) end
math.randomseed(42) for i = 1, 3 do math.random() end
local t = json.decode('{"leak":"MARK","list":[],"o":{}}') t.list.leak = V t.o.leak = V t.extra = V
local t = json.array({ V }) setmetatable(t, { __index = { leak = V } }) json.encode(json.object({ leak = "MARK" }))
local t = time.now() t.leak = V setmetatable(t, { __index = { leak = V } })
string.format("%s %q", "MARK", "MARK") ; ("MARK"):rep(3):gsub("M", "%0%0") ; ("MARK"):find("(M)(A)()") ; string.format("MARK %d", 1)
local function deep(n, ...) if n == 0 then return V, ... end return deep(n - 1, V, ...) + 1 end deep(100, V)
local t = {} for i = 1, 3000 do t[i] = V end select("#", unpack(t)) table.concat(t, "MARK")
local function forever() return V, forever() end forever()
local a, b, c, d, e, f, g, h = V, V, V, V, V, V, V, V local keep = function() return a, b, c, d, e, f, g, h end tracker.slots.keep = keep
log.info("MARK", { leak = V }) print(V) log.error(V)
tostring = V string = V print = function() return V end
pcall = function() return V end
package.loaded.leak = V
getfenv(0).leak = V setfenv(0, { leak = V })
debug.setmetatable("", { leak = V }) debug.getregistry().leak = V
os.setenv("LEAK", "MARK") os.setlocale("MARK")
next = V rawset(next, 1, V)
local t = setmetatable({}, { __gc = function() leak = V end, __mode = "k" }) t[V] = V
time.sleep(0) os.time { year = 2026, month = 1, day = 1, isdst = V }
local t = tracker.slots t.self = t t.tracker = tracker t.dispatcher = dispatcher t.V = V json.encode(t)`

// values are what is left behind.
const values = `"MARK"
{ "MARK", MARK = "MARK" }
function() return "MARK" end
coroutine.create(function() coroutine.yield("MARK") end)
setmetatable({}, { __index = function() return "MARK" end, __tostring = function() return "MARK" end })
json.array({ "MARK" })
987654321
SlotSet("MARK", { leak = "MARK" })
tracker.slots
domain`

// places are the tables that every script shares, to leave marks in.
const places = "string table math os coroutine json time log events tracker dispatcher"

// endings are how a script goes on after it left its mark.
const endings = `return { SlotSet("MARK", tostring(V)) }
error(V)
reject("MARK")
return V
return { { event = "slot", name = V } }
coroutine.wrap(function() error(V) end)()
return nil`

// looker says everything that it can see, and fails if any of it is a mark or somebody else's. Of two calls that were left
// nothing, the answers are equal.
const looker = `local shared = require "lib.shared"
local count = 0
return function(dispatcher, tracker, domain)
  count = count + 1
  local own, out, seen = tracker.slots.token, {}, {}
  local function say(path, text) out[#out + 1] = path .. "=" .. text end
  local function walk(path, v)
    local kind = type(v)
    if kind == "string" or kind == "number" or kind == "boolean" then return say(path, tostring(v)) end
    if kind ~= "table" or seen[v] then return say(path, kind) end
    seen[v] = true
    say(path, kind)
    for k, item in pairs(v) do
      if type(k) == "table" then walk(path .. ".key", k) end
      walk(path .. "." .. (type(k) == "table" and "table" or tostring(k)), item)
    end
    local mt = getmetatable(v)
    if mt ~= nil then walk(path .. ".metatable", mt) end
  end
  local first = math.random(1e9)
  math.randomseed(42)
  if first == math.random(1e9) then error("chance was seeded", 0) end
  walk("globals", { assert, error, getmetatable, ipairs, next, pairs, pcall, rawequal, rawget, rawset, select, setmetatable, tonumber,
    tostring, type, unpack, xpcall, print, require, reject, string = string, table = table, math = math, os = os, coroutine = coroutine,
    json = json, time = time, log = log, events = events, SlotSet = SlotSet })
  walk("parameters", { dispatcher, tracker, domain })
  walk("tracker", { tracker.slots, tracker.latest_message, tracker.events, tracker.stack, tracker.active_loop, tracker:current_state(),
    tracker.sender_id, tracker:applied_events(), tracker:slots_to_validate() })
  walk("dispatcher", { dispatcher.messages, dispatcher.is_streaming_active, dispatcher.is_streaming_cancelled })
  walk("shared", { shared, shared.get(), count })
  walk("event", { SlotSet("a", 1), FollowupAction("b") })
  walk("json", json.decode('{"list":[],"object":{},"null":null,"n":12345678901234567890}'))
  walk("running", { tostring(coroutine.running()), tostring(json.null), tostring(getmetatable(json.null)), tostring(getmetatable("")) })
  for _, f in ipairs {
    function() return undeclared_name end, function() return ("x").leek end, function() return json.nul end, function() error() end,
    function() return (nil)() end, function() return json.null.x end, function() return (1).x end, function() return print.x end,
    function() return coroutine.yield() end, function() return require "lib.nothing" end, function() return tracker.nothing end,
  } do
    local ok, message = pcall(f)
    walk("error", { ok, message })
  end
  walk("library", { ("abc"):gsub("b", "%0%0"), ("a,b"):find(",", 1, true), string.format("%5.2f|%q|%s", 1.25, "x", true), ("%d"):rep(2),
    table.concat({ 1, 2, 3 }, "-"), tonumber("0x10"), select("#", unpack({ 1, nil, 3 }, 1, 3)), #tostring(print) > 0 })
  local text = table.concat(out, "\n")
  for _, mark in ipairs { "MARK", "987654321", "leak" } do
    local from = text:find(mark, 1, true)
    if from then error("a mark at " .. text:sub(math.max(1, from - 100), from + 100), 0) end
  end
  for token in text:gmatch("token%-%d+") do
    if token ~= own then error("somebody else's " .. token, 0) end
  end
  log.info("looked", { token = own })
  dispatcher:utter_message(text)
  return { SlotSet("token", own) }
end
`

// marker is the script that leaves one mark; how it ends is up to chance, too.
func marker(line, value, place, ending string) string {
	leave := strings.ReplaceAll(line, "LIB", place)
	return fmt.Sprintf("local shared = require \"lib.shared\"\nreturn function(dispatcher, tracker, domain)\n  local V = %s\n"+
		"  shared.kept = V\n  pcall(function()\n    %s\n  end)\n  do %s end\nend\n", value, leave, ending)
}

func isolationScripts(rng *rand.Rand) map[string]string {
	files := map[string]string{
		"looker.lua":     looker,
		"lib/shared.lua": "local kept\nreturn { list = { 1, 2 }, set = function(v) kept = v end, get = function() return kept end }\n",
		"lib/keeps.lua":  "local m = require \"lib.shared\"\nm.set(\"MARK\")\nerror({ leak = \"MARK\" })\n",
	}
	lines, held := strings.Split(marks, "\n"), strings.Split(values, "\n")
	where, ends := strings.Fields(places), strings.Split(endings, "\n")
	for i, line := range lines {
		for j, value := range held {
			files[fmt.Sprintf("mark_%d_%d.lua", i, j)] = marker(line, value, where[rng.IntN(len(where))], ends[rng.IntN(len(ends))])
		}
	}
	return files
}

// whose checks that each line which a looker logs is said to be of the looker's own call.
type whose struct {
	mu    sync.Mutex
	wrong []string
}

func (*whose) Enabled(context.Context, slog.Level) bool { return true }
func (w *whose) WithAttrs([]slog.Attr) slog.Handler     { return w }
func (w *whose) WithGroup(string) slog.Handler          { return w }

func (w *whose) Handle(_ context.Context, r slog.Record) error {
	said := map[string]string{}
	r.Attrs(func(a slog.Attr) bool { said[a.Key] = a.Value.String(); return true })
	if r.Message == "looked" && (said["token"] != said["sender"] || said["action"] != "looker") {
		w.mu.Lock()
		w.wrong = append(w.wrong, fmt.Sprint(said))
		w.mu.Unlock()
	}
	return nil
}

func isolationCall(action string, n int) string {
	token := "token-" + strconv.Itoa(n)
	return `{"next_action":"` + action + `","tracker":{"sender_id":"` + token + `","slots":{"token":"` + token + `","n":3,"o":{"a":[1,{}]}},` +
		`"latest_message":{"text":"` + token + `","intent":{"name":"greet"},"entities":[]},"events":[{"event":"user","text":"` + token +
		`","timestamp":1},{"event":"slot","name":"n","value":3,"timestamp":2}],"stack":[],"active_loop":{}},` +
		`"domain":{"slots":{"n":{"type":"any"}},"forms":{},"actions":["looker"]}}`
}

// TestIsolation runs two kinds of scripts over few states: some leave marks wherever they can reach, the others look for them
// wherever they can reach.
func TestIsolation(t *testing.T) {
	calls := 10_000
	if testing.Short() {
		calls = 2000
	}
	const callers, seed = 4, 20261122
	const patience = 20 * time.Second // with the race detector on a busy machine, fewer calls have to do
	handler := &whose{}
	scripts := isolationScripts(rand.New(rand.NewPCG(seed, 0)))
	e := serve(t, engine.Options{MaxStates: 3, Log: slog.New(handler)}, scripts)
	look := func(call *rasa.Call, n int) (string, error) {
		if err := call.Reset([]byte(isolationCall("looker", n))); err != nil {
			return "", err
		}
		answer, failed := e.Run(t.Context(), call, nil)
		if failed != nil {
			return "", failed
		}
		return strings.ReplaceAll(string(answer.Body), "token-"+strconv.Itoa(n), "token"), nil
	}
	clean, err := look(new(rasa.Call), 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(clean) < 5000 {
		t.Fatalf("the looker saw next to nothing: %s", clean)
	}
	var next, ran atomic.Int64
	began := time.Now()
	var work sync.WaitGroup
	for caller := range callers {
		work.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(caller)+1))
			call := new(rasa.Call)
			lines, held := strings.Count(marks, "\n")+1, strings.Count(values, "\n")+1
			for n := int(next.Add(1)); n <= calls && !t.Failed() && time.Since(began) < patience; n = int(next.Add(1)) {
				if rng.IntN(2) == 0 {
					action := fmt.Sprintf("mark_%d_%d", rng.IntN(lines), rng.IntN(held))
					if err := call.Reset([]byte(isolationCall(action, n))); err != nil {
						t.Error(err)
						return
					}
					if _, failed := e.Run(t.Context(), call, nil); failed == nil || failed.Code == engine.ScriptFailed || failed.Code == engine.Rejected {
						ran.Add(1)
					} else {
						t.Errorf("call %d, %s: %v\n%s", n, action, failed, scripts[action+".lua"])
					}
					continue
				}
				if saw, err := look(call, n); err != nil {
					t.Errorf("call %d: %v", n, err)
				} else if saw != clean {
					t.Errorf("call %d saw something else than the first one:\n%s", n, firstDifference(clean, saw))
				}
			}
		})
	}
	work.Wait()
	if done := min(next.Load(), int64(calls)); ran.Load() < done/3 || done < 100 {
		t.Errorf("only %d of %d calls left marks", ran.Load(), done)
	}
	for _, line := range handler.wrong {
		t.Errorf("a line in the log is said to be of another call: %s", line)
	}
}

func firstDifference(a, b string) string {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			from := max(i-80, 0)
			return "was  …" + a[from:min(i+160, len(a))] + "\nis   …" + b[from:min(i+160, len(b))]
		}
	}
	return fmt.Sprintf("%d bytes were %d", len(b), len(a))
}
