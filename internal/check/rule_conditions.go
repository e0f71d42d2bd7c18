package check

import (
	"fmt"

	"github.com/luaction/luaction/internal/check/tree"
)

// checkCondition looks at what if, while and until ask.
func (p *pass) checkCondition(e tree.Expr, loop bool) {
	const rule = "constant-condition"
	plain := tree.Plain(e)
	switch c := plain.(type) {
	case *tree.String, *tree.Table, *tree.Function:
		p.warn(rule, e, fmt.Sprintf("this is always true: it is %s", p.typeOf(c).spoken()), "")
		return
	case *tree.Number:
		if loop {
			return // an endless loop
		}
		p.warn(rule, e, "this is always true: in Lua also 0 is true", "")
		return
	case *tree.Binary:
		p.checkHabit(c)
		return
	}
	t := p.typeOf(plain)
	if t.kind != isFunction || t.maybe || t.weak {
		return
	}
	call := "()"
	if t.module != nil && t.module.Object {
		if index, ok := plain.(*tree.Index); ok {
			p.warn(rule, e, fmt.Sprintf("this is always true: `%s` is a function that is not called", p.text(e)), fmt.Sprintf("write `%s:%s()`", p.text(index.X), t.member.Name))
			return
		}
	}
	p.warn(rule, e, fmt.Sprintf("this is always true: `%s` is a function that is not called", p.text(e)), fmt.Sprintf("write `%s%s`", p.text(e), call))
}

// checkHabit finds `x == "a" or "b"` in a condition.
func (p *pass) checkHabit(c *tree.Binary) {
	if c.Op != "or" && c.Op != "and" {
		return
	}
	for _, side := range []tree.Expr{c.Left, c.Right} {
		if b, ok := tree.Plain(side).(*tree.Binary); ok {
			p.checkHabit(b)
		}
	}
	s, ok := tree.Plain(c.Right).(*tree.String)
	if !ok {
		return
	}
	left := tree.Plain(c.Left)
	for {
		b, ok := left.(*tree.Binary)
		if !ok || b.Op != "or" && b.Op != "and" {
			break
		}
		left = tree.Plain(b.Right)
		if _, text := left.(*tree.String); text {
			left = tree.Plain(b.Left)
		}
	}
	compared, ok := left.(*tree.Binary)
	if !ok || compared.Op != "==" && compared.Op != "~=" {
		if c.Op == "or" {
			p.warn("constant-condition", c, "this is always true: a text counts as true", "")
		}
		return
	}
	p.warn("constant-condition", c.Right, fmt.Sprintf("a text counts as true: this does not compare `%s` with %q", p.text(compared.Left), s.Value),
		fmt.Sprintf("write `… %s %s %s %q`", c.Op, p.text(compared.Left), compared.Op, s.Value))
}

// checkEither finds `x ~= "a" or x ~= "b"`, which is always true.
func (p *pass) checkEither(n *tree.Binary) {
	if paren, ok := n.Left.(*tree.String); ok {
		p.warn("constant-condition", n, fmt.Sprintf("this is always %q: a text counts as true, so what is behind `or` is never taken", paren.Value), "write `x == \"a\" or x == \"b\"` to compare with each")
	}
	if a, b := p.twice(n, "~="); a != nil {
		p.warn("constant-condition", n, fmt.Sprintf("this is always true: `%s` differs from one of the two", p.text(a.Left)), fmt.Sprintf("write `%s and %s`", p.text(a), p.text(b)))
	}
}

// checkBoth finds `x == "a" and x == "b"`, which is never true.
func (p *pass) checkBoth(n *tree.Binary) {
	if a, b := p.twice(n, "=="); a != nil {
		p.warn("constant-condition", n, fmt.Sprintf("this is never true: `%s` can't be both", p.text(a.Left)), fmt.Sprintf("write `%s or %s`", p.text(a), p.text(b)))
	}
}

// twice finds two comparisons of one name with different constants, nil if there are none.
func (p *pass) twice(n *tree.Binary, op string) (a, b *tree.Binary) {
	a, ok := tree.Plain(n.Left).(*tree.Binary)
	if !ok {
		return nil, nil
	}
	b, ok = tree.Plain(n.Right).(*tree.Binary)
	if !ok || a.Op != op || b.Op != op || !steady(a.Left) || p.file.Text(a.Left) != p.file.Text(b.Left) {
		return nil, nil
	}
	first, ok := tree.Plain(a.Right).(*tree.String)
	if !ok {
		return nil, nil
	}
	second, ok := tree.Plain(b.Right).(*tree.String)
	if !ok || first.Value == second.Value {
		return nil, nil
	}
	return a, b
}

// steady tells whether an expression is the same when it is asked twice: names and fields are.
func steady(e tree.Expr) bool {
	switch e := tree.Plain(e).(type) {
	case *tree.Name:
		return true
	case *tree.Index:
		_, constant := e.Key.(*tree.String)
		return constant && steady(e.X)
	}
	return false
}
