package chunk

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// item is one entry of a table while it is read.
type item struct {
	field *ast.Field
	line  int
	marks int // constants of the function when the item had been read
}

// table reads a table constructor.
func (p *parser) table() (ast.Expr, int) {
	p.enter()
	defer p.leave()
	open := p.tok
	p.next()
	t := &tableReader{p: p, open: open, before: len(p.fn.order), dots: p.fn.dots}
	for !p.tok.is("}") {
		t.item()
		if p.tok.is(",") || p.tok.is(";") {
			p.next()
			continue
		}
		if !p.tok.is("}") {
			p.missingComma(open, t.items[len(t.items)-1].line)
		}
	}
	p.next()
	l := t.literal()
	e := t.build()
	if l.depth > 0 {
		p.literals[e] = l
	}
	return e, t.height + 1
}

type tableReader struct {
	p      *parser
	open   token
	items  []item
	plain  int // items without a name
	height int
	before int
	dots   int
}

func (t *tableReader) item() {
	p := t.p
	tok := p.tok
	field := &ast.Field{}
	height := 0
	switch {
	case tok.kind == tokName && p.peek().is("="):
		p.next()
		p.next()
		p.constant(tok.text)
		field.Key = text(tok.text, tok.line)
		value := p.tok
		field.Value, height = p.binary(0)
		if value.is("nil") {
			p.nilField(tok, tok.text, field.Value)
		}
		p.noteField(t.open, tok.text, field.Value)
	case tok.kind == tokWord && p.peek().is("="):
		p.fail(tok, "`"+tok.text+"` is a word of Lua and can't be a name here", "write `[\""+tok.text+"\"] = …`")
	case tok.is("["):
		p.next()
		field.Key, height = p.binary(0)
		if !p.accept("]") {
			p.bracketList(tok)
		}
		if !p.accept("=") {
			p.bracketList(tok)
		}
		var h int
		field.Value, h = p.binary(0)
		height = max(height, h)
		if key, ok := field.Key.(*ast.StringExpr); ok {
			p.nilField(tok, `["`+key.Value+`"]`, field.Value)
			p.noteField(t.open, key.Value, field.Value)
		}
	default:
		field.Value, height = p.binary(0)
		t.plain++
	}
	t.items = append(t.items, item{field, tok.line, len(p.fn.order)})
	t.height = max(t.height, height)
}

const flush = 50 // items that the compiler stores at once

func (t *tableReader) build() ast.Expr {
	p := t.p
	list := false // ends in a value that can be several
	if n := len(t.items); n > 0 {
		f := t.items[n-1].field
		list = f.Key == nil && multi(f.Value)
	}
	if (len(p.fn.order)-t.before > splitAfter || t.plain > maxItems) && !list && p.fn.dots == t.dots {
		p.fn.forget(t.before)
		return t.inParts()
	}
	if t.plain > maxItems {
		p.fail(t.open, "this table has more than "+strconv.Itoa(maxItems)+" items", "split the data into several tables")
	}
	if e := t.record(); e != nil {
		return e
	}
	e := at(&ast.TableExpr{}, t.open.line)
	if list && t.plain > 1 && (t.plain-1)%flush == 0 {
		return t.withRest(e)
	}
	e.Fields = t.fields()
	return e
}

// fields orders the entries so that no named one follows directly on a multiple of flush unnamed ones: the compiler would
// store these again, after their registers have been used for something else.
func (t *tableReader) fields() []*ast.Field {
	var fields []*ast.Field
	var held *ast.Field
	count := 0
	for i, it := range t.items {
		if it.field.Key != nil {
			fields = append(fields, it.field)
			continue
		}
		if held != nil {
			fields, held = append(fields, held), nil
		}
		count++
		if count%flush == 0 && i+1 < len(t.items) && t.items[i+1].field.Key != nil {
			held = it.field
			continue
		}
		fields = append(fields, it.field)
	}
	if held != nil {
		held.Value = single(held.Value)
		fields = append(fields, held)
	}
	return fields
}

// withRest builds a table of exactly k*flush items and a last value that can be several, which the compiler would store over
// the first ones: a function adds them.
func (t *tableReader) withRest(e *ast.TableExpr) ast.Expr {
	p, line := t.p, t.open.line
	last := t.items[len(t.items)-1].field.Value
	t.items = t.items[:len(t.items)-1]
	for _, it := range t.items {
		it.field.Value = single(it.field.Value)
	}
	e.Fields = t.fields()
	table, rest, i := p.unique("table"), p.unique("rest"), p.unique("i")
	add := at(&ast.NumberForStmt{Name: i, Init: number(1, line), Limit: at(&ast.UnaryLenOpExpr{Expr: ident(rest, line)}, line)}, line)
	add.Stmts = []ast.Stmt{assignStmt(line,
		at(&ast.AttrGetExpr{Object: ident(table, line), Key: at(&ast.ArithmeticOpExpr{Operator: "+",
			Lhs: ident(i, line), Rhs: number(t.plain-1, line)}, line)}, line),
		at(&ast.AttrGetExpr{Object: ident(rest, line), Key: ident(i, line)}, line))}
	fn := bareFunction(line, line, &ast.ParList{HasVargs: true, Names: []string{table}},
		localStmt(line, []string{rest}, []ast.Expr{at(&ast.TableExpr{Fields: []*ast.Field{{Value: at(&ast.Comma3Expr{}, line)}}}, line)}),
		add, at(&ast.ReturnStmt{Exprs: []ast.Expr{ident(table, line)}}, line))
	return at(&ast.FuncCallExpr{Func: fn, Args: []ast.Expr{e, last}, AdjustRet: true}, line)
}

func number(n, line int) ast.Expr { return at(&ast.NumberExpr{Value: strconv.Itoa(n)}, line) }

// inParts builds a large table in functions of their own: the compiler's work grows with the square of the number of
// constants in a function.
func (t *tableReader) inParts() ast.Expr {
	p, line := t.p, t.open.line
	table := p.unique("table")
	stmts := []ast.Stmt{localStmt(line, []string{table}, []ast.Expr{at(&ast.TableExpr{}, line)})}
	var part []ast.Stmt
	start, index := t.before, 0
	for i, it := range t.items {
		key := it.field.Key
		if key == nil {
			index++
			key = number(index, it.line)
		}
		part = append(part, assignStmt(it.line, at(&ast.AttrGetExpr{Object: ident(table, it.line), Key: key}, it.line),
			single(it.field.Value)))
		if it.marks-start+len(part) >= splitGroup || i == len(t.items)-1 {
			stmts = append(stmts, callStmt(it.line, bareFunction(part[0].Line(), it.line, &ast.ParList{}, part...)))
			part, start = nil, it.marks
		}
	}
	stmts = append(stmts, at(&ast.ReturnStmt{Exprs: []ast.Expr{ident(table, line)}}, line))
	return at(&ast.FuncCallExpr{Func: bareFunction(line, p.last.line, &ast.ParList{}, stmts...), AdjustRet: true}, line)
}
