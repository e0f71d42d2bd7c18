package engine_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/luaapi/env"
)

// TestFriendly tells which outcomes have the configured answer in the place of the error, and that the observer hears of them.
func TestFriendly(t *testing.T) {
	t.Parallel()
	const all, own, none = `{"all":1}`, `{"own":1}`, ""
	scripts := map[string]string{
		"action_error.lua":  `return function() error("boom") end`,
		"action_own.lua":    `return function() error("boom") end`,
		"action_none.lua":   `return function() error("boom") end`,
		"action_late.lua":   `return function() while true do end end`,
		"action_asleep.lua": `return function() time.sleep(60) end`,
		"action_wrong.lua":  `return function() return { { event = "slot", name = 5 } } end`,
		"action_number.lua": `return function() return { f = print } end`,
		"action_file.lua":   `local x = nil + 1 return function() end`,
		"action_reject.lua": `return function() reject("not now") end`,
		"action_domain.lua": `return function(dispatcher, tracker, domain) return { SlotSet("a", domain.slots) } end`,
		"action_fine.lua":   `return function(dispatcher) dispatcher:utter_message("fine") end`,
	}
	actions := map[string]engine.ActionOptions{
		"action_own": {OnError: []byte(own)}, "action_none": {OnError: []byte{}},
		"action_late": {Timeout: 50 * time.Millisecond}, "action_asleep": {Timeout: 50 * time.Millisecond},
	}
	var mu sync.Mutex
	var seen []engine.Outcome
	e := serve(t, engine.Options{Timeout: time.Minute, OnError: []byte(all), Actions: actions, Observe: func(o engine.Outcome) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, o)
	}}, scripts)
	for _, c := range []struct {
		body   string
		code   engine.Code
		answer string
	}{
		{request("action_error"), engine.ScriptFailed, all},
		{request("action_own"), engine.ScriptFailed, own},
		{request("action_none"), engine.ScriptFailed, none},
		{request("action_late"), engine.TimedOut, all},
		{request("action_asleep"), engine.TimedOut, all},
		{request("action_wrong"), engine.ScriptFailed, all},
		{request("action_number"), engine.ScriptFailed, all},
		{request("action_file"), engine.ScriptFailed, all},
		{request("action_reject"), engine.Rejected, none},
		{request("action_unknown"), engine.NotFound, none},
		{`{"next_action":"action_error"}`, engine.BadCall, none},
		{`{"next_action":"action_error","tracker":{}}`, engine.BadCall, none},
		{`{"next_action":"action_domain","domain_digest":"x","tracker":{"sender_id":"me"}}`, engine.DomainMissing, none},
	} {
		seen = nil
		answer, failed := e.Run(t.Context(), parse(t, c.body), []byte("before"))
		if c.answer == none {
			if failed == nil || failed.Code != c.code || answer.Failure != nil {
				t.Errorf("%s: %s %v, want the error %s", c.body, answer.Body, failed, c.code)
			}
		} else if failed != nil || string(answer.Body) != "before"+c.answer || answer.Failure == nil || answer.Failure.Code != c.code ||
			answer.Snapshot == "" || answer.Failure.Snapshot != answer.Snapshot {
			t.Errorf("%s: %s %v", c.body, answer.Body, failed)
		}
		if len(seen) != 1 || seen[0].Err == nil || seen[0].Err.Code != c.code {
			t.Errorf("%s: the observer was told %+v", c.body, seen)
		}
	}
	answer, failed := e.Run(t.Context(), parse(t, request("action_fine")), nil)
	if failed != nil || answer.Failure != nil || !bytes.Contains(answer.Body, []byte("fine")) {
		t.Errorf("%s %v", answer.Body, failed)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, failed := e.Run(gone, parse(t, request("action_asleep")), nil); failed == nil || failed.Code != engine.Canceled {
		t.Errorf("a call whose caller has gone: %v", failed)
	}
}

func TestTimeoutOfAnAction(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{Timeout: 100 * time.Millisecond, Actions: map[string]engine.ActionOptions{"action_long": {Timeout: time.Minute}}},
		map[string]string{
			"action_long.lua":  `return function(dispatcher) time.sleep(0.3) dispatcher:utter_message("done") end`,
			"action_other.lua": `return function(dispatcher) time.sleep(60) end`,
		})
	if answer, failed := e.Run(t.Context(), parse(t, request("action_long")), nil); failed != nil || !bytes.Contains(answer.Body, []byte("done")) {
		t.Errorf("%s %v", answer.Body, failed)
	}
	_, failed := e.Run(t.Context(), parse(t, request("action_other")), nil)
	if failed == nil || failed.Code != engine.TimedOut || !strings.Contains(failed.Message, "longer than 100ms") {
		t.Errorf("%v", failed)
	}
}

