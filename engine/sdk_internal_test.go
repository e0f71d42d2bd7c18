package engine

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/tracker"
)

// sdkMember is a member of a class of the SDK as it was recorded: a property, or a function with its parameters.
type sdkMember struct {
	Property   bool
	Parameters []struct{ Name, Rest string }
}

// notForScripts are members of the SDK that actions have no use for, with the reason.
var notForScripts = map[string]string{
	"dispatcher.cancel_stream": "the server's own: it is called when the user breaks in",
	"tracker.from_dict":        "makes a tracker of a request, which the server does",
	"tracker.copy":             "every call has a tracker of its own already",
}

// TestMembersOfSDK holds dispatcher and tracker against the SDK's classes: nothing that they offer is missing.
func TestMembersOfSDK(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../testdata/sdk/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var sdk struct{ Dispatcher, Tracker map[string]sdkMember }
	if err := json.Unmarshal(text, &sdk); err != nil {
		t.Fatal(err)
	}
	session := luaapi.NewSession(interp.New(interp.Options{}))
	for module, theirs := range map[*luaapi.Module]map[string]sdkMember{
		pointer(dispatcher.New(session).Module()): sdk.Dispatcher, pointer(tracker.New(session)): sdk.Tracker,
	} {
		if len(theirs) < 15 {
			t.Errorf("%s: only %d members were recorded", module.Name, len(theirs))
		}
		for _, name := range slices.Sorted(maps.Keys(theirs)) {
			_, leftOut := notForScripts[module.Name+"."+name]
			switch problem := compareMember(module, name, theirs[name]); {
			case leftOut && problem == "":
				t.Errorf("%s.%s: there is one, so it isn't left out", module.Name, name)
			case !leftOut && problem != "":
				t.Errorf("%s.%s: %s", module.Name, name, problem)
			}
		}
	}
}

func pointer(m luaapi.Module) *luaapi.Module { return &m }

// compareMember says what our module lacks of a member.
func compareMember(module *luaapi.Module, name string, theirs sdkMember) string {
	if theirs.Property {
		if !slices.ContainsFunc(module.Fields, func(f luaapi.Field) bool { return f.Name == name }) {
			return "the SDK has this property, and we don't"
		}
		return ""
	}
	i := slices.IndexFunc(module.Members, func(m luaapi.Member) bool { return m.Name == name })
	if i < 0 {
		return "the SDK has this method, and we don't"
	}
	ours := module.Members[i].Params
	if len(ours) == 1 && ours[0].Name == "message" { // a text or a table of the names
		return ""
	}
	if len(ours) > 0 && ours[len(ours)-1].Rest || len(ours) >= len(theirs.Parameters) {
		return ""
	}
	return "takes fewer parameters than the SDK's"
}
