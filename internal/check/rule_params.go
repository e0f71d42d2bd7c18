package check

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
)

// checkParameters looks at the order of parameters, which goes by position and not by name.
func (p *pass) checkParameters() {
	for _, fn := range p.handlers() {
		h := p.handled[fn]
		want := parameters(h)
		if i := misplaced(fn, h); i >= 0 {
			l := fn.Params[i]
			p.warn("parameter-order", l, fmt.Sprintf("parameter %d is %s, though it is named `%s`", i+1, meaning(want, i), l.Name),
				"write `function("+strings.Join(want, ", ")+")`; the last ones may be left out")
		}
	}
}

// parameters are what the server gives to a function.
func parameters(h handler) []string {
	switch h {
	case aValidator:
		return []string{"value", "dispatcher", "tracker", "domain"}
	case aRequest:
		return []string{"domain_slots", "dispatcher", "tracker", "domain"}
	}
	return []string{"dispatcher", "tracker", "domain"}
}

// misplaced is the first parameter that has the name of one at another place, -1 if there is none.
func misplaced(fn *tree.Function, h handler) int {
	for i, l := range fn.Params {
		if at := position(parameters(h), l.Name); at != i && (at >= 0 || l.Name == "self" && i == 0) {
			return i
		}
	}
	return -1
}

func position(want []string, name string) int {
	for i, w := range want {
		if w == name {
			return i
		}
	}
	return -1
}

func meaning(want []string, i int) string {
	if i >= len(want) {
		return "never given"
	}
	switch want[i] {
	case "value":
		return "the slot's value"
	case "domain_slots":
		return "the list of slots"
	}
	return "the " + want[i]
}

// checkCount finds locals that a call has no value for.
func (p *pass) checkCount(n *tree.LocalStmt) {
	if len(n.Values) == 0 || len(n.Locals) < len(n.Values) {
		return
	}
	call, ok := n.Values[len(n.Values)-1].(*tree.Call)
	if !ok {
		return
	}
	fn := p.callee(call)
	if fn.member == nil || fn.weak || fn.member.Name == "transaction" || fn.member.Name == "require" {
		return
	}
	results, err := luaapi.ParseReturns(fn.member.Returns)
	if err != nil || fromLua(fn.module.Name) {
		return
	}
	at := len(n.Values) - 1 + len(results)
	if at < len(n.Locals) && n.Locals[at].Sets == 0 {
		p.warn("no-value", n.Locals[at], fmt.Sprintf("`%s` is always nil: `%s` gives %s", n.Locals[at].Name, memberName(fn), values(len(results))), "")
	}
}

func values(n int) string {
	if n == 0 {
		return "nothing"
	}
	return count(n, "value")
}

// fromLua tells whether a module is of Lua's own, whose results are not all declared.
func fromLua(name string) bool {
	switch name {
	case "base", "string", "table", "coroutine", "os":
		return true
	}
	return false
}
