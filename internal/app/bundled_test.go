package app_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/config"
)

// TestBundledScripts calls what `go run . serve` serves, as a newcomer would.
func TestBundledScripts(t *testing.T) {
	t.Parallel()
	a, _ := start(t, config.Serve{
		Scripts: "../../scripts", Host: "127.0.0.1", Timeout: 10 * time.Second, MaxBody: 1 << 20, MaxCalls: 16,
	})
	defer stopWithin(t, a, patience)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	const entity = `"latest_message":{"entities":[{"entity":"%","value":"#"}]}`
	with := func(name, value string) string {
		return strings.NewReplacer("%", name, "#", value).Replace(entity)
	}
	for _, c := range []struct{ name, action, tracker, want string }{
		{"greeting", "action_greet", `"slots":{"name":"Ann"}`, `, Ann! What can I do for you?`},
		{"greeting a stranger", "action_greet", `"slots":{}`, `"greeted"`},
		{"order sent", "action_order_status", with("order_number", "a 1001"), `Order A-1001 is on its way with DHL and should be there in 2 days. In it: coffee grinder.`},
		{"order packed", "action_order_status", `"slots":{"order_number":"A1002"}`, `Order A-1002 is packed`},
		{"order unknown", "action_order_status", with("order_number", "B-9999"), `{"event":"slot","timestamp":null,"name":"order_number","value":null}`},
		{"order not said", "action_order_status", `"slots":{}`, `What is the number of your order?`},
		{"people as text", "validate_people", `"slots":{"people":"4"}`, `"name":"people","value":4}`},
		{"people as word", "validate_people", `"slots":{"people":"Six"}`, `"name":"people","value":6}`},
		{"too many people", "validate_people", `"slots":{"people":40}`, `We can seat 12 at most`},
		{"no people", "validate_people", `"slots":{}`, `For how many people?`},
		{"fallback", "action_default_fallback", `"events":[{"event":"user","text":"x"}]`, `"rewind"`},
		{"fallback again", "action_default_fallback", `"events":[{"event":"action","name":"action_default_fallback"},{"event":"action","name":"action_listen"},{"event":"user","text":"x"}]`, `"pause"`},
		{"reminder", "action_set_reminder", with("minutes", "5"), `"name":"reminder_for_me"`},
		{"reminder too far", "action_set_reminder", with("minutes", "5000"), `"events":[]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := `{"next_action":"` + c.action + `","tracker":{"sender_id":"me",` + c.tracker + `}}`
			client := &http.Client{Transport: transport}
			resp, err := client.Post("http://"+a.Addr().String()+"/webhook", "application/json", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			text, err := io.ReadAll(resp.Body)
			if err != nil || resp.StatusCode != http.StatusOK || !json.Valid(text) || !strings.Contains(string(text), c.want) {
				t.Errorf("%d %s\nwant %s in it (%v)", resp.StatusCode, text, c.want, err)
			}
		})
	}
}
