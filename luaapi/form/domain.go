package form

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// atHand says whether the call's domain is known: one that the call only names, and of which nothing is there, is not.
func atHand(s *luaapi.Session) bool {
	if s.Call.DomainDigest == "" || s.Call.Domain.Exists() {
		return true
	}
	members := s.Domain.Members()
	return members.Next()
}

// section is a part of the domain that the form was given: forms, slots. What no script touched is read where it came from,
// because a domain may be large and is the same in every call.
func section(s *luaapi.Session, domain *lua.LTable, key string) jsondoc.Value {
	v := s.Values
	if doc, untouched := v.Source(domain); untouched {
		return doc.Get(key)
	}
	part, ok := v.Get(domain, key).(*lua.LTable)
	if !ok || s.State.FrozenName(part) != "" {
		return jsondoc.Value{}
	}
	return document(s, part)
}

// document reads a table as JSON, which knows the keys that Lua forgets because they are null; Missing if it can't be JSON.
func document(s *luaapi.Session, table *lua.LTable) jsondoc.Value {
	text, problem := s.Values.AppendText(nil, table, "")
	if problem != nil {
		return jsondoc.Value{}
	}
	doc, err := jsondoc.Parse(text)
	if err != nil {
		return jsondoc.Value{}
	}
	return doc.Root()
}

// formSlots are the slots that the domain lists for the form of an action. An old domain has an object, whose keys they are.
func formSlots(s *luaapi.Session, domain *lua.LTable, action string) []string {
	form := section(s, domain, "forms").Get(strings.Replace(action, "validate_", "", 1))
	return listed(form.Get("required_slots"))
}

// listed are the names in a list, or the keys of an object.
func listed(doc jsondoc.Value) []string {
	var names []string
	switch doc.Kind() {
	case jsondoc.Array:
		for items := doc.Items(); items.Next(); {
			if items.Value().Kind() == jsondoc.String {
				names = append(names, items.Value().Text())
			}
		}
	case jsondoc.Object:
		seen := map[string]bool{}
		for m := doc.Members(); m.Next(); {
			if name := m.Key(); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// globalSlots are the domain's slots that are not bound to a form.
func globalSlots(s *luaapi.Session, domain *lua.LTable) []string {
	slots := section(s, domain, "slots")
	if slots.Kind() != jsondoc.Object {
		return nil
	}
	bound := map[string]bool{} // of a name that comes twice the last counts
	for m := slots.Members(); m.Next(); {
		bound[m.Key()] = inLoop(m.Value())
	}
	var global []string
	for _, name := range listed(slots) {
		if !bound[name] {
			global = append(global, name)
		}
	}
	return global
}

// inLoop says whether a mapping of the slot has a condition with an active loop.
func inLoop(slot jsondoc.Value) bool {
	for mappings := slot.Get("mappings").Items(); mappings.Next(); {
		for conditions := mappings.Value().Get("conditions").Items(); conditions.Next(); {
			if isSet(conditions.Value().Get("active_loop")) {
				return true
			}
		}
	}
	return false
}

// isSet is what the reference takes for true.
func isSet(doc jsondoc.Value) bool {
	switch doc.Kind() {
	case jsondoc.Bool:
		return doc.Bool()
	case jsondoc.Number:
		return doc.Float() != 0
	case jsondoc.String:
		return !doc.TextIs("")
	case jsondoc.Array:
		return doc.Len() > 0
	case jsondoc.Object:
		members := doc.Members()
		return members.Next()
	}
	return false
}
