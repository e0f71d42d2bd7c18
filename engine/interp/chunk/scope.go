package chunk

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// variable is a local variable or parameter.
type variable struct {
	name     string
	line     int
	fn       *function
	level    int // its register: the number of active locals before it
	reads    int
	assigned int
	value    ast.Expr // what its declaration gives it, when that is one expression
	table    literal  // the table of constants that it is declared with
	escapes  bool     // that table is written to, compared or passed on
}

// function is a function body that is being parsed.
type function struct {
	parent   *function
	line     int
	main     bool
	varargs  bool
	params   []*variable
	active   int // locals in scope, hidden ones included
	upvalues map[*variable]bool
	consts   map[string]bool
	order    []string // consts in the order they came
	overflow int      // line of the first constant too many
	dots     int      // uses of ...
	jumps    int      // gotos and breaks
	labels   int
	returns  []*ast.ReturnStmt // of the main chunk only
}

// block is a run of statements with its own locals and labels.
type block struct {
	parent *block
	fn     *function
	entry  int // active locals when it began
	vars   []*variable
	labels map[string]*label
	gotos  []*jump
	loop   *loop
	until  bool // its locals stay visible in a condition behind it
}

type label struct {
	name, unique string
	line         int
	level        int // active locals at its place
	seq          int // number of gotos seen before it
	last         bool
}

type jump struct {
	stmt   *ast.GotoStmt
	name   string
	tok    token
	active int // locals in scope, as seen from the block it has been handed to
	seq    int
}

// loop is what a break needs to know.
type loop struct {
	label string
	level int
	used  bool
}

func (p *parser) openFunction(line int, main bool) *function {
	fn := &function{parent: p.fn, line: line, main: main, upvalues: map[*variable]bool{}, consts: map[string]bool{}}
	p.fn = fn
	p.functions++
	if p.functions > maxFunctions {
		p.failLine(line, "the file has more than "+strconv.Itoa(maxFunctions)+" functions", "split it into modules and use require")
	}
	return fn
}

func (p *parser) closeFunction() { p.fn = p.fn.parent }

func (p *parser) openBlock() *block {
	b := &block{parent: p.block, fn: p.fn, entry: p.fn.active}
	p.block = b
	return b
}

// closeBlock ends the scope of the block's locals and finds the labels of its gotos.
func (p *parser) closeBlock() {
	b := p.block
	p.resolveJumps(b)
	for i := len(b.vars) - 1; i >= 0; i-- {
		name := b.vars[i].name
		p.names[name] = p.names[name][:len(p.names[name])-1]
	}
	p.fn.active = b.entry
	p.block = b.parent
}

// declare brings a local into scope.
func (p *parser) declare(name string, line int) *variable {
	v := &variable{name: name, line: line, fn: p.fn, level: p.fn.active}
	p.fn.active++
	if p.fn.active > maxLocals {
		p.failLine(line, "a function may have at most "+strconv.Itoa(maxLocals)+" local variables at a time",
			"put some of them into a table or into a function of their own")
	}
	p.block.vars = append(p.block.vars, v)
	p.names[name] = append(p.names[name], v)
	return v
}

// hide takes registers for what the interpreter keeps out of sight.
func (p *parser) hide(n int) { p.fn.active += n }

// lookup finds the local that a name means here; nil for a global.
func (p *parser) lookup(name string, line int) *variable {
	p.mentions[name]++
	stack := p.names[name]
	if len(stack) == 0 {
		return nil
	}
	v := stack[len(stack)-1]
	for fn := p.fn; fn != v.fn; fn = fn.parent {
		if fn.upvalues[v] {
			break
		}
		fn.upvalues[v] = true
		if len(fn.upvalues) > maxUpvalues {
			p.failLine(line, "this function uses more than "+strconv.Itoa(maxUpvalues)+" local variables of the functions around it",
				"put some of them into a table")
		}
	}
	return v
}

// constant notes that the function being parsed needs this constant: the compiler's work grows with the square of
// their number.
func (p *parser) constant(text string) {
	fn := p.fn
	if fn.consts[text] {
		return
	}
	fn.consts[text] = true
	fn.order = append(fn.order, text)
	if len(fn.order) == maxConstants+1 {
		fn.overflow = p.tok.line
	}
}

