package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// slot is a value that the caller wants a slot to have.
type slot struct {
	name  string
	value json.RawMessage
}

// parseSlots reads NAME=JSON arguments.
func parseSlots(flag string, args []string) ([]slot, error) {
	slots := make([]slot, 0, len(args))
	for _, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if !found || name == "" {
			return nil, misused("%s %s: must be NAME=JSON, such as %[1]s 'count=3'", flag, arg)
		}
		if !json.Valid([]byte(value)) {
			text, _ := json.Marshal(value)
			return nil, misused("%s %s: the value is no JSON; if it is a text, write %[1]s '%[3]s=%[4]s'", flag, arg, name, text)
		}
		slots = append(slots, slot{name, json.RawMessage(value)})
	}
	return slots, nil
}

// wishes are what the caller wants a request to say.
type wishes struct {
	slots     []slot
	extracted []slot  // what a form is to check
	text      *string // nil: as it is
	intent    string
	entities  []map[string]any
	metadata  json.RawMessage // of the user's message; nil: as it is
	sender    string
	channel   string
	loop      string
	domain    json.RawMessage // nil: as it is
}

// wishes reads the flags that say what the request is to be.
func (p *runParams) wishes() (*wishes, error) {
	w := &wishes{text: p.Text, intent: strings.TrimPrefix(p.Intent, "/"), sender: p.Sender, channel: p.Channel, loop: p.ActiveLoop}
	var err error
	if w.slots, err = parseSlots("--slot", p.Slot); err != nil {
		return nil, err
	}
	if w.extracted, err = parseSlots("--extracted", p.Extracted); err != nil {
		return nil, err
	}
	if len(w.extracted) > 0 && p.Request != "" {
		return nil, misused("--extracted is for a short request; the one of --request has the slots that were filled in its events")
	}
	if w.entities, err = parseEntities(p.Entity, p.Text); err != nil {
		return nil, err
	}
	if p.Metadata != "" {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(p.Metadata), &object); err != nil || object == nil {
			return nil, misused(`--metadata: must be a JSON object, such as --metadata '{"city": "Ulm"}'`)
		}
		w.metadata = json.RawMessage(p.Metadata)
	}
	if p.Domain != "" {
		if w.domain, err = readDomain(p.Domain); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// parseEntities reads NAME=VALUE arguments. A value that is JSON is what it says, another one is a text.
func parseEntities(args []string, text *string) ([]map[string]any, error) {
	var entities []map[string]any
	for _, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if !found || name == "" {
			return nil, misused("--entity %s: must be NAME=VALUE, such as --entity city=Ulm", arg)
		}
		entity := map[string]any{"entity": name, "value": value, "confidence_entity": 1.0, "extractor": "cli"}
		if json.Valid([]byte(value)) {
			entity["value"] = json.RawMessage(value)
		}
		if text != nil {
			if before, _, said := strings.Cut(*text, value); said && value != "" {
				start := len([]rune(before))
				entity["start"], entity["end"] = start, start+len([]rune(value))
			}
		}
		entities = append(entities, entity)
	}
	return entities, nil
}

// readDomain reads a domain from YAML or JSON, which is YAML, too.
func readDomain(path string) (json.RawMessage, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, failed("--domain: there is no file %s", path)
	case err != nil:
		return nil, failed("--domain: %v", err)
	}
	if strings.EqualFold(filepath.Ext(path), ".json") && json.Valid(text) && bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return text, nil
	}
	var domain map[string]any
	if err := yaml.Unmarshal(text, &domain); err != nil || domain == nil {
		reason := "it holds no names with values, such as slots:"
		if err != nil {
			reason = strings.TrimPrefix(err.Error(), "yaml: ")
		}
		return nil, failed("--domain: %s is no domain: %s", path, reason)
	}
	made, err := json.Marshal(plainYAML(domain))
	if err != nil {
		return nil, failed("--domain: %s holds what JSON can't, such as .nan or .inf: %v", path, err)
	}
	return made, nil
}

// plainYAML has texts for names, which JSON needs.
func plainYAML(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = plainYAML(value)
		}
	case map[any]any:
		named := make(map[string]any, len(v))
		for key, value := range v {
			text, err := yaml.Marshal(key)
			if err == nil {
				named[strings.TrimSpace(string(text))] = plainYAML(value)
			}
		}
		return named
	case []any:
		for i := range v {
			v[i] = plainYAML(v[i])
		}
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return v
}

// says tells whether there is anything about the user's message.
func (w *wishes) says() bool {
	return w.text != nil || w.intent != "" || len(w.entities) > 0 || w.metadata != nil
}

// shortRequest makes up a whole request of a conversation in which the user said what is wished, if that is given.
func (w *wishes) shortRequest(action string) ([]byte, error) {
	values := map[string]json.RawMessage{}
	for _, s := range w.slots {
		values[s.name] = s.value
	}
	sender, channel := "cli", "cli"
	if w.sender != "" {
		sender = w.sender
	}
	if w.channel != "" {
		channel = w.channel
	}
	loop := w.formOf(action)
	tracker := map[string]any{
		"sender_id": sender, "slots": values, "latest_message": message(""), "events": []any{}, "paused": false,
		"followup_action": nil, "active_loop": activeLoop(loop), "latest_action_name": "action_listen",
		"latest_input_channel": channel, "latest_event_time": nil, "stack": []any{},
	}
	if w.says() {
		said := message("/" + w.intent)
		if w.intent == "" {
			said = message("")
		}
		w.change(said)
		event := userEvent(said, channel)
		tracker["latest_message"], tracker["events"], tracker["latest_event_time"] = said, []any{event}, event["timestamp"]
	}
	w.extract(values, tracker)
	domain := w.domain
	if domain == nil {
		domain = w.formDomain(loop)
	}
	return json.Marshal(map[string]any{"next_action": action, "sender_id": sender, "tracker": tracker, "domain": domain})
}

func activeLoop(name string) map[string]any {
	if name == "" {
		return map[string]any{}
	}
	return map[string]any{"name": name}
}

func message(text string) map[string]any {
	return map[string]any{"text": text, "intent": map[string]any{"name": nil, "confidence": 0.0}, "entities": []any{},
		"intent_ranking": []any{}, "metadata": map[string]any{}}
}

// change makes a message what is wished.
func (w *wishes) change(message map[string]any) {
	if w.text != nil {
		message["text"] = *w.text
	}
	if w.intent != "" {
		intent := map[string]any{"name": w.intent, "confidence": 1.0}
		message["intent"], message["intent_ranking"] = intent, []any{intent}
	}
	if w.entities != nil {
		message["entities"] = w.entities
	}
	if w.metadata != nil {
		message["metadata"] = w.metadata
	}
}

func userEvent(said map[string]any, channel string) map[string]any {
	return map[string]any{"event": "user", "timestamp": float64(time.Now().UnixMilli()) / 1000, "text": said["text"],
		"parse_data": said, "input_channel": channel, "metadata": said["metadata"]}
}
