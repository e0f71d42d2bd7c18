package rasa

import (
	"math"
	"strconv"
	"strings"

	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/spell"
)

// Problem is the first thing in an answer that Rasa would refuse, and with it the whole answer.
type Problem struct {
	// Place is where it is, items counted from 1: "events[2].value".
	Place string
	// Event is the number of the event, from 1; 0 when it is in no event.
	Event int
	// Key is the name that Place ends with, such as "value"; "" where it ends with an item.
	Key string
	// Message is one sentence for the script's author: what came and what is expected.
	Message string
}

// Error is the place and the message.
func (p *Problem) Error() string { return p.Place + ": " + p.Message }

// CheckAnswer finds what the target would refuse in an answer {"events": […], "responses": […]}: the first problem, or
// nil. It allocates nothing when there is none.
func CheckAnswer(answer jsondoc.Value, target Target) *Problem {
	if answer.Kind() != jsondoc.Object {
		return &Problem{Place: "answer", Message: "the answer must be an object with events and responses" + but(answer)}
	}
	events, responses := answer.Get("events"), answer.Get("responses")
	if p := mustBeList("events", events); p != nil {
		return p
	}
	if p := mustBeList("responses", responses); p != nil {
		return p
	}
	n := 0
	for it := events.Items(); it.Next(); {
		n++
		if p := checkEvent(it.Value(), target); p != nil {
			p.under(item("events", n))
			p.Event = n
			return p
		}
	}
	n = 0
	for it := responses.Items(); it.Next(); {
		n++
		if v := it.Value(); v.Kind() != jsondoc.Object {
			return &Problem{Place: item("responses", n), Message: "a response must be an object such as { text = \"…\" }" + but(v)}
		}
	}
	return nil
}

func mustBeList(key string, v jsondoc.Value) *Problem {
	if v.Exists() && v.Kind() != jsondoc.Array {
		return &Problem{Place: key, Key: key, Message: key + " must be a list" + but(v)}
	}
	return nil
}

// checkEvent checks one event. Places are given as seen from the event.
func checkEvent(event jsondoc.Value, target Target) *Problem {
	if event.Kind() != jsondoc.Object {
		return &Problem{Message: "an event must be an object such as { event = \"restart\" }" + but(event)}
	}
	name := event.Get("event")
	if !name.Exists() {
		return &Problem{Message: "an event needs the key event, such as event = \"slot\""}
	}
	if name.Kind() != jsondoc.String {
		return at("event", "event must be a text such as \"slot\""+but(name))
	}
	known := findEvent(name, target)
	if known == nil {
		return at("event", unknownEvent(name.Text(), target))
	}
	return known.shape.check(event)
}

func findEvent(name jsondoc.Value, target Target) *knownEvent {
	for i := range knownEvents {
		if known := &knownEvents[i]; name.TextIs(known.name) && target.knows(known.since) {
			return known
		}
	}
	return nil
}

func unknownEvent(name string, target Target) string {
	for i := range knownEvents {
		if knownEvents[i].name == name {
			return "this assistant's Rasa is too old to know the event " + strconv.Quote(name)
		}
	}
	message := "Rasa knows no event " + strconv.Quote(shortened(name))
	if near := spell.Nearest(name, EventNames(target)); near != "" {
		return message + "; did you mean " + strconv.Quote(near) + "?"
	}
	for _, known := range EventNames(target) {
		if strings.HasPrefix(name, known) && len(known) > 3 {
			return message + "; did you mean " + strconv.Quote(known) + "?"
		}
	}
	return message
}

// maxShown is how many letters of a wrong name a message repeats.
const maxShown = 64

func shortened(name string) string {
	if letters := []rune(name); len(letters) > maxShown {
		return string(letters[:maxShown]) + "…"
	}
	return name
}

// check holds an object against the shape. Places are given as seen from the object.
func (s *shape) check(v jsondoc.Value) *Problem {
	seen := 0 // a bit for each rule whose key is there
	for m := v.Members(); m.Next(); {
		i := s.find(&m)
		if i < 0 {
			continue
		}
		seen |= 1 << i
		r := &s.rules[i]
		if r.check(m.Value()) == nil {
			continue
		}
		// A name that comes again overrides this one.
		if p := r.check(v.Get(r.key)); p != nil {
			return p.ofKey(r.key)
		}
	}
	for i := range s.rules {
		if r := &s.rules[i]; r.required && seen&(1<<i) == 0 {
			return s.lacks(r).ofKey(r.key)
		}
	}
	return nil
}

// find is the number of the rule for a member, -1 if its key is free.
func (s *shape) find(m *jsondoc.Members) int {
	for i := range s.rules {
		if m.KeyIs(s.rules[i].key) {
			return i
		}
	}
	return -1
}

// lacks is the problem of an object without a required key.
func (s *shape) lacks(r *rule) *Problem {
	message := s.noun + " needs the key " + r.key
	if r.kinds == anything {
		return &Problem{Message: message + "; write json.null if it shall be null"}
	}
	return &Problem{Message: message + ", which must be " + r.kinds.String()}
}

// check holds the value of the rule's key against the rule.
func (r *rule) check(v jsondoc.Value) *Problem {
	switch {
	case !r.kinds.has(v.Kind()):
		return &Problem{Message: r.key + " must be " + r.kinds.String() + but(v)}
	case r.whole && !isWhole(v):
		return &Problem{Message: r.key + " must be a whole number, and it has a fraction"}
	case r.special != nil:
		return r.special(v)
	case r.inside == nil:
		return nil
	case v.Kind() == jsondoc.Object:
		return r.inside.check(v)
	}
	n := 0
	for it := v.Items(); it.Next(); {
		n++
		p := (*Problem)(nil)
		if it.Value().Kind() != jsondoc.Object {
			p = &Problem{Message: "each item of " + r.key + " must be an object" + but(it.Value())}
		} else {
			p = r.inside.check(it.Value())
		}
		if p != nil {
			p.under(item("", n))
			return p
		}
	}
	return nil
}

// isWhole is JSON Schema's idea of an integer: 5.0 is one.
func isWhole(v jsondoc.Value) bool {
	f := v.Float()
	return v.IsInteger() || f == math.Trunc(f) && !math.IsInf(f, 0)
}

// ofKey puts the key before the problem's own place.
func (p *Problem) ofKey(key string) *Problem {
	if p.Place == "" {
		p.Key = key
	}
	p.under(key)
	return p
}

// under puts place before the problem's own.
func (p *Problem) under(place string) {
	switch {
	case p.Place == "":
		p.Place = place
	case p.Place[0] == '[':
		p.Place = place + p.Place
	default:
		p.Place = place + "." + p.Place
	}
}

func at(key, message string) *Problem { return &Problem{Place: key, Key: key, Message: message} }

func item(list string, n int) string { return list + "[" + strconv.Itoa(n) + "]" }

// but ends a sentence that said what is expected.
func but(v jsondoc.Value) string {
	if v.Kind() == jsondoc.Array && v.Len() == 0 {
		return ", and it is an empty list"
	}
	return ", and it is " + article(v.Kind())
}
