package check

import (
	"fmt"
	"slices"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/spell"
)

// checkBinary looks at an operator between two values.
func (p *pass) checkBinary(n *tree.Binary) {
	switch n.Op {
	case "==", "~=":
		p.noteCompared(n)
		p.checkIntentName(n.Left, n.Right)
		p.checkIntentName(n.Right, n.Left)
		p.checkEqual(n)
	case "<", ">", "<=", ">=":
		p.checkOrder(n)
	case "..":
		p.checkJoin(n.Left)
		if right, ok := n.Right.(*tree.Binary); !ok || right.Op != ".." {
			p.checkJoin(n.Right)
		}
	case "+", "-", "*", "/", "%", "^":
		p.checkReckon(n, n.Left)
		p.checkReckon(n, n.Right)
	case "or":
		p.checkEither(n)
	case "and":
		p.checkBoth(n)
	}
}

// checkEqual finds comparisons that always have the same outcome.
func (p *pass) checkEqual(n *tree.Binary) {
	if p.checkNot(n) || p.checkTypeName(n.Left, n.Right) || p.checkTypeName(n.Right, n.Left) || p.checkSpelled(n) {
		return
	}
	if p.checkNewTable(n) {
		return
	}
	left, right := p.typeOf(n.Left), p.typeOf(n.Right)
	a, b := left.lua(), right.lua()
	if a == "" || b == "" || a == b || left.weak || right.weak || a == "nil" || b == "nil" {
		return
	}
	outcome := "false"
	if n.Op == "~=" {
		outcome = "true"
	}
	p.warn("comparison", n, fmt.Sprintf("this is always %s: it compares %s with %s", outcome, p.spoken(n.Left), p.spoken(n.Right)), p.compareHint(n, left, right))
}

// checkNewTable finds x == {}: a table equals itself only, and one that is made here is no other.
func (p *pass) checkNewTable(n *tree.Binary) bool {
	for _, pair := range [2][2]tree.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		t, ok := tree.Plain(pair[1]).(*tree.Table)
		if !ok {
			continue
		}
		outcome, hint := "false", "compare what is in them, item by item"
		if n.Op == "~=" {
			outcome = "true"
		}
		if x := p.text(pair[0]); len(t.Fields) == 0 {
			hint = fmt.Sprintf("to ask whether there is nothing in it write `next(%s) == nil`", x)
			if n.Op == "~=" {
				hint = fmt.Sprintf("to ask whether there is something in it write `next(%s) ~= nil`", x)
			}
		}
		p.warn("comparison", n, fmt.Sprintf("this is always %s: a table equals itself only, not a new one that holds the same", outcome), hint)
		return true
	}
	return false
}

func (p *pass) compareHint(n *tree.Binary, left, right typ) string {
	for _, pair := range [2]struct {
		e     tree.Expr
		other typ
	}{{n.Left, right}, {n.Right, left}} {
		s, ok := tree.Plain(pair.e).(*tree.String)
		if !ok {
			continue
		}
		if pair.other.sent == anIntent {
			x := n.Left
			if pair.e == n.Left {
				x = n.Right
			}
			return fmt.Sprintf("write `%s.name`", p.text(x))
		}
		if _, ok := number.Parse(s.Value); ok && pair.other.kind == isNumber {
			return fmt.Sprintf("write `%s` without quotes", s.Value)
		}
		if (s.Value == "true" || s.Value == "false") && pair.other.kind == isBool {
			return fmt.Sprintf("write `%s` without quotes", s.Value)
		}
	}
	if left.kind == isNumber && right.kind == isString || left.kind == isString && right.kind == isNumber {
		return "make a number of the text with `tonumber(…)`"
	}
	return ""
}

