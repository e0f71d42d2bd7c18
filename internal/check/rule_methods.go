package check

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
)

// checkMethod looks at x:name(…).
func (p *pass) checkMethod(call *tree.Call) {
	owner, name := p.typeOf(call.Object), call.Method.Value
	switch owner.kind {
	case isModule:
		member, _ := memberOf(owner.module, name)
		if member == nil {
			p.checkModuleKey(&tree.Index{Span: call.Span, X: call.Object, Key: call.Method}, owner, call.Method)
			return
		}
		p.add("colon-or-dot", tree.Span{Start: call.Object.At().Start, End: call.Method.End},
			fmt.Sprintf("`%s:%s` is called with a dot", p.text(call.Object), name), fmt.Sprintf("write `%s.%s(…)`", p.text(call.Object), name))
	case isObject:
		p.checkObjectMethod(call, owner)
	case isString:
		if member, _ := memberOf(p.world.globals["string"].module, name); member == nil && !owner.maybe {
			p.add("unknown-member", call.Method, fmt.Sprintf("a text has no `:%s`", name), p.textHint(p.text(call.Object), name))
		}
	case isNumber, isBool, isNil, isFunction:
		if !owner.maybe {
			p.add("no-table", call, fmt.Sprintf("`%s` is %s, which has no `:%s`", p.text(call.Object), owner.spoken(), name), valueFirst(p.text(call.Object), owner))
		}
	case unknown, isTable:
		if !p.checkShapeMethod(call, owner) {
			p.checkDataMethod(call, owner)
		}
	}
}

func (p *pass) checkObjectMethod(call *tree.Call, owner typ) {
	m, name := owner.module, call.Method.Value
	member, f := memberOf(m, name)
	switch {
	case member != nil:
	case f != nil && !owner.weak:
		p.add("not-a-function", call.Method, fmt.Sprintf("`%s.%s` is a value, no function", m.Name, name), fmt.Sprintf("write `%s.%s`", p.text(call.Object), name))
	case f != nil, owner.weak && meant(m, name) == "":
	case m.Name == "match":
		p.add("unknown-member", call.Method, fmt.Sprintf("a match has no `:%s`", name), "write `m[0]` for all of it, `m[1]` for its first group, `m.name` for one by name")
	default:
		p.add("unknown-member", call.Method, p.noMember(call.Object, m, name, true), p.memberHint(p.objectName(call.Object, m), m, ":", name))
	}
}

// valueFirst is the hint for something that is nil.
func valueFirst(name string, t typ) string {
	if t.kind != isNil {
		return ""
	}
	return fmt.Sprintf("give `%s` a value first", name)
}

// checkDataMethod finds the methods that lists have in other languages: list:append(x).
func (p *pass) checkDataMethod(call *tree.Call, owner typ) {
	name := call.Method.Value
	if p.metatables || p.own[name] || owner.kind != isTable && !owner.data || !owner.data && !p.plainTable(call.Object) {
		return
	}
	if owner.kind == unknown {
		p.checkDataName(call.Object, call.Method)
		return
	}
	p.noTableFunction(call, call.Object, owner, call.Method)
}

// checkDataName looks at a function of a value that may be a text, a number or a table.
func (p *pass) checkDataName(object tree.Expr, name *tree.String) {
	if member, _ := memberOf(p.world.globals["string"].module, name.Value); member != nil {
		return
	}
	hint := p.textHint(p.text(object), name.Value)
	if known := tableHint(p.text(object), name.Value); known != "" {
		hint = known
	}
	p.add("unknown-member", name, fmt.Sprintf("this value has no `%s`: functions can't be sent to a script", name.Value), hint)
}

// checkDataCall finds list.append(x) and text.lower().
func (p *pass) checkDataCall(n *tree.Index, owner typ, key *tree.String, call *tree.Call) bool {
	if call == nil || p.metatables || p.own[key.Value] || owner.kind == isFunction {
		return false
	}
	lib := p.world.globals["string"].module
	member, _ := memberOf(lib, key.Value)
	switch {
	case owner.kind == unknown && owner.data && member != nil && len(call.Args) == 0:
		p.add("colon-or-dot", n, fmt.Sprintf("`%s()` is called with a colon", p.text(n)), fmt.Sprintf("write `%s:%s()`", p.text(n.X), key.Value))
	case owner.kind == unknown && owner.data && member == nil:
		p.checkDataName(n.X, key)
	case owner.kind == isTable && (owner.data && !owner.maybe || p.plainTable(n.X) && field(owner.table, key.Value) == nil):
		p.noTableFunction(call, n.X, owner, key)
	default:
		return false
	}
	return true
}

