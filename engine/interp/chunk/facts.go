package chunk

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// DomainUse tells whether a script needs the domain.
type DomainUse uint8

// What can be said about a script's use of the domain without running it.
const (
	DomainUnknown DomainUse = iota // only a run can tell
	DomainUnused
	DomainUsed
)

// ReturnKind tells what the last statement of a file returns.
type ReturnKind uint8

// What a file returns.
const (
	ReturnNothing  ReturnKind = iota // no return, or one without a value
	ReturnFunction                   // a function, perhaps by the name of a local
	ReturnCall                       // the result of a call; Facts.Call has its name
	ReturnTable
	ReturnOther // anything else, or several different things
)

// Facts are what the text of a script says without being run.
type Facts struct {
	Domain DomainUse
	// Returns is what the file's last statement returns, Call the name of the called global such as "form" ("" if it is
	// not a plain global).
	Returns ReturnKind
	Call    string
	// EventLines are the lines of table constructors with a constant field `event = "name"`, by name.
	EventLines map[string][]int
	Requires   []Require
	Globals    []GlobalUse
}

// Require is one require of a module whose name is constant.
type Require struct {
	Module string
	Line   int
}

// GlobalUse is one place where a global is read or assigned.
type GlobalUse struct {
	Name     string
	Line     int
	Column   int
	Assigned bool
}

// noteCall collects require "x".
func (p *parser) noteCall(start token, call *ast.FuncCallExpr) {
	id, ok := call.Func.(*ast.IdentExpr)
	if !ok || id.Value != "require" || p.idents[id] != nil || len(call.Args) != 1 {
		return
	}
	if name, ok := call.Args[0].(*ast.StringExpr); ok {
		p.facts.Requires = append(p.facts.Requires, Require{name.Value, start.line})
	}
}

// noteField collects events.
func (p *parser) noteField(open token, key string, value ast.Expr) {
	if name, ok := value.(*ast.StringExpr); ok && key == "event" {
		p.facts.EventLines[name.Value] = append(p.facts.EventLines[name.Value], open.line)
	}
}

// nilField warns about `name = nil` in a table.
func (p *parser) nilField(tok token, key string, value ast.Expr) {
	if _, ok := value.(*ast.NilExpr); ok {
		p.warn(tok, RuleNilInTable, "`"+short(key)+" = nil` says nothing in Lua", "write json.null")
	}
}

// judge finds what the file returns.
func (p *parser) judge(fn *function, stmts []ast.Stmt) {
	p.checkConstants(fn)
	p.facts.Domain, p.facts.Returns = DomainUnknown, ReturnNothing
	if n := len(stmts); n > 0 {
		if last, ok := stmts[n-1].(*ast.ReturnStmt); ok && len(last.Exprs) > 0 {
			p.facts.Returns, p.facts.Call = p.returned(last.Exprs[0])
		} else if ok || len(fn.returns) == 0 {
			p.forgottenReturn(stmts)
		}
	}
	for i, r := range fn.returns {
		use := DomainUnused
		if len(r.Exprs) > 0 {
			use = p.domainUse(r.Exprs[0])
		}
		if i == 0 || use == DomainUsed || use == DomainUnknown && p.facts.Domain == DomainUnused {
			p.facts.Domain = use
		}
	}
}

// forgottenReturn warns about `form {…}` as a statement of a file that returns nothing.
func (p *parser) forgottenReturn(stmts []ast.Stmt) {
	for _, stmt := range stmts {
		s, ok := stmt.(*ast.FuncCallStmt)
		if !ok {
			continue
		}
		if name := p.globalCall(s.Expr); name == "form" || name == "slots" || name == "knowledge_base" {
			p.warn(token{line: stmt.Line()}, RuleNoReturn, "the file returns nothing", "put return before "+name)
		}
	}
}

// globalCall is the name of the global that an expression calls.
func (p *parser) globalCall(e ast.Expr) string {
	call, ok := e.(*ast.FuncCallExpr)
	if !ok || call.Func == nil {
		return ""
	}
	if id, ok := call.Func.(*ast.IdentExpr); ok && p.idents[id] == nil {
		return id.Value
	}
	return ""
}

// meant follows a local that is never assigned again to the value of its declaration.
func (p *parser) meant(e ast.Expr) ast.Expr {
	for range 100 {
		id, ok := e.(*ast.IdentExpr)
		if !ok {
			return e
		}
		v := p.idents[id]
		if v == nil || v.assigned > 0 || v.value == nil {
			return e
		}
		e = v.value
	}
	return e
}

func (p *parser) returned(e ast.Expr) (ReturnKind, string) {
	switch e := p.meant(e).(type) {
	case *ast.FunctionExpr:
		return ReturnFunction, ""
	case *ast.TableExpr:
		return ReturnTable, ""
	case *ast.FuncCallExpr:
		if isOperator(e) {
			return ReturnOther, ""
		}
		if isRecord(e) {
			return ReturnTable, ""
		}
		if fn, ok := e.Func.(*ast.FunctionExpr); ok && p.bodies[fn] == nil {
			return ReturnTable, "" // a large table, built in parts
		}
		return ReturnCall, p.globalCall(e)
	case *ast.NilExpr:
		return ReturnNothing, ""
	}
	return ReturnOther, ""
}

func (p *parser) domainUse(e ast.Expr) DomainUse {
	switch e := p.meant(e).(type) {
	case *ast.FunctionExpr:
		return p.bodies[e].usesDomain()
	case *ast.FuncCallExpr:
		switch p.globalCall(e) {
		case "form", "slots":
			return DomainUsed
		case "knowledge_base":
			return DomainUnused
		}
	}
	return DomainUnknown
}

// usesDomain tells whether a function (dispatcher, tracker, domain) reads its third parameter.
func (fn *function) usesDomain() DomainUse {
	const domain = 2
	if len(fn.params) > domain {
		if fn.params[domain].reads > 0 {
			return DomainUsed
		}
		return DomainUnused
	}
	if fn.varargs {
		return DomainUsed
	}
	return DomainUnused
}

// String names the kind for messages and tests.
func (k ReturnKind) String() string {
	names := [...]string{"nothing", "function", "call", "table", "other"}
	if int(k) < len(names) {
		return names[k]
	}
	return strconv.Itoa(int(k))
}
