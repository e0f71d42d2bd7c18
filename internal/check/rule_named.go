package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

// fields looks at a table whose names a parameter declares, or at each in a list.
func (c *checkedCall) fields(t *tree.Table, param *luaapi.Param) {
	if !strings.HasPrefix(param.Type, "list") {
		c.named(t, param)
		return
	}
	for _, f := range t.Fields {
		if item, ok := f.Value.(*tree.Table); ok && f.Key == nil {
			c.named(item, param)
		}
	}
}

// named looks at a table whose names a parameter declares.
func (c *checkedCall) named(t *tree.Table, param *luaapi.Param) {
	known := make([]string, 0, len(param.Fields))
	for i := range param.Fields {
		known = append(known, param.Fields[i].Name)
	}
	seen := map[string]bool{}
	open := false
	for _, f := range t.Fields {
		key, ok := f.Key.(*tree.String)
		if !ok {
			open = open || f.Key != nil
			c.unnamed(f, param)
			continue
		}
		seen[key.Value] = true
		i := slices.Index(known, key.Value)
		if i < 0 {
			seen[c.unknownKey(key, known, param)] = true
			continue
		}
		c.option(&param.Fields[i], key, f.Value)
	}
	for i := range param.Fields {
		f := &param.Fields[i]
		if f.Required && !seen[f.Name] && !open {
			c.add("missing-field", t, fmt.Sprintf("`%s` needs `%s`", c.name, f.Name), c.example())
		}
	}
}

// unnamed is for a part of the table that has no constant name.
func (c *checkedCall) unnamed(f tree.Field, param *luaapi.Param) {
	if f.Key != nil {
		return
	}
	rule := c.optionRule()
	if param.Open {
		rule = "one-message"
	}
	c.add(rule, f.Value, fmt.Sprintf("`%s` needs a name for each thing in the table", c.name), fmt.Sprintf("write `%s = …`", param.Fields[0].Name))
}

// unknownKey tells of a name that the table may not have, and returns the one that was probably meant.
func (c *checkedCall) unknownKey(key *tree.String, known []string, param *luaapi.Param) (near string) {
	near = spell.Nearest(key.Value, known)
	if param.Open {
		if near != "" && len(key.Value) > 2 {
			c.warn("message-key", key, fmt.Sprintf("`%s` is no key that Rasa knows, and goes out as it is", key.Value), "did you mean `"+near+"`?")
		}
		return near
	}
	if short := abridged(key.Value, known); short != "" {
		near = short
	}
	hint := "it takes " + strings.Join(known, ", ")
	switch {
	case near != "":
		hint = "did you mean `" + near + "`?"
	case c.name == "form" || c.name == "slots":
		hint += fmt.Sprintf("; what checks a slot stands inside validate: `validate = { %s = function(value) … end }`", key.Value)
	}
	c.add(c.optionRule(), key, fmt.Sprintf("`%s` doesn't know `%s`", c.name, key.Value), hint)
	return near
}

// optionRule is the rule of a name that a table may not have.
func (c *checkedCall) optionRule() string {
	switch c.name {
	case "form", "slots", "knowledge_base":
		return "form-key"
	case "run_action":
		return "given"
	case "time.add":
		return "time-unit"
	}
	return "unknown-option"
}

// abridged is a known name that the word shortens: min for minutes, required for required_slots.
func abridged(word string, known []string) string {
	for _, name := range known {
		if len(word) > 2 && (strings.HasPrefix(name, word) || strings.HasPrefix(word, name)) {
			return name
		}
	}
	return ""
}

func (c *checkedCall) option(f *luaapi.Field, key *tree.String, value tree.Expr) {
	t := c.typeOf(value)
	if f.Type == "" || !t.sure() || t.weak || t.kind == isNil || allowed(f.Type, t) {
		return
	}
	hint := ""
	if t.kind == isString && f.Type == "number" {
		hint = "write the number without quotes, or `tonumber(…)`"
	}
	c.add("argument-type", value, fmt.Sprintf("`%s`: %s must be %s, but is %s", c.name, key.Value, spoken(f.Type), c.spoken(value)), hint)
}

