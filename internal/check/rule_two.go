package check

import (
	"fmt"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
)

// twoValues finds calls such as tonumber(s:gsub(…)), where the second value of the last argument becomes an argument of its own.
func (c *checkedCall) twoValues() {
	if len(c.args) == 0 {
		return
	}
	call, ok := c.args[len(c.args)-1].(*tree.Call)
	if !ok {
		return
	}
	name, number := c.second(call)
	if name == "" {
		return
	}
	taken := c.takes()
	if taken == "" {
		return
	}
	message := fmt.Sprintf("`%s` gives two values, and the second one becomes %s of `%s`", name, taken, c.name)
	if number {
		message = fmt.Sprintf("`gsub` gives two values, the text and a number, and the number becomes %s of `%s`", taken, c.name)
	}
	if module := c.fn.module.Name; module == "base" || module == "table" {
		message = "`gsub` gives two values, the text and a number, and both are handed on"
	}
	tell := c.add
	if c.fn.module.Name == "string" || !number {
		tell = c.warn // it may be harmless
	}
	tell("two-values", call, message, fmt.Sprintf("put parentheses around it: `(%s)`", c.text(call)))
}

// second is the name of a function that gives a second value which nobody wants to hand on; number tells that it is gsub's.
func (c *checkedCall) second(call *tree.Call) (name string, number bool) {
	fn := c.callee(call)
	if call.Method != nil && call.Method.Value == "gsub" && (fn.member == nil || fn.module.Name == "string") || fn.member != nil && fn.member.Name == "gsub" && fn.module.Name == "string" {
		return "gsub", true
	}
	if !c.fn.member.Named {
		return "", false // what gets two values on purpose is not known
	}
	if fn.fn != nil && c.returnsTwo(fn.fn) {
		return c.text(call), false
	}
	if fn.member == nil || fn.weak || fn.module.Name == "base" || fn.module.Name == "coroutine" || fn.module.Name == "time" || fn.member.Name == "match" || fn.member.Name == "byte" {
		return "", false
	}
	if results, err := luaapi.ParseReturns(fn.member.Returns); err != nil || len(results) != 2 {
		return "", false
	}
	return memberName(fn), false
}

// returnsTwo tells whether a function of the script returns a second value somewhere.
func (p *pass) returnsTwo(fn *tree.Function) bool {
	two, ok := p.twos[fn]
	if !ok {
		for _, r := range fn.Returns {
			two = two || len(r.Values) == 2 && p.typeOf(r.Values[1]).kind != isNil
		}
		p.twos[fn] = two
	}
	return two
}

// takes is what the value behind the last argument would become, "" if nothing.
func (c *checkedCall) takes() string {
	at := len(c.args)
	switch c.fn.module.Name {
	case "dispatcher":
		if at == 1 && (c.fn.member.Name == "utter_message" || c.fn.member.Name == "stream_chunk") {
			return "a second argument"
		}
	case "base":
		if c.fn.member.Name != "tonumber" {
			return ""
		}
	case "math", "coroutine":
		return ""
	}
	if c.fn.member.Named {
		if spec, ok := c.world.events[c.fn.member.Name]; ok && at < len(spec.Params) {
			return "the " + spec.Params[at].Name
		}
		return ""
	}
	if at >= len(c.fn.member.Params) || c.fn.member.Params[at].Rest || at > 0 && c.fn.member.Params[at-1].Rest {
		return ""
	}
	return "the " + c.fn.member.Params[at].Name
}
