package dispatcher_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi/apitest"
)

// recorder is a listener that breaks in after some chunks.
type recorder struct {
	got       []string
	patience  int // chunks until it breaks in; 0: never
	cancelled bool
}

func (r *recorder) Start()          { r.cancelled = false; r.got = append(r.got, "start") }
func (r *recorder) End()            { r.got = append(r.got, "end") }
func (r *recorder) Cancelled() bool { return r.cancelled }
func (r *recorder) Chunk(message []byte) {
	r.got = append(r.got, string(message))
	if r.patience--; r.patience == 0 {
		r.cancelled = true
	}
}

const state = `dispatcher:utter_message(tostring(dispatcher.is_streaming_active) .. " " .. tostring(dispatcher.is_streaming_cancelled))`

func TestStreamBecomesMessages(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`dispatcher:stream_start() dispatcher:stream_chunk("a") dispatcher:utter_message("b") dispatcher:stream_end() dispatcher:utter_message("c")`,
			said(text("b"), text("a"), text("c"))},
		{`dispatcher:stream_chunk("a") dispatcher:utter_message("b")`, said(text("b"), text("a"))},
		{`dispatcher:stream_chunk("a") dispatcher:stream_start() dispatcher:stream_chunk("b") dispatcher:stream_end()`, said(text("b"))},
		{`dispatcher:stream_end() ` + state, said(text("false false"))},
		{`dispatcher:stream_start() ` + state, said(text("true false"))},
		{`dispatcher:stream_chunk { text = "a", extra = json.null, buttons = {} } dispatcher:stream_end()`, said(message(keys{"text": `"a"`}, `,"extra":null`))},
		{`pcall(dispatcher.stream_chunk, dispatcher, { response = "x" }) ` + state, said(text("false false"))},
	} {
		got, _, err := apitest.Run(t, apitest.Case{Script: c.script})
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", c.script, got, err, c.want)
		}
	}
}

func TestStreamToAListener(t *testing.T) {
	for _, c := range []struct {
		script   string
		patience int
		streamed []string
		want     string
	}{
		{`dispatcher:stream_chunk("a") dispatcher:stream_end() dispatcher:utter_message("b")`, 0, []string{"start", text("a"), "end"}, said(text("b"))},
		{`dispatcher:stream_chunk("a")`, 0, []string{"start", text("a"), "end"}, said()},
		{`dispatcher:stream_chunk("a") dispatcher:stream_chunk("b") dispatcher:stream_end() ` + state, 1,
			[]string{"start", text("a")}, said(text("false true"))},
		{`dispatcher:stream_chunk("a") dispatcher:stream_start() dispatcher:stream_chunk("b") ` + state + ` dispatcher:stream_end()`, 1,
			[]string{"start", text("a"), "start", text("b"), "end"}, said(text("true false"))},
	} {
		r := &recorder{patience: c.patience}
		got, _, err := apitest.Run(t, apitest.Case{Script: c.script, Stream: r})
		if err != nil || got != c.want || !slices.Equal(r.got, c.streamed) {
			t.Errorf("%s:\n got %s, %v, %q\nwant %s, %q", c.script, got, err, r.got, c.want, c.streamed)
		}
	}
}

func TestFailedActionLeavesTheStreamOpen(t *testing.T) {
	r := &recorder{}
	_, _, err := apitest.Run(t, apitest.Case{Script: `dispatcher:stream_chunk("a") error("no more")`, Stream: r})
	if err == nil || !slices.Equal(r.got, []string{"start", text("a")}) {
		t.Errorf("streamed %q, %v", r.got, err)
	}
	_, _, err = apitest.Run(t, apitest.Case{Script: `dispatcher:stream_chunk { json_message = { f = pcall } }`, Stream: &recorder{}})
	if err == nil || !strings.Contains(err.Error(), "chunk.custom.f: a function") {
		t.Errorf("got %v", err)
	}
}

func TestNothingOutlivesTheCall(t *testing.T) {
	r := apitest.New(t, apitest.Case{})
	for range 3 {
		got, err := r.Call(t, apitest.Case{Script: `dispatcher:utter_message("a") dispatcher:stream_chunk("lost") error("no")`})
		if err == nil {
			t.Fatalf("no error but %s", got)
		}
		if got, err = r.Call(t, apitest.Case{Script: state}); err != nil || got != said(text("false false")) {
			t.Errorf("got %s, %v", got, err)
		}
	}
}
