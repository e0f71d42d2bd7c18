package check

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/spell"
)

// checkTable looks at a constructor.
func (p *pass) checkTable(t *tree.Table) {
	seen := map[string]*tree.String{}
	for _, f := range t.Fields {
		key, ok := f.Key.(*tree.String)
		if !ok {
			continue
		}
		if before := seen[key.Value]; before != nil {
			line, _ := p.file.Place(before.Start)
			p.warn("duplicate-key", key, fmt.Sprintf("`%s` is here twice; what line %d gives it is lost", key.Value, line), "delete one of them")
		}
		seen[key.Value] = key
	}
}

// checkListFor looks at a loop over a list or table.
func (p *pass) checkListFor(n *tree.ListFor) {
	e := n.Exprs[0]
	if len(n.Exprs) != 1 {
		if t := p.typeOf(e); t.kind == isNumber && t.sure() && !t.weak {
			p.add("loop", e, "a loop that counts is written with `=`, not with `in`", fmt.Sprintf("write `for i = %s, … do`", p.text(e)))
		}
		return
	}
	if call, ok := e.(*tree.Call); ok {
		p.checkIpairs(call)
	}
	t := p.typeOf(e)
	if !t.sure() || t.weak {
		return
	}
	switch {
	case t.kind == isTable && (t.data || p.plainTable(e) || isTableLiteral(e)):
		what, vars := "pairs", "name, value"
		if t.list || p.itemsOnly(e) {
			what, vars = "ipairs", "i, item"
		}
		p.add("loop", e, fmt.Sprintf("a loop needs `pairs` or `ipairs` around %s", t.spoken()), fmt.Sprintf("write `for %s in %s(%s) do`", vars, what, p.text(e)))
	case t.kind == isNumber:
		p.add("loop", e, "a loop can't go through a number", fmt.Sprintf("write `for i = 1, %s do`", p.text(e)))
	case t.kind == isString, t.kind == isBool:
		p.add("loop", e, fmt.Sprintf("a loop can't go through %s", t.spoken()), "")
	}
}

func isTableLiteral(e tree.Expr) bool {
	_, ok := tree.Plain(e).(*tree.Table)
	return ok
}

func (p *pass) itemsOnly(e tree.Expr) bool {
	t, ok := p.value(e).(*tree.Table)
	if !ok || len(t.Fields) == 0 {
		return false
	}
	for _, f := range t.Fields {
		if f.Key != nil {
			return false
		}
	}
	return true
}

// checkIpairs finds ipairs over names.
func (p *pass) checkIpairs(call *tree.Call) {
	if len(call.Args) != 1 || !p.isGlobal(call.Fn, "ipairs") {
		return
	}
	if p.typeOf(call.Args[0]).named || p.namesOnly(call.Args[0]) {
		p.warn("names-as-list", call, "`ipairs` visits items 1, 2, 3 …, and this table has names only, so the loop does nothing", fmt.Sprintf("write `pairs(%s)`", p.text(call.Args[0])))
	}
}

// checkNumberFor looks at a counting loop.
func (p *pass) checkNumberFor(n *tree.NumberFor) {
	for _, e := range []tree.Expr{n.First, n.Last, n.Step} {
		if e == nil {
			continue
		}
		t := p.typeOf(e)
		if t.sure() && !t.weak && (t.kind == isTable && (t.data || isTableLiteral(e)) || t.kind == isBool || t.kind == isNil || t.kind == isFunction) {
			hint := ""
			if t.kind == isTable {
				hint = fmt.Sprintf("write `#%s` for how many items it has", p.text(e))
			}
			p.add("loop", e, fmt.Sprintf("a counting loop needs numbers, but this is %s", t.spoken()), hint)
		}
	}
	p.checkFromZero(n)
	first, a := tree.Plain(n.First).(*tree.Number)
	last, b := tree.Plain(n.Last).(*tree.Number)
	if a && b && n.Step == nil && first.Value > last.Value {
		p.warn("loop", n.Last, fmt.Sprintf("this loop does nothing: it counts up from %s", p.text(n.First)), fmt.Sprintf("write `for %s = %s, %s, -1 do` to count down", n.Var.Name, p.text(n.First), p.text(n.Last)))
	}
	if _, length := tree.Plain(n.First).(*tree.Unary); length && b && n.Step == nil && last.Value <= 1 {
		if u := tree.Plain(n.First).(*tree.Unary); u.Op == "#" {
			p.warn("loop", n.Last, "this loop counts up, so it does nothing for more than one item", fmt.Sprintf("write `for %s = %s, %s, -1 do` to count down", n.Var.Name, p.text(n.First), p.text(n.Last)))
		}
	}
}

