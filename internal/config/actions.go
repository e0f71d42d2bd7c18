package config

import (
	"encoding/json"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// actions reads the settings of single actions.
func (r *reader) actions(v setting) map[string]Action {
	actions := map[string]Action{}
	for _, m := range r.members(v, "action_slow: { timeout: 25s }") {
		if m.name == "" {
			r.say(m.key, "an action needs a name")
			continue
		}
		a := Action{Domain: "auto", Place: r.place(m.key)}
		r.table(m.value, "{ timeout: 25s }", map[string]func(setting){
			"timeout":  func(v setting) { a.Timeout, _ = r.duration(v, false) },
			"domain":   func(v setting) { a.Domain = r.oneOf(v, "auto", "needed", "never") },
			"on_error": func(v setting) { a.OnError = r.onError(v) },
		})
		actions[m.name] = a
	}
	return actions
}

// onError reads what the user is told when an action failed, and makes the whole answer of it, as the dispatcher would. false is
// an empty one: nothing is told.
func (r *reader) onError(v setting) []byte {
	if v.node.Kind == yaml.ScalarNode && v.node.ShortTag() == "!!bool" && strings.EqualFold(v.node.Value, "false") {
		return []byte{}
	}
	values := map[string][]byte{
		"text": nil, "buttons": []byte("[]"), "elements": []byte("[]"), "custom": []byte("{}"), "template": nil, "response": nil,
		"image": nil, "attachment": nil,
	}
	given := false
	put := func(keys ...string) func(setting) {
		return func(v setting) {
			given = true
			value := r.response(v, keys[0])
			for _, key := range keys {
				values[key] = value
			}
		}
	}
	before := len(r.wrong)
	r.table(v, "{ response: utter_sorry }", map[string]func(setting){
		"text": put("text"), "response": put("response", "template"), "image": put("image"), "attachment": put("attachment"),
		"buttons": put("buttons"), "elements": put("elements"), "json_message": put("custom"),
	})
	if len(r.wrong) > before {
		return nil
	}
	if !given {
		r.fault(v, "says nothing; write for example { response: utter_sorry } or { text: \"Sorry.\" }")
		return nil
	}
	return r.answer(v, values)
}

// answer writes the answer with its one response, checked as every answer is.
func (r *reader) answer(v setting, values map[string][]byte) []byte {
	out := []byte(`{"events":[],"responses":[`)
	for i, key := range rasa.ResponseKeys() {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		out = append(jsondoc.AppendQuote(append(out, separator), key), ':')
		if values[key] == nil {
			out = append(out, "null"...)
		}
		out = append(out, values[key]...)
	}
	out = append(out, "}]}"...)
	doc, err := jsondoc.Parse(out)
	if err != nil {
		r.fault(v, "can't be sent: %v", err)
		return nil
	}
	if problem := rasa.CheckAnswer(doc.Root(), rasa.TargetFor("")); problem != nil {
		r.fault(v, "can't be sent to Rasa: %s", problem.Message)
		return nil
	}
	return out
}

// response reads one key of a response as JSON.
func (r *reader) response(v setting, key string) []byte {
	switch key {
	case "text", "response", "image":
		t, ok := r.text(v, false)
		if ok && t.value == "" {
			r.fault(v, "is empty")
		}
		return jsondoc.AppendQuote(nil, t.value)
	case "buttons", "elements":
		if v.node.Kind != yaml.SequenceNode {
			r.fault(v, "must be a list of tables, and it is %s", kind(v.node))
			return nil
		}
		for _, item := range v.node.Content {
			if item = real(item); item.Kind != yaml.MappingNode {
				r.fault(setting{item, v.name}, "must be a list of tables, and one item is %s", kind(item))
			}
		}
	}
	return r.json(nil, v)
}

// json writes any value as JSON, names in their order.
func (r *reader) json(out []byte, v setting) []byte {
	switch v.node.Kind {
	case yaml.MappingNode:
		out = append(out, '{')
		for i, m := range r.members(v, "") {
			if i > 0 {
				out = append(out, ',')
			}
			out = r.json(append(jsondoc.AppendQuote(out, m.name), ':'), m.value)
		}
		return append(out, '}')
	case yaml.SequenceNode:
		out = append(out, '[')
		for i, item := range v.node.Content {
			if i > 0 {
				out = append(out, ',')
			}
			out = r.json(out, setting{real(item), v.name})
		}
		return append(out, ']')
	}
	return r.scalar(out, v)
}

func (r *reader) scalar(out []byte, v setting) []byte {
	switch v.node.ShortTag() {
	case "!!null":
		return append(out, "null"...)
	case "!!bool", "!!int", "!!float":
		var value any
		err := v.node.Decode(&value)
		if f, ok := value.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
			break
		}
		if text, failed := json.Marshal(value); err == nil && failed == nil {
			return append(out, text...)
		}
	default:
		if t, ok := r.text(v, false); ok {
			return jsondoc.AppendQuote(out, t.value)
		}
		return out
	}
	r.fault(v, "can't be written as JSON: it is %s", kind(v.node))
	return out
}
