package engine_test

import (
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
)

// TestLoopsLeaveRoom has many scripts loop while others ask for little: these must get their answers, and the loops theirs at
// their deadline.
func TestLoopsLeaveRoom(t *testing.T) {
	const (
		timeout = 5 * time.Second
		many    = 32
	)
	e := serve(t, engine.Options{Timeout: timeout}, map[string]string{
		"action_loop.lua": `return function() while true do end end`,
		"action_good.lua": `return function(d) d:utter_message("fine") end`,
	})
	var loops sync.WaitGroup
	late := make(chan time.Duration, many)
	for range many {
		loops.Go(func() {
			began := time.Now()
			_, failed := e.Run(t.Context(), parse(t, request("action_loop")), nil)
			if failed == nil || failed.Code != engine.TimedOut {
				t.Errorf("a loop ended with %v", failed)
			}
			late <- time.Since(began) - timeout
		})
	}
	time.Sleep(300 * time.Millisecond)
	answered := 0
	for end := time.Now().Add(500 * time.Millisecond); time.Now().Before(end); answered++ {
		if _, failed := e.Run(t.Context(), parse(t, request("action_good")), nil); failed != nil {
			t.Errorf("beside the loops: %v", failed)
			break
		}
	}
	loops.Wait()
	close(late)
	worst := time.Duration(0)
	for d := range late {
		worst = max(worst, d)
	}
	t.Logf("%d calls answered in half a second beside %d loops; the last loop was answered %s after its deadline", answered, many, worst)
	if answered == 0 {
		t.Error("no call was answered beside the loops")
	}
	if worst > 20*time.Second {
		t.Errorf("a loop was answered %s after its deadline", worst)
	}
}
