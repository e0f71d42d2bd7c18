package check

import (
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
)

// Use is one place where a script names something that the assistant has to have.
type Use struct {
	Kind      string // "action" (also a response's name, utter_…, where it is run as one), "slot", "form", "response", "intent", "entity"; of the configuration "service", "database", "variable"
	Name      string
	Script    string // path below the scripts folder
	Line      int
	Column    int
	EndColumn int
	Source    string // the text of the line
}

// use notes that e names something, if it is a constant or one of two: `x and "a" or "b"`.
func (p *pass) use(kind string, e tree.Expr) {
	if e == nil {
		return
	}
	if b, ok := tree.Plain(e).(*tree.Binary); ok && (b.Op == "and" || b.Op == "or") {
		if b.Op == "or" {
			p.use(kind, b.Left)
		}
		p.use(kind, b.Right)
		return
	}
	name, ok := p.constant(e)
	if !ok || name == "" || p.world.test {
		return
	}
	p.useAt(kind, name, e)
}

func (p *pass) useAt(kind, name string, e tree.Node) {
	f := finding(p.file, p.script.path, "", e.At(), "", "", false)
	p.uses = append(p.uses, Use{Kind: kind, Name: name, Script: f.Script, Line: f.Line, Column: f.Column, EndColumn: f.EndColumn, Source: f.Source})
}

// useKeys notes each constant name in a constructor.
func (p *pass) useKeys(kind string, t *tree.Table) {
	if t == nil || p.world.test {
		return
	}
	for _, f := range t.Fields {
		if key, ok := f.Key.(*tree.String); ok {
			p.useAt(kind, key.Value, key)
		}
	}
}

// noteCall notes what a call names.
func (p *pass) noteCall(call *tree.Call, fn typ) {
	if fn.member == nil || fn.module == nil {
		return
	}
	switch fn.module.Name {
	case "http", "sql", "env":
		p.noteConfigured(call, fn)
	case "events":
		p.noteEvent(call, fn)
	case "tracker":
		p.noteTracker(call, fn)
	case "dispatcher":
		p.noteMessage(call, fn)
	case "form":
		options := p.constructor(call, 0)
		for _, part := range []string{"extract", "validate"} {
			handlers := p.table(field(options, part))
			p.useKeys("slot", handlers)
			p.noteResults(handlers)
		}
		if required := p.function(field(options, "required_slots")); required != nil {
			p.noteRequired(required)
		}
	}
}

// eventKinds are what the first parameter of builders names, with the parameter's name.
func eventKinds() map[string][2]string {
	return map[string][2]string{
		"SlotSet": {"slot", "key"}, "FollowupAction": {"action", "name"}, "ActiveLoop": {"form", "name"}, "Form": {"form", "name"},
		"ActionExecuted": {"action", "action_name"}, "ActionExecutionRejected": {"action", "action_name"}, "ReminderScheduled": {"intent", "intent_name"},
	}
}

func (p *pass) noteEvent(call *tree.Call, fn typ) {
	kinds, ok := eventKinds()[fn.member.Name]
	if fn.member.Name == "ReminderCancelled" && len(call.Args) > 1 {
		p.use("intent", call.Args[1])
	}
	if !ok || len(call.Args) == 0 {
		return
	}
	if t := p.constructor(call, 0); t != nil {
		spec := p.world.events[fn.member.Name]
		for _, f := range t.Fields {
			key, is := f.Key.(*tree.String)
			if !is {
				continue
			}
			if param := spec.Param(key.Value); param != nil && param.Name == kinds[1] {
				p.use(kinds[0], f.Value)
			}
		}
		return
	}
	p.use(kinds[0], call.Args[0])
}

func (p *pass) noteTracker(call *tree.Call, fn typ) {
	args := call.Args
	if call.Fn != nil && len(args) > 0 {
		args = args[1:]
	}
	if len(args) == 0 {
		return
	}
	switch fn.member.Name {
	case "get_slot":
		p.use("slot", args[0])
	case "get_latest_entity_values":
		p.use("entity", args[0])
	case "last_executed_action_has":
		p.use("action", args[0])
	}
}

func (p *pass) noteMessage(call *tree.Call, fn typ) {
	switch fn.member.Name {
	case "utter_template", "utter_button_template":
		if len(call.Args) > 0 {
			p.use("response", call.Args[0])
		}
		return
	}
	message := p.constructor(call, 0)
	if message == nil {
		return
	}
	p.use("response", field(message, "response"))
	p.use("response", field(message, "template"))
	buttons := p.table(field(message, "buttons"))
	if buttons == nil {
		return
	}
	for _, f := range buttons.Fields {
		if button, ok := f.Value.(*tree.Table); ok {
			p.notePayload(field(button, "payload"))
		}
	}
}

func (p *pass) notePayload(e tree.Expr) {
	if t := p.table(e); t != nil {
		p.use("intent", field(t, "intent"))
		p.useKeys("entity", p.table(field(t, "entities")))
		p.useKeys("slot", p.table(field(t, "set_slots")))
		return
	}
	text, ok := p.constant(e)
	if !ok || !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "/SetSlots") || p.world.test {
		return
	}
	name, _, _ := strings.Cut(text[1:], "{")
	if name != "" && !strings.ContainsAny(name, " /()") {
		p.useAt("intent", name, e)
	}
}

// noteRequired notes the slots that required_slots names.
func (p *pass) noteRequired(fn *tree.Function) {
	for _, r := range fn.Returns {
		if len(r.Values) == 0 {
			continue
		}
		t := p.table(r.Values[0])
		if t == nil {
			continue
		}
		for _, f := range t.Fields {
			if f.Key == nil {
				p.use("slot", f.Value)
			}
		}
	}
}

// noteResults notes the slots in the tables that the functions of a form give.
func (p *pass) noteResults(handlers *tree.Table) {
	if handlers == nil {
		return
	}
	for _, f := range handlers.Fields {
		fn := p.function(f.Value)
		if fn == nil {
			continue
		}
		for _, r := range fn.Returns {
			if len(r.Values) > 0 {
				p.useKeys("slot", p.table(r.Values[0]))
			}
		}
	}
}

// noteEventTable notes what an event that is written as a table names.
func (p *pass) noteEventTable(t *tree.Table) {
	event, ok := p.constant(field(t, "event"))
	if !ok {
		return
	}
	if kind := map[string]string{"slot": "slot", "followup": "action", "active_loop": "form", "form": "form"}[event]; kind != "" {
		p.use(kind, field(t, "name"))
	}
}

// noteIndex notes tracker.slots.x.
func (p *pass) noteIndex(n *tree.Index) {
	if t := p.typeOf(n.X); t.named && t.data {
		p.use("slot", n.Key)
	}
}

// noteCompared notes tracker:get_intent_of_latest_message() == "x", and the same of tracker.latest_message.intent.name.
func (p *pass) noteCompared(n *tree.Binary) {
	for _, pair := range [2][2]tree.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		if name, ok := p.constant(pair[1]); ok && !strings.HasPrefix(name, "/") && p.isIntentName(pair[0]) {
			p.use("intent", pair[1])
		}
	}
}
