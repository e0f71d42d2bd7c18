package recording

import (
	"errors"
	"fmt"
)

// Rules say which values are hidden. Each is the end of a path of names: "password" is every member of that name, "slots.password" those
// that stand in a member slots, "metadata.*" all that metadata has. Lists count for nothing on the way. The names that Rasa goes by, such as
// that of an event's slot, are no such member of a rule that is a single name.
type Rules []Path

// ParseRules reads them; the error has a line for each mistake.
func ParseRules(texts []string) (Rules, error) {
	var rules Rules
	var wrong []error
	for _, text := range texts {
		path, err := ParsePath(text)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		var names Path
		for _, step := range path {
			if step.List && !step.Any {
				err = fmt.Errorf("%q: what is hidden is hidden in every place of a list; leave the [%d] out", text, step.Index)
			}
			if !step.List {
				names = append(names, step)
			}
		}
		if err == nil && len(names) == 0 {
			err = fmt.Errorf("%q: a name is missing; a path looks like slots.password", text)
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		rules = append(rules, names)
	}
	return rules, errors.Join(wrong...)
}

// hide says whether what stands under these names is hidden. A word, a name that Rasa goes by, takes more than its own name, such as
// intent.name: "name" means what people are called, and a recording without the names of its slots and intents tells nothing.
func (r Rules) hide(names []string, word bool) bool {
	for _, rule := range r {
		if (!word || len(rule) > 1) && endsWith(names, rule) {
			return true
		}
	}
	return false
}

func endsWith(names []string, rule Path) bool {
	first := len(names) - len(rule)
	if first < 0 {
		return false
	}
	for i, step := range rule {
		if !step.Any && step.Name != names[first+i] {
			return false
		}
	}
	return true
}

// hideSlot says whether the slot of that name is hidden.
func (r Rules) hideSlot(name string) bool {
	return name != "" && r.hide([]string{"tracker", "slots", name}, false)
}
