package app_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/app"
)

// TestPastMaxCalls has as many calls wait as may run: the next one is refused at once, and taken when one of them has ended.
func TestPastMaxCalls(t *testing.T) {
	t.Parallel()
	s := settings(t, map[string]string{
		"action_slow.lua":  "return function() log.info('begun'); time.sleep(60) end",
		"action_quick.lua": "return function(d) d:utter_message('here') end",
	})
	s.MaxCalls, s.Timeout = 2, 3*time.Second
	begun := make(begun, s.MaxCalls)
	a, err := app.Start(t.Context(), s, slog.New(slog.NewTextHandler(begun, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer stop(t, a)
	url := "http://" + a.Addr().String() + "/webhook"
	ended := make(chan int, s.MaxCalls)
	for range s.MaxCalls {
		go func() {
			status, _ := ask(t, "POST", url, call("action_slow"))
			ended <- status
		}()
		<-begun
	}
	status, body := ask(t, "POST", url, call("action_quick"))
	if status != http.StatusServiceUnavailable || !strings.Contains(body, `"error":"More than 2 calls`) ||
		!strings.Contains(body, `"action_name":"action_quick"`) {
		t.Errorf("one call too many: %d %s", status, body)
	}
	for range s.MaxCalls {
		if status := <-ended; status != http.StatusInternalServerError {
			t.Errorf("a call past its deadline: %d", status)
		}
	}
	if status, body := ask(t, "POST", url, call("action_quick")); status != http.StatusOK {
		t.Errorf("with nothing running: %d %s", status, body)
	}
}
