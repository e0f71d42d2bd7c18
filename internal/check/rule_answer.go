package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

const returnEvents = "return events, such as `{ SlotSet(\"name\", value) }`, or nothing"

// checkAnswers looks at what the functions return that the server calls.
func (p *pass) checkAnswers() {
	for _, fn := range p.handlers() {
		h := p.handled[fn]
		for _, r := range fn.Returns {
			switch {
			case len(r.Values) == 0:
			case h == anAction:
				p.checkReturned(r)
			case h == aValidator, h == anExtractor:
				p.checkSlotValue(r.Values[0], h)
			}
		}
	}
}

func (p *pass) checkReturned(r *tree.Return) {
	const rule = "returned-value"
	e := r.Values[0]
	if len(r.Values) > 1 && p.isEvent(r.Values[1]) {
		p.add("lost-value", r.Values[1], "only the first value behind `return` counts", "put the events into a list: `return { …, … }`")
	}
	t := p.typeOf(e)
	if table, ok := tree.Plain(e).(*tree.Table); ok {
		p.checkAnswerTable(table)
		return
	}
	if table := p.table(e); table != nil && !p.touchedBeyondReturn(e) {
		p.checkAnswerTable(table)
		return
	}
	p.checkAdded(e)
	if b, ok := tree.Plain(e).(*tree.Bool); ok && !b.Value {
		return
	}
	if !t.sure() || t.weak || t.kind == isTable || t.kind == isNil || t.kind == isBool && !isTrue(e) || t.kind == isObject && t.lua() == "" {
		return
	}
	hint := returnEvents
	switch {
	case t.kind == isFunction && t.member != nil && t.module.Name == "events":
		hint = fmt.Sprintf("call it: `return { %s(…) }`", t.member.Name)
	case t.kind == isString:
		hint = "to say something write `dispatcher:utter_message(…)`; " + returnEvents
	}
	p.add(rule, e, fmt.Sprintf("an action can't return %s", p.spoken(e)), hint)
}

// touchedBeyondReturn tells whether a local's table may differ from its constructor when it is returned.
func (p *pass) touchedBeyondReturn(e tree.Expr) bool {
	n, ok := tree.Plain(e).(*tree.Name)
	if !ok || n.Local == nil {
		return false
	}
	u := p.usageOf(n.Local)
	return !n.Local.Constant() || u.changed || n.Local.Reads > u.harmless+1
}

// answerHint is what to write for a key that an answer doesn't have.
func answerHint(name string) string {
	if near := spell.Nearest(name, []string{"events", "responses"}); near != "" {
		return "did you mean `" + near + "`?"
	}
	return "leave it out, or put it into one of the two"
}

// checkAnswerTable looks at a table that an action returns.
func (p *pass) checkAnswerTable(t *tree.Table) {
	event, events, responses := field(t, "event"), field(t, "events"), field(t, "responses")
	var other *tree.String
	items := false
	for _, f := range t.Fields {
		key, ok := f.Key.(*tree.String)
		switch {
		case f.Key == nil:
			items = true
		case !ok:
			return
		case key.Value != "events" && key.Value != "responses" && other == nil:
			other = key
		}
	}
	switch {
	case event != nil && !items:
		p.checkEvent(t)
	case events != nil || responses != nil:
		if other != nil {
			p.add("returned-value", other, fmt.Sprintf("beside `events` and `responses` nothing can be returned, but here is `%s`", other.Value), answerHint(other.Value))
		}
		if list, ok := events.(*tree.Table); ok {
			p.checkEvents(list)
		} else if events != nil {
			p.checkAdded(events)
		}
		p.checkResponses(responses)
	case other != nil:
		hint := returnEvents
		if near := spell.Nearest(other.Value, []string{"event", "events", "responses"}); near != "" {
			hint = "did you mean `" + near + "`?"
		} else if !items {
			hint = fmt.Sprintf("to set a slot write `return { SlotSet(%q, …) }`", other.Value)
		}
		p.add("returned-value", other, "this table is neither a list of events nor an event", hint)
	default:
		p.checkEvents(t)
	}
}

