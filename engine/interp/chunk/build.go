package chunk

import "github.com/yuin/gopher-lua/ast"

// assignName is the hidden global that is called with the name and the value when a script assigns a global.
const assignName = "\x00assign"

func at[T ast.PositionHolder](node T, line int) T {
	node.SetLine(line)
	return node
}

func doBlock(line, last int, stmts ...ast.Stmt) *ast.DoBlockStmt {
	stmt := at(&ast.DoBlockStmt{Stmts: stmts}, line)
	stmt.SetLastLine(last)
	return stmt
}

func ident(name string, line int) *ast.IdentExpr { return at(&ast.IdentExpr{Value: name}, line) }

func text(value string, line int) *ast.StringExpr { return at(&ast.StringExpr{Value: value}, line) }

func localStmt(line int, names []string, exprs []ast.Expr) *ast.LocalAssignStmt {
	return at(&ast.LocalAssignStmt{Names: names, Exprs: exprs}, line)
}

func assignStmt(line int, target, value ast.Expr) *ast.AssignStmt {
	return at(&ast.AssignStmt{Lhs: []ast.Expr{target}, Rhs: []ast.Expr{value}}, line)
}

func callStmt(line int, fn ast.Expr, args ...ast.Expr) *ast.FuncCallStmt {
	return at(&ast.FuncCallStmt{Expr: at(&ast.FuncCallExpr{Func: fn, Args: args}, line)}, line)
}

func bareFunction(line, last int, params *ast.ParList, stmts ...ast.Stmt) *ast.FunctionExpr {
	fn := at(&ast.FunctionExpr{ParList: params, Stmts: stmts}, line)
	fn.SetLastLine(last)
	return fn
}

// multi reports whether an expression can give more or fewer than one value.
func multi(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		return !e.AdjustRet
	case *ast.Comma3Expr:
		return !e.AdjustRet
	}
	return false
}

// single cuts an expression to one value.
func single(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		e.AdjustRet = true
	case *ast.Comma3Expr:
		e.AdjustRet = true
	}
	return e
}

// truth tells whether an expression is a constant, and whether that counts as true.
func truth(e ast.Expr) (value, constant bool) {
	switch e.(type) {
	case *ast.FalseExpr, *ast.NilExpr:
		return false, true
	case *ast.TrueExpr, *ast.NumberExpr, *ast.StringExpr:
		return true, true
	}
	return false, false
}

// and, or, not decide what is constant themselves: the compiler turns a constant condition into a jump, and a jump at the
// start of a loop's body is patched wrongly.
func and(line int, left, right ast.Expr) ast.Expr {
	if value, constant := truth(left); constant && value {
		return single(right)
	} else if constant {
		return left
	}
	return at(&ast.LogicalOpExpr{Operator: "and", Lhs: left, Rhs: right}, line)
}

func or(line int, left, right ast.Expr) ast.Expr {
	if value, constant := truth(left); constant && value {
		return left
	} else if constant {
		return single(right)
	}
	return at(&ast.LogicalOpExpr{Operator: "or", Lhs: left, Rhs: right}, line)
}

func not(line int, e ast.Expr) ast.Expr {
	if value, constant := truth(e); constant && value {
		return at(&ast.FalseExpr{}, line)
	} else if constant {
		return at(&ast.TrueExpr{}, line)
	}
	return at(&ast.UnaryNotOpExpr{Expr: e}, line)
}

// concatName is the hidden global that joins its arguments as the operator .. does.
const concatName = "\x00concat"

// concat joins the operands from the right, as Lua does, with one call: the compiler's own operator writes numbers as Go
// does. Chains longer than Lua 5.1 takes are joined in groups, and these in groups again: each operand takes a register
// while it waits.
func concat(operands []ast.Expr, lines []int) ast.Expr {
	if len(operands) <= maxJoined {
		return joined(operands, lines[0])
	}
	var groups []ast.Expr
	var between []int
	for i := 0; i < len(operands); i += concatGroup {
		end := min(i+concatGroup, len(operands))
		if i > 0 {
			between = append(between, lines[i-1])
		}
		if end-i == 1 {
			groups = append(groups, operands[i])
			continue
		}
		groups = append(groups, joined(operands[i:end], lines[i]))
	}
	return concat(groups, between)
}

func joined(operands []ast.Expr, line int) ast.Expr {
	last := len(operands) - 1
	operands[last] = single(operands[last])
	return at(&ast.FuncCallExpr{Func: ident(concatName, line), Args: operands, AdjustRet: true}, line)
}

// numberName is the hidden global that makes a number of a text that says one, and gives anything else back.
const numberName = "\x00number"

// moduloName is the hidden global that does what the operator % does: the compiler's own has another idea of fractions and of
// the sign of zero.
const moduloName = "\x00mod"

func modulo(left, right ast.Expr, line int) ast.Expr {
	return at(&ast.FuncCallExpr{Func: ident(moduloName, line), Args: []ast.Expr{single(left), single(right)}, AdjustRet: true}, line)
}

// isOperator tells a call that stands for an operator.
func isOperator(e *ast.FuncCallExpr) bool {
	id, ok := e.Func.(*ast.IdentExpr)
	return ok && (id.Value == concatName || id.Value == moduloName)
}
