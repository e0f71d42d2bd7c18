package chunk

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// shaped has constructors with nothing but names made by a call. It pays when the state makes something cheaper than a table
// of them; see interp's State.SetRecords.
const shaped = true

// recordName is the hidden global that makes a table of a *Shape and the values of its keys.
const recordName = "\x00record"

// maxKeys is how many names a constructor may have to be made by a call.
const maxKeys = 16

// Shape is the list of the names in tables that are made alike, such as by the constructor { title = …, payload = … }: different
// ones, in the order in which they are written. It never changes.
type Shape struct {
	Keys  []string
	Names []lua.LValue // the keys as scripts see them
}

// NewShape returns the shape of these keys, which have to be different ones.
func NewShape(keys ...string) *Shape {
	s := &Shape{Keys: keys, Names: make([]lua.LValue, len(keys))}
	for i, key := range keys {
		s.Names[i] = lua.LString(key)
	}
	return s
}

// Find is the place of a key, -1 if it is none of the shape's.
func (s *Shape) Find(key string) int {
	for i, k := range s.Keys {
		if k == key {
			return i
		}
	}
	return -1
}

// Table makes an ordinary table: the arguments of the running call are the shape and as many values as it has keys. A nil
// leaves its key out.
func (s *Shape) Table(L *lua.LState) *lua.LTable {
	t := L.CreateTable(0, len(s.Keys))
	for i, key := range s.Keys {
		t.RawSetString(key, L.Get(i+2))
	}
	return t
}

// Record is the hidden global's work: make is given the shape, and finds the values from argument 2 on.
func Record(L *lua.LState, make func(L *lua.LState, shape *Shape) lua.LValue) int {
	data, ok := L.Get(1).(*lua.LUserData)
	if !ok {
		return 0
	}
	shape, ok := data.Value.(*Shape)
	if !ok {
		return 0
	}
	L.Push(make(L, shape))
	return 1
}

// record is the call that makes the table, nil if the constructor has something else than a few names.
func (t *tableReader) record() ast.Expr {
	p, line := t.p, t.open.line
	if !p.tuned || !shaped || t.plain > 0 || len(t.items) == 0 || len(t.items) > maxKeys {
		return nil
	}
	id := ""
	keys := make([]string, len(t.items))
	seen := make(map[string]bool, len(t.items))
	for i, it := range t.items {
		key, ok := it.field.Key.(*ast.StringExpr)
		if !ok || seen[key.Value] {
			return nil
		}
		seen[key.Value], keys[i] = true, key.Value
		id += strconv.Quote(key.Value)
	}
	mark, ok := p.shapes[id]
	if !ok {
		if len(p.shapes) == maxShapes {
			return nil
		}
		mark = p.plant(&lua.LUserData{Value: NewShape(keys...), Metatable: lua.LNil}, line).Value
		p.shapes[id] = mark
	}
	args := []ast.Expr{text(mark, line)}
	for _, it := range t.items {
		args = append(args, single(it.field.Value))
	}
	return at(&ast.FuncCallExpr{Func: ident(recordName, line), Args: args, AdjustRet: true}, line)
}

func isRecord(e *ast.FuncCallExpr) bool {
	id, ok := e.Func.(*ast.IdentExpr)
	return ok && id.Value == recordName
}
