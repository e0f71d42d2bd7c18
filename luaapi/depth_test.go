package luaapi_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi/apitest"
)

// How deep tables may lie inside one another counts for those that are copied from the request, too.
func TestDepthOfCopies(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"", "v.x = 1 "} {
		for what, script := range map[string]string{
			"an event": `return SlotSet("x", x)`, "a response": `dispatcher:utter_message { custom = { x } }`, "a text": `json.encode(x)`,
		} {
			_, _, err := apitest.Run(t, apitest.Case{
				Request: request(`{"a":` + strings.Repeat("[", 400) + strings.Repeat("]", 400) + `}`), Modules: modules,
				Script: `local v = tracker:get_slot("v") ` + open + `local x = v for _ = 1, 300 do x = { x } end ` + script,
			})
			fails(t, err, open+what, "tables inside tables, more than 5", "deep")
		}
	}
}
