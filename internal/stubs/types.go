package stubs

import (
	"strings"

	"github.com/luaction/luaction/luaapi"
)

// luaType is what the language server calls a type.
func luaType(name string) string {
	switch name {
	case "list":
		return "any[]"
	case "null":
		return "json.null"
	}
	return name // the others have the same name, or a class of their own
}

// result is one type as the language server has it.
func result(r luaapi.Result) string {
	text := luaType(r.Type)
	if r.List {
		text += "[]"
	}
	if r.Nil && text != "any" {
		text += "?"
	}
	return text
}

// types are alternatives. A number does where a text is wanted, as everywhere in Lua, unless strict is set.
func types(declared string, strict bool) (text string, isNil bool) {
	parsed, err := luaapi.ParseTypes(declared)
	if err != nil {
		return "any", false // a test holds that there is none such
	}
	var names []string
	for _, r := range parsed {
		isNil = isNil || r.Nil
		r.Nil = false
		names = append(names, result(r))
	}
	text = strings.Join(names, "|")
	if declared == "string" && !strict {
		text = "string|number"
	}
	return text, isNil
}

// precise are types that say more of a field or a parameter than a declaration does, by "module.field", "module.member.field" or
// "module.member(parameter)". They are for the editor alone: nothing is checked by them when a script runs.
func precise() map[string]string {
	const action = "dispatcher: dispatcher, tracker: tracker, domain: domain"
	form := map[string]string{
		"required_slots": "fun(domain_slots: string[], " + action + "): string[]",
		"extract":        "{ [string]: fun(" + action + "): any }",
		"validate":       "{ [string]: fun(value: any, " + action + "): any }",
	}
	all := map[string]string{
		"tracker.slots":               "table<string, any>",
		"tracker.latest_message":      "message",
		"tracker.active_loop":         "loop",
		"tracker.active_form":         "loop",
		"dispatcher.message.buttons":  "button[]",
		"dispatcher.message.elements": "table[]",
		"response.headers":            "table<string, string>",
		"http.opts.query":             "table<string, any>",
		"http.opts.headers":           "table<string, any>",
		"http.opts.form":              "table<string, any>",
		"http.request.query":          "table<string, any>",
		"http.request.headers":        "table<string, any>",
		"http.request.form":           "table<string, any>",
		"http.all(requests)":          "(string|http.request)[]",
		"db.transaction(f)":           "fun(tx: tx): any?, any?",
		"re.sub(replacement)":         "string|number|fun(m: match): any",
		"table.map(f)":                "fun(value: any, key: any): any",
		"table.filter(f)":             "fun(value: any, index: integer): any",
		"text.template(t)":            "table<string, any>",
		"tracker.current_slot_values": "table<string, any>",
		"tracker.slots_to_validate":   "table<string, any>",
		"knowledge.parts.data":        "string|table<string, table[]>",
		"knowledge.parts.key":         "table<string, string>",
		"knowledge.parts.represent":   "{ [string]: fun(object: table): string }",

		"knowledge.parts.ordinal_mention_mapping":  "{ [string]: fun(list: table[]): table? }",
		"knowledge.parts.get_object_types":         "fun(): string[]",
		"knowledge.parts.get_attributes_of_object": "fun(type: string): string[]",
		"knowledge.parts.get_objects":              "fun(type: string, attributes: { name: string, value: any }[], limit: integer): table[]",
		"knowledge.parts.get_object":               "fun(type: string, identifier: any): table?",
		"knowledge.parts.utter_objects":            "fun(dispatcher: dispatcher, type: string, objects: table[])",
		"knowledge.parts.utter_attribute_value":    "fun(dispatcher: dispatcher, object_name: string, attribute: string, value: any)",
	}
	for field, text := range form {
		all["form.parts."+field] = text
	}
	return all
}
