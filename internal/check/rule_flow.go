package check

import (
	"github.com/luaction/luaction/internal/check/tree"
)

// checkBlocks looks for statements that are never reached, in every block.
func (p *pass) checkBlocks(fn *tree.Function) {
	tree.Walk(fn, func(n tree.Node) bool {
		if b, ok := n.(*tree.Block); ok {
			p.checkReach(b)
		}
		return true
	})
}

func (p *pass) checkReach(b *tree.Block) {
	for i := 0; i+1 < len(b.Stmts); i++ {
		s, next := b.Stmts[i], b.Stmts[i+1]
		if _, label := next.(*tree.Label); label {
			continue
		}
		if what := p.leaver(s); what != "" {
			p.warn("unreachable-code", next, "this is never reached: "+what, "delete it, or move it further up")
			return
		}
	}
}

// leaver says why nothing behind a statement runs, "" if something may.
func (p *pass) leaver(s tree.Stmt) string {
	switch s := s.(type) {
	case *tree.Return:
		return "`return` leaves the function before it"
	case *tree.Break:
		return "`break` leaves the loop before it"
	case *tree.Goto:
		return "`goto` leaves before it"
	case *tree.CallStmt:
		if p.isGlobal(s.X.Fn, "error") {
			return "`error` ends the action before it"
		}
		if p.isGlobal(s.X.Fn, "reject") {
			return "`reject` ends the action before it"
		}
	case *tree.Do:
		if n := len(s.Body.Stmts); n > 0 {
			return p.leaver(s.Body.Stmts[n-1])
		}
	case *tree.If:
		if leavesIf(s, p.leaves) {
			return "every branch of the `if` before it leaves"
		}
	case *tree.While:
		if isTrue(s.Cond) && !escapes(s.Body) {
			return "the loop before it never ends"
		}
	}
	return ""
}

func (p *pass) leaves(b *tree.Block) bool {
	return len(b.Stmts) > 0 && p.leaver(b.Stmts[len(b.Stmts)-1]) != ""
}

func leavesIf(s *tree.If, leaves func(*tree.Block) bool) bool {
	if s.Else == nil || !leaves(s.Else) {
		return false
	}
	for _, c := range s.Clauses {
		if !leaves(c.Body) {
			return false
		}
	}
	return true
}

// leaves tells whether a block surely ends with a return.
func leaves(b *tree.Block) bool {
	if len(b.Stmts) == 0 {
		return false
	}
	switch s := b.Stmts[len(b.Stmts)-1].(type) {
	case *tree.Return:
		return true
	case *tree.Do:
		return leaves(s.Body)
	case *tree.If:
		return leavesIf(s, leaves)
	}
	return false
}

func isTrue(e tree.Expr) bool {
	switch e := tree.Plain(e).(type) {
	case *tree.Bool:
		return e.Value
	case *tree.Number:
		return true
	}
	return false
}

// escapes tells whether a loop can be left from inside.
func escapes(b *tree.Block) bool {
	found := false
	tree.Walk(b, func(n tree.Node) bool {
		switch n.(type) {
		case *tree.Break, *tree.Goto:
			found = true
		case *tree.Function:
			return false
		}
		return !found
	})
	return found
}
