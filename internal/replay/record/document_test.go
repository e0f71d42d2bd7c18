package main

import (
	"encoding/json"
	"testing"

	"github.com/luaction/luaction/internal/replay"
)

const steps = `[
 {
  "note": "stays  as it is",
  "expect": {"status":  200},
  "checks": []
 },
 {"why": "x",
  "request": {}
 }
]
`

func TestDocumentKeepsTheRest(t *testing.T) {
	t.Parallel()
	d, err := readDocument([]byte(steps))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(d.bytes()); got != steps {
		t.Errorf("nothing was set, and it became\n%s", got)
	}
	if got := string(d.member(0, "expect")); got != `{"status":  200}` {
		t.Errorf("expect is %s", got)
	}
	if d.member(1, "expect") != nil {
		t.Error("the second step has no expect")
	}
	d.set(0, "expect", json.RawMessage(`{"status":404,"json":{"a":[1,2.50,"é"]}}`))
	d.set(1, "reference", json.RawMessage(`{"status":500}`))
	const want = `[
 {
  "note": "stays  as it is",
  "expect": {"status": 404, "json": {"a": [1, 2.50, "\u00e9"]}},
  "checks": []
 },
 {"why": "x",
  "request": {},
  "reference": {"status": 500}
 }
]
`
	if got := string(d.bytes()); got != want {
		t.Errorf("it became\n%s", got)
	}
}

func TestDocumentRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{}", "[5]", `[{"a":1}`, `[{"a" 1}]`} {
		if _, err := readDocument([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestPretty(t *testing.T) {
	t.Parallel()
	long := `"` + "0123456789012345678901234567890123456789012345678901234567890123456789" + `"`
	got := pretty(json.RawMessage(`{"a":[`+long+`,{"b":`+long+`,"c":{}}],"😀":[]}`), 0, 0)
	want := "{\n \"a\": [\n  " + long + ",\n  {\"b\": " + long + ", \"c\": {}}\n ],\n \"\\ud83d\\ude00\": []\n}"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	body := func(status int, text string) observed {
		return observed{http: &replay.Answer{Status: status, ContentType: "application/json", Body: []byte(text)}}
	}
	for _, c := range []struct {
		name, recorded string
		found          observed
		same           bool
	}{
		{"the same", `{"status": 200, "json": {"a": 1}}`, body(200, `{"a":1}`), true},
		{"another status", `{"status": 200, "json": {"a": 1}}`, body(500, `{"a":1}`), false},
		{"another value", `{"status": 200, "json": {"a": 1}}`, body(200, `{"a":1.0}`), false},
		{"a text", `{"status": 404, "text": "no"}`, body(404, `no`), true},
		{"never recorded", ``, body(200, `{}`), false},
		{"gRPC, a number as protobuf has it", `{"code": "OK", "message": {"a": 1}}`, observed{grpc: []byte(`{"code":"OK","message":{"a":1.0}}`)}, true},
		{"gRPC, any details", `{"code": "UNKNOWN", "details": "*"}`, observed{grpc: []byte(`{"code":"UNKNOWN","details":"x"}`)}, true},
		{"gRPC, another code", `{"code": "OK"}`, observed{grpc: []byte(`{"code":"UNKNOWN"}`)}, false},
	} {
		var recorded json.RawMessage
		if c.recorded != "" {
			recorded = json.RawMessage(c.recorded)
		}
		lines, err := c.found.differences(&step{}, recorded)
		if err != nil || (len(lines) == 0) != c.same {
			t.Errorf("%s: %v %v", c.name, lines, err)
		}
	}
}