// checkResponses looks at the responses that an action returns.
func (p *pass) checkResponses(e tree.Expr) {
	list, ok := e.(*tree.Table)
	if !ok {
		return
	}
	for _, f := range list.Fields {
		if key, ok := f.Key.(*tree.String); ok {
			p.add("returned-value", key, "`responses` is a list of responses, and this is one", "put braces around it: `responses = { { text = … } }`")
			return
		}
		if t := p.typeOf(f.Value); f.Key == nil && t.sure() && (t.kind == isString || t.kind == isNumber) {
			p.add("returned-value", f.Value, fmt.Sprintf("a response is a table, not %s", p.spoken(f.Value)), "write `{ text = … }`")
		}
	}
}

// checkEvents looks at a list of events.
func (p *pass) checkEvents(list *tree.Table) {
	for _, f := range list.Fields {
		if f.Key == nil {
			p.checkListed(f.Value)
		}
	}
}

// checkAdded looks at what is put into a list that is returned.
func (p *pass) checkAdded(e tree.Expr) {
	n, ok := tree.Plain(e).(*tree.Name)
	if !ok || n.Local == nil {
		return
	}
	for _, added := range p.added[n.Local] {
		if added.key == nil || p.typeOf(added.key).kind == isNumber {
			p.checkListed(added.value)
		}
	}
}

// checkListed looks at one item of a list of events.
func (p *pass) checkListed(e tree.Expr) {
	if table, ok := tree.Plain(e).(*tree.Table); ok {
		p.checkEvent(table)
		return
	}
	t := p.typeOf(e)
	if items := p.table(e); items != nil && !p.touchedBeyondReturn(e) && len(items.Fields) > 0 && items.Fields[0].Key == nil && p.isEvent(items.Fields[0].Value) {
		p.add("not-an-event", e, "this is a list in the list of events, which is no event and is left out", fmt.Sprintf("write `table.extend(events, %s)` to add its events to another list", p.text(e)))
		return
	}
	if !t.sure() || t.weak || t.kind == isNil || t.kind == isTable && !t.list && !t.named || t.kind == isBool && !isTrue(e) || t.kind == isObject && t.lua() == "" {
		return
	}
	hint := "write an event, such as `SlotSet(\"name\", value)`"
	if t.kind == isFunction && t.member != nil && t.module.Name == "events" {
		hint = fmt.Sprintf("write `%s(…)`", p.text(e))
	}
	p.add("not-an-event", e, fmt.Sprintf("in a list of events, %s is no event and is left out", p.spoken(e)), hint)
}

// checkEvent looks at a table that is sent as an event.
func (p *pass) checkEvent(t *tree.Table) {
	if p.elements[t] {
		return
	}
	p.elements[t] = true
	name := field(t, "event")
	if name == nil {
		if len(t.Fields) > 0 && t.Fields[0].Key == nil && p.isEvent(t.Fields[0].Value) {
			p.add("not-an-event", t, "this is a list in the list of events, which is no event and is left out", "leave out the inner braces")
			return
		}
		if len(t.Fields) > 0 && constantKeys(t) {
			p.add("not-an-event", t, "this table has no `event`, so it is no event and is left out", "write `SlotSet(\"name\", value)`, or `{ event = \"slot\", name = …, value = … }`")
		}
		return
	}
	event, ok := p.constant(name)
	if !ok {
		return
	}
	names := rasa.EventNames(rasa.Target{})
	if !slices.Contains(names, event) {
		hint := "the builders know the right names: SlotSet, FollowupAction, ActiveLoop …"
		if near := spell.Nearest(event, names); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		p.add("unknown-event", name, fmt.Sprintf("Rasa knows no event %q", event), hint)
		return
	}
	if !constantKeys(t) {
		return
	}
	for _, key := range map[string][]string{"slot": {"name", "value"}, "entities": {"entities"}}[event] {
		value := field(t, key)
		if value != nil && p.typeOf(value).kind != isNil {
			continue
		}
		hint := fmt.Sprintf("write `%s = …`", key)
		if key == "value" {
			hint = "write `value = …`, `value = json.null` to clear it, or use `SlotSet(\"name\", value)`"
		}
		p.add("missing-field", t, fmt.Sprintf("a %s event needs `%s`", event, key), hint)
	}
}

// constantKeys tells whether all keys of a constructor can be seen.
func constantKeys(t *tree.Table) bool {
	for _, f := range t.Fields {
		if _, ok := f.Key.(*tree.String); !ok && f.Key != nil {
			return false
		}
	}
	return true
}

