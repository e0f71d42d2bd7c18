package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"
)

// line is what the user says, the texts that Rasa has to answer, and the action that has to run before the next one, such as
// when a reminder is due.
type line struct {
	Say     string   `json:"say"`
	Answers []string `json:"answers"`
	WaitFor string   `json:"wait_for"`
}

// turn is what Rasa answered to a line.
type turn struct {
	Say     string           `json:"say"`
	Answers []map[string]any `json:"answers"`
}

func (t *turn) texts() []string {
	list := make([]string, 0, len(t.Answers))
	for _, answer := range t.Answers {
		list = append(list, fmt.Sprint(answer["text"]))
	}
	return list
}

const user = "lena"

// talk says the lines over Rasa's REST channel. The transcript is the answers and the events that Rasa keeps, without what
// differs from run to run.
func talk(base, file string) (json.RawMessage, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var dialog []line
	if err := json.Unmarshal(text, &dialog); err != nil {
		return nil, err
	}
	var turns []turn
	for _, l := range dialog {
		said := turn{Say: l.Say}
		body, err := json.Marshal(map[string]string{"sender": user, "message": l.Say})
		if err != nil {
			return nil, err
		}
		if err := ask(http.MethodPost, base+"/webhooks/rest/webhook", body, &said.Answers); err != nil {
			return nil, err
		}
		if texts := said.texts(); !slices.Equal(texts, l.Answers) {
			return nil, fmt.Errorf("%q is answered by %q, not by %q", l.Say, texts, l.Answers)
		}
		turns = append(turns, said)
		if err := waitFor(base, l.WaitFor); err != nil {
			return nil, err
		}
	}
	events, err := kept(base)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(map[string]any{"turns": turns, "events": steady(events)}, "", " ")
}

// waitFor waits until Rasa has run the action.
func waitFor(base, action string) error {
	for begin := time.Now(); action != ""; time.Sleep(200 * time.Millisecond) {
		events, err := kept(base)
		if err != nil {
			return err
		}
		ran := slices.ContainsFunc(events, func(e map[string]any) bool { return e["event"] == "action" && e["name"] == action })
		if last := events[len(events)-1]; ran && last["event"] == "action" && last["name"] == "action_listen" {
			return nil
		}
		if time.Since(begin) > time.Minute {
			return fmt.Errorf("within a minute Rasa did not run %s", action)
		}
	}
	return nil
}

func kept(base string) ([]map[string]any, error) {
	var tracker struct {
		Events []map[string]any `json:"events"`
	}
	err := ask(http.MethodGet, base+"/conversations/"+user+"/tracker?include_events=ALL", nil, &tracker)
	if err == nil && len(tracker.Events) == 0 {
		err = errors.New("no event of the conversation was kept")
	}
	return tracker.Events, err
}

// steady leaves out times and ids, wherever they are.
func steady(value any) any {
	switch v := value.(type) {
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = steady(v[i])
		}
		return list
	case []any:
		for i := range v {
			v[i] = steady(v[i])
		}
	case map[string]any:
		for _, key := range []string{"timestamp", "message_id", "model_id", "date_time"} {
			delete(v, key)
		}
		for key := range v {
			v[key] = steady(v[key])
		}
	}
	return value
}

func ask(method, url string, body []byte, into any) error {
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, url, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
