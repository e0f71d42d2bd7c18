package check

import (
	"github.com/luaction/luaction/internal/check/tree"
)

// maxInfer is how far a value is followed from local to local.
const maxInfer = 40

// typeOf is what is known of an expression's first value.
func (p *pass) typeOf(e tree.Expr) typ {
	if t, ok := p.types[e]; ok {
		return t
	}
	if p.depth > maxInfer {
		return typ{}
	}
	p.depth++
	p.types[e] = typ{} // for what refers to itself
	t := p.infer(e)
	p.depth--
	p.types[e] = t
	return t
}

func (p *pass) infer(e tree.Expr) typ {
	switch e := e.(type) {
	case *tree.Nil:
		return typ{kind: isNil}
	case *tree.Bool:
		return typ{kind: isBool}
	case *tree.Number:
		return typ{kind: isNumber}
	case *tree.String:
		return typ{kind: isString}
	case *tree.Function:
		return typ{kind: isFunction, fn: e}
	case *tree.Table:
		return typ{kind: isTable, table: e}
	case *tree.Paren:
		return p.typeOf(e.X)
	case *tree.Name:
		if e.Local != nil {
			return p.localType(e.Local)
		}
		if p.assigned[e.Text] {
			return typ{}
		}
		return p.world.globals[e.Text]
	case *tree.Index:
		return p.indexType(e)
	case *tree.Call:
		return p.callType(e)
	case *tree.Unary:
		return p.unaryType(e)
	case *tree.Binary:
		return p.binaryType(e)
	}
	return typ{}
}

func (p *pass) localType(l *tree.Local) typ {
	if t, ok := p.roles[l]; ok && l.Sets == 0 {
		return t
	}
	if !l.Constant() {
		return typ{}
	}
	switch l.Kind {
	case tree.Parameter:
		return p.parameterType(l)
	case tree.Loop:
		return p.loopType(l)
	}
	switch {
	case l.Value != nil:
		return p.typeOf(l.Value)
	case l.From == nil:
		return typ{kind: isNil}
	}
	if call, ok := l.From.(*tree.Call); ok {
		if fn := p.callee(call); fn.member != nil {
			return p.world.returned(fn.module, fn.member, l.Index)
		}
	}
	return typ{}
}

// parameterType is what every call of a local function gives for a parameter, if all uses of the function are calls.
func (p *pass) parameterType(l *tree.Local) typ {
	owner := p.owners[l.Func]
	if owner == nil || !owner.Constant() || len(owner.Calls) == 0 || len(owner.Calls) != owner.Reads {
		return named(p.world, l)
	}
	var t typ
	for i, call := range owner.Calls {
		given := typ{kind: isNil}
		if l.Index < len(call.Args) {
			given = p.typeOf(call.Args[l.Index])
		}
		if i > 0 && !given.same(t) || given.kind != isObject {
			return named(p.world, l)
		}
		t = given
	}
	return t
}

// named is the object that a parameter's name promises, so that at least misspelt members of it are found.
func named(w *world, l *tree.Local) typ {
	if l.Name != "tracker" && l.Name != "dispatcher" {
		return typ{}
	}
	t := w.object(l.Name)
	t.weak = true
	return t
}

func (p *pass) loopType(l *tree.Local) typ {
	if l.From == nil {
		return typ{kind: isNumber}
	}
	call, ok := l.From.(*tree.Call)
	if !ok || len(call.Args) != 1 || !p.isGlobal(call.Fn, "ipairs") {
		return typ{}
	}
	if l.Index == 0 {
		return typ{kind: isNumber}
	}
	return p.item(p.typeOf(call.Args[0]))
}

// item is the type of a list's items.
func (p *pass) item(list typ) typ {
	if list.item != nil {
		return *list.item
	}
	return typ{data: list.data}
}

func (p *pass) indexType(e *tree.Index) typ {
	t := p.typeOf(e.X)
	key, named := tree.Plain(e.Key).(*tree.String)
	if named {
		if part, ok := t.sent.part(key.Value); ok {
			return part
		}
	}
	switch {
	case (t.kind == isModule || t.kind == isObject) && named:
		return p.memberType(t, key.Value)
	case t.kind == isTable && t.list && !named:
		item := p.item(t)
		item.maybe = true
		return item
	case t.shape != nil && named:
		return p.shapeField(e, t, key.Value)
	case t.table != nil && named:
		if field := p.constantField(e, t.table, key.Value); field.kind != unknown {
			return field
		}
		return p.shapeField(e, t, key.Value)
	case t.kind == isString && !t.maybe && named:
		lib := p.world.globals["string"].module
		if member, _ := memberOf(lib, key.Value); member != nil {
			return typ{kind: isFunction, member: member, module: lib}
		}
	}
	return typ{data: t.data}
}

// constantField is what a constructor has under a name, if nothing else can have changed it.
func (p *pass) constantField(e *tree.Index, table *tree.Table, name string) typ {
	n, ok := e.X.(*tree.Name)
	if !ok || n.Local == nil || p.touched(n.Local) {
		return typ{}
	}
	for _, f := range table.Fields {
		if key, ok := f.Key.(*tree.String); ok && key.Value == name {
			return p.typeOf(f.Value)
		}
	}
	return typ{}
}

