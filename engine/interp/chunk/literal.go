package chunk

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// literal describes a table constructor that has nothing but constants in it.
type literal struct {
	depth int                // 1, or more if there are tables in it; 0 for what is no table of constants
	slots int                // how many places its tables take
	inner map[string]literal // the tables in it that lie under texts
	vague bool               // one of several tables: inner is unknown
}

// field is what lies under a key.
func (l literal) field(key ast.Expr) literal {
	if l.depth == 0 {
		return literal{}
	}
	if key, ok := key.(*ast.StringExpr); ok && !l.vague {
		return l.inner[key.Value]
	}
	return literal{depth: l.depth - 1, vague: true}
}

// literal returns what is known of the table if all its keys and values are constants; a depth of 0 if they aren't.
func (t *tableReader) literal() literal {
	l := literal{depth: 1, slots: len(t.items)}
	top := 0
	for _, it := range t.items {
		if !plainKey(it.field.Key) {
			return literal{}
		}
		top = max(top, place(it.field.Key))
		if inner, ok := t.p.literals[it.field.Value]; ok {
			l.depth = max(l.depth, inner.depth+1)
			l.slots += inner.slots
			if key, ok := it.field.Key.(*ast.StringExpr); ok {
				if l.inner == nil {
					l.inner = map[string]literal{}
				}
				l.inner[key.Value] = inner
			}
		} else if !scalar(it.field.Value) {
			return literal{}
		}
	}
	l.slots += top // the interpreter fills the gap below an index
	if l.slots == 0 || l.slots > maxShared {
		return literal{}
	}
	return l
}

// scalar tells whether an expression is a constant other than a table.
func scalar(e ast.Expr) bool {
	switch e.(type) {
	case *ast.StringExpr, *ast.TrueExpr, *ast.FalseExpr, *ast.NilExpr:
		return true
	}
	return numeric(e)
}

// numeric tells whether an expression is made of numbers only, such as 24 * 60.
func numeric(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.NumberExpr:
		return true
	case *ast.UnaryMinusOpExpr:
		return numeric(e.Expr)
	case *ast.ArithmeticOpExpr:
		return numeric(e.Lhs) && numeric(e.Rhs)
	}
	return false
}

// plainKey tells whether a key is one plain constant; nil stands for an item without a key.
func plainKey(key ast.Expr) bool {
	switch key := key.(type) {
	case nil, *ast.StringExpr, *ast.NumberExpr, *ast.TrueExpr, *ast.FalseExpr:
		return true
	case *ast.UnaryMinusOpExpr:
		_, ok := key.Expr.(*ast.NumberExpr)
		return ok
	}
	return false
}

// place is the index that a key is, 0 if it is none.
func place(key ast.Expr) int {
	e, ok := key.(*ast.NumberExpr)
	if !ok {
		return 0
	}
	n, err := strconv.ParseFloat(e.Value, 64)
	if err != nil || n > float64(lua.MaxArrayIndex) {
		return 0
	}
	return max(int(n), 0)
}

// sharedMark lies where a shared table's metatable would. The interpreter takes what is no table for none.
const sharedMark = lua.LString("\x00shared")

// IsShared tells whether a table belongs to the compiled script: it has constants in it, no script can change it or pass it
// on, and any number of states read it at once.
func IsShared(t *lua.LTable) bool { return t.Metatable == sharedMark }

// evaluator makes tables of constructors, in the way in which a script would.
type evaluator struct {
	p *parser
	L *lua.LState
}

func newEvaluator(p *parser) *evaluator {
	L := lua.NewState(lua.Options{SkipOpenLibs: true, CallStackSize: maxDepth, RegistrySize: 1024, RegistryMaxSize: 64 << 10})
	L.SetGlobal(recordName, L.NewFunction(func(L *lua.LState) int {
		return Record(L, func(L *lua.LState, shape *Shape) lua.LValue { return shape.Table(L) })
	}))
	return &evaluator{p, L}
}

// table runs a constructor that is a literal; nil if that fails, as it will for the script.
func (v *evaluator) table(e ast.Expr) *lua.LTable {
	proto, err := lua.Compile([]ast.Stmt{at(&ast.ReturnStmt{Exprs: []ast.Expr{e}}, e.Line())}, v.p.script)
	if err != nil {
		return nil
	}
	finish(proto)
	v.p.harvest(proto)
	v.L.SetTop(0)
	v.L.Push(v.L.NewFunctionFromProto(proto))
	if v.L.PCall(0, 1, nil) != nil {
		return nil
	}
	t, ok := v.L.Get(-1).(*lua.LTable)
	if !ok {
		return nil
	}
	markShared(t)
	return t
}

func markShared(t *lua.LTable) {
	t.Metatable = sharedMark
	t.ForEach(func(_, value lua.LValue) {
		if inner, ok := value.(*lua.LTable); ok {
			markShared(inner)
		}
	})
}
