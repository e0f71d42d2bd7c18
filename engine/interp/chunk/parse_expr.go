package chunk

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// exprs reads one or more expressions.
func (p *parser) exprs() []ast.Expr {
	list := []ast.Expr{p.expr()}
	for p.accept(",") {
		list = append(list, p.expr())
	}
	return list
}

func (p *parser) expr() ast.Expr {
	e, _ := p.binary(0)
	return e
}

// priority is how strongly a binary operator binds to its left and right side; 0 for anything else.
func priority(tok token) (left, right int) {
	if tok.kind != tokSymbol && tok.kind != tokWord {
		return 0, 0
	}
	switch tok.text {
	case "or":
		return 1, 1
	case "and":
		return 2, 2
	case "<", ">", "<=", ">=", "~=", "==":
		return 3, 3
	case "..":
		return 5, 5 // from the right: binary reads all operands of a chain itself
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

// binary reads an expression whose operators bind more strongly than limit. height is the length of its longest chain
// of operators: what works on the tree later recurses that deep.
func (p *parser) binary(limit int) (e ast.Expr, height int) {
	p.enter()
	defer p.leave()
	e, height = p.unary()
	for {
		op := p.tok
		left, right := priority(op)
		if left <= limit {
			return e, height
		}
		p.checkOperator(op)
		if op.is("..") {
			e, height = p.chain(e, height)
			continue
		}
		p.next()
		rhs, h := p.binary(right)
		height = max(height, h) + 1
		p.checkHeight(op, height)
		if left > 5 && height > maxSum {
			p.fail(op, "there are more than "+strconv.Itoa(maxSum)+" operators in one sum here", "split it with local variables")
		}
		e = combine(op, e, rhs)
	}
}

// chain reads `a .. b .. c …` from the first `..` on.
func (p *parser) chain(first ast.Expr, height int) (ast.Expr, int) {
	operands, lines := []ast.Expr{first}, []int{}
	for p.tok.is("..") {
		p.checkOperator(p.tok)
		lines = append(lines, p.tok.line)
		p.next()
		e, h := p.binary(5)
		operands = append(operands, e)
		height = max(height, h)
	}
	height += min(len(operands), concatGroup) + len(operands)/concatGroup
	p.checkHeight(p.last, height)
	return concat(operands, lines), height
}

func combine(op token, left, right ast.Expr) ast.Expr {
	switch op.text {
	case "or":
		return or(op.line, left, right)
	case "and":
		return and(op.line, left, right)
	case "<", ">", "<=", ">=", "~=", "==":
		return at(&ast.RelationalOpExpr{Operator: op.text, Lhs: left, Rhs: right}, op.line)
	case "%":
		return modulo(left, right, op.line)
	}
	return at(&ast.ArithmeticOpExpr{Operator: op.text, Lhs: left, Rhs: right}, op.line)
}

func (p *parser) checkHeight(tok token, height int) {
	if height > maxHeight {
		p.fail(tok, "there are more than "+strconv.Itoa(maxHeight)+" operators in one expression here",
			"split it with local variables; to join many texts use table.concat")
	}
}

func (p *parser) checkCount(tok token, n int) {
	if n > maxArgs || n > 2 && n+p.fn.active > maxLocals-5 {
		p.fail(tok, "there are too many values in one call or return here", "put them into a table")
	}
}

func (p *parser) unary() (ast.Expr, int) {
	tok := p.tok
	if !tok.is("not") && !tok.is("-") && !tok.is("#") {
		return p.simple()
	}
	p.next()
	e, height := p.binary(unaryPriority)
	height++
	p.checkHeight(tok, height)
	switch tok.text {
	case "not":
		return not(tok.line, e), height
	case "-":
		return at(&ast.UnaryMinusOpExpr{Expr: e}, tok.line), height
	}
	return at(&ast.UnaryLenOpExpr{Expr: e}, tok.line), height
}

func (p *parser) simple() (ast.Expr, int) {
	tok := p.tok
	switch {
	case tok.kind == tokNumber:
		p.next()
		p.constant("#" + tok.text)
		if tok.huge { // the compiler makes NaN of such a literal
			big := func() ast.Expr { return at(&ast.NumberExpr{Value: "1e308"}, tok.line) }
			return at(&ast.ArithmeticOpExpr{Operator: "*", Lhs: big(), Rhs: big()}, tok.line), 1
		}
		return at(&ast.NumberExpr{Value: tok.text}, tok.line), 0
	case tok.kind == tokString:
		p.next()
		p.constant(tok.text)
		p.afterText(tok)
		return text(tok.text, tok.line), 0
	case tok.is("nil"):
		p.next()
		return at(&ast.NilExpr{}, tok.line), 0
	case tok.is("true"):
		p.next()
		return at(&ast.TrueExpr{}, tok.line), 0
	case tok.is("false"):
		p.next()
		return at(&ast.FalseExpr{}, tok.line), 0
	case tok.is("..."):
		p.next()
		if !p.fn.varargs {
			p.fail(tok, "`...` is only there in a function that has it among its parameters", "write `function(...)`")
		}
		p.fn.dots++
		return at(&ast.Comma3Expr{}, tok.line), 0
	case tok.is("{"):
		return p.table()
	case tok.is("function"):
		p.next()
		return p.function(tok, false), 0
	}
	return p.suffixed()
}

// primary reads a name or an expression in parentheses.
func (p *parser) primary() (ast.Expr, int) {
	tok := p.tok
	switch {
	case tok.kind == tokName:
		p.next()
		return p.variable(tok), 0
	case tok.is("("):
		p.next()
		e, height := p.binary(0)
		if !p.accept(")") {
			p.missingParenthesis(tok)
		}
		return single(e), height
	}
	p.notAnExpression()
	return nil, 0
}

// variable makes the node of a name.
func (p *parser) variable(tok token) *ast.IdentExpr {
	id := ident(tok.text, tok.line)
	if v := p.lookup(tok.text, tok.line); v != nil {
		p.idents[id] = v
	} else {
		p.constant(tok.text)
		p.facts.Globals = append(p.facts.Globals, GlobalUse{Name: tok.text, Line: tok.line, Column: tok.column})
	}
	return id
}

// read notes that the value of e is used.
func (p *parser) read(e ast.Expr) {
	if id, ok := e.(*ast.IdentExpr); ok {
		if v := p.idents[id]; v != nil {
			v.reads++
		}
	}
}

// suffixed reads a primary expression with its indexes and calls, as a value.
func (p *parser) suffixed() (ast.Expr, int) {
	e, height := p.target()
	p.read(e)
	return e, height
}

// target is suffixed for what may still turn out to be assigned to.
func (p *parser) target() (ast.Expr, int) {
	start := p.tok
	e, height := p.primary()
	bare := start.is("(")
	for {
		tok := p.tok
		h := 0
		switch {
		case tok.is("."):
			e, h = p.field(e)
		case tok.is("["):
			e, h = p.index(e)
		case tok.is(":"):
			e, h = p.method(e)
		case tok.is("("), tok.is("{"), tok.kind == tokString:
			e, h = p.call(e, start, bare)
		default:
			return e, height
		}
		bare = false
		height = max(height, h) + 1
		p.checkHeight(tok, height)
	}
}

func (p *parser) field(e ast.Expr) (ast.Expr, int) {
	p.read(e)
	line := p.tok.line
	p.next()
	key := p.fieldName()
	p.constant(key.text)
	return at(&ast.AttrGetExpr{Object: e, Key: text(key.text, key.line)}, line), 0
}

func (p *parser) index(e ast.Expr) (ast.Expr, int) {
	p.read(e)
	open := p.tok
	p.next()
	key, h := p.binary(0)
	if !p.accept("]") {
		p.fail(p.tok, "`]` is missing for the `[` in line "+strconv.Itoa(open.line), "")
	}
	return at(&ast.AttrGetExpr{Object: e, Key: key}, open.line), h
}

func (p *parser) method(e ast.Expr) (ast.Expr, int) {
	p.read(e)
	colon := p.tok
	p.next()
	if p.tok.kind != tokName || p.tok.line != colon.line {
		p.strayColon(colon)
	}
	name := p.fieldName()
	if !p.tok.is("(") && !p.tok.is("{") && p.tok.kind != tokString {
		p.strayColon(colon)
	}
	p.constant(name.text)
	line := p.tok.line
	args, h := p.args()
	return at(&ast.FuncCallExpr{Receiver: e, Method: name.text, Args: args}, line), h
}

func (p *parser) call(e ast.Expr, start token, bare bool) (ast.Expr, int) {
	p.read(e)
	tok := p.tok
	p.checkCall(e, start, tok, bare)
	args, h := p.args()
	call := at(&ast.FuncCallExpr{Func: e, Args: args}, tok.line)
	p.noteCall(start, call)
	return call, h
}

// args reads the arguments of a call.
func (p *parser) args() (args []ast.Expr, height int) {
	tok := p.tok
	switch {
	case tok.kind == tokString:
		p.next()
		p.constant(tok.text)
		return []ast.Expr{text(tok.text, tok.line)}, 0
	case tok.is("{"):
		e, h := p.table()
		return []ast.Expr{e}, h
	}
	p.next()
	if p.accept(")") {
		return nil, 0
	}
	for {
		e, h := p.binary(0)
		args, height = append(args, e), max(height, h)
		if !p.accept(",") {
			break
		}
	}
	p.checkCount(tok, len(args))
	if !p.accept(")") {
		p.missingParenthesis(tok)
	}
	return args, height
}
