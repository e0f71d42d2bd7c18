package chunk

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// statement reads one statement; it may become several.
func (p *parser) statement() []ast.Stmt {
	tok := p.tok
	if tok.kind != tokWord {
		return p.expressionStatement()
	}
	switch tok.text {
	case "if":
		return p.ifStatement()
	case "while":
		return []ast.Stmt{p.whileStatement()}
	case "do":
		p.next()
		p.open(tok, "end")
		stmts := p.body(nil)
		return []ast.Stmt{doBlock(tok.line, p.close(), stmts...)}
	case "for":
		return []ast.Stmt{p.forStatement()}
	case "repeat":
		return []ast.Stmt{p.repeatStatement()}
	case "function":
		return p.functionStatement()
	case "local":
		return []ast.Stmt{p.localStatement()}
	case "return":
		return []ast.Stmt{p.returnStatement()}
	case "break":
		p.next()
		return []ast.Stmt{p.addBreak(tok)}
	case "goto":
		p.next()
		return []ast.Stmt{p.addGoto(p.name("the name of a label"))}
	}
	return p.expressionStatement()
}

func (p *parser) labelStatement() (*ast.LabelStmt, *label) {
	p.next()
	name := p.name("the name of a label")
	if !p.accept("::") {
		p.fail(p.tok, "`::` is missing behind the label `"+name.text+"`", "write `::"+name.text+"::`")
	}
	return p.addLabel(name)
}

// name steps over a name.
func (p *parser) name(what string) token {
	tok := p.tok
	switch tok.kind {
	case tokName:
		p.next()
		return tok
	case tokWord:
		p.fail(tok, "`"+tok.text+"` is a word of Lua and can't be "+what, "choose another name")
	}
	p.fail(tok, what+" is expected here, not "+tok.show(), "")
	return tok
}

func (p *parser) ifStatement() []ast.Stmt {
	type clause struct {
		line int
		cond ast.Expr
		then []ast.Stmt
	}
	first := p.tok
	p.open(first, "end")
	var clauses []clause
	for p.tok.is("if") && len(clauses) == 0 || p.tok.is("elseif") {
		tok := p.tok
		p.next()
		cond := p.condition("then", tok)
		clauses = append(clauses, clause{tok.line, cond, p.body(nil)})
		if len(clauses) > maxElseifs {
			p.fail(tok, "an if may have at most "+strconv.Itoa(maxElseifs)+" branches", "put the cases into a table and look them up")
		}
	}
	var rest []ast.Stmt
	if p.tok.is("else") {
		tok := p.tok
		p.next()
		if p.tok.is("if") && p.tok.line == tok.line {
			p.elseIfs = append(p.elseIfs, opener{tok, "end"})
		}
		rest = p.body(nil)
	}
	last := p.close()
	// Conditions that are constant choose their branch here; see and().
	for i := len(clauses) - 1; i >= 0; i-- {
		c := clauses[i]
		value, constant := truth(c.cond)
		switch {
		case constant && value:
			rest = []ast.Stmt{doBlock(c.line, last, c.then...)}
		case !constant:
			stmt := at(&ast.IfStmt{Condition: c.cond, Then: c.then, Else: rest}, c.line)
			stmt.SetLastLine(last)
			rest = []ast.Stmt{stmt}
		}
	}
	if len(rest) == 1 {
		if _, ok := rest[0].(*ast.IfStmt); ok {
			return rest
		}
	}
	return []ast.Stmt{doBlock(first.line, last, rest...)}
}

// condition reads the expression behind if, elseif or while and the word that follows it.
func (p *parser) condition(word string, tok token) ast.Expr {
	brace := p.tok.is("(")
	p.heading = true
	cond := p.expr()
	p.heading = false
	if !p.accept(word) {
		p.missingWord(word, tok, brace)
	}
	return cond
}

func (p *parser) whileStatement() ast.Stmt {
	tok := p.tok
	p.next()
	p.open(tok, "end")
	l := p.newLoop()
	cond := p.condition("do", tok)
	stmt := at(&ast.WhileStmt{Condition: cond, Stmts: p.body(l)}, tok.line)
	stmt.SetLastLine(p.close())
	if value, constant := truth(cond); constant && !value {
		return doBlock(tok.line, stmt.LastLine())
	}
	return endLoop(l, stmt)
}

func (p *parser) repeatStatement() ast.Stmt {
	tok := p.tok
	p.next()
	p.open(tok, "until")
	l := p.newLoop()
	b := p.openBlock()
	b.loop, b.until = l, true
	stmts := p.statements()
	line := p.close()
	b.loop = nil
	cond := p.expr()
	p.closeBlock()
	stmt := at(&ast.RepeatStmt{Condition: cond, Stmts: stmts}, tok.line)
	stmt.SetLastLine(line)
	return endLoop(l, stmt)
}

func (p *parser) forStatement() ast.Stmt {
	tok := p.tok
	p.next()
	p.open(tok, "end")
	l := p.newLoop()
	p.openBlock()
	if p.tok.is("(") {
		p.fail(p.tok, "a loop's head has no parentheses in Lua", "write `for i = 1, n do … end`, or `for i, item in ipairs(list) do … end`")
	}
	names := []token{p.name("the name of a loop variable")}
	var stmt ast.Stmt
	switch {
	case p.accept("="):
		stmt = p.numberFor(tok, names[0], l)
	default:
		for p.accept(",") {
			names = append(names, p.name("the name of a loop variable"))
		}
		stmt = p.genericFor(tok, names, l)
	}
	p.closeBlock()
	return endLoop(l, stmt)
}

