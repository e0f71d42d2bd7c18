package check

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/spell"
)

// checkShapeKey looks at names of tables whose names are all known: those of shared files and of the script's own.
func (p *pass) checkShapeKey(n *tree.Index, owner typ, key *tree.String, call *tree.Call) bool {
	if owner.away != nil {
		p.add("no-table", n, fmt.Sprintf("`%s` is a function, which has no `%s`", p.text(n.X), key.Value), fmt.Sprintf("call it: `%s(…)`", p.text(n.X)))
		return true
	}
	s := p.shapeAt(n.X, owner)
	if s == nil {
		return false
	}
	if s.has(key.Value) || p.own[key.Value] {
		p.checkSelf(n, s.fns[key.Value], call)
		return false
	}
	return p.unknownName(n.X, s, key, ".", call != nil)
}

// unknownName tells of a name that a table never gets.
func (p *pass) unknownName(x tree.Expr, s *shape, key *tree.String, mark string, called bool) bool {
	const short = 3
	if s.file == "" && (len(s.names) == 0 || called && tableHint("", key.Value) != "") {
		return false // what it says of tables helps more
	}
	near := ""
	if len(key.Value) >= short {
		near = spell.Nearest(key.Value, s.names)
	}
	hint := ""
	switch {
	case near != "":
		hint = "did you mean `" + p.text(x) + mark + near + "`?"
	case !called || p.looked[key.Value] || s.file == p.script.path || s.file == "" && p.script.kind == aLib:
		return false // it may be there or not, and the script sees to that, or others are to set it
	case len(s.names) > 0:
		hint = "it has " + strings.Join(s.names[:min(len(s.names), 12)], ", ")
	}
	message := fmt.Sprintf("there is no `%s%s%s`", p.text(x), mark, key.Value)
	if s.file != "" && s.file != p.script.path {
		message += " in " + s.file
	}
	if called && !p.looked[key.Value] {
		p.add("unknown-member", key, message, hint)
	} else {
		p.warn("unknown-member", key, message, hint)
	}
	return true
}

// checkSelf finds M.greet() where it is declared as M:greet(), and reads what is before the colon.
func (p *pass) checkSelf(n *tree.Index, fn *tree.Function, call *tree.Call) {
	if call == nil || len(call.Args) > 0 || fn == nil || fn.Self == nil || fn.Self.Reads == 0 {
		return
	}
	p.warn("colon-or-dot", n, fmt.Sprintf("`%s` is declared with a colon, so it needs one here, too", p.text(n)), fmt.Sprintf("write `%s:%s()`", p.text(n.X), n.Key.(*tree.String).Value))
}

// checkShapeMethod looks at t:name(…) where all names of t are known.
func (p *pass) checkShapeMethod(call *tree.Call, owner typ) bool {
	s := p.shapeAt(call.Object, owner)
	if s == nil {
		return false
	}
	if !s.has(call.Method.Value) && !p.own[call.Method.Value] {
		return p.unknownName(call.Object, s, call.Method, ":", true)
	}
	fn := s.fns[call.Method.Value]
	if fn == nil || fn.Self != nil || fn.Vararg || len(call.Args) < len(fn.Params) {
		return true
	}
	p.warn("colon-or-dot", tree.Span{Start: call.Object.At().Start, End: call.Method.End},
		fmt.Sprintf("with a colon `%s` itself is the first value, and `%s` takes %s only", p.text(call.Object), call.Method.Value, count(len(fn.Params), "value")),
		fmt.Sprintf("write `%s.%s(…)`", p.text(call.Object), call.Method.Value))
	return true
}

// checkShared finds shared files that return nothing, though they fill a table.
func (p *pass) checkShared() {
	if len(p.file.Main.Returns) > 0 {
		return
	}
	for _, l := range p.file.Locals {
		if _, ok := l.Value.(*tree.Table); ok && l.Func == p.file.Main && len(p.fields[l]) > 0 {
			p.warn("no-return", l, "this file returns nothing, so `require` gives nothing of it", "end the file with `return "+l.Name+"`")
			return
		}
	}
}
