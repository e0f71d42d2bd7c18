package chunk

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// parser reads a script and builds the tree that the compiler gets. It replaces the interpreter library's own parser: it
// bounds depth and size while it reads, knows every variable's scope, writes what the compiler would get wrong in another
// way, and explains errors.
type parser struct {
	script string
	lx     *lexer
	tok    token
	ahead  *token
	last   token // the token before tok

	fn       *function
	block    *block
	names    map[string][]*variable
	mentions map[string]int

	serial, seq, functions, depth int
	heading                       bool // a condition of if or while is being read

	openers  []opener
	culprit  *opener  // a block whose `end` seems to be missing, judged by indentation
	elseIfs  []opener // `else if` in one line
	idents   map[*ast.IdentExpr]*variable
	bodies   map[*ast.FunctionExpr]*function
	facts    Facts
	warnings []Problem

	literals   map[ast.Expr]literal
	candidates []candidate
	planted    []lua.LValue
	shapes     map[string]string // what stands for a shape in the tree, by its names
	tuned      bool              // write what costs less, if it does the same
}

// opener is the word that began a block that needs a closing word.
type opener struct {
	tok    token
	closer string
}

func newParser(script, src string) *parser {
	p := &parser{script: script, lx: newLexer(script, src), names: map[string][]*variable{}, mentions: map[string]int{},
		idents: map[*ast.IdentExpr]*variable{}, bodies: map[*ast.FunctionExpr]*function{}, literals: map[ast.Expr]literal{}, shapes: map[string]string{}}
	p.facts.EventLines = map[string][]int{}
	p.next()
	return p
}

func (p *parser) next() {
	p.last = p.tok
	if p.ahead != nil {
		p.tok, p.ahead = *p.ahead, nil
		return
	}
	p.tok = p.lx.next()
}

func (p *parser) peek() token {
	if p.ahead == nil {
		tok := p.lx.next()
		p.ahead = &tok
	}
	return *p.ahead
}

func (p *parser) fail(tok token, message, hint string) {
	panic(&Problem{Script: p.script, Line: tok.line, Column: tok.column, Message: message, Hint: hint})
}

func (p *parser) failLine(line int, message, hint string) {
	panic(&Problem{Script: p.script, Line: line, Message: message, Hint: hint})
}

func (p *parser) warn(tok token, rule, message, hint string) {
	p.warnings = append(p.warnings, Problem{Script: p.script, Line: tok.line, Column: tok.column, Message: message,
		Hint: hint, Warning: true, Rule: rule})
}

// accept steps over the token if it is this one.
func (p *parser) accept(text string) bool {
	if p.tok.is(text) {
		p.next()
		return true
	}
	return false
}

func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.fail(p.tok, "blocks, brackets and operators are nested more than "+strconv.Itoa(maxDepth)+" deep here",
			"put the inner part into a local variable or a function")
	}
}

func (p *parser) leave() { p.depth-- }

// chunk parses the whole file.
func (p *parser) chunk() []ast.Stmt {
	fn := p.openFunction(0, true)
	fn.varargs = true
	p.openBlock()
	stmts := p.statements()
	if p.tok.kind != tokEOF {
		p.strayCloser()
	}
	p.judge(fn, stmts)
	p.closeBlock()
	p.closeFunction()
	return stmts
}

// statements reads up to a word that ends a block.
func (p *parser) statements() []ast.Stmt {
	p.enter()
	defer p.leave()
	var stmts []ast.Stmt
	var tail []*label
	for !p.blockEnds() {
		if p.accept(";") {
			continue
		}
		if p.tok.is("::") {
			stmt, l := p.labelStatement()
			stmts, tail = append(stmts, stmt), append(tail, l)
			continue
		}
		for _, l := range tail {
			l.last = false
		}
		tail = tail[:0]
		start := p.tok
		stmts = append(stmts, p.statement()...)
		if start.is("return") {
			p.accept(";")
			if !p.blockEnds() {
				p.fail(p.tok, "`return` must be the last statement of its block", "put `end` before this line, or write `do return end`")
			}
		}
	}
	return stmts
}

func (p *parser) blockEnds() bool {
	switch {
	case p.tok.kind == tokEOF, p.tok.is("end"), p.tok.is("else"), p.tok.is("elseif"), p.tok.is("until"):
		return true
	}
	return false
}

// open notes that a block began at tok.
func (p *parser) open(tok token, closer string) {
	p.openers = append(p.openers, opener{tok, closer})
}

// close steps over the word that ends the innermost block and returns its line.
func (p *parser) close() int {
	o := p.openers[len(p.openers)-1]
	if !p.tok.is(o.closer) {
		p.unclosed(o)
	}
	if p.culprit == nil && p.tok.first && o.tok.line != p.tok.line && p.tok.indent < o.tok.indent {
		p.culprit = &o
	}
	p.openers = p.openers[:len(p.openers)-1]
	line := p.tok.line
	p.next()
	return line
}

// body reads the statements of a block of its own.
func (p *parser) body(l *loop) []ast.Stmt {
	p.openBlock().loop = l
	stmts := p.statements()
	p.closeBlock()
	return stmts
}