// checkNot finds `not x == y`, which Lua reads as `(not x) == y`.
func (p *pass) checkNot(n *tree.Binary) bool {
	not, ok := n.Left.(*tree.Unary)
	if !ok || not.Op != "not" {
		return false
	}
	if right := p.typeOf(n.Right); right.kind == isBool || right.kind == unknown {
		return false
	}
	opposite := "~="
	if n.Op == "~=" {
		opposite = "=="
	}
	p.warn("comparison", n, fmt.Sprintf("Lua reads this as `(%s) %s %s`", p.text(not), n.Op, p.text(n.Right)), fmt.Sprintf("write `%s %s %s`", p.text(not.X), opposite, p.text(n.Right)))
	return true
}

// checkTypeName finds type(x) == "int".
func (p *pass) checkTypeName(side, other tree.Expr) bool {
	call, ok := tree.Plain(side).(*tree.Call)
	if !ok || !p.isGlobal(call.Fn, "type") {
		return false
	}
	if _, ok := tree.Plain(other).(*tree.Nil); ok {
		p.warn("type-name", other, "`type` never gives nil, but the text \"nil\"", `write "nil" in quotes`)
		return true
	}
	s, ok := tree.Plain(other).(*tree.String)
	if !ok {
		return false
	}
	kinds := []string{"nil", "boolean", "number", "string", "table", "function", "userdata", "thread"}
	if slices.Contains(kinds, s.Value) {
		return false
	}
	near := map[string]string{"int": "number", "integer": "number", "float": "number", "str": "string", "text": "string", "bool": "boolean", "list": "table",
		"dict": "table", "array": "table", "object": "table", "None": "nil", "null": "nil", "func": "function"}[s.Value]
	if near == "" {
		near = spell.Nearest(s.Value, kinds)
	}
	hint := "it gives one of nil, boolean, number, string, table, function"
	if near != "" {
		hint = fmt.Sprintf("write %q", near)
	}
	p.warn("type-name", other, fmt.Sprintf("`type` never gives %q", s.Value), hint)
	return true
}

// checkSpelled finds x == "nil".
func (p *pass) checkSpelled(n *tree.Binary) bool {
	for _, pair := range [2][2]tree.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		s, ok := tree.Plain(pair[1]).(*tree.String)
		if !ok || s.Value != "nil" {
			continue
		}
		if t := p.typeOf(pair[0]); t.kind == isString {
			return false // made by type() or tostring()
		}
		p.warn("nil-in-quotes", s, `this compares with the text "nil", which is not nil`, fmt.Sprintf("write `%s %s nil`", p.text(pair[0]), n.Op))
		return true
	}
	return false
}

// checkOrder finds < and > between what has no order.
func (p *pass) checkOrder(n *tree.Binary) {
	left, right := p.typeOf(n.Left), p.typeOf(n.Right)
	const rule = "comparison"
	for _, pair := range [2]struct {
		at       tree.Expr
		one, two typ
	}{{n.Right, left, right}, {n.Left, right, left}} {
		if pair.one.object() == "moment" && pair.one.sure() && pair.two.kind == isString && pair.two.sure() {
			p.add("time-compared", pair.at, "a time can't be compared with a text", fmt.Sprintf("write `time.parse(%s)`", p.text(pair.at)))
			return
		}
	}
	if left.sure() && right.sure() && left.lua() != "" && right.lua() != "" && !left.weak && !right.weak {
		switch {
		case left.kind == right.kind && (left.kind == isNumber || left.kind == isString), left.kind == isObject || right.kind == isObject,
			left.kind == isTable || right.kind == isTable:
		default:
			p.add(rule, n, fmt.Sprintf("`%s` can't compare %s with %s", n.Op, p.spoken(n.Left), p.spoken(n.Right)), p.compareHint(n, left, right))
			return
		}
	}
	for _, pair := range [2][2]tree.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		s, ok := tree.Plain(pair[1]).(*tree.String)
		if !ok || p.typeOf(pair[0]).kind == isString {
			continue
		}
		if _, ok := number.Parse(s.Value); ok {
			p.warn(rule, s, fmt.Sprintf("%q is a text: a number can't be compared with it, and texts are compared letter by letter", s.Value),
				fmt.Sprintf("write `%s` without quotes, and `tonumber(%s)` if that may be a text", s.Value, p.text(pair[0])))
			return
		}
	}
}

