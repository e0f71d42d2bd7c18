package tree

// Walk calls f for n and, where f returns true, for what is in it, in the order of the source.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	all := func(list []Expr) {
		for _, e := range list {
			Walk(e, f)
		}
	}
	switch n := n.(type) {
	case *Block:
		for _, s := range n.Stmts {
			Walk(s, f)
		}
	case *LocalStmt:
		all(n.Values)
	case *Assign:
		all(n.Targets)
		all(n.Values)
	case *FunctionStmt:
		Walk(n.Target, f)
		Walk(n.Fn, f)
	case *CallStmt:
		Walk(n.X, f)
	case *Do:
		Walk(n.Body, f)
	case *While:
		Walk(n.Cond, f)
		Walk(n.Body, f)
	case *Repeat:
		Walk(n.Body, f)
		Walk(n.Cond, f)
	case *If:
		for _, c := range n.Clauses {
			Walk(c.Cond, f)
			Walk(c.Body, f)
		}
		if n.Else != nil {
			Walk(n.Else, f)
		}
	case *NumberFor:
		Walk(n.First, f)
		Walk(n.Last, f)
		if n.Step != nil {
			Walk(n.Step, f)
		}
		Walk(n.Body, f)
	case *ListFor:
		all(n.Exprs)
		Walk(n.Body, f)
	case *Return:
		all(n.Values)
	default:
		walkExpr(n, f, all)
	}
}

func walkExpr(n Node, f func(Node) bool, all func([]Expr)) {
	switch n := n.(type) {
	case *Function:
		Walk(n.Body, f)
	case *Table:
		for i := range n.Fields {
			if n.Fields[i].Key != nil {
				Walk(n.Fields[i].Key, f)
			}
			Walk(n.Fields[i].Value, f)
		}
	case *Binary:
		Walk(n.Left, f)
		Walk(n.Right, f)
	case *Unary:
		Walk(n.X, f)
	case *Paren:
		Walk(n.X, f)
	case *Index:
		Walk(n.X, f)
		Walk(n.Key, f)
	case *Call:
		if n.Fn != nil {
			Walk(n.Fn, f)
		} else {
			Walk(n.Object, f)
		}
		all(n.Args)
	}
}

// Plain is an expression without parentheses around it.
func Plain(e Expr) Expr {
	for {
		p, ok := e.(*Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}
