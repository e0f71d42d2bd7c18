package engine_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/rasa"
)

// TestModulesWhenSaid holds what scripts see of modules that a state makes when their name is first said: no difference.
func TestModulesWhenSaid(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ script, want string }{
		"a misspelt module that nobody said":  {`return jsn.encode(1)`, "there is no 'jsn'; did you mean 'json'?"},
		"a misspelt builder that nobody said": {`return SlotSett("x")`, "did you mean 'SlotSet'?"},
		"a module is no name to assign":       {`crypto = 1`, "'crypto' is a name of luaction's own and can't be assigned"},
		"a local hides one that nobody said":  {`local text = {} return text.upper("x")`, "`text` is your own local variable here"},
		"a function among the constants":      {`return "x" .. type`, "attempt to concatenate global 'type' (a function value)"},
		"its arguments":                       {`return type()`, "bad argument #1 to 'type' (value expected)"},
		"the builder is the module's":         {`return error(tostring(SlotSet == events.SlotSet and form ~= nil), 0)`, "true"},
		"first said in a coroutine":           {`local ok, v = coroutine.resume(coroutine.create(function() return url.encode("a b") end)) error(v, 0)`, "a%20b"},
		"first said in a pcall that fails":    {`pcall(function() local x = csv.decode error("x") end) error(csv.decode("a\n1")[1].a, 0)`, "1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := serve(t, engine.Options{MaxStates: 1}, map[string]string{"action_x.lua": "return function(dispatcher, tracker, domain)\n" + test.script + "\nend\n"})
			for range 2 { // the second time everything is there already
				call, err := rasa.ParseCall([]byte(`{"next_action":"action_x","tracker":{"sender_id":"me","slots":{},"events":[]}}`))
				if err != nil {
					t.Fatal(err)
				}
				_, failed := e.Run(t.Context(), call, nil)
				if failed == nil || !strings.Contains(failed.Error(), test.want) {
					t.Errorf("%v; want %q", failed, test.want)
				}
			}
		})
	}
}
