package check

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/spell"
)

// checkName looks at a variable.
func (p *pass) checkName(n *tree.Name) {
	if n.Local != nil || p.assigned[n.Text] {
		return
	}
	if _, known := p.world.globals[n.Text]; known {
		return
	}
	const rule = "unknown-global"
	if l := p.elsewhere(n); l != nil {
		line, _ := p.file.Place(l.Start)
		if fn, ok := l.Value.(*tree.Function); ok && fn.Start <= n.Start && n.End <= fn.End {
			p.add(rule, n, fmt.Sprintf("`%s` is not known inside of itself when it is declared with `local %s = function`", n.Text, n.Text), fmt.Sprintf("write `local function %s(…)`", n.Text))
			return
		}
		if l.Start > n.Start && within(p.enclosing(n), l.Func) {
			p.add(rule, n, fmt.Sprintf("`%s` is not known here yet: it is declared in line %d", n.Text, line), "move that declaration above this line")
			return
		}
		if l.From != nil && l.From.At().Start <= n.Start && n.End <= l.From.At().End {
			p.add(rule, n, fmt.Sprintf("`%s` is not known yet inside of its own declaration, which begins in line %d and goes on to here", n.Text, line),
				fmt.Sprintf("write `local %s` in a line before; if the declaration should end earlier, look for an operator or comma too many at a line's end", n.Text))
			return
		}
		if l.Start < n.Start && l.Func == p.enclosing(n) {
			p.add(rule, n, fmt.Sprintf("`%s` of line %d ends with the block that it is declared in", n.Text, line),
				fmt.Sprintf("write `local %s` above that block, and leave out `local` inside", n.Text))
			return
		}
	}
	if instead, ok := p.world.retired[n.Text]; ok {
		p.add(p.retiredRule(n.Text), n, fmt.Sprintf("there is no `%s`", n.Text), instead)
		return
	}
	if _, ok := p.world.tests[n.Text]; ok {
		p.add(rule, n, fmt.Sprintf("there is no `%s` here", n.Text), "only tests have it: files whose names end in _test.lua")
		return
	}
	known := append([]string(nil), p.world.names...)
	for _, l := range p.file.Locals {
		if l.Start < n.Start {
			known = append(known, l.Name)
		}
	}
	p.add(rule, n, fmt.Sprintf("there is no `%s`", n.Text), p.globalHint(n.Text, known))
}

// retiredRule is the rule of a name that is known not to be there. The action's parameters are names like any other.
func (p *pass) retiredRule(name string) string {
	switch {
	case interp.RetiredOfLua(name):
		return "left-out"
	case name == "dispatcher" || name == "tracker" || name == "domain" || name == "self":
		return "unknown-global"
	}
	return "foreign-name"
}

func (p *pass) globalHint(name string, known []string) string {
	if near := spell.Nearest(name, known); near != "" {
		return "did you mean `" + near + "`?"
	}
	for _, module := range p.world.names {
		t := p.world.globals[module]
		if t.kind != isModule {
			continue
		}
		if member, _ := memberOf(t.module, name); member != nil {
			return "did you mean `" + module + "." + name + "`?"
		}
	}
	for _, object := range []string{"dispatcher", "tracker"} {
		if m := p.world.objects[object]; m != nil {
			member, f := memberOf(m, name)
			if member != nil {
				return "write `" + object + ":" + name + "(…)`"
			}
			if f != nil {
				return "write `" + object + "." + name + "`"
			}
		}
	}
	return "declare it above with `local " + name + " = …`, or put quotes around it if it is a text"
}

// elsewhere is a local of the same name that n doesn't see, the nearest one.
func (p *pass) elsewhere(n *tree.Name) *tree.Local {
	var found *tree.Local
	for _, l := range p.file.Locals {
		if l.Name == n.Text && l.Kind != tree.Loop && l.Kind != tree.Parameter && (found == nil || l.Start < n.Start || found.Start > n.Start && l.Func == p.file.Main) {
			if found == nil || found.Start < n.Start || l.Start < found.Start {
				found = l
			}
		}
	}
	return found
}

// within tells whether fn is outer or lies inside of it.
func within(fn, outer *tree.Function) bool {
	for ; fn != nil; fn = fn.Outer {
		if fn == outer {
			return true
		}
	}
	return false
}

// enclosing is the function that n stands in.
func (p *pass) enclosing(n tree.Node) *tree.Function {
	at, best := n.At(), p.file.Main
	tree.Walk(p.file.Main, func(m tree.Node) bool {
		span := m.At()
		if span.Start > at.Start || span.End < at.End {
			return false
		}
		if fn, ok := m.(*tree.Function); ok {
			best = fn
		}
		return true
	})
	return best
}

// checkAssign looks at what is assigned.
func (p *pass) checkAssign(n *tree.Assign) {
	for _, t := range n.Targets {
		p.checkTarget(t, "local %s = …")
	}
	if len(n.Targets) != 1 || len(n.Values) != 1 {
		return
	}
	if name, ok := n.Targets[0].(*tree.Name); ok && name.Local != nil {
		if value, ok := n.Values[0].(*tree.Name); ok && value.Local == name.Local {
			p.warn("assigned-to-itself", n, fmt.Sprintf("`%s` is assigned to itself", name.Text), "leave the line out")
		}
	}
}

