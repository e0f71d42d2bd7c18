package check

import (
	"maps"
	"slices"

	"github.com/luaction/luaction/internal/check/tree"
)

// assignRoles finds the functions that the server calls, and what it gives them.
func (p *pass) assignRoles() {
	tree.Walk(p.file.Main, func(n tree.Node) bool {
		if call, ok := n.(*tree.Call); ok {
			p.callbackRoles(call)
		}
		return true
	})
	if p.script.kind == anActionFile {
		for _, r := range p.file.Main.Returns {
			if len(r.Values) == 0 {
				continue
			}
			if fn := p.function(r.Values[0]); fn != nil {
				p.role(fn, anAction, "dispatcher", "tracker", "domain")
			}
		}
	}
}

// callbackRoles is for functions that are arguments.
func (p *pass) callbackRoles(call *tree.Call) {
	switch {
	case call.Method != nil && call.Method.Value == "transaction" && len(call.Args) > 0:
		if fn, ok := call.Args[0].(*tree.Function); ok && p.typeOf(call.Object).object() == "db" {
			p.role(fn, 0, "tx")
		}
	case p.isGlobal(call.Fn, "form"), p.isGlobal(call.Fn, "slots"):
		options := p.constructor(call, 0)
		p.functionsOf(options, "required_slots", aRequest, "", "dispatcher", "tracker", "domain")
		p.eachFunction(field(options, "extract"), anExtractor, "dispatcher", "tracker", "domain")
		p.eachFunction(field(options, "validate"), aValidator, "", "dispatcher", "tracker", "domain")
	case p.isGlobal(call.Fn, "knowledge_base"):
		options := p.constructor(call, 0)
		p.functionsOf(options, "utter_objects", 0, "dispatcher")
		p.functionsOf(options, "utter_attribute_value", 0, "dispatcher")
	}
}

func (p *pass) functionsOf(options *tree.Table, name string, h handler, objects ...string) {
	if fn := p.function(field(options, name)); fn != nil {
		p.role(fn, h, objects...)
	}
}

func (p *pass) eachFunction(e tree.Expr, h handler, objects ...string) {
	t := p.table(e)
	if t == nil {
		return
	}
	for _, f := range t.Fields {
		if fn := p.function(f.Value); fn != nil {
			p.role(fn, h, objects...)
		}
	}
}

// role notes what the parameters of a function are, by their positions.
func (p *pass) role(fn *tree.Function, h handler, objects ...string) {
	if h != 0 {
		p.handled[fn] = h
		if misplaced(fn, h) >= 0 {
			return // checkParameters tells; what the names say is more likely meant
		}
	}
	changed := false
	for i, name := range objects {
		if name != "" && i < len(fn.Params) {
			p.roles[fn.Params[i]] = p.world.object(name)
			if name == "domain" {
				p.roles[fn.Params[i]] = typ{kind: isTable, data: true, sent: aDomain}
			}
			changed = true
		}
	}
	if changed && len(p.types) > 0 {
		clear(p.types) // they were found without it
		clear(p.results)
	}
}

// function is the function that an expression stands for, by way of locals that keep their value.
func (p *pass) function(e tree.Expr) *tree.Function {
	fn, _ := p.value(e).(*tree.Function)
	return fn
}

// table is the constructor that an expression stands for.
func (p *pass) table(e tree.Expr) *tree.Table {
	t, _ := p.value(e).(*tree.Table)
	return t
}

// value follows locals that are never assigned again to what they were declared with.
func (p *pass) value(e tree.Expr) tree.Expr {
	for range maxInfer {
		if e == nil {
			return nil
		}
		e = tree.Plain(e)
		n, ok := e.(*tree.Name)
		if !ok || n.Local == nil || !n.Local.Constant() || n.Local.Value == nil {
			return e
		}
		e = n.Local.Value
	}
	return e
}

// constructor is the table that argument i is, nil if it can't be seen.
func (p *pass) constructor(call *tree.Call, i int) *tree.Table {
	if i >= len(call.Args) {
		return nil
	}
	if n, ok := tree.Plain(call.Args[i]).(*tree.Name); ok && n.Local != nil && p.usageOf(n.Local).changed {
		return nil
	}
	return p.table(call.Args[i])
}

// field is the value of a name in a constructor, nil if it isn't there.
func field(t *tree.Table, name string) tree.Expr {
	if t == nil {
		return nil
	}
	for _, f := range t.Fields {
		if key, ok := f.Key.(*tree.String); ok && key.Value == name {
			return f.Value
		}
	}
	return nil
}

// text is the text that an expression always is.
func (p *pass) constant(e tree.Expr) (string, bool) {
	if e == nil {
		return "", false
	}
	s, ok := p.value(e).(*tree.String)
	if !ok {
		return "", false
	}
	return s.Value, true
}

// handlers are the functions that the server calls, in the order of the source.
func (p *pass) handlers() []*tree.Function {
	all := slices.Collect(maps.Keys(p.handled))
	slices.SortFunc(all, func(a, b *tree.Function) int { return a.Start - b.Start })
	return all
}
