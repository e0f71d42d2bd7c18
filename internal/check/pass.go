package check

import (
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
)

// pass is the check of one script.
type pass struct {
	world    *world
	script   *source
	file     *tree.File
	findings []Finding
	uses     []Use

	types      map[tree.Expr]typ
	twos       map[*tree.Function]bool // whether they return a second value
	results    map[*tree.Function]typ  // of functions of the script, by what they return
	depth      int
	roles      map[*tree.Local]typ                    // parameters whose values the server gives
	owners     map[*tree.Function]*tree.Local         // the local that a function is declared as
	handled    map[*tree.Function]handler             // functions that the server calls
	own        map[string]bool                        // names that the script sets in any table
	added      map[*tree.Local][]item                 // what is put into the list of a local
	asked      map[string]bool                        // names of files that the script asks after
	assigned   map[string]bool                        // globals that the script assigns
	usage      map[*tree.Local]*usage                 // how tables are used
	fields     map[*tree.Local]map[string][]tree.Expr // what is set in a local's table, by name; nil for what isn't known
	shapes     map[*tree.Local]*shape                 // what shapeOf has found
	looked     map[string]bool                        // names that are read of some table without being called
	tested     map[*tree.Local]bool                   // locals that the script asks whether they are there
	metatables bool                                   // the script gives tables metatables
	guarded    map[*tree.Function]bool                // what is called to see whether it fails
	elements   map[tree.Expr]bool                     // tables that were looked at as events
	bases      map[*tree.Index]*tree.Call             // what is called by an index
}

// handler is what the server calls a function for.
type handler uint8

const (
	anAction handler = iota + 1
	aValidator
	anExtractor
	aRequest // required_slots
)

// usage counts what is done with a local.
type usage struct {
	harmless int  // reads that leave a table as it is
	filling  int  // reads that only put something into a list: table.insert(t, …), t[…] = …, #t
	changed  bool // t.x = …
	zero     bool // t[0] = …
	meta     bool // it is given a metatable, or made one
	kept     int  // other reads that leave the names in it as they are: t:f(), setmetatable({}, t), t.__index = t
	open     bool // t[x] = …
	dressed  bool // it is given a metatable
}

func newPass(w *world, s *source) *pass {
	return &pass{
		world: w, script: s, file: s.tree, types: map[tree.Expr]typ{}, results: map[*tree.Function]typ{}, twos: map[*tree.Function]bool{}, roles: map[*tree.Local]typ{}, owners: map[*tree.Function]*tree.Local{},
		handled: map[*tree.Function]handler{}, assigned: map[string]bool{}, own: map[string]bool{}, added: map[*tree.Local][]item{}, asked: map[string]bool{}, usage: map[*tree.Local]*usage{}, fields: map[*tree.Local]map[string][]tree.Expr{},
		shapes: map[*tree.Local]*shape{}, looked: map[string]bool{}, tested: map[*tree.Local]bool{},
		guarded: map[*tree.Function]bool{}, elements: map[tree.Expr]bool{},
		bases: map[*tree.Index]*tree.Call{},
	}
}

// run looks at the whole script.
func (p *pass) run() {
	tree.Walk(p.file.Main, p.survey)
	p.assignRoles()
	tree.Walk(p.file.Main, func(n tree.Node) bool {
		p.visit(n)
		return true
	})
	p.checkBlocks(p.file.Main)
	p.checkLocals()
	p.checkAnswers()
	p.checkParameters()
	p.checkEnding()
}

// maxFindings is how many findings one script gets: who has that many begins with the first ones.
const maxFindings = 200