// checkFunctionKey finds response.json.items.
func (p *pass) checkFunctionKey(n *tree.Index, owner typ, key *tree.String) bool {
	if owner.kind != isFunction || owner.member == nil || owner.weak {
		return false
	}
	hint := fmt.Sprintf("call it: `%s(…).%s`", p.text(n.X), key.Value)
	if index, ok := n.X.(*tree.Index); ok && owner.module.Object {
		hint = fmt.Sprintf("call it: `%s:%s().%s`", p.text(index.X), owner.member.Name, key.Value)
	}
	if name, ok := n.X.(*tree.Name); ok {
		if tracker := p.world.objects["tracker"]; tracker != nil {
			if _, f := memberOf(tracker, name.Text); f != nil {
				hint = fmt.Sprintf("write `tracker.%s.%s`", name.Text, key.Value)
			}
		}
	}
	p.add("no-table", n, fmt.Sprintf("`%s` is a function, which has no `%s`", p.text(n.X), key.Value), hint)
	return true
}

// noTableFunction tells that a table has no function of this name.
func (p *pass) noTableFunction(call *tree.Call, object tree.Expr, owner typ, name *tree.String) {
	if owner.item != nil && owner.item.kind == isObject {
		if member, f := memberOf(owner.item.module, name.Value); member != nil || f != nil {
			p.add("unknown-member", name, fmt.Sprintf("this is a list, which has no `%s`", name.Value), fmt.Sprintf("take an item first, such as `%s[1]`", p.text(object)))
			return
		}
	}
	mark := ":"
	if call.Method == nil {
		mark = "."
	}
	hint := tableHint(p.text(object), name.Value)
	if n, ok := object.(*tree.Name); ok && p.world.globals[n.Text].kind == isModule {
		if member, _ := memberOf(p.world.globals[n.Text].module, name.Value); member != nil {
			hint = fmt.Sprintf("this table hides the module `%s`: give it another name, such as `my_%s`", n.Text, n.Text)
		}
	}
	p.add("unknown-member", name, fmt.Sprintf("a table has no `%s%s`", mark, name.Value), hint)
}

// tableHint is what to write for a function that lists and tables have in other languages, "" for none.
func tableHint(object, name string) string {
	hint := map[string]string{
		"append": "table.insert(%s, value)", "push": "table.insert(%s, value)", "insert": "table.insert(%s, value)", "add": "table.insert(%s, value)",
		"join": "table.concat(%s, separator)", "concat": "table.concat(%s, separator)", "sort": "table.sort(%s)", "remove": "table.remove(%s)",
		"pop": "table.remove(%s)", "map": "table.map(%s, f)", "filter": "table.filter(%s, f)", "keys": "table.keys(%s)", "values": "table.values(%s)",
		"get": "%s.name` or `table.get(%s, \"name\")", "items": "pairs(%s)", "len": "#%s", "length": "#%s", "contains": "table.contains(%s, value)",
	}[name]
	if hint == "" {
		return ""
	}
	return "write `" + strings.ReplaceAll(hint, "%s", object) + "`"
}

// plainTable tells whether e is a local whose constructor has no functions and that nothing else was done with.
func (p *pass) plainTable(e tree.Expr) bool {
	n, ok := tree.Plain(e).(*tree.Name)
	if !ok || n.Local == nil || !n.Local.Constant() {
		return false
	}
	t, ok := n.Local.Value.(*tree.Table)
	if !ok || p.usageOf(n.Local).changed {
		return false
	}
	for _, f := range t.Fields {
		if k := p.typeOf(f.Value).kind; f.Key != nil && (k == isFunction || k == unknown) {
			return false
		}
	}
	return !p.usageOf(n.Local).meta
}
