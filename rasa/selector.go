package rasa

import (
	"unicode"

	"github.com/luaction/luaction/rasa/jsondoc"
)

var textItem = shape{rules: []rule{{key: "text", kinds: text}}}

var selectedShape = shape{rules: []rule{
	{key: "response", kinds: object, inside: &shape{rules: []rule{
		{key: "responses", kinds: list, inside: &textItem},
		{key: "response_templates", kinds: list, inside: &textItem},
		{key: "confidence", kinds: number},
		{key: "intent_response_key", kinds: text},
		{key: "utter_action", kinds: text},
		{key: "template_name", kinds: text},
	}}},
	{key: "ranking", kinds: list, inside: &shape{rules: []rule{
		{key: "id", kinds: number},
		{key: "confidence", kinds: number},
		{key: "intent_response_key", kinds: text},
	}}},
}}

// checkSelector checks parse_data.response_selector. Rasa wants exactly one of two things there: all_retrieval_intents
// is a list if it is there, or every other member has the form of a selected response. Both hold for {} and for one
// that has selected responses only, so Rasa refuses these; a list of intents fails the second and makes it right.
func checkSelector(v jsondoc.Value) *Problem {
	intents := v.Get("all_retrieval_intents")
	first := !intents.Exists() || intents.Kind() == jsondoc.Array
	second := true
	for m := v.Members(); m.Next() && second; {
		switch {
		case m.KeyIs("all_retrieval_intents"):
			second = isSelected(intents)
		case named(&m) && !isSelected(m.Value()):
			second = isSelected(v.Get(m.Key())) // of equal names the last one counts
		}
	}
	switch {
	case first != second:
		return nil
	case first:
		return &Problem{Message: "response_selector needs the list all_retrieval_intents; leave response_selector out if there is none"}
	default:
		return at("all_retrieval_intents", "all_retrieval_intents must be a list"+but(intents))
	}
}

func isSelected(v jsondoc.Value) bool {
	return v.Kind() == jsondoc.Object && selectedShape.check(v) == nil
}

// named tells whether a member's name has a letter, a digit, _ or / in it.
func named(m *jsondoc.Members) bool {
	var room [64]byte
	for _, r := range string(m.AppendKey(room[:0])) {
		if r == '_' || r == '/' || unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}