// forget takes back the constants noted since mark.
func (fn *function) forget(mark int) {
	for _, text := range fn.order[mark:] {
		delete(fn.consts, text)
	}
	fn.order = fn.order[:mark]
}

func (p *parser) addLabel(tok token) (*ast.LabelStmt, *label) {
	if old := p.block.labels[tok.text]; old != nil {
		p.fail(tok, "the label `"+tok.text+"` is already there in line "+strconv.Itoa(old.line), "give it another name")
	}
	p.fn.labels++
	if p.fn.labels > maxLabels {
		p.fail(tok, "a function may have at most "+strconv.Itoa(maxLabels)+" labels", "split the function")
	}
	l := &label{name: tok.text, unique: p.unique(tok.text), line: tok.line, level: p.fn.active, seq: p.seq, last: true}
	if p.block.labels == nil {
		p.block.labels = map[string]*label{}
	}
	p.block.labels[tok.text] = l
	return at(&ast.LabelStmt{Name: l.unique}, tok.line), l
}

func (p *parser) unique(name string) string {
	p.serial++
	return name + " " + strconv.Itoa(p.serial)
}

func (p *parser) countJump(tok token) {
	p.fn.jumps++
	if p.fn.jumps > maxJumps {
		p.fail(tok, "a function may have at most "+strconv.Itoa(maxJumps)+" goto and break", "split the function")
	}
}

func (p *parser) addGoto(tok token) *ast.GotoStmt {
	p.countJump(tok)
	stmt := &ast.GotoStmt{}
	stmt.SetLine(tok.line)
	p.seq++
	p.block.gotos = append(p.block.gotos, &jump{stmt: stmt, name: tok.text, tok: tok, active: p.fn.active, seq: p.seq})
	return stmt
}

// resolveJumps binds the gotos that wait in b to its labels and hands the others to the block around it.
func (p *parser) resolveJumps(b *block) {
	for _, g := range b.gotos {
		l := b.labels[g.name]
		if l == nil {
			if b.parent == nil || b.parent.fn != b.fn {
				p.fail(g.tok, "there is no label `"+g.name+"` that this goto could reach", "write `::"+g.name+"::` where it should go on")
			}
			g.active = min(g.active, b.entry)
			b.parent.gotos = append(b.parent.gotos, g)
			continue
		}
		level := l.level
		if l.last && !b.until {
			level = b.entry
		}
		if g.seq > l.seq || g.active >= level {
			g.stmt.Label = l.unique
			g.stmt.SetLine(mark(g.tok.line, min(level, g.active)))
			continue
		}
		name := ""
		for _, v := range b.vars {
			if v.level >= g.active {
				name = v.name
				break
			}
		}
		p.fail(g.tok, "this goto jumps over `local "+name+"` to a place where it is in use",
			"declare `"+name+"` before the goto, or put the lines between into `do … end`")
	}
}

// addBreak leaves the innermost loop. It is a goto: the interpreter's own break forgets to detach the variables of the
// blocks inside the loop from the functions that use them.
func (p *parser) addBreak(tok token) ast.Stmt {
	for b := p.block; b != nil && b.fn == p.fn; b = b.parent {
		if b.loop == nil {
			continue
		}
		p.countJump(tok)
		b.loop.used = true
		stmt := &ast.GotoStmt{Label: b.loop.label}
		stmt.SetLine(mark(tok.line, b.loop.level))
		return stmt
	}
	p.fail(tok, "`break` leaves a loop, and there is none around it", "to leave the function write `return`")
	return nil
}

func (p *parser) newLoop() *loop { return &loop{label: p.unique("break"), level: p.fn.active} }

// endLoop puts the label of the loop's breaks behind it.
func endLoop(l *loop, stmt ast.Stmt) ast.Stmt {
	if !l.used {
		return stmt
	}
	end := &ast.LabelStmt{Name: l.label}
	end.SetLine(stmt.LastLine())
	return doBlock(stmt.Line(), stmt.LastLine(), stmt, end)
}
