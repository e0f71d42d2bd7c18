package kv_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/kv"
	apitime "github.com/luaction/luaction/luaapi/time"
)

func request(sender string) string {
	return `{"next_action":"action_test","tracker":{"sender_id":"` + sender + `","slots":{"v":{"b":1,"a":[null,{}],"n":null}}}}`
}

func runner(t *testing.T, store keyvalue.Store) *apitest.Runner {
	t.Helper()
	return apitest.New(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{
		json.New, apitime.New, func(s *luaapi.Session) luaapi.Module { return kv.New(s, store) },
	}})
}

func memory() *keyvalue.Memory { return keyvalue.NewMemory(1<<20, time.Now) }

// said runs a script that returns a value, and gives the value as JSON.
func said(t *testing.T, r *apitest.Runner, sender, script string) (string, error) {
	t.Helper()
	answer, err := r.Call(t, apitest.Case{Request: request(sender), Script: "local function f()\n" + script + "\nend\nreturn { SlotSet('x', f()) }"})
	if err != nil {
		return "", err
	}
	_, answer, _ = strings.Cut(answer, `"value":`)
	answer, _, _ = strings.Cut(answer, `}],"responses"`)
	return answer, nil
}

func TestMembers(t *testing.T) {
	t.Parallel()
	r := runner(t, memory())
	for _, c := range [][2]string{
		{`return { kv.get("a") == nil, kv.delete("a"), kv.set("a", 1) == nil, kv.get("a"), kv.delete("a"), kv.delete("a") }`, `[true,false,true,1,true,false]`},
		{`kv.set("a", tracker:get_slot("v")) return kv.get("a")`, `{"b":1,"a":[null,{}],"n":null}`},
		{`local t = { 1 } kv.set("a", t) t[1] = 2 local copy = kv.get("a") copy[1] = 3 return { t[1], kv.get("a")[1] }`, `[2,1]`},
		{`kv.set("a", "x") kv.set("a", nil) return kv.get("a") == nil`, `true`},
		{`kv.set("a", "x") kv.set("a", json.null) return kv.get("a") == nil`, `true`},
		{`kv.set("a", "") return kv.get("a")`, `""`},
		{`kv.set("a", false) return kv.get("a")`, `false`},
		{`kv.set("a", {}) return kv.get("a")`, `[]`},
		{`kv.set("a", json.object()) return kv.get("a")`, `{}`},
		{`kv.set("a", json.decode("12345678901234567890")) return kv.get("a")`, `12345678901234567890`},
		{`kv.set("a", time.parse("2026-11-22T10:00:00Z")) return type(kv.get("a")) .. kv.get("a")`, `"string2026-11-22T10:00:00+00:00"`},
		{`kv.delete("n") return { kv.incr("n"), kv.incr("n", 4), kv.incr("n", -0.5), kv.get("n") }`, `[1,5,4.5,4.5]`},
		{`kv.delete("g") return { kv.add("g", 1), kv.add("g", 2), kv.get("g") }`, `[true,false,1]`},
		{`kv.set(5, "five") return kv.get("5")`, `"five"`},
		{`kv.set("c", 1) kv.conversation.set("c", 2) return { kv.get("c"), kv.conversation.get("c"), kv.conversation.incr("c") }`, `[1,2,3]`},
		{`kv.set("long", string.rep("x", 256 * 1024 - 2)) return #kv.get("long")`, `262142`},
		{`kv.set(string.rep("k", 256), 1) return kv.get(string.rep("k", 256))`, `1`},
	} {
		if got, err := said(t, r, "me", c[0]); err != nil || got != c[1] {
			t.Errorf("%s\ngives %s %v, want %s", c[0], got, err, c[1])
		}
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	r := runner(t, memory())
	for _, c := range [][2]string{
		{`kv.get()`, "kv.get: key must be a text, but is nil"},
		{`kv.get("")`, "kv.get: key is empty"},
		{`kv.get(string.rep("k", 257))`, "key is 257 bytes long"},
		{`kv:get("a")`, "write kv.get("},
		{`kv.conversation:get("a")`, "write kv.conversation.get("},
		{`kv.put("a", 1)`, "kv has no 'put'"},
		{`kv.conversation.gte("a")`, "did you mean 'get'?"},
		{`kv.set("a", function() end)`, "kv.set: value: a function can't be written as JSON"},
		{`kv.set("a", { { f = kv } })`, "value[1].f"},
		{`kv.set("a", 0/0)`, "the number"},
		{`kv.set("a", string.rep("x", 256 * 1024 - 1))`, "at most 256 are kept"},
		{`kv.set("a", 1, { tll = 1 })`, "did you mean 'ttl'?"},
		{`kv.set("a", 1, { ttl = "1" })`, "ttl must be a number"},
		{`kv.set("a", 1, { ttl = 0 })`, "more than 0"},
		{`kv.set("a", 1, { ttl = -1 })`, "more than 0"},
		{`kv.set("a", 1, { ttl = 0/0 })`, "more than 0"},
		{`kv.set("a", 1, 60)`, "opts must be a table"},
		{`kv.add("a")`, "value must be"},
		{`kv.add("a", json.null)`, "can't be kept"},
		{`kv.set("t", "x") kv.incr("t")`, "no number; kv.delete"},
		{`kv.incr("n", "1")`, "n must be a number"},
		{`kv.incr("n", 1/0)`, "n must be a number"},
	} {
		got, err := said(t, r, "me", c[0])
		if err == nil || !strings.Contains(err.Error(), c[1]) || !strings.HasPrefix(err.Error(), "action_test.lua:3: ") {
			t.Errorf("%s\ngives %s %v, want %q", c[0], got, err, c[1])
		}
	}
	if got, err := said(t, r, "me", `kv.set("a", 1, { ttl = math.huge }) kv.set("b", 1, { ttl = 1e-9 }) return kv.get("a")`); err != nil || got != "1" {
		t.Errorf("%s %v", got, err)
	}
}

// What one conversation keeps is no other's, and the states share the store.
func TestConversations(t *testing.T) {
	t.Parallel()
	store := memory()
	one, two := runner(t, store), runner(t, store)
	steps := []struct {
		r            *apitest.Runner
		sender, text string
		want         string
	}{
		{one, "ann", `kv.conversation.set("k", 1) kv.set("k", 2) return 0`, `0`},
		{two, "ann", `return kv.conversation.get("k")`, `1`},
		{two, "bob", `return { kv.conversation.get("k") == nil, kv.get("k"), kv.conversation.delete("k") }`, `[true,2,false]`},
		{one, "ann:k", `return kv.conversation.get("k") == nil and kv.get("c:3:ann:k") == nil`, `true`},
		{one, "bob", `return kv.conversation.add("k", 5)`, `true`},
		{two, "ann", `return kv.conversation.get("k")`, `1`},
	}
	for _, s := range steps {
		if got, err := said(t, s.r, s.sender, s.text); err != nil || got != s.want {
			t.Errorf("%s: %s gives %s %v, want %s", s.sender, s.text, got, err, s.want)
		}
	}
}

// What is kept for a conversation ends a day after the last write; a ttl says otherwise.
func TestConversationLife(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	r := runner(t, keyvalue.NewMemory(1<<20, func() time.Time { return now }))
	step := func(after time.Duration, script, want string) {
		t.Helper()
		now = now.Add(after)
		if got, err := said(t, r, "me", script); err != nil || got != want {
			t.Errorf("%s gives %s %v, want %s", script, got, err, want)
		}
	}
	step(0, `local c = kv.conversation c.set("a", 1) c.set("b", 1, { ttl = 60 }) c.incr("n") c.set("w", 1, { ttl = 7 * 86400 }) kv.set("g", 1) return 0`, `0`)
	step(59*time.Second, `return { kv.conversation.get("b"), kv.conversation.incr("b") }`, `[1,2]`)
	step(2*time.Second, `return kv.conversation.get("b") == nil`, `true`)
	step(23*time.Hour, `return { kv.conversation.get("a"), kv.conversation.incr("n") }`, `[1,2]`)
	step(2*time.Hour, `return { kv.conversation.get("a") == nil, kv.conversation.get("n"), kv.conversation.get("w"), kv.get("g") }`, `[true,2,1,1]`)
	step(24*time.Hour, `return { kv.conversation.get("n") == nil, kv.conversation.get("w") }`, `[true,1]`)
}

// forged is a store that somebody else writes to.
type forged struct{ keyvalue.Store }

func (forged) Get(context.Context, keyvalue.Key) ([]byte, bool, error) {
	return []byte("no json"), true, nil
}

func TestForeignValue(t *testing.T) {
	t.Parallel()
	if got, err := said(t, runner(t, forged{}), "me", `return kv.get("a")`); err == nil || !strings.Contains(err.Error(), "is no JSON") {
		t.Errorf("%s %v", got, err)
	}
}

// silent is a store that never answers.
type silent struct{ keyvalue.Store }

func (silent) Incr(ctx context.Context, _ keyvalue.Key, _ float64, _ keyvalue.Life) (float64, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}

// The end of the call ends the wait for a store, through any pcall.
func TestSilentStore(t *testing.T) {
	t.Parallel()
	state := interp.New(interp.Options{})
	defer state.Close()
	session := luaapi.NewSession(state)
	session.Install(kv.New(session, silent{}))
	c, _, problem := interp.Compile("action_test.lua", []byte("while true do pcall(kv.incr, 'a') end"))
	if problem != nil {
		t.Fatal(problem.Error())
	}
	state.Begin(t.Context(), time.Time{}, 0)
	session.Begin(luaapi.Run{})
	time.AfterFunc(20*time.Millisecond, func() { state.Meter().Stop(meter.ErrDeadline) })
	if _, err := state.Call(state.Load(c)); err == nil || !strings.Contains(err.Error(), "longer than it may") {
		t.Error(err)
	}
}
