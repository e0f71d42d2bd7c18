package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// slot is a value that the caller wants a slot to have.
type slot struct {
	name  string
	value json.RawMessage
}

// parseSlots reads NAME=JSON arguments.
func parseSlots(args []string) ([]slot, error) {
	slots := make([]slot, 0, len(args))
	for _, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if !found || name == "" {
			return nil, misused("--slot %s: must be NAME=JSON, such as --slot 'count=3'", arg)
		}
		if !json.Valid([]byte(value)) {
			text, _ := json.Marshal(value)
			return nil, misused("--slot %s: the value is no JSON; if it is a text, write --slot '%s=%s'", arg, name, text)
		}
		slots = append(slots, slot{name, json.RawMessage(value)})
	}
	return slots, nil
}

// shortRequest makes up a whole request of a conversation in which the user said text, if that is given.
func shortRequest(action string, slots []slot, text *string) ([]byte, error) {
	values := map[string]json.RawMessage{}
	for _, s := range slots {
		values[s.name] = s.value
	}
	tracker := map[string]any{
		"sender_id": "cli", "slots": values, "latest_message": message(""), "events": []any{}, "paused": false,
		"followup_action": nil, "active_loop": map[string]any{}, "latest_action_name": "action_listen",
		"latest_input_channel": "cli", "latest_event_time": nil, "stack": []any{},
	}
	if text != nil {
		said := userEvent(*text)
		tracker["latest_message"], tracker["events"], tracker["latest_event_time"] = message(*text), []any{said}, said["timestamp"]
	}
	return json.Marshal(map[string]any{"next_action": action, "sender_id": "cli", "tracker": tracker,
		"domain": map[string]any{}})
}

func message(text string) map[string]any {
	return map[string]any{"text": text, "intent": map[string]any{"name": nil, "confidence": 0.0}, "entities": []any{},
		"intent_ranking": []any{}, "metadata": map[string]any{}}
}

func userEvent(text string) map[string]any {
	return map[string]any{"event": "user", "timestamp": float64(time.Now().UnixMilli()) / 1000, "text": text,
		"parse_data": message(text), "input_channel": "cli", "metadata": map[string]any{}}
}

// changedRequest is a recorded request with other slots, and with other words of the user. Without either it stays byte for
// byte what was recorded.
func changedRequest(body []byte, slots []slot, text *string) ([]byte, error) {
	if len(slots) == 0 && text == nil {
		return body, nil
	}
	var request, tracker map[string]json.RawMessage
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, failed("--request: the recorded request is no JSON object that --slot and --text can be added to: %v", err)
	}
	if err := part(request["tracker"], &tracker); err != nil {
		return nil, failed("--request: the tracker in the recorded request is no object")
	}
	if len(slots) > 0 {
		var values map[string]json.RawMessage
		if err := part(tracker["slots"], &values); err != nil {
			return nil, failed("--request: the slots in the recorded request are no object")
		}
		for _, s := range slots {
			values[s.name] = s.value
		}
		if err := put(tracker, "slots", values); err != nil {
			return nil, err
		}
	}
	if text != nil {
		if err := say(tracker, *text); err != nil {
			return nil, err
		}
	}
	if err := put(request, "tracker", tracker); err != nil {
		return nil, err
	}
	return json.Marshal(request)
}

// say makes text the latest thing that the user said.
func say(tracker map[string]json.RawMessage, text string) error {
	var events []json.RawMessage
	if raw := tracker["events"]; len(raw) > 0 {
		if err := json.Unmarshal(raw, &events); err != nil {
			return failed("--request: the events in the recorded request are no list")
		}
	}
	event, err := json.Marshal(userEvent(text))
	if err != nil {
		return err
	}
	if err := put(tracker, "events", append(events, event)); err != nil {
		return err
	}
	return put(tracker, "latest_message", message(text))
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
