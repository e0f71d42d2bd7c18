package tree

import (
	"strconv"

	"github.com/luaction/luaction/engine/interp/chunk"
)

func (p *parser) exprs() []Expr {
	list := []Expr{p.expr()}
	for p.accept(",") {
		list = append(list, p.expr())
	}
	return list
}

func (p *parser) expr() Expr { return p.binary(0) }

// priority is how strongly an operator binds to its left and right side; 0 for anything else.
func priority(op string) (left, right int) {
	switch op {
	case "or":
		return 1, 1
	case "and":
		return 2, 2
	case "<", ">", "<=", ">=", "~=", "==":
		return 3, 3
	case "..":
		return 5, 4
	case "+", "-":
		return 6, 6
	case "*", "/", "%":
		return 7, 7
	case "^":
		return 10, 9
	}
	return 0, 0
}

const unaryPriority = 8

func (p *parser) operator() (op string, left, right int) {
	tok := p.tok()
	if tok.Kind != chunk.TokenSymbol && tok.Kind != chunk.TokenWord {
		return "", 0, 0
	}
	left, right = priority(tok.Text)
	return tok.Text, left, right
}

// binary reads an expression whose operators bind more strongly than limit.
func (p *parser) binary(limit int) Expr {
	p.enter()
	defer p.leave()
	e := p.unary()
	for {
		op, left, right := p.operator()
		if left <= limit {
			return e
		}
		tok := p.next()
		if op == ".." {
			e = p.chain(e, tok)
			continue
		}
		rhs := p.binary(right)
		e = &Binary{Span: Span{e.At().Start, rhs.At().End}, Op: op, OpAt: Span{tok.Start, tok.End}, Left: e, Right: rhs}
	}
}

// chain reads `a .. b .. c` behind its first `..` without going deeper with each, and joins it from the right as Lua does.
func (p *parser) chain(first Expr, tok chunk.Token) Expr {
	operands, ops := []Expr{first}, []chunk.Token{tok}
	for {
		operands = append(operands, p.binary(5))
		if !p.is("..") {
			break
		}
		ops = append(ops, p.next())
	}
	e := operands[len(operands)-1]
	for i := len(ops) - 1; i >= 0; i-- {
		left := operands[i]
		e = &Binary{Span: Span{left.At().Start, e.At().End}, Op: "..", OpAt: Span{ops[i].Start, ops[i].End}, Left: left, Right: e}
	}
	return e
}

func (p *parser) unary() Expr {
	if !p.is("not") && !p.is("-") && !p.is("#") {
		return p.simple()
	}
	tok := p.next()
	x := p.binary(unaryPriority)
	return &Unary{Span: Span{tok.Start, x.At().End}, Op: tok.Text, X: x}
}

func (p *parser) simple() Expr {
	tok := *p.tok()
	span := Span{tok.Start, tok.End}
	switch {
	case tok.Kind == chunk.TokenNumber:
		p.next()
		value, _ := strconv.ParseFloat(tok.Text, 64) // the lexer wrote it
		return &Number{span, value}
	case tok.Kind == chunk.TokenString:
		p.next()
		return &String{span, tok.Text}
	case p.accept("nil"):
		return &Nil{span}
	case p.accept("true"):
		return &Bool{span, true}
	case p.accept("false"):
		return &Bool{span, false}
	case p.accept("..."):
		return &Vararg{span}
	case p.is("{"):
		return p.table()
	case p.accept("function"):
		return p.function(tok, false)
	}
	e := p.suffixed()
	p.read(e)
	return e
}

// variable makes the node of a name.
func (p *parser) variable(tok chunk.Token) Expr {
	l, _ := p.lookup(tok.Text)
	return &Name{Span: Span{tok.Start, tok.End}, Text: tok.Text, Local: l}
}

// read notes that the value of e is used.
func (p *parser) read(e Expr) {
	if n, ok := e.(*Name); ok && n.Local != nil {
		n.Local.Reads++
	}
}

func (p *parser) primary() Expr {
	tok := *p.tok()
	if p.accept("(") {
		x := p.expr()
		end := p.expect(")")
		return &Paren{Span{tok.Start, end.End}, x}
	}
	return p.variable(p.name())
}

// suffixed reads a primary expression with its indexes and calls; whether it is read or set is for the caller to note.
func (p *parser) suffixed() Expr {
	start := p.tok().Start
	e := p.primary()
	for {
		tok := p.tok()
		switch {
		case p.is("."):
			p.read(e)
			p.next()
			key := p.name()
			e = &Index{Span: Span{start, key.End}, X: e, Key: &String{Span{key.Start, key.End}, key.Text}, Dot: true}
		case p.is("["):
			p.read(e)
			p.next()
			key := p.expr()
			end := p.expect("]")
			e = &Index{Span: Span{start, end.End}, X: e, Key: key}
		case p.is(":"):
			p.read(e)
			p.next()
			name := p.name()
			c := &Call{Object: e, Method: &String{Span{name.Start, name.End}, name.Text}}
			p.arguments(c)
			c.Span = Span{start, p.last()}
			e = c
		case p.is("("), p.is("{"), tok.Kind == chunk.TokenString:
			p.read(e)
			c := &Call{Fn: e}
			if n, ok := e.(*Name); ok && n.Local != nil {
				n.Local.Calls = append(n.Local.Calls, c)
			}
			p.arguments(c)
			c.Span = Span{start, p.last()}
			e = c
		default:
			return e
		}
	}
}

func (p *parser) arguments(c *Call) {
	tok := *p.tok()
	switch {
	case tok.Kind == chunk.TokenString:
		p.next()
		c.Args = []Expr{&String{Span{tok.Start, tok.End}, tok.Text}}
	case p.is("{"):
		c.Args = []Expr{p.table()}
	default:
		p.expect("(")
		if !p.is(")") {
			c.Args = p.exprs()
		}
		end := p.expect(")")
		c.Close = Span{end.Start, end.End}
	}
}

func (p *parser) table() Expr {
	p.enter()
	defer p.leave()
	open := p.expect("{")
	t := &Table{}
	for !p.is("}") {
		t.Fields = append(t.Fields, p.field())
		if !p.accept(",") && !p.accept(";") {
			break
		}
	}
	end := p.expect("}")
	t.Span = Span{open.Start, end.End}
	return t
}

func (p *parser) field() Field {
	tok := *p.tok()
	switch {
	case p.accept("["):
		key := p.expr()
		p.expect("]")
		p.expect("=")
		return Field{Key: key, Value: p.expr()}
	case tok.Kind == chunk.TokenName && p.tokens[p.at+1].Kind == chunk.TokenSymbol && p.tokens[p.at+1].Text == "=":
		p.at += 2
		return Field{Key: &String{Span{tok.Start, tok.End}, tok.Text}, Named: true, Value: p.expr()}
	}
	return Field{Value: p.expr()}
}
