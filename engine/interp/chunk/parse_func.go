package chunk

import (
	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// function reads parameters and body; tok is the word `function`, or `local` before it.
func (p *parser) function(tok token, method bool) *ast.FunctionExpr {
	p.enter()
	defer p.leave()
	p.open(tok, "end")
	fn := p.openFunction(tok.line, false)
	b := p.openBlock()
	e := at(&ast.FunctionExpr{ParList: &ast.ParList{}}, tok.line)
	if method {
		p.parameter(e, token{kind: tokName, text: "self", line: tok.line})
	}
	if !p.tok.is("(") {
		p.fail(p.tok, "`(` is missing behind `function`", "write `function name(…)`, also without parameters")
	}
	open := p.tok
	p.next()
	for !p.tok.is(")") {
		if p.accept("...") {
			e.ParList.HasVargs = true
			break
		}
		p.parameter(e, p.name("the name of a parameter"))
		p.checkParameter(p.last)
		if !p.accept(",") {
			break
		}
	}
	if !p.accept(")") {
		p.missingParenthesis(open)
	}
	p.checkBody()
	p.heading = false
	if fn.varargs = e.ParList.HasVargs; fn.varargs && lua.CompatVarArg {
		p.declare("arg", tok.line) // the compiler does so too
	}
	fn.params = b.vars
	if fn.varargs && lua.CompatVarArg {
		fn.params = b.vars[:len(b.vars)-1]
	}
	e.Stmts = p.statements()
	e.SetLastLine(p.close())
	p.closeBlock()
	p.checkConstants(fn)
	p.closeFunction()
	p.bodies[e] = fn
	return e
}

func (p *parser) parameter(e *ast.FunctionExpr, name token) {
	p.declare(name.text, name.line)
	e.ParList.Names = append(e.ParList.Names, name.text)
}