// checkJoin finds what can't be joined with `..`.
func (p *pass) checkJoin(e tree.Expr) {
	t := p.typeOf(e)
	if !t.sure() || t.weak || basic(t) || t.lua() == "" {
		return
	}
	switch {
	case t.kind == isTable && t.table == nil && !t.data:
		return // it may have a method for it
	case t.kind == isTable && t.table != nil:
		if _, literal := tree.Plain(e).(*tree.Table); !literal && !p.plainTable(e) {
			return
		}
	}
	hint := "write `tostring(" + p.text(tree.Plain(e)) + ")`"
	switch t.kind {
	case isTable:
		hint = "join the items of a list with `table.concat(list, \", \")`, or write `json.encode(…)`"
	case isFunction:
		hint = "call it: `" + p.text(e) + "(…)`"
	case isNil:
		hint = "leave it out"
		if name, ok := tree.Plain(e).(*tree.Name); ok {
			hint = fmt.Sprintf("give `%s` a value first", name.Text)
		}
	}
	p.add("joined", e, fmt.Sprintf("`..` joins texts and numbers, but this is %s", p.spoken(e)), hint)
}

// checkReckon finds what can't be reckoned with.
func (p *pass) checkReckon(n *tree.Binary, e tree.Expr) {
	t := p.typeOf(e)
	if !t.sure() || t.weak {
		return
	}
	s, ok := tree.Plain(e).(*tree.String)
	if ok {
		if _, ok := number.Parse(s.Value); !ok && !p.metatables {
			if n.Op == "+" {
				p.add("arithmetic", n, "`+` adds numbers, and this is a text", "join texts with `..`")
			} else {
				p.add("arithmetic", e, fmt.Sprintf("`%s` reckons with numbers, and this is a text", n.Op), "")
			}
		}
		return
	}
	switch t.kind {
	case isBool, isFunction, isModule, isNil:
		p.add("arithmetic", e, fmt.Sprintf("`%s` reckons with numbers, but this is %s", n.Op, p.spoken(e)), "")
	case isTable:
		if t.data && t.list {
			p.add("arithmetic", e, fmt.Sprintf("`%s` reckons with numbers, but this is %s", n.Op, p.spoken(e)), fmt.Sprintf("`#%s` is how many items it has", p.text(e)))
		}
	}
}

// checkUnary looks at # and -.
func (p *pass) checkUnary(n *tree.Unary) {
	t := p.typeOf(n.X)
	if n.Op == "#" {
		p.checkLength(n, t)
		return
	}
	if n.Op == "-" && t.sure() && (t.kind == isBool || t.kind == isNil || t.kind == isFunction) {
		p.add("arithmetic", n, fmt.Sprintf("`-` reckons with numbers, but this is %s", t.spoken()), "")
	}
}

func (p *pass) checkLength(n *tree.Unary, t typ) {
	switch {
	case t.sure() && (t.kind == isNumber || t.kind == isBool || t.kind == isNil || t.kind == isFunction):
		p.add("length", n, fmt.Sprintf("`#` counts the items of a list or the bytes of a text, but this is %s", t.spoken()), "")
	case t.named, p.namesOnly(n.X):
		p.warn("names-as-list", n, "`#` counts items 1, 2, 3 …, and this table has names only, so it gives 0", "count with a loop: `for name in pairs(t) do n = n + 1 end`")
	}
}

// namesOnly tells whether e is a constructor of names, or a local with one that nothing else was done with.
func (p *pass) namesOnly(e tree.Expr) bool {
	t, ok := tree.Plain(e).(*tree.Table)
	if !ok {
		n, is := tree.Plain(e).(*tree.Name)
		if !is || n.Local == nil || p.touched(n.Local) {
			return false
		}
		if t, ok = n.Local.Value.(*tree.Table); !ok {
			return false
		}
	}
	for _, f := range t.Fields {
		if _, constant := f.Key.(*tree.String); !constant {
			return false
		}
	}
	return len(t.Fields) > 0
}