// shapeField is what a table whose names are all known has under one of them.
func (p *pass) shapeField(e *tree.Index, t typ, name string) typ {
	s := p.shapeAt(e.X, t)
	if s == nil || s.fns[name] == nil {
		return typ{}
	}
	if t.shape != nil {
		if p.own[name] {
			return typ{}
		}
		return typ{kind: isFunction, away: s.fns[name]}
	}
	return typ{kind: isFunction, fn: s.fns[name]}
}

func (p *pass) memberType(owner typ, name string) typ {
	member, field := memberOf(owner.module, name)
	if member != nil {
		return typ{kind: isFunction, member: member, module: owner.module, weak: owner.weak}
	}
	if field == nil {
		return typ{}
	}
	if inner := p.world.inner[owner.module.Name+"."+name]; inner != nil && owner.kind == isModule {
		return typ{kind: isModule, module: inner}
	}
	t := p.world.fieldType(field)
	if t.kind == isObject || t.kind == isModule || owner.module.Name == "json" {
		return t
	}
	t.field, t.of = field, owner.module
	if owner.object() == "tracker" {
		switch name {
		case "slots":
			t.kind, t.named = isTable, true
		case "latest_message":
			t.kind, t.sent = isTable, aMessage
		case "active_loop":
			t.kind, t.sent = isTable, aLoop
		case "events":
			t.kind, t.list = isTable, true
		}
	}
	return t
}

func (p *pass) callType(call *tree.Call) typ {
	fn := p.callee(call)
	switch {
	case fn.member != nil && fn.module != nil && fn.module.Name == "tracker" && (fn.member.Name == "current_slot_values" || fn.member.Name == "slots_to_validate"):
		return typ{kind: isTable, data: true, named: true}
	case fn.member != nil && fn.module.Name == "require":
		return p.requiredType(call)
	case fn.member != nil:
		return p.world.returned(fn.module, fn.member, 0)
	case fn.fn != nil:
		return p.resultType(fn.fn)
	}
	return typ{}
}

// callee is what a call calls.
func (p *pass) callee(call *tree.Call) typ {
	if call.Fn != nil {
		return p.typeOf(call.Fn)
	}
	t := p.typeOf(call.Object)
	switch {
	case t.kind == isObject, t.kind == isModule:
		return p.memberType(t, call.Method.Value)
	case t.kind == isString, t.kind == unknown && t.data && !p.metatables && !p.own[call.Method.Value]:
		lib := p.world.globals["string"].module
		if member, _ := memberOf(lib, call.Method.Value); member != nil {
			return typ{kind: isFunction, member: member, module: lib}
		}
	}
	return typ{}
}

// resultType is what a function of the script returns, if it always is the same.
func (p *pass) resultType(fn *tree.Function) typ {
	if t, ok := p.results[fn]; ok {
		return t
	}
	p.results[fn] = typ{} // for what calls itself
	t := p.inferResult(fn)
	p.results[fn] = t
	return t
}

func (p *pass) inferResult(fn *tree.Function) typ {
	if len(fn.Returns) == 0 || !leaves(fn.Body) {
		return typ{}
	}
	var t typ
	for i, r := range fn.Returns {
		if len(r.Values) == 0 {
			return typ{}
		}
		given := p.typeOf(r.Values[0])
		if given.table != nil || given.fn != nil || i > 0 && !given.same(t) {
			return typ{}
		}
		given.maybe = given.maybe || t.maybe
		t = given
	}
	return t
}

func (p *pass) unaryType(e *tree.Unary) typ {
	switch e.Op {
	case "not":
		return typ{kind: isBool}
	case "#":
		return typ{kind: isNumber}
	}
	if t := p.typeOf(e.X); t.kind == isNumber && !t.maybe {
		return t
	}
	return typ{}
}

func (p *pass) binaryType(e *tree.Binary) typ {
	left := p.typeOf(e.Left)
	switch e.Op {
	case "==", "~=", "<", ">", "<=", ">=":
		return typ{kind: isBool}
	case "..":
		right := p.typeOf(e.Right)
		if basic(left) && basic(right) {
			return typ{kind: isString}
		}
		return typ{}
	case "or":
		right := p.typeOf(e.Right)
		if left.kind == right.kind && left.same(right) {
			left.maybe = left.maybe && right.maybe
			left.data = left.data && right.data
			return left
		}
		return typ{}
	case "and":
		return typ{}
	}
	if right := p.typeOf(e.Right); left.kind == isNumber && right.kind == isNumber {
		return typ{kind: isNumber}
	}
	return typ{}
}

// basic tells whether a value can be joined into a text without a method of its own.
func basic(t typ) bool { return t.kind == isString || t.kind == isNumber }

// isGlobal tells whether e is the global of this name.
func (p *pass) isGlobal(e tree.Expr, name string) bool {
	n, ok := e.(*tree.Name)
	return ok && n.Local == nil && n.Text == name
}
