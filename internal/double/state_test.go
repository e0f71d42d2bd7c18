package double_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/luaapi"
)

func TestEnv(t *testing.T) {
	t.Setenv("LUACTION_DOUBLE", "real")
	get := `say { env.get("LUACTION_DOUBLE") or "none", env.get("LUACTION_DOUBLE", "other") }`
	check(t, options{}, []row{
		{action: get, file: `env.stub("LUACTION_DOUBLE", "x") return run_action()`, want: `["x","x"]`},
		{action: get, file: `env.stub("LUACTION_DOUBLE", "x") env.stub("LUACTION_DOUBLE", "") return run_action()`, want: `["",""]`},
		{action: get, file: `env.stub("LUACTION_DOUBLE", 5) return { run_action(), env.get("LUACTION_DOUBLE") }`, want: `[["5","5"],"5"]`},
		{action: get, file: `env.stub("LUACTION_DOUBLE") return run_action()`, want: `["none","other"]`},
		{action: get, file: `run_action()`, wrong: `action_do.lua:3: env.get: "LUACTION_DOUBLE" has no stub in this test, and the real environment isn't read; write env.stub("LUACTION_DOUBLE", "value") before this call`,
			unmet: []string{`env.stub("LUACTION_DOUBLE", "value")`}},
		{action: `say(pcall(env.get, "SHOP_NAM"))`, file: `env.stub("SHOP_NAME", "x") return run_action()`, want: `false`, unmet: []string{`there is env.stub("SHOP_NAME", …), did you mean that?`}},
		{file: `env.stub("X", {})`, wrong: "x_test.lua:1: env.stub: value must be a text, but is a table"},
		{file: `env.stub()`, wrong: "name must be a text, but is nil"},
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	now := `local a = time.now() time.sleep(90) say { time.format(a), time.format(time.now()), os.time(), os.date("!%H:%M:%S"), os.clock() }`
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	o := options{timeout: 1000 * time.Second}
	o.double.Location = berlin
	check(t, o, []row{
		{action: now, file: `time.freeze("2026-12-24T18:00:00Z") return { run_action(), time.now().min, os.date("%H:%M") }`,
			want: `[["2026-12-24T19:00:00+01:00","2026-12-24T19:01:30+01:00",1798135290,"18:01:30",90],1,"19:01"]`},
		{action: now, file: `time.freeze("2026-12-24T18:00:00") return run_action()[1]`, want: `"2026-12-24T18:00:00+01:00"`},
		{action: `say(os.time())`, file: `time.freeze(1000) local a = run_action() time.advance(0.5) time.advance(60) return { a, run_action(), time.now().unix }`, want: `[1000,1060,1060.5]`},
		{file: `time.freeze(time.unix(5)) time.sleep(0) time.sleep(2.25) return time.now().unix`, want: `7.25`},
		// Without freeze the clock goes on, and sleep moves it as well.
		{action: `local a = time.now() time.sleep(600) local d = time.now() - a say { d >= 600, d < 660, os.clock() >= 600 }`, file: `return run_action()`, want: `[true,true,true]`},
		{file: `local a = time.now() time.advance(3600) local b = time.now() return { b - a >= 3600, b - a < 3660, time.now() == b }`, want: `[true,true,true]`},
		{file: `time.freeze() local a = os.time() return os.time() == a`, want: `true`},
		// What is slept counts against the deadline.
		{action: `time.sleep(999) say(1)`, file: `return run_action()`, want: `1`},
		{action: `time.sleep(1001)`, file: `run_action()`, wrong: "timeout: "},
		{action: `while true do pcall(time.sleep, 300) end`, file: `time.freeze(0) run_action()`, wrong: "timeout: "},
		{action: `time.sleep(math.huge)`, file: `pcall(run_action) local y = time.now().year return y > 2100 and y < 2200`, want: `true`},
		// The test file's own time is not the call's.
		{file: `time.sleep(5000) http.stub("*", "*", { delay = 4 }) for i = 1, 50 do http.get("snow:/x") end return "done"`, want: `"done"`},
		{file: `time.freeze("tomorrow")`, wrong: "x_test.lua:1: time.freeze: "},
		{file: `time.freeze({})`, wrong: "t must be a time or a text or a number, but is a table"},
		{file: `time.advance(-1)`, wrong: "seconds must be 0 or more, but is -1"},
		{file: `time.advance(0/0)`, wrong: "seconds must be 0 or more"},
		{file: `time.advance("x")`, wrong: "seconds must be a number, but is a text; write for example time.advance(3600)"},
	})
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	w := newWorld(t, ``, o)
	_, _ = w.run(t, `time.freeze("2000-01-01")`)
	w.set.Reset()
	if got, err := w.run(t, `return time.now().year > 2020`); err != nil || got != "true" {
		t.Errorf("after Reset: %s %v", got, err)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	check(t, options{}, []row{
		{action: `say { kv.get("a"), kv.conversation.get("b") } kv.set("c", 3)`, file: `kv.set("a", 1) kv.conversation.set("b", 2) local r = run_action() return { r, kv.get("c") }`, want: `[[1,2],3]`},
		{action: `kv.set("a", 1, { ttl = 60 }) kv.conversation.set("a", 1)`, file: `run_action() local r = { kv.get("a") } time.advance(59) r[2] = kv.get("a") time.advance(1) r[3] = kv.get("a") == nil
			time.advance(86340) r[4] = kv.conversation.get("a") == nil return r`, want: `[1,1,true,true]`},
	})
	w := newWorld(t, ``, options{})
	for range 2 {
		if got, err := w.run(t, `local old = kv.get("a") kv.set("a", 1, { ttl = 5 }) return old == nil`); err != nil || got != "true" {
			t.Errorf("%s %v", got, err)
		}
		w.set.Reset()
	}
}

// The words are declared as the reference needs them, and their examples run.
func TestWords(t *testing.T) {
	t.Parallel()
	all := double.Reference()
	if len(all) != 6 {
		t.Errorf("%d modules have words", len(all))
	}
	for _, m := range all {
		for _, field := range m.Fields {
			if _, err := luaapi.ParseTypes(field.Type); err != nil {
				t.Errorf("%s.%s: %v", m.Name, field.Name, err)
			}
		}
		for _, member := range m.Members {
			if member.Doc == "" || !strings.Contains(member.Example, m.Name+"."+member.Name) {
				t.Errorf("%s.%s has no doc or no example", m.Name, member.Name)
			}
			if _, err := luaapi.ParseReturns(member.Returns); err != nil {
				t.Errorf("%s.%s: %v", m.Name, member.Name, err)
			}
			for _, p := range member.Params {
				if _, err := luaapi.ParseTypes(p.Type); err != nil {
					t.Errorf("%s.%s: %v", m.Name, member.Name, err)
				}
			}
			w := newWorld(t, ``, options{})
			if _, err := w.run(t, member.Example); err != nil {
				t.Errorf("%s: %v", member.Example, err)
			}
		}
	}
}

// Actions that run side by side share the Set, and one that was left behind may still use it while the next test begins.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	worlds := newWorld(t, `http.get("snow:/x") pcall(http.get, "snow:/y") kv.incr("n") time.sleep(0.001) env.get("A") sql.open("shop"):value("SELECT 1")`, snow())
	const stubs = `http.stub("GET", "snow:/x", { delay = 0.001 }) env.stub("A", "b") sql.stub("shop", "")`
	if _, err := worlds.run(t, stubs); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				worlds.call()
			}
		})
	}
	for range 20 {
		worlds.set.Reset()
		worlds.set.Unmet()
		if _, err := worlds.run(t, stubs+` time.advance(1) local h = http.stub("GET", "snow:/x", {}) return #h.requests`); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
}

