package text_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/text"
)

// TestCasesAsPython compares with what Python makes of the same texts; testdata/case.py wrote them down.
func TestCasesAsPython(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/case.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := apitest.New(t, apitest.Case{Modules: []func(*luaapi.Session) luaapi.Module{text.New}})
	lines := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); lines++ {
		var want []string // the text, and its three cases
		if err := json.Unmarshal(scanner.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		slot, err := json.Marshal(want[0])
		if err != nil {
			t.Fatal(err)
		}
		answer, err := r.Call(t, apitest.Case{
			Request: `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{"v":` + string(slot) + `}}}`,
			Script: `local v = tracker:get_slot("v")
return { SlotSet("upper", text.upper(v)), SlotSet("lower", text.lower(v)), SlotSet("title", text.title(v)) }`,
		})
		var sent struct {
			Events []struct{ Name, Value string }
		}
		if err == nil {
			err = json.Unmarshal([]byte(answer), &sent)
		}
		if err != nil {
			t.Fatalf("%+q: %v", want[0], err)
		}
		for i, event := range sent.Events {
			if event.Value != want[i+1] {
				t.Errorf("%s(%+q) = %+q, want %+q", event.Name, want[0], event.Value, want[i+1])
			}
		}
	}
	if lines < 1000 {
		t.Errorf("only %d texts were compared", lines)
	}
}
