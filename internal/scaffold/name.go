package scaffold

import (
	"fmt"
	"regexp"
	"strings"
)

// callable are names that can stand in a domain and be a file's name everywhere.
var callable = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// longestName leaves room for "_test.lua" on every file system.
const longestName = 200

// CheckName says what is wrong with an action's name, with one to take instead: Rasa must be able to call it, and it must fit the
// kind of the script.
func CheckName(name, kind string) error {
	bare, isFile := strings.CutSuffix(name, ".lua")
	switch {
	case name == "":
		return fmt.Errorf("the name is empty; write for example %s", natural("", kind))
	case isFile && callable.MatchString(bare):
		return fmt.Errorf("the name of an action has no .lua; write %s", bare)
	case strings.ContainsAny(name, `/\`):
		return fmt.Errorf("the name of an action has no folder in it; write %s, and move the files into a sub-folder when they are there",
			natural(name[strings.LastIndexAny(name, `/\`)+1:], kind))
	case !callable.MatchString(name):
		return fmt.Errorf("%q can't be called by Rasa: a name begins with a letter and has letters, digits, _ and - only; write for example %s",
			name, natural(name, kind))
	case len(name) > longestName:
		return fmt.Errorf("the name is longer than %d letters", longestName)
	case strings.HasPrefix(name, "utter_"):
		return fmt.Errorf("%s is the name of a response: what begins with utter_ Rasa says itself, and never asks the server; write for example action_%s",
			name, strings.TrimPrefix(name, "utter_"))
	case strings.HasSuffix(name, "_test"):
		return fmt.Errorf("%s would be taken for a test: names that end in _test are no actions; write for example %s",
			name, strings.TrimSuffix(name, "_test"))
	}
	return fits(name, kind)
}

// fits holds the name against what Rasa calls a script of the kind by.
func fits(name, kind string) error {
	of, validates := strings.CutPrefix(name, "validate_")
	switch {
	case kind == Form && (!validates || of == ""):
		return fmt.Errorf("the script of a form is called validate_ and the form's name; write %s", natural(name, kind))
	case kind == Slots && validates:
		return fmt.Errorf("%s belongs to a form: use --kind form, or the name action_validate_slot_mappings, which Rasa calls for all slots", name)
	}
	return nil
}

// KindOf is the kind of script that a name is for by Rasa's customs.
func KindOf(name string) string {
	switch {
	case strings.HasPrefix(name, "validate_") && strings.HasSuffix(name, "_form"):
		return Form
	case name == "action_validate_slot_mappings":
		return Slots
	case name == "action_query_knowledge_base":
		return KnowledgeBase
	}
	return Action
}

// Advice is what to know about a name that is allowed, and perhaps not meant; "" if there is nothing to say.
func Advice(name, kind string) string {
	switch {
	case kind == Slots && name != "action_validate_slot_mappings":
		return "Rasa calls action_validate_slot_mappings by itself; " + name + " only where a slot's mapping in the domain says action: " + name
	case kind == Action && strings.HasPrefix(name, "validate_") && strings.HasSuffix(name, "_form"):
		return name + " looks like a form's script, which --kind form begins"
	case kind == Action && name == "action_validate_slot_mappings":
		return "Rasa has this action check slots, which --kind slots begins"
	}
	return ""
}

// natural makes a name that fits the kind of what was given.
func natural(name, kind string) string {
	plain := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(strings.TrimSuffix(name, ".lua")))
	words := strings.FieldsFunc(plain, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) > 0 && (words[0] == "action" || words[0] == "validate" || words[0] == "utter") {
		words = words[1:]
	}
	base := strings.Join(words, "_")
	switch {
	case kind == Slots:
		return "action_validate_slot_mappings"
	case kind == KnowledgeBase && base == "":
		return "action_query_knowledge_base"
	case kind == Form && base == "":
		return "validate_table_form"
	case kind == Form:
		return "validate_" + strings.TrimSuffix(base, "_form") + "_form"
	case base == "":
		return "action_greet"
	}
	return "action_" + base
}