// checkTarget looks at what is given a value; declared is how a local of this kind is declared, %s its name.
func (p *pass) checkTarget(t tree.Expr, declared string) {
	switch t := t.(type) {
	case *tree.Name:
		if t.Local != nil {
			return
		}
		if _, known := p.world.globals[t.Text]; known {
			p.add("read-only", t, fmt.Sprintf("`%s` is a name of luaction's own and can't be assigned", t.Text),
				fmt.Sprintf("use another name: `local my_%s = …`", t.Text))
			return
		}
		p.add("assign-global", t, fmt.Sprintf("`%s` is not declared", t.Text), fmt.Sprintf("write `"+declared+"`", t.Text))
	case *tree.Index:
		p.checkFieldTarget(t)
	}
}

// checkFieldTarget looks at the assignment to a part of a module or object.
func (p *pass) checkFieldTarget(t *tree.Index) {
	owner := p.typeOf(t.X)
	if owner.kind == isModule {
		hint := "keep the value in a local of your own"
		if n, ok := t.X.(*tree.Name); ok {
			hint = fmt.Sprintf("for a table of your own write `local %s = {}` above", n.Text)
		}
		p.add("read-only", t, fmt.Sprintf("`%s` is a module, which can't be changed", p.text(t.X)), hint)
		return
	}
	key, ok := tree.Plain(t.Key).(*tree.String)
	if !ok || owner.weak || owner.kind != isObject {
		return
	}
	switch owner.object() {
	case "moment":
		if owner.sure() {
			p.add("read-only", t, "a time can't be changed", "make another one with `time.add(t, { … })` or `time.date { … }`")
		}
	case "tracker", "dispatcher":
		if _, f := memberOf(owner.module, key.Value); f != nil && f.Set == nil {
			p.add("read-only", t, fmt.Sprintf("`%s` can't be assigned", p.text(t)), "return events, such as SlotSet(…), to change the conversation")
		}
	}
}

// checkLocals looks for locals that nobody reads, and for those that hide others.
func (p *pass) checkLocals() {
	for _, l := range p.file.Locals {
		if strings.HasPrefix(l.Name, "_") {
			continue
		}
		if l.Reads == 0 && (l.Kind == tree.Variable || l.Kind == tree.LocalFunc) {
			p.checkUnused(l)
		}
		if items := p.added[l]; len(items) > 0 && l.Kind == tree.Variable && l.Constant() && l.Reads == p.usageOf(l).filling {
			p.checkForgotten(l, items)
		}
		if l.Hides != nil && l.Kind != tree.Parameter {
			p.checkHiding(l)
		}
	}
}

func (p *pass) checkUnused(l *tree.Local) {
	const rule = "unused-local"
	switch {
	case l.Kind == tree.LocalFunc:
		p.warn(rule, l, fmt.Sprintf("the function `%s` is never used", l.Name), "call it, return it, or delete it")
	case l.Sets > 0:
		p.warn(rule, l, fmt.Sprintf("`%s` is assigned and never read", l.Name), "delete it, or use it")
	case !l.Alone:
		if p.lastUnused(l) {
			p.warn(rule, l, fmt.Sprintf("`%s` is never used", l.Name), fmt.Sprintf("leave it out, or call it `_%s`", l.Name))
		}
	default:
		p.warn(rule, l, fmt.Sprintf("`%s` is never used", l.Name), "delete it, or use it")
	}
}

// lastUnused tells whether a name and all behind it in its declaration are unused: only those can be left out.
func (p *pass) lastUnused(l *tree.Local) bool {
	begin := false
	for _, other := range p.file.Locals {
		begin = begin || other == l
		if !begin {
			continue
		}
		if other.Reads > 0 {
			return false
		}
		if other.Last {
			return true
		}
	}
	return false
}

func (p *pass) checkHiding(l *tree.Local) {
	if strings.HasPrefix(l.Hides.Name, "_") || l.Hides.Name == "self" || p.startsFrom(l) {
		return
	}
	line, _ := p.file.Place(l.Hides.Start)
	const rule = "shadowed-local"
	if l.Same {
		if l.Hides.Reads == 0 || l.Kind == tree.LocalFunc {
			p.warn(rule, l, fmt.Sprintf("`%s` is declared twice; the one of line %d can't be reached any more", l.Name, line), "leave out `local`, or use another name")
		}
		return
	}
	p.warn(rule, l, fmt.Sprintf("this `%s` hides the one of line %d", l.Name, line), "leave out `local` to assign that one, or use another name")
}

// startsFrom tells whether a local takes the value of the one that it hides: `local x = x or 1` is meant.
func (p *pass) startsFrom(l *tree.Local) bool {
	found := false
	if l.From != nil {
		tree.Walk(l.From, func(n tree.Node) bool {
			name, ok := n.(*tree.Name)
			found = found || ok && name.Local == l.Hides
			return !found
		})
	}
	return found
}
