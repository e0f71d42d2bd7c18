package rasa_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/luaction/luaction/rasa"
)

// builder is an event builder of the SDK as it was recorded: its parameters, and what it makes of nothing but "given" for each
// of the required ones.
type builder struct {
	Parameters []struct {
		Name     string
		Required bool
		Default  any
	}
	Event map[string]any
}

// TestBuildersOfSDK holds our list of builders against the SDK's own: nothing is missing, and each takes the same parameters in
// the same order and makes the same keys of them.
func TestBuildersOfSDK(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../testdata/sdk/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var sdk struct{ Events map[string]builder }
	if err := json.Unmarshal(text, &sdk); err != nil {
		t.Fatal(err)
	}
	if len(sdk.Events) < 20 {
		t.Fatalf("only %d builders were recorded", len(sdk.Events))
	}
	ours := map[string]rasa.EventSpec{}
	for _, spec := range rasa.EventSpecs() {
		ours[spec.Builder] = spec
	}
	for _, name := range slices.Sorted(maps.Keys(sdk.Events)) {
		spec, ok := ours[name]
		if !ok {
			t.Errorf("%s: the SDK has it, and we don't", name)
			continue
		}
		delete(ours, name)
		compareBuilder(t, name, sdk.Events[name], &spec)
	}
	for name := range ours {
		t.Errorf("%s: the SDK has no such builder", name)
	}
}

// nilWillDo are parameters that Python wants to be given, but takes None for: in Lua nil is the same as not given.
var nilWillDo = []string{"UserUttered.text", "ActiveLoop.name", "Form.name", "ActionExecuted.action_name"}

func compareBuilder(t *testing.T, name string, theirs builder, ours *rasa.EventSpec) {
	t.Helper()
	if len(theirs.Parameters) != len(ours.Params) {
		t.Errorf("%s: %d parameters, the SDK has %d", name, len(ours.Params), len(theirs.Parameters))
		return
	}
	for i, p := range theirs.Parameters {
		o := ours.Params[i]
		if o.Name != p.Name {
			t.Errorf("%s: parameter %d is %s, the SDK's %s", name, i+1, o.Name, p.Name)
		}
		if p.Required != o.Required && !slices.Contains(nilWillDo, name+"."+p.Name) {
			t.Errorf("%s: %s is required %v, with the SDK %v", name, p.Name, o.Required, p.Required)
		}
		if want := map[rasa.Default]any{rasa.DefaultTrue: true}[o.Default]; !p.Required && p.Default != want && name+p.Name != "UserUtteredparse_data" {
			t.Errorf("%s: %s is %v when not given, with the SDK %v", name, p.Name, want, p.Default)
		}
		if _, there := theirs.Event[o.Key]; !there {
			t.Errorf("%s: %s becomes the key %s, which the SDK's event has not", name, p.Name, o.Key)
		}
		if p.Required && !o.Time && !o.Negated && theirs.Event[o.Key] != "given" {
			t.Errorf("%s: %s becomes the key %s, where the SDK has %v", name, p.Name, o.Key, theirs.Event[o.Key])
		}
	}
	keys := append([]string{"event", "timestamp"}, ours.Keys...)
	slices.Sort(keys)
	if want := slices.Sorted(maps.Keys(theirs.Event)); !slices.Equal(keys, want) {
		t.Errorf("%s: the event has %v, the SDK's %v", name, keys, want)
	}
	if theirs.Event["event"] != ours.Event {
		t.Errorf("%s: makes a %s, the SDK's a %v", name, ours.Event, theirs.Event["event"])
	}
}
