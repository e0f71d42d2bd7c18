package assistant

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/known"
)

// Names are the lists of what scripts may name of the assistant, by kind. A broken domain has none.
func (d *Domain) Names() map[string]known.List {
	if len(d.Broken) > 0 {
		return nil
	}
	lists := map[string]known.List{
		"slot":     list(d.Slots, "slot", "slots", d.ownSlots()),
		"form":     list(d.Forms, "form", "forms", nil),
		"response": list(d.Responses, "response", "responses", ownResponses()),
		"action":   list(d.Actions, "action", "actions", ownActions()),
		"intent":   list(d.Intents, "intent", "intents", ownIntents()),
		"entity":   list(d.Entities, "entity", "entities", nil),
	}
	entities := lists["entity"]
	entities.Open, entities.Warning = true, true // extractors bring some that the domain needn't list
	lists["entity"] = entities
	actions, intents, responses := lists["action"], lists["intent"], lists["response"]
	actions.Names = append(actions.Names, slices.Sorted(maps.Keys(d.Forms))...)
	actions.Names = append(actions.Names, slices.Sorted(maps.Keys(d.Responses))...)
	actions.Also = func(name string) bool { // Rasa makes an action of each intent that has responses
		return has(d.Texts, name) || has(d.Fillers, name) || slices.Contains(ownResponses(), name) || d.isRetrieval(name)
	}
	actions.Message, actions.Hint = either(responses.Message, actions.Message), either(responses.Hint, actions.Hint)
	responses.Also = d.isRetrieval
	intents.Also = func(name string) bool {
		intent, _, retrieval := strings.Cut(name, "/")
		return retrieval && has(d.Intents, intent)
	}
	lists["action"], lists["intent"], lists["response"] = actions, intents, responses
	if len(d.Intents) == 0 { // an assistant of flows
		delete(lists, "intent")
	}
	return lists
}

func list(names map[string]Place, noun, section string, own []string) known.List {
	return known.List{
		Names:   slices.Sorted(maps.Keys(names)),
		More:    own,
		Rule:    "not-in-domain",
		Message: func(name string) string { return fmt.Sprintf("the domain has no %s `%s`", noun, name) },
		Hint: func(name string) string {
			return fmt.Sprintf("add it below `%s:` in the domain, or write one that is there", section)
		},
	}
}

// either speaks of a response where an action's name is that of one.
func either(response, action func(string) string) func(string) string {
	return func(name string) string {
		if strings.HasPrefix(name, "utter_") {
			return response(name)
		}
		return action(name)
	}
}

// isRetrieval says whether a name is that of a group of responses: utter_faq for utter_faq/opening_hours.
func (d *Domain) isRetrieval(name string) bool {
	for response := range d.Responses {
		if strings.HasPrefix(response, name+"/") {
			return true
		}
	}
	return false
}