func (p *parser) numberFor(tok, name token, l *loop) ast.Stmt {
	stmt := at(&ast.NumberForStmt{Name: name.text}, tok.line)
	stmt.Init = p.bound()
	if !p.accept(",") {
		p.fail(p.tok, "a counting loop needs a first and a last number", "write `for "+name.text+" = 1, 10 do`")
	}
	stmt.Limit = p.bound()
	if p.accept(",") {
		stmt.Step = p.bound()
	}
	p.hide(3)
	p.declare(name.text, name.line)
	stmt.Stmts = p.loopBody(tok, l)
	stmt.SetLastLine(p.last.line)
	return stmt
}

// bound reads a number of a counting loop. A text that says a number counts as one, which only the state can tell.
func (p *parser) bound() ast.Expr {
	e := p.expr()
	switch e.(type) {
	case *ast.NumberExpr, *ast.UnaryMinusOpExpr, *ast.UnaryLenOpExpr, *ast.ArithmeticOpExpr:
		return e
	}
	return at(&ast.FuncCallExpr{Func: ident(numberName, e.Line()), Args: []ast.Expr{single(e)}, AdjustRet: true}, e.Line())
}

// loopBody reads `do … end`.
func (p *parser) loopBody(tok token, l *loop) []ast.Stmt {
	if !p.accept("do") {
		p.missingWord("do", tok, false)
	}
	stmts := p.body(l)
	p.close()
	return stmts
}

// genericFor reads the loop over an iterator. The compiler fills the three hidden values wrongly unless they are one call or
// at least as many names follow, so both are brought to three.
func (p *parser) genericFor(tok token, names []token, l *loop) ast.Stmt {
	if !p.accept("in") {
		p.missingIn(names)
	}
	line := p.tok.line // where Lua says that the iterator fails
	exprs := p.exprs()
	p.hide(3)
	stmt := at(&ast.GenericForStmt{Exprs: exprs}, line)
	for _, name := range names {
		p.declare(name.text, name.line)
		stmt.Names = append(stmt.Names, name.text)
	}
	if n := len(exprs); n > 1 || !multi(exprs[0]) {
		for ; n < 3 && !multi(exprs[len(exprs)-1]); n++ {
			stmt.Exprs = append(stmt.Exprs, at(&ast.NilExpr{}, tok.line))
		}
		for len(stmt.Names) < 3 {
			stmt.Names = append(stmt.Names, p.unique("unused"))
			p.hide(1)
		}
	}
	stmt.Stmts = p.loopBody(tok, l)
	stmt.SetLastLine(p.last.line)
	return stmt
}

func (p *parser) returnStatement() ast.Stmt {
	tok := p.tok
	p.next()
	stmt := at(&ast.ReturnStmt{}, tok.line)
	if !p.blockEnds() && !p.tok.is(";") {
		stmt.Exprs = p.exprs()
		p.checkCount(tok, len(stmt.Exprs))
	}
	if p.fn.main {
		p.fn.returns = append(p.fn.returns, stmt)
	}
	return stmt
}

func (p *parser) localStatement() ast.Stmt {
	tok := p.tok
	p.next()
	if p.accept("function") {
		return p.localFunction(tok)
	}
	names := []token{p.name("the name of a variable")}
	for p.accept(",") {
		names = append(names, p.name("the name of a variable"))
	}
	p.checkLocalName(names[len(names)-1])
	stmt := at(&ast.LocalAssignStmt{}, tok.line)
	before := p.mentions[names[0].text]
	if p.accept("=") {
		p.checkEquals()
		stmt.Exprs = p.exprs()
	}
	vars := make([]*variable, len(names))
	for i, name := range names {
		vars[i] = p.declare(name.text, name.line)
		stmt.Names = append(stmt.Names, name.text)
		if len(names) == 1 && len(stmt.Exprs) == 1 {
			vars[i].value = stmt.Exprs[0]
		}
	}
	p.propose(stmt, vars)
	if len(names) == 1 && len(stmt.Exprs) == 1 && p.mentions[names[0].text] > before {
		// With one function as value the compiler takes the statement for `local function`, whose name is visible inside.
		if _, ok := stmt.Exprs[0].(*ast.FunctionExpr); ok {
			stmt.Exprs = append(stmt.Exprs, at(&ast.NilExpr{}, tok.line))
		}
	}
	return stmt
}

func (p *parser) localFunction(tok token) ast.Stmt {
	name := p.name("the name of a function")
	if p.tok.is(".") || p.tok.is(":") {
		p.fail(p.tok, "a function with a dot or colon in its name can't be local", "write `function "+name.text+p.tok.text+
			"…` without `local`")
	}
	v := p.declare(name.text, name.line)
	fn := p.function(tok, false)
	v.value = fn
	stmt := localStmt(tok.line, []string{name.text}, []ast.Expr{fn})
	stmt.SetLastLine(fn.LastLine())
	return stmt
}

// functionStatement reads `function a.b.c:d(…) … end` and makes an assignment of it.
func (p *parser) functionStatement() []ast.Stmt {
	tok := p.tok
	p.next()
	if p.tok.is("(") {
		p.fail(p.tok, "this function has no name and no place", "write `local name = function(…)` or `return function(…)`")
	}
	name := p.name("the name of a function")
	var target ast.Expr = p.variable(name)
	method := false
	height := 0
	for !method && (p.tok.is(".") || p.tok.is(":")) {
		method = p.tok.is(":")
		p.read(target)
		p.next()
		key := p.name("the name of a function")
		p.constant(key.text)
		target = at(&ast.AttrGetExpr{Object: target, Key: text(key.text, key.line)}, key.line)
		height++
		p.checkHeight(key, height)
	}
	fn := p.function(tok, method)
	return p.assignment(tok, []ast.Expr{target}, []ast.Expr{fn}, []token{name})
}
