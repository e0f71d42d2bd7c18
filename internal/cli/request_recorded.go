package cli

import (
	"bytes"
	"encoding/json"
	"errors"
)

// changedRequest is a recorded request with what is wished in it. Without wishes it stays byte for byte what was recorded.
func (w *wishes) changedRequest(body []byte) ([]byte, error) {
	if len(w.slots) == 0 && !w.says() && w.sender == "" && w.channel == "" && w.loop == "" && w.domain == nil {
		return body, nil
	}
	var request, tracker map[string]json.RawMessage
	if err := json.Unmarshal(body, &request); err != nil || request == nil {
		if err == nil {
			err = errors.New("it is null")
		}
		return nil, failed("--request: the recorded request is no JSON object that flags can change: %v", err)
	}
	if err := part(request["tracker"], &tracker); err != nil {
		return nil, failed("--request: the tracker in the recorded request is no object")
	}
	if len(w.slots) > 0 {
		var values map[string]json.RawMessage
		if err := part(tracker["slots"], &values); err != nil {
			return nil, failed("--request: the slots in the recorded request are no object")
		}
		for _, s := range w.slots {
			values[s.name] = s.value
		}
		if err := put(tracker, "slots", values); err != nil {
			return nil, err
		}
	}
	if w.says() {
		if err := w.say(tracker); err != nil {
			return nil, err
		}
	}
	if w.domain != nil {
		request["domain"] = w.domain
		delete(request, "domain_digest") // it names another one
	}
	for _, change := range []struct {
		into  map[string]json.RawMessage
		key   string
		text  string
		value any
	}{
		{request, "sender_id", w.sender, w.sender}, {tracker, "sender_id", w.sender, w.sender},
		{tracker, "latest_input_channel", w.channel, w.channel}, {tracker, "active_loop", w.loop, activeLoop(w.loop)},
	} {
		if change.text == "" {
			continue
		}
		if err := put(change.into, change.key, change.value); err != nil {
			return nil, err
		}
	}
	if err := put(request, "tracker", tracker); err != nil {
		return nil, err
	}
	return json.Marshal(request)
}

// say makes what is wished the latest thing that the user said: with a text it is a new message, without one the latest is changed.
func (w *wishes) say(tracker map[string]json.RawMessage) error {
	var events []json.RawMessage
	if raw := tracker["events"]; len(raw) > 0 {
		if err := json.Unmarshal(raw, &events); err != nil {
			return failed("--request: the events in the recorded request are no list")
		}
	}
	said := message("")
	if w.text == nil {
		var latest map[string]json.RawMessage
		if err := part(tracker["latest_message"], &latest); err != nil {
			return failed("--request: the latest message in the recorded request is no object")
		}
		for key, value := range latest {
			said[key] = value
		}
		events = withoutLastMessage(events)
	}
	w.change(said)
	channel := w.channel
	if channel == "" && json.Unmarshal(tracker["latest_input_channel"], &channel) != nil || channel == "" {
		channel = "cli"
	}
	event, err := json.Marshal(userEvent(said, channel))
	if err != nil {
		return err
	}
	if err := put(tracker, "events", append(events, event)); err != nil {
		return err
	}
	return put(tracker, "latest_message", said)
}

// withoutLastMessage takes the user's latest message away if nothing came after it.
func withoutLastMessage(events []json.RawMessage) []json.RawMessage {
	var last struct {
		Event string `json:"event"`
	}
	if n := len(events); n > 0 && json.Unmarshal(events[n-1], &last) == nil && last.Event == "user" {
		return events[:n-1]
	}
	return events
}

// part decodes an object; what is missing or null is an empty one.
func part(raw json.RawMessage, into *map[string]json.RawMessage) error {
	*into = map[string]json.RawMessage{}
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func put(into map[string]json.RawMessage, key string, value any) error {
	raw, err := json.Marshal(value)
	into[key] = raw
	return err
}