// visit looks at one node.
func (p *pass) visit(n tree.Node) {
	if len(p.findings) >= maxFindings {
		return
	}
	switch n := n.(type) {
	case *tree.Name:
		p.checkName(n)
	case *tree.Index:
		p.checkIndex(n)
	case *tree.Call:
		p.checkCall(n)
	case *tree.CallStmt:
		p.checkStatement(n)
	case *tree.LocalStmt:
		p.checkCount(n)
	case *tree.Binary:
		p.checkBinary(n)
	case *tree.Unary:
		p.checkUnary(n)
	case *tree.Table:
		p.checkTable(n)
		p.noteEventTable(n)
	case *tree.Assign:
		p.checkAssign(n)
	case *tree.FunctionStmt:
		p.checkTarget(n.Target, "local function %s(…)")
	case *tree.If:
		for _, c := range n.Clauses {
			p.checkCondition(c.Cond, false)
		}
	case *tree.While:
		p.checkCondition(n.Cond, true)
	case *tree.Repeat:
		p.checkCondition(n.Cond, true)
	case *tree.ListFor:
		p.checkListFor(n)
	case *tree.NumberFor:
		p.checkNumberFor(n)
	}
}

// survey notes what the rules need to know of the whole script.
func (p *pass) survey(n tree.Node) bool {
	switch n := n.(type) {
	case *tree.LocalStmt:
		for _, l := range n.Locals {
			if fn, ok := l.Value.(*tree.Function); ok {
				p.owners[fn] = l
			}
		}
	case *tree.Assign:
		for i, t := range n.Targets {
			var value tree.Expr
			if i < len(n.Values) {
				value = n.Values[i]
			}
			p.surveyTarget(t, value)
			if index, ok := t.(*tree.Index); ok && value != nil {
				p.adds(index.X, index.Key, value)
				p.surveySelf(index, value)
			}
		}
	case *tree.FunctionStmt:
		p.surveyTarget(n.Target, n.Fn)
	case *tree.Table:
		for _, f := range n.Fields {
			if key, ok := f.Key.(*tree.String); ok {
				if _, fn := f.Value.(*tree.Function); fn {
					p.own[key.Value] = true
				}
			}
		}
	case *tree.Index:
		p.harmless(n.X)
		if key, ok := n.Key.(*tree.String); ok && p.bases[n] == nil {
			p.looked[key.Value] = true
		}
	case *tree.Binary:
		if n.Op == "and" || n.Op == "or" || n.Op == "==" || n.Op == "~=" {
			p.tests(n.Left)
			p.tests(n.Right)
		}
	case *tree.If:
		for _, c := range n.Clauses {
			p.tests(c.Cond)
		}
	case *tree.Unary:
		if n.Op == "not" {
			p.tests(n.X)
		}
		if n.Op == "#" {
			p.harmless(n.X)
			if name, ok := n.X.(*tree.Name); ok && name.Local != nil {
				p.usageOf(name.Local).filling++
			}
		}
	case *tree.Call:
		p.surveyCall(n)
	}
	return true
}

// tests notes a local that is asked whether it is there.
func (p *pass) tests(e tree.Expr) {
	if n, ok := tree.Plain(e).(*tree.Name); ok && n.Local != nil {
		p.tested[n.Local] = true
	}
}

// surveySelf notes t.__index = t, as classes do it.
func (p *pass) surveySelf(target *tree.Index, value tree.Expr) {
	n, ok := value.(*tree.Name)
	if key, is := target.Key.(*tree.String); ok && is && n.Local != nil && key.Value == "__index" {
		p.usageOf(n.Local).kept++
	}
}

func (p *pass) surveyCall(n *tree.Call) {
	if name, ok := n.Object.(*tree.Name); ok && name.Local != nil {
		p.usageOf(name.Local).kept++
	}
	if index, ok := n.Fn.(*tree.Index); ok {
		p.bases[index] = n
		if key, ok := index.Key.(*tree.String); ok && key.Value == "insert" && len(n.Args) == 2 && p.isGlobal(index.X, "table") {
			p.adds(n.Args[0], nil, n.Args[1])
		}
		if key, ok := index.Key.(*tree.String); ok && key.Value == "exists" && len(n.Args) == 1 {
			if name, ok := p.constant(n.Args[0]); ok {
				p.asked[name] = true
			}
		}
	}
	if len(n.Args) == 1 && (p.isGlobal(n.Fn, "ipairs") || p.isGlobal(n.Fn, "pairs")) {
		p.harmless(n.Args[0])
	}
	if p.isGlobal(n.Fn, "setmetatable") {
		p.metatables = true
		for i, arg := range n.Args {
			if name, ok := arg.(*tree.Name); ok && name.Local != nil {
				u := p.usageOf(name.Local)
				u.meta = true
				u.dressed = u.dressed || i == 0
				if i == 1 {
					u.kept++
				}
			}
		}
	}
	if p.isGlobal(n.Fn, "pcall") || p.isGlobal(n.Fn, "xpcall") || p.asserts(n.Fn) {
		for _, arg := range n.Args {
			if fn, ok := arg.(*tree.Function); ok {
				p.guarded[fn] = true
			}
		}
	}
}