// event looks at the call of an event builder.
func (c *checkedCall) event() {
	spec, ok := c.world.events[c.fn.member.Name]
	if !ok {
		return
	}
	if len(c.args) == 1 {
		if t := c.constructor(&tree.Call{Args: c.args}, 0); t != nil {
			c.eventFields(&spec, t)
			return
		}
		if t := c.typeOf(c.args[0]); t.kind != unknown && t.kind == isTable {
			return
		}
	}
	for i := range spec.Params {
		param := &spec.Params[i]
		switch {
		case i < len(c.args):
			c.eventArgument(spec.Builder, i)
			if param.Required && c.typeOf(c.args[i]).kind == isNil {
				c.add("missing-argument", c.args[i], fmt.Sprintf("`%s` needs %s, but gets nil", c.name, param.Name), c.eventHint())
			}
		case param.Required && !c.spread():
			at := tree.Node(c.call)
			if c.call.Close.End > 0 {
				at = c.call.Close
			}
			c.add("missing-argument", at, fmt.Sprintf("`%s` needs %s", c.name, param.Name), c.eventHint())
			return
		}
	}
	if len(c.args) > len(spec.Params) {
		c.add("too-many-arguments", c.args[len(spec.Params)], fmt.Sprintf("`%s` takes at most %s", c.name, strings.Join(paramNames(&spec), ", ")),
			fmt.Sprintf("write other fields by name: `%s { %s = …, metadata = … }`", c.name, spec.Params[0].Name))
	}
}

// eventArgument looks at the type of a builder's argument.
func (c *checkedCall) eventArgument(builder string, i int) {
	if i >= len(c.fn.member.Params) {
		return
	}
	param := &c.fn.member.Params[i]
	if param.Type == "any" && c.unsendable(c.args[i]) {
		return
	}
	t := c.typeOf(c.args[i])
	if !t.sure() || t.weak || t.kind == isNil || t.kind == isModule || allowed(param.Type, t) || t.kind == isObject && t.lua() == "" {
		return
	}
	c.add("argument-type", c.args[i], fmt.Sprintf("`%s`: %s must be %s, but is %s", builder, param.Name, spoken(param.Type), c.spoken(c.args[i])), c.eventHint())
}

// unsendable finds functions in what an event carries, and tells whether there was one.
func (c *checkedCall) unsendable(e tree.Expr) bool {
	if t, ok := tree.Plain(e).(*tree.Table); ok {
		found := false
		for _, f := range t.Fields {
			found = c.unsendable(f.Value) || found
		}
		return found
	}
	if t := c.typeOf(e); t.kind != isFunction || !t.sure() || t.weak {
		return false
	}
	hint := "call it, with parentheses behind it, or leave it out"
	if _, ok := tree.Plain(e).(*tree.Function); ok {
		hint = "call it and send what it gives, or leave it out"
	}
	c.add("unsendable", e, fmt.Sprintf("`%s`: a function can't be sent to Rasa", c.name), hint)
	return true
}

// eventHint is a right call of a builder.
func (c *checkedCall) eventHint() string {
	text := strings.TrimSuffix(strings.TrimPrefix(c.fn.member.Example, "return { "), " }")
	if text == "" {
		return ""
	}
	return "write for example `" + text + "`"
}

func paramNames(spec *rasa.EventSpec) []string {
	names := make([]string, len(spec.Params))
	for i := range spec.Params {
		names[i] = spec.Params[i].Name
	}
	return names
}

func (c *checkedCall) eventFields(spec *rasa.EventSpec, t *tree.Table) {
	known := paramNames(spec)
	for i := range spec.Params {
		if !slices.Contains(known, spec.Params[i].Key) && !spec.Params[i].Negated {
			known = append(known, spec.Params[i].Key)
		}
	}
	if !slices.Contains(known, "metadata") {
		known = append(known, "metadata")
	}
	given := map[*rasa.EventParam]bool{}
	open := false
	for _, f := range t.Fields {
		key, ok := f.Key.(*tree.String)
		if !ok {
			if f.Key == nil {
				c.add("unknown-field", f.Value, fmt.Sprintf("`%s` takes names in a table, not items", c.name), fmt.Sprintf("write `%s { %s = … }`, or parentheses instead of braces", c.name, spec.Params[0].Name))
				return
			}
			open = true
			continue
		}
		param := spec.Param(key.Value)
		if param == nil && key.Value != "metadata" {
			hint := "it takes " + strings.Join(known, ", ")
			if near := spell.Nearest(key.Value, known); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			c.add("unknown-field", key, fmt.Sprintf("`%s` doesn't know `%s`", c.name, key.Value), hint)
			open = true // what is missing is probably this one
			continue
		}
		if param != nil && c.typeOf(f.Value).kind != isNil {
			given[param] = true
		}
		c.unsendable(f.Value)
	}
	for i := range spec.Params {
		if param := &spec.Params[i]; param.Required && !given[param] && !open {
			c.add("missing-field", t, fmt.Sprintf("`%s` needs `%s`", c.name, param.Name), c.eventHint())
		}
	}
}
