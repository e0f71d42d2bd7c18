package luaapi_test

import (
	"slices"
	"testing"

	"github.com/luaction/luaction/luaapi"
)

func TestParseReturns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]luaapi.Result{
		"":                                nil,
		"string":                          {{Type: "string"}},
		"any or nil":                      {{Type: "any", Nil: true}},
		"list of response":                {{Type: "response", List: true}},
		"list of kv.conversation or nil":  {{Type: "kv.conversation", List: true, Nil: true}},
		"moment or nil, string or nil":    {{Type: "moment", Nil: true}, {Type: "string", Nil: true}},
		"number, list of event, function": {{Type: "number"}, {Type: "event", List: true}, {Type: "function"}},
	} {
		got, err := luaapi.ParseReturns(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"what f returns", "value, or nil", "string or", "list of ", " string", "string,number", "string; or nil, false", ", string", "string|number", " or nil"} {
		if got, err := luaapi.ParseReturns(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestParseTypes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]luaapi.Result{
		"string":                    {{Type: "string"}},
		"moment|string|number":      {{Type: "moment"}, {Type: "string"}, {Type: "number"}},
		"string|list of row or nil": {{Type: "string", Nil: true}, {Type: "row", List: true, Nil: true}},
	} {
		got, err := luaapi.ParseTypes(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a time", "string|", "string, number", "string or nil|number"} {
		if got, err := luaapi.ParseTypes(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}
