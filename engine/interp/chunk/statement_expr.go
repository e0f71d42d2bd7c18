package chunk

import (
	"github.com/yuin/gopher-lua/ast"
)

// expressionStatement reads a call or an assignment.
func (p *parser) expressionStatement() []ast.Stmt {
	start := p.tok
	p.checkStatementStart()
	first, _ := p.target()
	if p.tok.is("=") || p.tok.is(",") {
		return p.assignmentStatement(start, first)
	}
	call, ok := first.(*ast.FuncCallExpr)
	if !ok || call.AdjustRet {
		p.noStatement(start)
	}
	p.read(first)
	return []ast.Stmt{at(&ast.FuncCallStmt{Expr: call}, call.Line())}
}

func (p *parser) assignmentStatement(start token, first ast.Expr) []ast.Stmt {
	targets, names := []ast.Expr{first}, []token{start}
	p.checkTarget(start, first)
	for p.accept(",") {
		tok := p.tok
		e, _ := p.target()
		p.checkTarget(tok, e)
		targets, names = append(targets, e), append(names, tok)
	}
	if !p.tok.is("=") {
		p.noStatement(start)
	}
	p.next()
	p.checkEquals()
	values := p.exprs()
	p.checkCount(start, max(len(targets), len(values)))
	return p.assignment(start, targets, values, names)
}

func (p *parser) checkTarget(tok token, e ast.Expr) {
	switch e.(type) {
	case *ast.IdentExpr, *ast.AttrGetExpr:
		if !p.last.is(")") {
			return
		}
	}
	p.fail(tok, "a value can only be assigned to a name or a field", "write `local name = …` or `t.name = …`")
}
