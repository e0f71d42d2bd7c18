package reply_test

import (
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/reply"
	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/rasa"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		width      int
		want       string
	}{
		{"nothing", `{"events":[],"responses":[]}`, 0, "The bot says nothing.\n\nNo events.\n"},
		{"a text", `{"responses":[{"text":"Hello\nAnn","buttons":[],"custom":{}}]}`, 0, "bot  Hello\n     Ann\n\nNo events.\n"},
		{"a long text", `{"responses":[{"text":"one two three"}]}`, 16, "bot  one two\n     three\n\nNo events.\n"},
		{"buttons", `{"responses":[{"text":"Which?","buttons":[{"title":"A","payload":"/a"},{"title":"Long one","payload":"/b{\"x\":1}"},{"title":"C"}]}]}`, 0,
			"bot  Which?\n      1  A         /a\n      2  Long one  /b{\"x\":1}\n      3  C\n\nNo events.\n"},
		{"buttons alone", `{"responses":[{"text":null,"buttons":[{"title":"A","payload":"/a"}]}]}`, 0, "bot\n      1  A  /a\n\nNo events.\n"},
		{"the rest", `{"responses":[{"response":"utter_hi","template":"utter_hi","city":"Ulm","image":"http://x/y.png","attachment":"f.pdf","custom":{"a":1},"elements":[{"b":2}]}]}`, 0,
			"bot  utter_hi, a response of the domain, with city = \"Ulm\"\n     image: http://x/y.png\n     attachment: f.pdf\n     elements: [{\"b\":2}]\n     custom: {\"a\":1}\n\nNo events.\n"},
		{"an empty response", `{"responses":[{"text":null,"buttons":[],"custom":{},"image":null}]}`, 0, "bot  (an empty response)\n\nNo events.\n"},
		{"what a terminal obeys", `{"responses":[{"text":"a\u001b[31mb"}]}`, 0, "bot  a\\x1b[31mb\n\nNo events.\n"},
		{"a long event", `{"events":[{"event":"slot","name":"city","value":"Frankfurt"}]}`, 24, "The bot says nothing.\n\nEvents\n  slot city is now\n      \"Frankfurt\"\n"},
	} {
		var out strings.Builder
		if err := reply.Write(&out, screen.Screen{Width: c.width}, []byte(c.body), 0); err != nil {
			t.Fatal(err)
		}
		if out.String() != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, out.String(), c.want)
		}
	}
	if err := reply.Write(&strings.Builder{}, screen.Screen{}, []byte("{"), 0); err == nil {
		t.Error("showed what is no JSON")
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]string{
		`{"event":"slot","name":"city","value":"Ulm"}`:        `slot city is now "Ulm"`,
		`{"event":"slot","name":"n","value":{"a":[1,"<"]}}`:   `slot n is now {"a":[1,"<"]}`,
		`{"event":"slot","name":"city","value":null}`:         `slot city is empty now`,
		`{"event":"followup","name":"action_listen"}`:         `next action: action_listen`,
		`{"event":"active_loop","name":"f"}`:                  `form f begins, or goes on`,
		`{"event":"active_loop","name":null}`:                 `the form ends`,
		`{"event":"reset_slots"}`:                             `all slots are empty now`,
		`{"event":"cancel_reminder","name":null}`:             `reminders are cancelled: all of them`,
		`{"event":"cancel_reminder","name":"r","intent":"i"}`: `reminders are cancelled: those with name r, intent i`,
		`{"event":"action_execution_rejected","name":"a"}`:    `action a counts as rejected`,
		`{"event":"bot","text":"x"}`:                          `the bot says "x"`,
		`{"event":"loop_interrupted","is_interrupted":true}`:  `the form is interrupted`,
		`{"event":"new_one","a":1}`:                           `{"a":1,"event":"new_one"}`,
		`{"event":"reminder","intent":"i","date_time":"2026-01-01T10:00:00+01:00","name":"r","entities":[],"kill_on_user_msg":true}`: `reminder r at 2026-01-01T10:00:00+01:00, as intent i with [], unless the user writes before`,
	} {
		var out strings.Builder
		if err := reply.Write(&out, screen.Screen{}, []byte(`{"events":[`+event+`]}`), 0); err != nil {
			t.Fatal(err)
		}
		if _, got, _ := strings.Cut(out.String(), "Events\n  "); got != want+"\n" {
			t.Errorf("%s: %s, want %s", event, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		1234 * time.Microsecond: "1.23 ms", 12345 * time.Microsecond: "12 ms", 2 * time.Second: "2.00 s", 12 * time.Second: "12.0 s",
	} {
		if got := reply.Duration(d); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Each event that a script can build is told in words.
func TestEveryEventHasWords(t *testing.T) {
	t.Parallel()
	for _, spec := range rasa.EventSpecs() {
		var out strings.Builder
		if err := reply.Write(&out, screen.Screen{}, []byte(`{"events":[{"event":"`+spec.Event+`"}]}`), 0); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "{") {
			t.Errorf("%s: %s", spec.Event, out.String())
		}
	}
}
