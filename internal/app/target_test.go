package app_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestTarget returns an event that Rasa knows since 3.16. Whether it is sent depends on the Rasa that calls, or on the one that
// the operator named.
func TestTarget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, target, caller string
		sent                 bool
	}{
		{"new enough", "", "3.21.1", true},
		{"too old", "", "3.6.21", false},
		{"no version", "", "", true},
		{"set to an old one", "3.6", "3.21.1", false},
		{"set to a new one", "3.16", "3.6.21", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := settings(t, map[string]string{"action_bye.lua": "return function()\n  return { SessionEnded() }\nend"})
			s.TargetVersion = c.target
			a, _ := start(t, s)
			defer stopWithin(t, a, patience)
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			body := `{"next_action":"action_bye","tracker":{"sender_id":"me"},"version":"` + c.caller + `"}`
			resp, err := (&http.Client{Transport: transport}).Post("http://"+a.Addr().String()+"/webhook", "application/json", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			text, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			sent := resp.StatusCode == http.StatusOK && strings.Contains(string(text), `"session_ended"`)
			refused := resp.StatusCode == http.StatusInternalServerError && strings.Contains(string(text), "too old to know")
			if sent != c.sent || refused == c.sent {
				t.Errorf("%d %s", resp.StatusCode, text)
			}
		})
	}
}
