package rasa_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

func call(t testing.TB, body string) *rasa.Call {
	t.Helper()
	c, err := rasa.ParseCall([]byte(body))
	if err != nil {
		t.Fatalf("ParseCall(%s): %v", body, err)
	}
	return c
}

func TestParseCall(t *testing.T) {
	cases := []struct{ body, action, version, digest, domain string }{
		{`{}`, "", "", "", ""},
		{`{"next_action":null,"tracker":null}`, "", "", "", ""},
		{`{"next_action":""}`, "", "", "", ""},
		{`{"next_action":"","domain":[]}`, "", "", "", ""},
		{`{"next_action":"action_x","version":"3.6.21","domain_digest":"d1","domain":{"a":1}}`, "action_x", "3.6.21", "d1", `{"a":1}`},
		{`{"next_action":"action_x","version":null,"domain_digest":null,"domain":null}`, "action_x", "", "", ""},
		{`{"next_action":"action_x","version":5,"domain_digest":7,"domain":{}}`, "action_x", "", "", "{}"},
		{`{"next_action":"a","next_action":"b"}`, "b", "", "", ""},
		{`{"next_action":"a","next_action":null}`, "", "", "", ""},
		{`{"next_action":5,"next_action":"b","domain":5,"domain":{"x":2}}`, "b", "", "", `{"x":2}`},
		{`{"next\u005faction":"action_\u00e4"}`, "action_ä", "", "", ""},
		{`{"Next_Action":"a"}`, "", "", "", ""},
		{` {"slots":NaN,"next_action":"a"} `, "a", "", "", ""},
	}
	for _, c := range cases {
		got := call(t, c.body)
		if got.Action != c.action || got.Version != c.version || got.DomainDigest != c.digest || string(got.Domain.Raw()) != c.domain {
			t.Errorf("%s: %q %q %q %s", c.body, got.Action, got.Version, got.DomainDigest, got.Domain.Raw())
		}
		if got.Doc == nil || got.Doc.Root().Kind() != jsondoc.Object {
			t.Errorf("%s: no document", c.body)
		}
	}
}

func TestBadCalls(t *testing.T) {
	cases := []struct{ body, message string }{
		{``, "Invalid body request"}, {`null`, "Invalid body request"}, {` null `, "Invalid body request"},
		{`   `, "not JSON"}, {`{"secret":`, "not JSON"}, {"\xff\xfe", "not JSON"}, {`{"next_action":"secret"}}`, "not JSON"},
		{`[]`, "must be a JSON object, and it is a list"}, {`"secret"`, "and it is a text"}, {`5`, "and it is a number"},
		{`false`, "and it is true or false"}, {`0`, "and it is a number"}, {`[{"next_action":"secret"}]`, "a list"},
		{`{"next_action":5}`, "next_action must be a text"}, {`{"next_action":false}`, "next_action must be a text"},
		{`{"next_action":0}`, "next_action must be a text"}, {`{"next_action":[]}`, "next_action must be a text"}, {`{"next_action":{}}`, "next_action must be a text"},
		{`{"next_action":"secret","next_action":true}`, "next_action must be a text"},
		{`{"next_action":"a","domain":[]}`, "domain must be an object"}, {`{"next_action":"a","domain":"secret"}`, "domain must be an object"},
		{`{"next_action":"a","domain":0}`, "domain must be an object"}, {`{"next_action":"a","domain":{},"domain":false}`, "domain must be an object"},
	}
	for _, c := range cases {
		got, err := rasa.ParseCall([]byte(c.body))
		var wrong *rasa.CallError
		if got != nil || !errors.As(err, &wrong) || !strings.Contains(wrong.Message, c.message) {
			t.Errorf("%q: %v, want %q", c.body, err, c.message)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the request is echoed: %v", c.body, err)
		}
	}
}

func TestCheckTracker(t *testing.T) {
	cases := []struct{ tracker, message, sender string }{
		{`"tracker":{"sender_id":"room-7"}`, "", "room-7"}, {`"tracker":{"sender_id":""}`, "", ""},
		{`"tracker":{"sender_id":5,"sender_id":"\u00e4"}`, "", "ä"}, {`"tracker":5,"tracker":{"sender_id":"x"}`, "", "x"},
		{`"sender_id":"room-7"`, "the request has no tracker", ""}, {`"tracker":null`, "tracker must be an object, and it is null", ""},
		{`"tracker":[]`, "and it is a list", ""}, {`"tracker":"secret"`, "and it is a text", ""}, {`"tracker":{}`, "has no sender_id", ""},
		{`"tracker":{"sender_id":null}`, "must be a text, and it is null", ""}, {`"tracker":{"sender_id":5}`, "a number", ""},
		{`"tracker":{"sender_id":"x","sender_id":{}}`, "an object", ""},
	}
	for _, c := range cases {
		got := call(t, `{"next_action":"a",`+c.tracker+`}`)
		err := got.CheckTracker()
		var wrong *rasa.CallError
		if (c.message == "") != (err == nil) || err != nil && (!errors.As(err, &wrong) || !strings.Contains(wrong.Message, c.message)) {
			t.Errorf("%s: %v, want %q", c.tracker, err, c.message)
		}
		if got.SenderID() != c.sender {
			t.Errorf("%s: sender is %q", c.tracker, got.SenderID())
		}
	}
}

func TestResetOfACall(t *testing.T) {
	var c rasa.Call
	body := []byte(`{"next_action":"action_x","version":"3.6.21","domain_digest":"d1","tracker":{"sender_id":"a"},"domain":{"a":1}}`)
	if err := c.Reset(body); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(50, func() {
		if err := c.Reset(body); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Errorf("a warm Reset allocates %v times", n)
	}
	if err := c.Reset([]byte(`{"next_action":"b"}`)); err != nil || c.Action != "b" || c.Version != "" || c.DomainDigest != "" || c.Domain.Exists() || c.Tracker.Exists() {
		t.Errorf("a part of the former call stayed: %+v, %v", c, err)
	}
	for _, bad := range []string{``, `[`, `null`, `5`, `{"next_action":"x","domain":5,"tracker":{}}`} {
		if err := c.Reset([]byte(bad)); err == nil || c.Doc != nil || c.Action != "" || c.Tracker.Exists() || c.Domain.Exists() {
			t.Errorf("%q: %v, and the call is %+v", bad, err, c)
		}
		if c.CheckTracker() == nil || c.SenderID() != "" {
			t.Errorf("%q: there is a tracker", bad)
		}
	}
}

func FuzzParseCall(f *testing.F) {
	for _, body := range []string{``, `null`, `{}`, `{"next_action":"a","tracker":{"sender_id":"s"},"domain":{},"domain_digest":"d"}`, `{"next_action":[1]}`, `{"tracker":"\ud83d"}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := rasa.ParseCall(body)
		var wrong *rasa.CallError
		if err != nil {
			if !errors.As(err, &wrong) || wrong.Message == "" {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if k := c.Domain.Kind(); k != jsondoc.Missing && k != jsondoc.Object {
			t.Fatalf("%q: domain is %v", body, k)
		}
		if c.CheckTracker() == nil && c.Tracker.Get("sender_id").Kind() != jsondoc.String {
			t.Fatalf("%q: no sender_id", body)
		}
		if d, _ := rasa.NewDomainCache(2, 1000).Resolve(c); d == nil || d.Value().Kind() != jsondoc.Object {
			t.Fatalf("%q: no domain", body)
		}
	})
}