// checkFromZero finds a loop over the numbers 0 … #list that takes list[i] for each of them, without asking anything before.
func (p *pass) checkFromZero(n *tree.NumberFor) {
	first, ok := tree.Plain(n.First).(*tree.Number)
	if !ok || first.Value != 0 || n.Step != nil || n.Var.Sets > 0 {
		return
	}
	last := tree.Plain(n.Last)
	if b, ok := last.(*tree.Binary); ok && b.Op == "-" {
		last = tree.Plain(b.Left)
	}
	length, ok := last.(*tree.Unary)
	if !ok || length.Op != "#" {
		return
	}
	list := tree.Plain(length.X)
	if t := p.typeOf(list); t.weak || !p.fromOne(list, t) {
		return
	}
	taken := false
	tree.Walk(n.Body, func(m tree.Node) bool {
		switch m := m.(type) {
		case *tree.If:
			return false // it may ask for what is at 0
		case *tree.Binary:
			if m.Op != ".." {
				return false // as may this
			}
		case *tree.Index:
			key, ok := tree.Plain(m.Key).(*tree.Name)
			taken = taken || ok && key.Local == n.Var && p.text(m.X) == p.text(list)
		}
		return !taken
	})
	if taken {
		p.warn("zero-index", n.First, fmt.Sprintf("the items of a list count from 1, so `%s[0]` is nil", p.text(list)),
			fmt.Sprintf("write `for %s = 1, #%s do`", n.Var.Name, p.text(list)))
	}
}

// slashless is a payload that was meant to begin with a slash.
//
//nolint:gochecknoglobals // compiled once and never changed
var slashless = regexp.MustCompile(`^[A-Za-z_]\w*\{.*\}$`)

// checkButtons looks at the buttons of a message.
func (p *pass) checkButtons(message *tree.Table) {
	list := p.table(field(message, "buttons"))
	if list == nil {
		return
	}
	if key := namedButton(list); key != nil {
		p.warn("buttons", list, "`buttons` is a list of buttons, and this is one", "put braces around it: `buttons = { { title = …, payload = … } }`")
		return
	}
	for _, f := range list.Fields {
		if button, ok := f.Value.(*tree.Table); ok && f.Key == nil {
			p.checkButton(button)
		}
		if text, ok := f.Value.(*tree.String); ok && f.Key == nil {
			p.warn("buttons", text, "a button is a table with title and payload, and this is a text", fmt.Sprintf("write `{ title = %s, payload = … }`", p.text(text)))
		}
	}
}

func namedButton(t *tree.Table) tree.Expr {
	for _, name := range []string{"title", "payload"} {
		if e := field(t, name); e != nil {
			return e
		}
	}
	return nil
}

func (p *pass) checkButton(t *tree.Table) {
	known := []string{"title", "payload", "type", "url"}
	for _, f := range t.Fields {
		key, ok := f.Key.(*tree.String)
		if !ok || slices.Contains(known, key.Value) {
			continue
		}
		if near := spell.Nearest(key.Value, known[:2]); near != "" && field(t, near) == nil {
			p.warn("buttons", key, fmt.Sprintf("Rasa's buttons have no `%s`", key.Value), "did you mean `"+near+"`?")
		}
	}
	payload := field(t, "payload")
	if text, ok := p.constant(payload); ok && slashless.MatchString(text) {
		p.warn("buttons", payload, fmt.Sprintf("the payload %s is sent as a text that the user says", shortQuote(text)), "an intent begins with a slash: write "+shortQuote("/"+text)+", or a table: `payload = { intent = …, entities = { … } }`")
	}
	if parts, ok := payload.(*tree.Table); ok {
		for _, f := range parts.Fields {
			key, ok := f.Key.(*tree.String)
			names := []string{"intent", "entities", "set_slots"}
			if !ok || slices.Contains(names, key.Value) {
				continue
			}
			hint := "it takes intent and entities, or set_slots"
			if near := spell.Nearest(key.Value, names); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			p.add("payload", key, fmt.Sprintf("a button's payload doesn't know `%s`", key.Value), hint)
		}
	}
}

func shortQuote(text string) string {
	const most = 40
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return strconv.Quote(text)
}
