package recording

import "github.com/luaction/luaction/rasa/jsondoc"

func isDomain(names []string, key string) bool { return len(names) == 0 && key == "domain" }

// isEvent says whether an object that stands under names is an event.
func isEvent(v jsondoc.Value, names []string) bool {
	return (len(names) == 0 || last(names) == "events") && v.Get("event").Kind() == jsondoc.String
}

func last(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// isWordOfRasa tells which texts are names that Rasa and scripts go by, not words of a conversation. Anything may have such names in
// what a script or a channel made up; there they are like others.
func isWordOfRasa(names []string, key string, isEvent bool) bool {
	within := last(names)
	switch key {
	case "event", "policy":
		return isEvent
	case "next_action", "version", "domain_digest":
		return within == ""
	case "action_name":
		return within == "" || within == "latest_action"
	case "latest_action_name":
		return within == "tracker"
	case "template", "response":
		return within == "responses"
	case "name":
		return isEvent || within == "intent" || within == "intent_ranking" || within == "active_loop"
	case "entity":
		return within == "entities"
	}
	return false
}

// key is what a name is written as. What Rasa reads stays what it is, and so do the names of slots.
func (c *cleaner) key(key string, names []string, isEvent bool) string {
	if isEvent || len(names) < 2 {
		return key
	}
	if instead, found := c.words[key]; found && isOwn(names) {
		return instead
	}
	return c.mask.Text(key)
}

// isOwn says whether the names below these are those of a script or a channel.
func isOwn(names []string) bool {
	for i, name := range names {
		switch name {
		case "custom", "metadata", "value", "data", "elements", "attachment":
			return true
		case "slots":
			return i+1 < len(names) // in the value of a slot
		}
	}
	return false
}
