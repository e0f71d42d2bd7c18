package engine_test

import (
	"slices"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/luaapi"
)

func TestReference(t *testing.T) {
	t.Parallel()
	all := engine.Reference(nil)
	for module, member := range map[string]string{"events": "SlotSet", "dispatcher": "utter_message", "tracker": "get_slot", "http": "get", "db": "query", "tx": "exec"} {
		i := slices.IndexFunc(all, func(m luaapi.Module) bool { return m.Name == module })
		if i < 0 || !slices.ContainsFunc(all[i].Members, func(m luaapi.Member) bool { return m.Name == member }) {
			t.Errorf("%s.%s is not declared", module, member)
		}
	}
}
