package chunk

import (
	"slices"

	"github.com/yuin/gopher-lua/ast"
)

// candidate is a local variable that is declared with a table of constants.
type candidate struct {
	v     *variable
	stmt  *ast.LocalAssignStmt
	index int // of the table among the statement's expressions
	literal
}

// propose notes the variables that a local statement declares with tables of constants.
func (p *parser) propose(stmt *ast.LocalAssignStmt, vars []*variable) {
	for i, v := range vars {
		if i == len(stmt.Exprs) {
			return
		}
		if l, ok := p.literals[stmt.Exprs[i]]; ok {
			v.table = l
			p.candidates = append(p.candidates, candidate{v, stmt, i, l})
		}
	}
}

// share replaces the tables of constants that nothing can change, compare or pass on by tables that are there once, for all
// runs and states.
func (p *parser) share(stmts []ast.Stmt) {
	if len(p.candidates) == 0 {
		return
	}
	(&tracer{p}).block(stmts)
	slots, tables := 0, 0
	var v *evaluator
	for _, c := range p.candidates {
		if c.v.assigned > 0 || c.v.escapes || slots+c.slots > maxShared || tables == maxTables {
			continue
		}
		if v == nil {
			v = newEvaluator(p)
			defer v.L.Close()
		}
		if t := v.table(c.stmt.Exprs[c.index]); t != nil {
			c.stmt.Exprs[c.index] = p.plant(t, c.stmt.Exprs[c.index].Line())
			slots += c.slots
			tables++
		}
	}
}

// tracer looks at each use of a local variable, and marks those whose table gets out of sight or is written to.
type tracer struct{ p *parser }

func (w *tracer) block(stmts []ast.Stmt) {
	for _, stmt := range stmts {
		w.stmt(stmt)
	}
}

func (w *tracer) stmt(stmt ast.Stmt) {
	switch s := stmt.(type) {
	case *ast.AssignStmt:
		w.targets(s.Lhs)
		w.exprs(s.Rhs)
	case *ast.LocalAssignStmt:
		w.exprs(s.Exprs)
	case *ast.FuncCallStmt:
		w.expr(s.Expr)
	case *ast.DoBlockStmt:
		w.block(s.Stmts)
	case *ast.WhileStmt:
		w.expr(s.Condition)
		w.block(s.Stmts)
	case *ast.RepeatStmt:
		w.block(s.Stmts)
		w.expr(s.Condition)
	case *ast.IfStmt:
		w.expr(s.Condition)
		w.block(s.Then)
		w.block(s.Else)
	case *ast.NumberForStmt:
		w.exprs([]ast.Expr{s.Init, s.Limit, s.Step})
		w.block(s.Stmts)
	case *ast.GenericForStmt:
		w.iterator(s.Exprs)
		w.block(s.Stmts)
	case *ast.ReturnStmt:
		w.exprs(s.Exprs)
	case *ast.LabelStmt, *ast.GotoStmt:
	default:
		w.unknown()
	}
}

// unknown is called for what the parser doesn't make today.
func (w *tracer) unknown() {
	for _, c := range w.p.candidates {
		c.v.escapes = true
	}
}

// targets are what is assigned to: the object of a field is written to, its key only read.
func (w *tracer) targets(list []ast.Expr) {
	for _, e := range list {
		if t, ok := e.(*ast.AttrGetExpr); ok {
			w.expr(t.Object)
			w.expr(t.Key)
			continue
		}
		w.expr(e)
	}
}

// iterator is what a loop runs over. What pairs and ipairs are given stays in the loop's hidden variables; what they hand out
// must be no table.
func (w *tracer) iterator(list []ast.Expr) {
	if len(list) == 1 {
		call, ok := list[0].(*ast.FuncCallExpr)
		if name := w.p.globalCall(list[0]); ok && len(call.Args) == 1 && (name == "pairs" || name == "ipairs") {
			w.use(call.Args[0], 1)
			return
		}
	}
	w.exprs(list)
}

func (w *tracer) exprs(list []ast.Expr) {
	for _, e := range list {
		w.expr(e)
	}
}

// expr looks at an expression whose value may go anywhere.
func (w *tracer) expr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.IdentExpr, *ast.AttrGetExpr:
		w.use(e, 0)
	case *ast.UnaryLenOpExpr:
		w.use(e.Expr, anyDepth)
	case *ast.UnaryMinusOpExpr:
		w.expr(e.Expr)
	case *ast.UnaryNotOpExpr:
		w.expr(e.Expr)
	case *ast.LogicalOpExpr:
		w.exprs([]ast.Expr{e.Lhs, e.Rhs})
	case *ast.RelationalOpExpr:
		w.exprs([]ast.Expr{e.Lhs, e.Rhs})
	case *ast.ArithmeticOpExpr:
		w.exprs([]ast.Expr{e.Lhs, e.Rhs})
	case *ast.FuncCallExpr:
		w.exprs([]ast.Expr{e.Func, e.Receiver})
		w.exprs(e.Args)
	case *ast.FunctionExpr:
		w.block(e.Stmts)
	case *ast.TableExpr:
		for _, field := range e.Fields {
			w.exprs([]ast.Expr{field.Key, field.Value})
		}
	case nil, *ast.NilExpr, *ast.TrueExpr, *ast.FalseExpr, *ast.NumberExpr, *ast.StringExpr, *ast.Comma3Expr:
	default:
		w.unknown()
	}
}

const anyDepth = 1 << 30

// use looks at `variable.name[key]…` in a place that can read a table of the given depth and keep none of it.
func (w *tracer) use(e ast.Expr, depth int) {
	var keys []ast.Expr
	for {
		get, ok := e.(*ast.AttrGetExpr)
		if !ok {
			break
		}
		w.expr(get.Key)
		keys = append(keys, get.Key)
		e = get.Object
	}
	id, ok := e.(*ast.IdentExpr)
	if !ok {
		w.expr(e)
		return
	}
	v := w.p.idents[id]
	if v == nil || v.escapes {
		return
	}
	found := v.table
	for _, key := range slices.Backward(keys) {
		found = found.field(key)
	}
	v.escapes = found.depth > depth
}