// item is a value that is put into a list; key is nil for the end of it.
type item struct{ key, value tree.Expr }

func (p *pass) adds(list, key, value tree.Expr) {
	if n, ok := list.(*tree.Name); ok && n.Local != nil {
		p.added[n.Local] = append(p.added[n.Local], item{key, value})
		p.usageOf(n.Local).filling++
	}
}

// asserts tells whether e is a member of assert.
func (p *pass) asserts(e tree.Expr) bool {
	for {
		index, ok := e.(*tree.Index)
		if !ok {
			return p.isGlobal(e, "assert")
		}
		e = index.X
	}
}

func (p *pass) harmless(e tree.Expr) {
	if n, ok := e.(*tree.Name); ok && n.Local != nil {
		p.usageOf(n.Local).harmless++
	}
}

func (p *pass) usageOf(l *tree.Local) *usage {
	u := p.usage[l]
	if u == nil {
		u = &usage{}
		p.usage[l] = u
	}
	return u
}

// touched tells whether a local's table may have been changed after its constructor.
func (p *pass) touched(l *tree.Local) bool {
	u := p.usageOf(l)
	return !l.Constant() || u.changed || l.Reads > u.harmless
}

func (p *pass) surveyTarget(t, value tree.Expr) {
	switch t := t.(type) {
	case *tree.Name:
		if t.Local == nil {
			p.assigned[t.Text] = true
		}
	case *tree.Index:
		if key, ok := t.Key.(*tree.String); ok {
			p.own[key.Value] = true
		}
		n, ok := t.X.(*tree.Name)
		if !ok || n.Local == nil {
			return
		}
		u := p.usageOf(n.Local)
		u.changed = true
		switch key := tree.Plain(t.Key).(type) {
		case *tree.String:
			if p.fields[n.Local] == nil {
				p.fields[n.Local] = map[string][]tree.Expr{}
			}
			p.fields[n.Local][key.Value] = append(p.fields[n.Local][key.Value], value)
		case *tree.Number:
			u.zero = u.zero || key.Value == 0
		default:
			u.zero, u.open = true, true
		}
	}
}

// add tells of something wrong at n.
func (p *pass) add(rule string, n tree.Node, message, hint string) {
	p.report(rule, n, message, hint, false)
}

// warn tells of something that may be meant so.
func (p *pass) warn(rule string, n tree.Node, message, hint string) {
	p.report(rule, n, message, hint, true)
}

func (p *pass) report(rule string, n tree.Node, message, hint string, warning bool) {
	if len(p.findings) >= maxFindings {
		return
	}
	if p.world.test && p.inGuarded(n) && rule != "unused-local" && rule != "assign-global" {
		return // a test that this fails
	}
	p.findings = append(p.findings, finding(p.file, p.script.path, rule, n.At(), message, hint, warning))
}

// finding is a finding at a part of a file.
func finding(f *tree.File, path, rule string, at tree.Span, message, hint string, warning bool) Finding {
	line, column := f.Place(at.Start)
	text := f.Line(line)
	end := column + at.End - at.Start
	if end > len(text)+1 {
		end = len(text) + 1 // it goes on in the next line
	}
	return Finding{
		Rule: rule, Script: path, Line: line, Column: column, EndColumn: max(end, column), Source: text,
		Message: message, Hint: hint, Warning: warning,
	}
}

// text is an expression as the author wrote it, if it is short enough for a message.
func (p *pass) text(n tree.Node) string {
	text := p.file.Text(n)
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' || i >= 40 {
			return strings.ToValidUTF8(text[:i], "") + "…"
		}
	}
	return text
}
