package check

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// checkIndex looks at x.key and x[key].
func (p *pass) checkIndex(n *tree.Index) {
	owner := p.typeOf(n.X)
	p.noteIndex(n)
	switch key := tree.Plain(n.Key).(type) {
	case *tree.String:
		p.checkKey(n, owner, key)
	case *tree.Number:
		if key.Value == 0 {
			p.checkZero(n, owner)
		}
	}
}

func (p *pass) checkKey(n *tree.Index, owner typ, key *tree.String) {
	call := p.bases[n]
	switch owner.kind {
	case isModule:
		p.checkModuleKey(n, owner, key)
	case isObject:
		p.checkObjectKey(n, owner, key, call)
	case isString:
		if !owner.maybe {
			p.checkTextKey(n, key, call)
		}
	case isNumber, isBool, isNil:
		if !owner.maybe && p.bases[n] == nil && !p.mayBeThere(n.X, owner) {
			p.add("no-table", n, fmt.Sprintf("`%s` is %s, which has no `%s`", p.text(n.X), owner.spoken(), key.Value), valueFirst(p.text(n.X), owner))
		}
	case unknown, isTable, isFunction:
		if p.checkHidden(n, key, call) || p.checkShapeKey(n, owner, key, call) || p.checkFunctionKey(n, owner, key) || p.checkDataCall(n, owner, key, call) {
			return
		}
		if p.checkListKey(n, owner, key, call) {
			return
		}
		p.checkMessageKey(n, owner, key)
		if p.isGlobal(n.X, "assert") && p.world.test && !p.assigned["assert"] {
			p.checkAssertion(key)
		}
	}
}

// mayBeThere tells whether e is a local that is never given a value, in a script that asks whether it has one.
func (p *pass) mayBeThere(e tree.Expr, t typ) bool {
	n, ok := tree.Plain(e).(*tree.Name)
	return ok && t.kind == isNil && n.Local != nil && p.tested[n.Local]
}

func (p *pass) checkAssertion(key *tree.String) {
	if asserted(key.Value) {
		return
	}
	if near := spell.Nearest(key.Value, assertions()); near != "" {
		p.add("unknown-member", key, fmt.Sprintf("there is no `assert.%s`", key.Value), "did you mean `assert."+near+"`?")
		return
	}
	p.add("unknown-member", key, fmt.Sprintf("there is no `assert.%s`", key.Value), "it has "+strings.Join(assertions(), ", "))
}

func (p *pass) checkModuleKey(n *tree.Index, owner typ, key *tree.String) {
	m := owner.module
	if member, f := memberOf(m, key.Value); member != nil || f != nil {
		return
	}
	if n, ok := n.X.(*tree.Name); ok && n.Local != nil && len(p.fields[n.Local][key.Value]) > 0 {
		return
	}
	message := fmt.Sprintf("there is no `%s.%s`", m.Name, key.Value)
	if instead := p.world.gone[m.Name][key.Value]; instead != "" {
		p.add("left-out", key, message, instead)
		return
	}
	if p.world.tests[m.Name+"."+key.Value] {
		p.add("unknown-member", key, message+" here", "only tests have it: files whose names end in _test.lua")
		return
	}
	p.add("unknown-member", key, message, p.memberHint(m.Name, m, ".", key.Value))
}

// memberHint says which member was probably meant.
func (p *pass) memberHint(object string, m *luaapi.Module, mark, name string) string {
	if m.Name == "moment" {
		return p.momentHint(m, name)
	}
	if near := meant(m, name); near != "" {
		if m.Object {
			mark = ":"
			if _, f := memberOf(m, near); f != nil {
				mark = "."
			}
		}
		return "did you mean `" + object + mark + near + "`?"
	}
	if db := p.world.objects["db"]; db != nil && m.Name == "sql" {
		if member, _ := memberOf(db, name); member != nil {
			return "write `local db = sql.open(\"name\")`, then `db:" + name + "(…)`"
		}
	}
	if hint := p.textMember(m, name); hint != "" {
		return hint
	}
	for _, other := range p.world.names {
		t := p.world.globals[other]
		if t.kind != isModule || t.module == m || m.Object {
			continue
		}
		if member, _ := memberOf(t.module, name); member != nil && (m.Name == "string" || m.Name == "table" || other == "string" || other == "table") {
			return "did you mean `" + other + "." + name + "`?"
		}
	}
	names := m.Names()
	const most = 12
	if len(names) > most {
		names = append(names[:most:most], "…")
	}
	return "it has " + strings.Join(names, ", ")
}

