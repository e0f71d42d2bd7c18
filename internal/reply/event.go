package reply

import (
	"maps"
	"slices"
)

// event is one event of a reply.
type event map[string]any

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// words tell what an event does.
func (e event) words() string {
	kind, _ := e["event"].(string)
	name := plain(e["name"])
	switch kind {
	case "slot":
		if e["value"] == nil {
			return "slot " + name + " is empty now"
		}
		return "slot " + name + " is now " + written(e["value"])
	case "followup":
		return "next action: " + name
	case "active_loop", "form":
		if e["name"] == nil {
			return "the form ends"
		}
		return "form " + name + " begins, or goes on"
	case "loop_interrupted":
		if e["is_interrupted"] == true {
			return "the form is interrupted"
		}
		return "the form is not interrupted"
	case "reminder":
		return e.reminder()
	case "cancel_reminder":
		return "reminders are cancelled" + e.which()
	case "action":
		return "action " + name + " counts as executed"
	case "action_execution_rejected":
		return "action " + name + " counts as rejected"
	case "user":
		return "the user says " + written(e["text"])
	case "bot":
		return "the bot says " + written(e["text"])
	case "agent":
		return "a person says " + written(e["text"])
	}
	if text := plainWords()[kind]; text != "" {
		return text
	}
	return written(map[string]any(e))
}

// plainWords are for the events that have nothing but their kind.
func plainWords() map[string]string {
	return map[string]string{
		"reset_slots":     "all slots are empty now",
		"restart":         "the conversation begins anew, with empty slots",
		"session_started": "a new session begins",
		"session_ended":   "the session ends",
		"rewind":          "the user's last message is taken back",
		"undo":            "the last action is taken back",
		"export":          "the story is exported",
		"pause":           "the bot falls silent until the conversation is resumed",
		"resume":          "the bot takes part again",
	}
}

func (e event) reminder() string {
	text := "reminder"
	if name := plain(e["name"]); name != "" {
		text += " " + name
	}
	text += " at " + plain(e["date_time"]) + ", as intent " + plain(e["intent"])
	if list := e["entities"]; list != nil {
		text += " with " + written(list)
	}
	if e["kill_on_user_msg"] == true {
		text += ", unless the user writes before"
	}
	return text
}

// which are the reminders that an event cancels.
func (e event) which() string {
	text := ""
	for _, key := range []string{"name", "intent", "entities"} {
		if e[key] != nil {
			text += ", " + key + " " + plain(e[key])
		}
	}
	if text == "" {
		return ": all of them"
	}
	return ": those with" + text[1:]
}
