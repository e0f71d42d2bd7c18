// Package tree is the syntax of one script with the place of each part of it, and what each name in it stands for.
package tree

// Span is a part of the source: bytes from Start up to, not with, End.
type Span struct{ Start, End int }

// At is the span itself; what embeds Span is a node.
func (s Span) At() Span { return s }

// Node is any part of the tree.
type Node interface{ At() Span }

// Expr is an expression: one of the types below.
type Expr interface{ Node }

// Stmt is a statement: one of the types below.
type Stmt interface{ Node }

// File is one script.
type File struct {
	Name   string
	Source string
	Main   *Function
	Locals []*Local // all of them, in the order in which they are declared
	starts []int    // where each line begins
}

// Block is a list of statements.
type Block struct {
	Span
	Stmts []Stmt
}

// LocalKind tells what declares a local.
type LocalKind uint8

// What declares a local.
const (
	Variable  LocalKind = iota // local x
	LocalFunc                  // local function x
	Parameter                  // function(x)
	Loop                       // for x
)

// Local is a variable that isn't global.
type Local struct {
	Span  // of its name where it is declared
	Name  string
	Kind  LocalKind
	Value Expr // what it is declared with; nil if nothing, or if it comes from a call with several values
	// From is the last expression of the declaration, which gives this local as its value number Index, from 0. Both say the same
	// as Value where there is one.
	From  Expr
	Index int
	Alone bool      // the only name of its declaration
	Last  bool      // the last name of its declaration
	Func  *Function // where it is declared
	Hides *Local    // the local of the same name that it makes unreachable
	Same  bool      // Hides is of the same block
	Reads int
	Sets  int     // assignments after the declaration
	Calls []*Call // calls of it by its name; each is a read as well
}

// Constant tells whether the local keeps the value that it was declared with.
func (l *Local) Constant() bool { return l.Sets == 0 }

// Names and constants.
type (
	// Name is a variable; Local is nil for a global.
	Name struct {
		Span
		Text  string
		Local *Local
	}
	// Number is a numeral.
	Number struct {
		Span
		Value float64
	}
	// String is a text between quotes or long brackets, or the name behind a dot.
	String struct {
		Span
		Value string
	}
	// Nil is nil.
	Nil struct{ Span }
	// Bool is true or false.
	Bool struct {
		Span
		Value bool
	}
	// Vararg is `...`.
	Vararg struct{ Span }
)

// Expressions with others inside.
type (
	// Function is a function's parameters and body; the file itself is one, too.
	Function struct {
		Span
		Params  []*Local
		Self    *Local // of `function a:b()`; nil otherwise
		Vararg  bool
		Body    *Block
		Returns []*Return // of this function, not of those inside
		Outer   *Function // nil for the file
		Head    Span      // the word `function`
	}
	// Table is a constructor.
	Table struct {
		Span
		Fields []Field
	}
	// Field is a part of a constructor. Key is nil for an item; Named tells name = value from [key] = value.
	Field struct {
		Key   Expr
		Named bool
		Value Expr
	}
	// Binary is an operator between two expressions.
	Binary struct {
		Span
		Op          string
		OpAt        Span
		Left, Right Expr
	}
	// Unary is `not`, `-` or `#`.
	Unary struct {
		Span
		Op string
		X  Expr
	}
	// Paren is an expression in parentheses.
	Paren struct {
		Span
		X Expr
	}
	// Index is x.key or x[key].
	Index struct {
		Span
		X   Expr
		Key Expr // a *String where Dot
		Dot bool
	}
	// Call is a call. For x:name(…) Fn is nil, Object is x and Method the name.
	Call struct {
		Span
		Fn     Expr
		Object Expr
		Method *String
		Args   []Expr
		Close  Span // the closing parenthesis; empty where there is none
	}
)

// Statements.
type (
	// LocalStmt is `local a, b = x, y`, or `local function a`.
	LocalStmt struct {
		Span
		Locals   []*Local
		Values   []Expr
		Function bool
	}
	// Assign is `a, b = x, y`.
	Assign struct {
		Span
		Targets, Values []Expr
	}
	// FunctionStmt is `function a.b:c() … end`.
	FunctionStmt struct {
		Span
		Target Expr
		Fn     *Function
	}
	// CallStmt is a call as a statement; X is a *Call.
	CallStmt struct {
		Span
		X *Call
	}
	// Do is do … end.
	Do struct {
		Span
		Body *Block
	}
	// While is while … do … end.
	While struct {
		Span
		Cond Expr
		Body *Block
	}
	// Repeat is repeat … until ….
	Repeat struct {
		Span
		Body *Block
		Cond Expr
	}
	// If is if … then … elseif … else … end.
	If struct {
		Span
		Clauses []Clause
		Else    *Block // nil if there is none
	}
	// Clause is one condition with its block.
	Clause struct {
		Cond Expr
		Body *Block
	}
	// NumberFor is for i = first, last, step.
	NumberFor struct {
		Span
		Var               *Local
		First, Last, Step Expr
		Body              *Block
	}
	// ListFor is for a, b in x.
	ListFor struct {
		Span
		Vars  []*Local
		Exprs []Expr
		Body  *Block
	}
	// Return is return ….
	Return struct {
		Span
		Values []Expr
	}
	// Break is break.
	Break struct{ Span }
	// Goto is goto x.
	Goto struct {
		Span
		Label string
	}
	// Label is ::x::.
	Label struct {
		Span
		Name string
	}
)
