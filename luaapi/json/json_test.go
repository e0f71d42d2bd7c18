package json_test

import (
	"bytes"
	gojson "encoding/json"
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
)

// spread is what json.encode makes of the slot v, on one line and on several.
func spread(t *testing.T, r *apitest.Runner, v string) (line, lines string) {
	t.Helper()
	answer, err := r.Call(t, apitest.Case{
		Request: `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{"v":` + v + `}}}`,
		Script: `local v = tracker:get_slot("v")
return { SlotSet("line", json.encode(v)), SlotSet("lines", json.encode(v, { indent = true })) }`,
	})
	var sent struct{ Events []struct{ Value string } }
	if err == nil {
		err = gojson.Unmarshal([]byte(answer), &sent)
	}
	if err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	return sent.Events[0].Value, sent.Events[1].Value
}

// TestEncodeOfTheRequest has tables that came with the request, whose client writes blanks and escapes of its own.
func TestEncodeOfTheRequest(t *testing.T) {
	t.Parallel()
	r := apitest.New(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{json.New}})
	for _, c := range []struct{ v, line, lines string }{
		{`{"name": "M\u00fcller",  "n" : 1.50}`, `{"name":"Müller","n":1.5}`, "{\n  \"name\": \"Müller\",\n  \"n\": 1.5\n}"},
		{`[ 1 , [ ] , { } , null , 12345678901234567890 ]`, `[1,[],{},null,12345678901234567890]`, "[\n  1,\n  [],\n  {},\n  null,\n  12345678901234567890\n]"},
		{`{"\u0061": 1, "b": null, "a": [-0, 1E2]}`, `{"a":[0,100],"b":null}`, "{\n  \"a\": [\n    0,\n    100\n  ],\n  \"b\": null\n}"},
		{`{"a": {"b": [{"c": "\/"}]}}`, `{"a":{"b":[{"c":"/"}]}}`, "{\n  \"a\": {\n    \"b\": [\n      {\n        \"c\": \"/\"\n      }\n    ]\n  }\n}"},
	} {
		if line, lines := spread(t, r, c.v); line != c.line || lines != c.lines {
			t.Errorf("%s is %s\nand %s", c.v, line, lines)
		}
	}
}

// FuzzIndent: several lines say the same as one, laid out as everybody does.
func FuzzIndent(f *testing.F) {
	for _, v := range []string{
		`{"a":[1,{"b":[]},[[]]],"c":{},"d":"x: [{,\\\"}","":null}`, `[]`, `{}`, `"{"`, `5`, `[[[{"a":{"b":{}}}]]]`, `["\\","\\\"",":"]`, `{"\"":{"\\":[true,false]}}`,
	} {
		f.Add(v)
	}
	r := apitest.New(f, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{json.New}})
	f.Fuzz(func(t *testing.T, v string) {
		if !gojson.Valid([]byte(v)) || strings.ContainsAny(v, "eE") || strings.ToValidUTF8(v, "") != v || len(v) > 1000 {
			return
		}
		line, lines := spread(t, r, v)
		var want bytes.Buffer
		if err := gojson.Indent(&want, []byte(line), "", "  "); err != nil {
			t.Fatal(err)
		}
		if lines != want.String() {
			t.Errorf("%s was spread as\n%s\nwant\n%s", line, lines, want.String())
		}
	})
}

// A text that would become endless is refused before it is made.
func TestIndentIsBounded(t *testing.T) {
	t.Parallel()
	_, _, err := apitest.Run(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{json.New}, Script: `
local inner = {}
for i = 1, 200000 do inner[i] = 1 end
for i = 1, 400 do inner = { inner } end
return json.encode(inner, { indent = true })`})
	if err == nil || !strings.Contains(err.Error(), "json.encode: the result would be longer than 64 MiB") {
		t.Errorf("raised %v", err)
	}
}
