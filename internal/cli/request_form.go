package cli

import (
	"encoding/json"
	"strings"
)

// formOf is the active form: the one wished, or that of the action if it is to check what was extracted; "" for none.
func (w *wishes) formOf(action string) string {
	if form, ok := strings.CutPrefix(action, "validate_"); ok && w.loop == "" && len(w.extracted) > 0 {
		return form
	}
	return w.loop
}

// extract fills in the slots that were just found: they have their values, and stand as the last events.
func (w *wishes) extract(values map[string]json.RawMessage, tracker map[string]any) {
	events, _ := tracker["events"].([]any)
	for _, s := range w.extracted {
		values[s.name] = s.value
		events = append(events, map[string]any{"event": "slot", "timestamp": nil, "name": s.name, "value": s.value})
	}
	tracker["events"] = events
}

// formDomain is the domain of a conversation without one: the form requires what was extracted.
func (w *wishes) formDomain(form string) json.RawMessage {
	if len(w.extracted) == 0 {
		return json.RawMessage("{}")
	}
	slots, names := map[string]any{}, []string{}
	for _, s := range w.extracted {
		slots[s.name] = map[string]any{"type": "any", "mappings": []any{map[string]any{"type": "custom"}}}
		names = append(names, s.name)
	}
	domain := map[string]any{"slots": slots}
	if form != "" {
		domain["forms"] = map[string]any{form: map[string]any{"required_slots": names}}
	}
	text, err := json.Marshal(domain)
	if err != nil {
		return json.RawMessage("{}") // values were JSON when they were read
	}
	return text
}