// Whatever is handed to the words: an error of their own, never Go's.
func TestHostileArguments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ``, options{})
	if got, err := w.run(t, `local values = { json.null, 0, -1, 1e308, 0/0, true, "", ("x"):rep(1e5), "\0", {}, { 1 }, { a = 1 }, { {} }, tostring, http, json, coroutine.create(function() end),
			time.now(), "snow:/x", "GET", "*", json.decode('{"status": 200, "headers": {"x": null}, "json": null}'), json.decode('[{"a": null}]'), http.stub("GET", "snow:/x", {}) }
		local bad
		local function try(m, name, ...) local ok, err = pcall(m[name], ...)
			if not ok and (type(err) ~= "string" or err:find("runtime error") or err:find("%*%a") or err:find("lua%.L")) then bad = bad or name .. ": " .. tostring(err) end end
		for _, word in ipairs { { http, "stub" }, { sql, "stub" }, { env, "stub" }, { time, "freeze" }, { time, "advance" } } do
			for _, a in ipairs(values) do for _, b in ipairs(values) do
				try(word[1], word[2], a, b)
				if word[1] == http then try(http, "stub", "GET", "snow:/x", { [type(a) == "string" and a or "json"] = b }) for _, k in ipairs { "status", "json", "body", "headers", "delay", "error" } do try(http, "stub", "GET", "snow:/x", { [k] = a, delay = b }) end end
			end end
		end
		for _, a in ipairs(values) do
			http.stub("GET", "snow:/f", function() return a end) try(http, "get", "snow:/f")
			sql.stub("f", function() return a end) local db = sql.open("f") try(db, "query", db, "SELECT 1") try(db, "exec", db, "x")
			sql.stub("f", function() return { { c = a } } end) try(db, "query", db, "SELECT 1")
		end
		return { bad == nil, bad }`); err != nil || got != `[true]` {
		t.Errorf("%.500s %v", got, err)
	}
}

// What stands outside of the tests is forgotten when the first one begins, and the messages say so.
func TestOutside(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ``, options{})
	if _, err := w.run(t, `http.stub("GET", "snow:*", {}) env.stub("A", "b") sql.stub("shop", "")`); err != nil {
		t.Fatal(err)
	}
	w.set.Reset()
	for call, want := range map[string]string{
		`http.get("snow:/x")`: `GET snow:/x has no stub in this test: http.stub("GET", "snow:*", …) at x_test.lua:1 was made outside of it and before_each`,
		`env.get("A")`:        `"A" has no stub in this test: env.stub("A", …) was made outside of it`,
		`sql.open("shop")`:    `the database "shop" has no stub in this test: sql.stub("shop", …) was made outside of it`,
	} {
		if _, err := w.run(t, call); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", call, err, want)
		}
	}
	w.set.Reset()
	if _, err := w.run(t, `http.get("crm:/x")`); err == nil || strings.Contains(err.Error(), "outside") {
		t.Error(err)
	}
}
