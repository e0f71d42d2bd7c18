package main

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/luaction/luaction/internal/bench/native"
)

// TestNativeAnswers holds the actions written by hand to the answers that every measured server has to give.
func TestNativeAnswers(t *testing.T) {
	t.Chdir("../..")
	expected, err := loadExpected()
	if err != nil || len(expected) == 0 {
		t.Fatalf("no answers: %v", err)
	}
	for action, sizes := range expected {
		for size, want := range sizes {
			body, err := loadBody(size, action)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := native.Answer(t.Context(), body)
			if err != nil {
				t.Fatal(err)
			}
			var got any
			if err := json.Unmarshal(answer, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(bare(got), bare(want)) {
				t.Errorf("%s on %s:\ngot  %v\nwant %v", action, size, got, want)
			}
		}
	}
	if _, err := native.Answer(t.Context(), []byte(`{"next_action":"action_other"}`)); err == nil {
		t.Error("an action that isn't there is answered")
	}
}