func (p *pass) isEvent(e tree.Expr) bool {
	t := p.typeOf(e)
	return t.event
}

// checkSlotValue finds validators and extractors that return events.
func (p *pass) checkSlotValue(e tree.Expr, h handler) {
	what := "a validator returns the slot's value"
	if h == anExtractor {
		what = "an extractor returns the slot's value"
	}
	at := e
	if list, ok := tree.Plain(e).(*tree.Table); ok && len(list.Fields) > 0 && list.Fields[0].Key == nil {
		at = list.Fields[0].Value
	}
	if !p.isEvent(at) {
		return
	}
	hint := "write `return value`"
	if call, ok := tree.Plain(at).(*tree.Call); ok && len(call.Args) == 2 {
		if name, ok := call.Args[0].(*tree.String); ok {
			hint = fmt.Sprintf("write `return { %s = %s }`", key(name.Value), p.text(call.Args[1]))
		}
	}
	p.add("returned-value", at, what+", not events", hint)
}

// key is a name as it stands in a constructor.
func key(name string) string {
	for i, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return fmt.Sprintf("[%q]", name)
		}
	}
	return name
}

// checkEnding looks at what the file itself returns.
func (p *pass) checkEnding() {
	if p.script.kind == aLib {
		p.checkShared()
	}
	if p.script.kind != anActionFile {
		return
	}
	for _, r := range p.file.Main.Returns {
		if len(r.Values) != 1 {
			continue
		}
		call, ok := tree.Plain(r.Values[0]).(*tree.Call)
		if !ok || call.Fn == nil {
			continue
		}
		name, ok := call.Fn.(*tree.Name)
		if !ok || name.Local == nil {
			continue
		}
		fn := p.function(name)
		if fn == nil || len(fn.Params) == 0 || !p.neverFunction(fn) || len(call.Args) > 0 {
			continue
		}
		p.add("called-too-early", call, fmt.Sprintf("this runs `%s` when the file is loaded, and returns what it returns", name.Text), fmt.Sprintf("write `return %s`, without parentheses", name.Text))
	}
}

// neverFunction tells whether a function surely returns no function.
func (p *pass) neverFunction(fn *tree.Function) bool {
	for _, r := range fn.Returns {
		if len(r.Values) == 0 {
			continue
		}
		if t := p.typeOf(r.Values[0]); t.kind == unknown || t.kind == isFunction {
			if table, ok := tree.Plain(r.Values[0]).(*tree.Table); !ok || table == nil {
				return false
			}
		}
	}
	return true
}

// forgotten finds the statement that the author meant to return, in a file that returns nothing.
func (p *pass) forgotten() (at tree.Node, hint string) {
	var last *tree.Local
	for _, s := range p.file.Main.Body.Stmts {
		switch s := s.(type) {
		case *tree.CallStmt:
			for _, name := range []string{"form", "slots", "knowledge_base"} {
				if p.isGlobal(s.X.Fn, name) {
					return s.X.Fn, "put `return` before `" + name + "`"
				}
			}
		case *tree.FunctionStmt:
			if n, ok := s.Target.(*tree.Name); ok && n.Local == nil {
				return n, "write `return function(…)` instead of `function " + n.Text + "(…)`"
			}
		case *tree.LocalStmt:
			l := s.Locals[len(s.Locals)-1]
			if _, ok := l.Value.(*tree.Function); ok {
				last = l
			}
			if call, ok := l.Value.(*tree.Call); ok && call.Fn != nil {
				for _, name := range []string{"form", "slots", "knowledge_base"} {
					if p.isGlobal(call.Fn, name) {
						return l, "end the file with `return " + l.Name + "`"
					}
				}
			}
		}
	}
	if last != nil && last.Reads == 0 {
		return last, "end the file with `return " + strings.TrimSpace(last.Name) + "`"
	}
	return nil, ""
}

// checkForgotten finds a list of events that is filled and never returned.
func (p *pass) checkForgotten(l *tree.Local, items []item) {
	for _, added := range items {
		if p.isEvent(added.value) {
			p.add("discarded-value", l, fmt.Sprintf("the events in `%s` are never returned", l.Name), fmt.Sprintf("end the function with `return %s`", l.Name))
			return
		}
	}
}
