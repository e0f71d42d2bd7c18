package check

import (
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/luaapi"
)

// testWords declare what test files may say beside what scripts may, unless Options say it: words of their own, members that join
// modules, and the objects that both give.
func testWords() []luaapi.Module {
	words := declared("test", "describe(name:string, f:function)|it(name:string, f:function?)|pending(name:string?, f:function?)|"+
		"before_each(f:function)|after_each(f:function)|run_action(name:string, given:table?) action_result")
	words.Only = true
	words.Members[len(words.Members)-1].Params[1].Fields = anyFields("tracker", "sender_id", "slots", "text", "intent", "entities", "intent_ranking",
		"metadata", "latest_message", "extracted", "events", "active_loop", "requested_slot", "input_channel", "stack", "domain", "user_id",
		"next_action", "domain_digest", "version")
	result := luaapi.Module{Name: "action_result", Object: true, Fields: anyFields("events", "responses", "slots", "rejected", "logs")}
	return append(double.Reference(), *words, result)
}

func anyFields(names ...string) []luaapi.Field {
	fields := make([]luaapi.Field, len(names))
	for i, name := range names {
		fields[i] = luaapi.Field{Name: name, Type: "any"}
	}
	return fields
}

// assertions are the members of assert that are suggested.
func assertions() []string {
	return []string{
		"equal", "same", "is_true", "is_false", "is_nil", "is_not_nil", "truthy", "falsy", "matches", "near", "has_error", "error_matches",
		"is_table", "is_string", "is_number", "is_function", "is_boolean",
	}
}

// asserted tells whether assert has a member of this name, which may be put together as in assert.are_not_equal.
func asserted(name string) bool {
	fillers := []string{"is", "are", "was", "were", "has", "have", "does", "do", "be", "a", "an", "to", "not", "no"}
	others := []string{
		"equals", "eq", "eql", "deep_equal", "deep_equals", "true", "false", "nil", "null", "none", "falsey", "truth", "match", "error", "errors",
		"throw", "throws", "error_match", "matches_error", "string", "number", "table", "boolean", "function", "near_to", "close", "close_to",
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' })
	for {
		rest := strings.Join(words, "_")
		if rest == "" || slices.Contains(assertions(), rest) || slices.Contains(others, rest) {
			return true
		}
		if !slices.Contains(fillers, words[0]) {
			return false
		}
		words = words[1:]
	}
}