// textMember is the function of text that stands for one that string doesn't have here, "" if there is none.
func (p *pass) textMember(m *luaapi.Module, name string) string {
	t := p.world.globals["text"]
	if m.Name != "string" || t.kind != isModule {
		return ""
	}
	if member, _ := memberOf(t.module, name); member == nil {
		if name = meant(t.module, name); name == "" {
			return ""
		}
	}
	return "did you mean `text." + name + "`?"
}

// momentHint is for times, whose functions are those of the module time.
func (p *pass) momentHint(m *luaapi.Module, name string) string {
	if t := p.world.globals["time"]; t.module != nil {
		if member, _ := memberOf(t.module, name); member != nil {
			return fmt.Sprintf("write `time.%s(t, …)`", name)
		}
	}
	if near := meant(m, name); near != "" {
		return fmt.Sprintf("did you mean `%s`?", near)
	}
	return "it has " + strings.Join(m.Names(), ", ")
}

func (p *pass) checkObjectKey(n *tree.Index, owner typ, key *tree.String, call *tree.Call) {
	m := owner.module
	member, f := memberOf(m, key.Value)
	switch {
	case member != nil:
		p.checkDotCall(n, owner, key, call)
		return
	case f != nil:
		return
	}
	if m.Name == "match" {
		if call != nil {
			p.add("unknown-member", key, fmt.Sprintf("a match has no `%s`", key.Value), "write `m[0]` for all of it, `m[1]` for its first group, `m.name` for one by name")
		}
		return
	}
	if p.own[key.Value] {
		return // perhaps by another name of the object
	}
	if m.Rest != "" || owner.weak && meant(m, key.Value) == "" {
		return
	}
	p.add("unknown-member", key, p.noMember(n.X, m, key.Value, call != nil), p.objectHint(n.X, m, key.Value))
}

func (p *pass) noMember(object tree.Expr, m *luaapi.Module, name string, called bool) string {
	if m.Name == "moment" {
		return fmt.Sprintf("a time has no `%s`", name)
	}
	mark := "."
	if called {
		mark = ":"
	}
	return fmt.Sprintf("there is no `%s%s%s`", p.objectName(object, m), mark, name)
}

func (p *pass) objectHint(object tree.Expr, m *luaapi.Module, name string) string {
	if m.Name == "tracker" && meant(m, name) == "" {
		return fmt.Sprintf("slots are read with `%s:get_slot(\"%s\")`", p.objectName(object, m), name)
	}
	return p.memberHint(p.objectName(object, m), m, ":", name)
}

// objectName is what the author calls an object, where that is short.
func (p *pass) objectName(object tree.Expr, m *luaapi.Module) string {
	if m.Object && steady(object) {
		return p.text(object)
	}
	return m.Name
}

// checkDotCall finds tracker.get_slot("x").
func (p *pass) checkDotCall(n *tree.Index, owner typ, key *tree.String, call *tree.Call) {
	if call == nil {
		return
	}
	if len(call.Args) > 0 {
		first := p.typeOf(call.Args[0])
		if first.kind == isObject && first.module == owner.module || owner.weak && first.kind != isString {
			return
		}
		if p.text(call.Args[0]) == p.text(n.X) {
			return
		}
	}
	p.add("colon-or-dot", n, fmt.Sprintf("`%s` is called with a colon", p.text(n)), fmt.Sprintf("write `%s:%s(…)`", p.text(n.X), key.Value))
}

// checkTextKey looks at text.key, which finds the functions of string.
func (p *pass) checkTextKey(n *tree.Index, key *tree.String, call *tree.Call) {
	if p.checkHidden(n, key, call) {
		return
	}
	lib := p.world.globals["string"].module
	if member, _ := memberOf(lib, key.Value); member != nil {
		if call != nil && len(call.Args) == 0 {
			p.add("colon-or-dot", n, fmt.Sprintf("`%s()` is called with a colon", p.text(n)), fmt.Sprintf("write `%s:%s()`", p.text(n.X), key.Value))
		}
		return
	}
	if call != nil {
		p.add("unknown-member", key, fmt.Sprintf("a text has no `%s`", key.Value), p.textHint(p.text(n.X), key.Value))
		return
	}
	p.warn("unknown-member", key, fmt.Sprintf("`%s` is a text, which has no `%s`", p.text(n.X), key.Value), "")
}