func TestDomainNeed(t *testing.T) {
	t.Parallel()
	uses := `return function(dispatcher, tracker, domain) dispatcher:utter_message(tostring(domain.slots ~= nil)) end`
	plain := `return function(dispatcher) dispatcher:utter_message("ran") end`
	hands := `return function(dispatcher, tracker, domain) local t = { domain } for _ in pairs(t[1]) do dispatcher:utter_message("some") end end`
	e := serve(t, engine.Options{Actions: map[string]engine.ActionOptions{
		"action_needed": {Domain: engine.DomainNeeded}, "action_never": {Domain: engine.DomainNever}, "action_hands": {Domain: engine.DomainNever},
	}}, map[string]string{"action_auto.lua": uses, "action_plain.lua": plain, "action_needed.lua": plain, "action_never.lua": uses, "action_hands.lua": hands})
	const missing = "missing"
	for _, c := range []struct{ action, digest, domain, want string }{
		{"action_auto", `"d1"`, "null", missing},
		{"action_plain", `"d1"`, "null", "ran"},
		{"action_needed", `"d1"`, "null", missing},
		{"action_needed", "null", "null", "ran"}, // without a digest there is nothing to ask for
		{"action_needed", `"d2"`, `{"slots":{}}`, "ran"},
		{"action_needed", `"d2"`, "null", "ran"},
		{"action_never", `"d1"`, "null", "false"},
		{"action_never", `"d2"`, "null", "true"},
		{"action_never", "null", `{"slots":{}}`, "true"},
		{"action_hands", `"d1"`, "null", `"responses":[]`},
	} {
		body := `{"next_action":"` + c.action + `","domain_digest":` + c.digest + `,"domain":` + c.domain + `,"tracker":{"sender_id":"me"}}`
		answer, failed := e.Run(t.Context(), parse(t, body), nil)
		got := string(answer.Body)
		if failed != nil && failed.Code == engine.DomainMissing {
			got = missing
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s %v, want %s", body, got, failed, c.want)
		}
	}
}

// TestSecretsAreMasked tries each way in which a script may say a secret that it knows.
func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-Wört"
	var out bytes.Buffer
	var mu sync.Mutex
	m := mask.New(secret)
	log := slog.New(mask.Handler(slog.NewJSONHandler(lockedWriter{&mu, &out}, nil), m))
	e := serve(t, engine.Options{Mask: m, Log: log, Env: []env.Variable{{Name: "KEY", Value: secret, Set: true}}}, map[string]string{
		"action_say.lua": `return function(dispatcher)
			local key = env.get("KEY")
			print(key, { key = key }) log.warn("the key " .. key, { key = key, [key] = 1 })
			dispatcher:utter_message("it is " .. key)
			dispatcher:utter_message { json_message = { [key] = { key } }, buttons = { { title = key, payload = { intent = "a", entities = { k = key } } } } }
			return { SlotSet("key", key) }
		end`,
		"action_error.lua":  `return function() error("key " .. env.get("KEY")) end`,
		"action_table.lua":  `return function() error({ key = env.get("KEY") }) end`,
		"action_long.lua":   `return function() error(string.rep("x", 995) .. env.get("KEY")) end`,
		"action_reject.lua": `return function() reject("no " .. env.get("KEY")) end`,
		"action_line.lua":   `return function() local n = "` + secret + `" .. nil end`,
		"action_wrong.lua":  `return function() return { { event = env.get("KEY") } } end`,
		"action_none.lua":   `return function() env.get(env.get("KEY")) end`,
	})
	answer, failed := e.Run(t.Context(), parse(t, request("action_say")), []byte(secret))
	body := string(answer.Body[len(secret):])
	if failed != nil || !strings.HasPrefix(string(answer.Body), secret) || strings.Contains(body, "Wört") || strings.Count(body, mask.Stars) != 6 ||
		!strings.Contains(body, `"name":"key","value":"***"`) {
		t.Errorf("%s %v", body, failed)
	}
	for _, action := range []string{"error", "table", "long", "reject", "line", "wrong", "none"} {
		_, failed := e.Run(t.Context(), parse(t, request("action_"+action)), nil)
		if failed == nil {
			t.Errorf("%s: no error", action)
			continue
		}
		text := strings.Join(append(failed.Trace, failed.Message, failed.Detail, failed.Source, failed.Error()), "\n")
		if strings.Contains(text, "s3cret") {
			t.Errorf("%s: %s", action, text)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if text := out.String(); strings.Contains(text, "s3cret") || strings.Count(text, mask.Stars) < 5 {
		t.Errorf("%s", text)
	}
}
