package chunk

import "github.com/yuin/gopher-lua/ast"

// assignment builds `targets = values`. The compiler assigns one target after the other while it still evaluates, so
// everything but the plainest assignment goes through temporary locals, in the order in which Lua 5.1 does it.
func (p *parser) assignment(tok token, targets, values []ast.Expr, names []token) []ast.Stmt {
	for i, target := range targets {
		if id, ok := target.(*ast.IdentExpr); ok {
			p.assigned(id, names[i])
		}
	}
	if len(targets) == 1 && len(values) == 1 {
		return []ast.Stmt{p.singleAssignment(tok, targets[0], values[0])}
	}
	b := &assignment{p: p, line: tok.line, last: p.last.line, targets: targets}
	return []ast.Stmt{b.build(values)}
}

// assigned notes an assignment to a name.
func (p *parser) assigned(id *ast.IdentExpr, tok token) {
	if v := p.idents[id]; v != nil {
		v.assigned++
		return
	}
	// The name has been taken for a read one.
	for i := len(p.facts.Globals) - 1; i >= 0; i-- {
		if g := &p.facts.Globals[i]; g.Line == tok.line && g.Column == tok.column {
			g.Assigned = true
			return
		}
	}
}

func (p *parser) singleAssignment(tok token, target, value ast.Expr) ast.Stmt {
	line := target.Line()
	switch t := target.(type) {
	case *ast.IdentExpr:
		v := p.idents[t]
		if v == nil {
			return assignGlobal(tok.line, t.Value, value)
		}
		if v.fn == p.fn && needsTemp(v, value) {
			temp := p.unique("value")
			return doBlock(line, p.last.line, localStmt(line, []string{temp}, []ast.Expr{value}),
				assignStmt(line, t, ident(temp, line)))
		}
	case *ast.AttrGetExpr:
		// The compiler takes the number of a constant for a register.
		if plainObject(t.Object) {
			break
		}
		temp := p.unique("object")
		object := t.Object
		t.Object = ident(temp, line)
		return doBlock(line, p.last.line, localStmt(line, []string{temp}, []ast.Expr{single(object)}), assignStmt(line, t, value))
	}
	return assignStmt(line, target, value)
}

// needsTemp tells whether the compiler goes wrong when a value is made directly in the register of a local: it leaves the
// old value there when `f() and x` is false, `...` loses the registers above, and so does a call for the last parameter.
func needsTemp(v *variable, value ast.Expr) bool {
	switch value.(type) {
	case *ast.LogicalOpExpr, *ast.Comma3Expr:
		return true
	case *ast.FuncCallExpr:
		return v.level < len(v.fn.params)
	}
	return false
}

func plainObject(e ast.Expr) bool {
	switch e.(type) {
	case *ast.IdentExpr, *ast.AttrGetExpr, *ast.FuncCallExpr:
		return true
	}
	return false
}

func assignGlobal(line int, name string, value ast.Expr) ast.Stmt {
	return callStmt(line, ident(assignName, line), text(name, line), single(value))
}

// assignment is one with several targets or values.
type assignment struct {
	p          *parser
	line, last int
	targets    []ast.Expr
	stmts      []ast.Stmt
	temps      int
}

func (b *assignment) build(values []ast.Expr) ast.Stmt {
	p := b.p
	for _, target := range b.targets {
		if t, ok := target.(*ast.AttrGetExpr); ok {
			t.Object = b.keep(t.Object, false)
			t.Key = b.keep(t.Key, true)
		}
	}
	names := make([]string, len(b.targets))
	for i := range names {
		names[i] = p.unique("value")
	}
	b.temps += len(names)
	b.stmts = append(b.stmts, localStmt(b.line, names, values))
	for i := len(names) - 1; i >= 0; i-- {
		value := ident(names[i], b.line)
		if id, ok := b.targets[i].(*ast.IdentExpr); ok && p.idents[id] == nil {
			b.stmts = append(b.stmts, assignGlobal(b.line, id.Value, value))
			continue
		}
		b.stmts = append(b.stmts, assignStmt(b.targets[i].Line(), b.targets[i], value))
	}
	if p.fn.active+b.temps <= maxLocals-20 {
		return doBlock(b.line, b.last, b.stmts...)
	}
	// No registers left for temporaries: a function of its own has some.
	params := &ast.ParList{HasVargs: p.fn.varargs}
	fn := bareFunction(b.line, b.last, params, b.stmts...)
	if !p.fn.varargs {
		return callStmt(b.line, fn)
	}
	return callStmt(b.line, fn, at(&ast.Comma3Expr{}, b.line))
}

// keep puts the value of an expression into a temporary, unless nothing in this statement can change it.
func (b *assignment) keep(e ast.Expr, key bool) ast.Expr {
	switch e := e.(type) {
	case *ast.StringExpr:
		if key {
			return e
		}
	case *ast.IdentExpr:
		if v := b.p.idents[e]; v != nil && v.fn == b.p.fn && !b.isTarget(v) {
			return e
		}
	}
	temp := b.p.unique("part")
	b.temps++
	b.stmts = append(b.stmts, localStmt(b.line, []string{temp}, []ast.Expr{single(e)}))
	return ident(temp, b.line)
}

func (b *assignment) isTarget(v *variable) bool {
	for _, target := range b.targets {
		if id, ok := target.(*ast.IdentExpr); ok && b.p.idents[id] == v {
			return true
		}
	}
	return false
}
