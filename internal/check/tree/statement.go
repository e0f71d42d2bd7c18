package tree

import "github.com/luaction/luaction/engine/interp/chunk"

func (p *parser) statement() Stmt {
	start := p.tok().Start
	span := func() Span { return Span{start, p.last()} }
	switch {
	case p.accept("if"):
		return p.ifStatement(start)
	case p.accept("while"):
		s := &While{Cond: p.expr()}
		p.expect("do")
		s.Body = p.block()
		p.expect("end")
		s.Span = span()
		return s
	case p.accept("do"):
		s := &Do{Body: p.block()}
		p.expect("end")
		s.Span = span()
		return s
	case p.accept("for"):
		return p.forStatement(start)
	case p.accept("repeat"):
		p.openScope()
		defer p.closeScope()
		s := &Repeat{Body: p.statements()}
		p.expect("until")
		s.Cond = p.expr()
		s.Span = span()
		return s
	case p.is("function"):
		return p.functionStatement()
	case p.accept("local"):
		return p.localStatement(start)
	case p.accept("return"):
		return p.returnStatement(start)
	case p.accept("break"):
		return &Break{span()}
	case p.accept("goto"):
		name := p.name().Text
		return &Goto{span(), name}
	case p.accept("::"):
		name := p.name().Text
		p.expect("::")
		return &Label{span(), name}
	}
	return p.expressionStatement(start)
}

func (p *parser) ifStatement(start int) Stmt {
	s := &If{}
	for {
		cond := p.expr()
		p.expect("then")
		s.Clauses = append(s.Clauses, Clause{cond, p.block()})
		if !p.accept("elseif") {
			break
		}
	}
	if p.accept("else") {
		s.Else = p.block()
	}
	p.expect("end")
	s.Span = Span{start, p.last()}
	return s
}

func (p *parser) forStatement(start int) Stmt {
	p.openScope()
	defer p.closeScope()
	vars := []*Local{p.local(p.name(), Loop)}
	if p.accept("=") {
		s := &NumberFor{Var: vars[0], First: p.expr()}
		p.expect(",")
		s.Last = p.expr()
		if p.accept(",") {
			s.Step = p.expr()
		}
		p.declare(s.Var)
		s.Body = p.loopBody()
		s.Span = Span{start, p.last()}
		return s
	}
	for p.accept(",") {
		vars = append(vars, p.local(p.name(), Loop))
	}
	p.expect("in")
	s := &ListFor{Vars: vars, Exprs: p.exprs()}
	for i, v := range vars {
		v.From, v.Index = s.Exprs[0], i
		p.declare(v)
	}
	s.Body = p.loopBody()
	s.Span = Span{start, p.last()}
	return s
}

func (p *parser) loopBody() *Block {
	p.expect("do")
	b := p.block()
	p.expect("end")
	return b
}

func (p *parser) returnStatement(start int) Stmt {
	s := &Return{}
	if !p.blockEnds() && !p.is(";") {
		s.Values = p.exprs()
	}
	s.Span = Span{start, p.last()}
	p.fn.Returns = append(p.fn.Returns, s)
	return s
}

func (p *parser) localStatement(start int) Stmt {
	if p.is("function") {
		head := p.next()
		l := p.local(p.name(), LocalFunc)
		l.Alone, l.Last = true, true
		p.declare(l)
		fn := p.function(head, false)
		l.Value, l.From = fn, fn
		return &LocalStmt{Span: Span{start, p.last()}, Locals: []*Local{l}, Values: []Expr{fn}, Function: true}
	}
	s := &LocalStmt{Locals: []*Local{p.local(p.name(), Variable)}}
	for p.accept(",") {
		s.Locals = append(s.Locals, p.local(p.name(), Variable))
	}
	if p.accept("=") {
		s.Values = p.exprs()
	}
	for i, l := range s.Locals {
		l.Alone, l.Last = len(s.Locals) == 1, i == len(s.Locals)-1
		p.initial(l, s.Values, i)
		p.declare(l)
	}
	s.Span = Span{start, p.last()}
	return s
}

// initial notes what local number i of a declaration begins with.
func (p *parser) initial(l *Local, values []Expr, i int) {
	last := len(values) - 1
	switch {
	case i < last, i == last && !several(values[last]):
		l.Value, l.From = values[i], values[i]
	case last >= 0 && several(values[last]):
		l.From, l.Index = values[last], i-last
		if i == last {
			l.Value = l.From
		}
	}
}

// several tells whether an expression may give any number of values.
func several(e Expr) bool {
	switch e.(type) {
	case *Call, *Vararg:
		return true
	}
	return false
}

func (p *parser) functionStatement() Stmt {
	head := p.next()
	first := p.name()
	target := p.variable(first)
	method := false
	for !method && (p.is(".") || p.is(":")) {
		method = p.is(":")
		p.read(target)
		p.next()
		key := p.name()
		target = &Index{Span: Span{first.Start, key.End}, X: target, Key: &String{Span{key.Start, key.End}, key.Text}, Dot: true}
	}
	if n, ok := target.(*Name); ok && n.Local != nil {
		n.Local.Sets++
	}
	fn := p.function(head, method)
	return &FunctionStmt{Span: Span{head.Start, p.last()}, Target: target, Fn: fn}
}

func (p *parser) expressionStatement(start int) Stmt {
	e := p.suffixed()
	if call, ok := e.(*Call); ok && !p.is("=") && !p.is(",") {
		return &CallStmt{Span: call.Span, X: call}
	}
	s := &Assign{Targets: []Expr{e}}
	for p.accept(",") {
		s.Targets = append(s.Targets, p.suffixed())
	}
	for _, t := range s.Targets {
		switch t := t.(type) {
		case *Name:
			if t.Local != nil {
				t.Local.Sets++
			}
		case *Index:
		default:
			p.fail()
		}
	}
	p.expect("=")
	s.Values = p.exprs()
	s.Span = Span{start, p.last()}
	return s
}

// function reads a function from its parameters on.
func (p *parser) function(head chunk.Token, method bool) *Function {
	fn := &Function{Outer: p.fn, Head: Span{head.Start, head.End}}
	p.fn = fn
	p.openScope()
	if method {
		fn.Self = &Local{Span: fn.Head, Name: "self", Kind: Parameter, Func: fn}
		p.declare(fn.Self)
	}
	p.expect("(")
	for !p.is(")") {
		if p.accept("...") {
			fn.Vararg = true
			break
		}
		l := p.local(p.name(), Parameter)
		l.Index = len(fn.Params)
		fn.Params = append(fn.Params, l)
		p.declare(l)
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	fn.Body = p.block()
	p.expect("end")
	p.closeScope()
	fn.Span = Span{head.Start, p.last()}
	p.fn = fn.Outer
	return fn
}
