package engine_test

import (
	"fmt"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/luaapi/govalue"
	"github.com/luaction/luaction/rasa"
)

// keeper keeps what it is given beyond the call.
type keeper struct {
	text  string
	any   any
	names map[string][]string
}

func (k *keeper) Keep(text string, v any, names map[string][]string) {
	k.text, k.any, k.names = text, v, names
}

// What Go keeps is its own: the request that it came in gives its memory to the next one.
func TestGoValueKeepsTexts(t *testing.T) {
	t.Parallel()
	k := &keeper{}
	set := valueSet(t, map[string]govalue.Value{"keeper": {Go: k, Methods: []string{"Keep"}}})
	e := serve(t, engine.Options{Values: set}, map[string]string{"action_x.lua": `return function(dispatcher, tracker)
		keeper.keep(tracker:get_slot("name"), tracker.slots, tracker:get_slot("names"))
	end`})
	body := []byte(`{"next_action":"action_x","tracker":{"sender_id":"me","slots":{"name":"Ann","names":{"first key":["first item"]}}}}`)
	call, err := rasa.ParseCall(body)
	if err != nil {
		t.Fatal(err)
	}
	if _, failed := e.Run(t.Context(), call, nil); failed != nil {
		t.Fatal(failed)
	}
	for i := range body {
		body[i] = '#'
	}
	want := "Ann map[name:Ann names:map[first key:[first item]]] map[first key:[first item]]"
	if got := fmt.Sprint(k.text, " ", k.any, " ", k.names); got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
}