func (p *pass) textHint(object, name string) string {
	if t := p.world.globals["text"]; t.kind == isModule {
		if member, _ := memberOf(t.module, name); member != nil {
			return fmt.Sprintf("write `text.%s(%s%s)`", name, object, moreArguments(t.module, name))
		}
		if near := meant(t.module, name); near != "" && len(name) > len("uper") {
			return fmt.Sprintf("write `text.%s(%s%s)`", near, object, moreArguments(t.module, near))
		}
	}
	switch name {
	case "join":
		return "write `table.concat(list, separator)`"
	case "append", "push":
		return "write `table.insert(list, value)`"
	}
	if near := meant(p.world.globals["string"].module, name); near != "" {
		return fmt.Sprintf("did you mean `%s:%s`?", object, near)
	}
	return "its functions are those of `string` and, as `text.…`, those of `text`"
}

// moreArguments are the further parameters that a member needs, as they stand in a call.
func moreArguments(m *luaapi.Module, name string) string {
	member, _ := memberOf(m, name)
	text := ""
	for i := range member.Params {
		if i > 0 && !member.Params[i].Optional {
			text += ", " + member.Params[i].Name
		}
	}
	return text
}

// checkHidden finds text.upper(text), where text is a local.
func (p *pass) checkHidden(n *tree.Index, key *tree.String, call *tree.Call) bool {
	name, ok := n.X.(*tree.Name)
	if !ok || name.Local == nil || call == nil {
		return false
	}
	m := p.world.globals[name.Text].module
	if m == nil || p.world.globals[name.Text].kind != isModule {
		return false
	}
	if member, _ := memberOf(m, key.Value); member == nil {
		return false
	}
	certain := p.typeOf(name).kind == isString && name.Text != "string"
	if value, ok := name.Local.Value.(*tree.Call); ok && name.Local.Constant() {
		fn := p.callee(value)
		certain = certain || fn.member != nil && fn.member.Name != "require" && fn.module != nil
	}
	for _, arg := range call.Args {
		if n, ok := tree.Plain(arg).(*tree.Name); ok && n.Local == name.Local {
			certain = true
		}
	}
	if t := p.typeOf(name); !certain || t.kind == isTable && !t.data || t.kind == isFunction {
		return false
	}
	if t := p.typeOf(name); t.kind == isString {
		if member, _ := memberOf(p.world.globals["string"].module, key.Value); member != nil {
			return false // texts have it as well
		}
	}
	line, _ := p.file.Place(name.Local.Start)
	tell := p.add
	if member, _ := memberOf(p.world.globals["string"].module, key.Value); member != nil {
		tell = p.warn // if it is a text, that is found instead
	}
	tell("hidden-module", name, fmt.Sprintf("`%s` is your own local variable here, of line %d, and hides the module `%s`", name.Text, line, name.Text),
		fmt.Sprintf("give the variable another name, such as `my_%s`", name.Text))
	return true
}

// checkZero finds list[0].
func (p *pass) checkZero(n *tree.Index, owner typ) {
	if p.fromOne(n.X, owner) && !p.isTarget(n) {
		p.warn("zero-index", n, "the items of a list count from 1, so `[0]` is nil", fmt.Sprintf("write `%s[1]` for the first one", p.text(n.X)))
	}
}

// fromOne tells whether x is a list that has nothing at 0.
func (p *pass) fromOne(x tree.Expr, t typ) bool {
	if t.table == nil {
		return t.data && t.kind != isObject || t.kind == isTable && t.list
	}
	name, ok := x.(*tree.Name)
	return ok && name.Local != nil && !p.usageOf(name.Local).zero && !hasZero(t.table)
}

func (p *pass) isTarget(n *tree.Index) bool {
	name, ok := n.X.(*tree.Name)
	return ok && name.Local != nil && p.usageOf(name.Local).zero
}

func hasZero(t *tree.Table) bool {
	for _, f := range t.Fields {
		if f.Key == nil {
			continue
		}
		if key, ok := f.Key.(*tree.Number); ok && key.Value == 0 {
			return true
		}
		if _, constant := f.Key.(*tree.String); !constant {
			return true
		}
	}
	return false
}
