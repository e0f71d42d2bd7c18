package chunk

import (
	"fmt"
	"strings"

	"github.com/yuin/gopher-lua/ast"
)

// checkStatementStart explains statements that begin as in another language.
func (p *parser) checkStatementStart() {
	tok := p.tok
	switch {
	case tok.kind == tokName:
		p.foreignWord(tok)
	case tok.is("#"):
		p.fail(tok, "`#` starts no comment in Lua", "write `--`")
	case tok.is("{"):
		p.fail(tok, "Lua has no blocks in braces", "write `then … end` or `do … end`")
	case tok.is("}"):
		p.fail(tok, "there is no open `{` for this `}`", "a block ends with `end`, not with `}`")
	case tok.is(")"):
		p.fail(tok, "there is no open `(` for this `)`", "delete it")
	case tok.is(":"):
		p.fail(tok, "`:` opens no block in Lua", "delete it")
	case tok.is("/") && p.peek().is("*"):
		p.fail(tok, "`/* … */` is no comment in Lua", "write `--` in each line, or --[[ … ]]")
	case tok.is("*"), tok.is("/"):
		p.fail(tok, "a statement can't begin with "+tok.show(), "a comment begins with `--`")
	case p.next2("+", "+"):
		p.fail(tok, "`++` is not Lua", "write `i = i + 1`")
	case tok.is("then"), tok.is("do"):
		p.fail(tok, "`"+tok.text+"` stands here without its `if` or loop", "")
	case tok.is("in"), tok.is("and"), tok.is("or"), tok.is("not"):
		p.fail(tok, "a statement can't begin with `"+tok.text+"`", "")
	case tok.is("nil"), tok.is("true"), tok.is("false"), tok.kind == tokNumber, tok.kind == tokString:
		p.fail(tok, tok.show()+" alone does nothing", "assign it to a variable, or call a function with it")
	case !tok.is("(") && tok.kind == tokSymbol:
		p.afterStatement(tok)
	}
}

// afterStatement explains an operator where the statement before it seems complete.
func (p *parser) afterStatement(tok token) {
	p.checkOperator(tok)
	switch {
	case p.next2("<", ">"):
		p.fail(tok, "`<>` is not Lua", "write `~=`")
	case tok.is("="):
		p.fail(tok, "`=` can't stand here", "write one name on its left side, or `==` to compare")
	}
	p.fail(tok, "a statement can't begin with "+tok.show(), "")
}

// foreignWord explains words that begin a statement elsewhere.
func (p *parser) foreignWord(tok token) {
	next := p.peek()
	stop := next.line != tok.line || next.kind == tokEOF || next.is("end") || next.is(";")
	word := next.kind == tokName && next.line == tok.line || next.is("function") && next.line == tok.line
	switch tok.text {
	case "continue":
		if stop {
			p.fail(tok, "Lua has no `continue`", "write `goto continue`, and `::continue::` before the `end` of the loop")
		}
	case "pass":
		if stop {
			p.fail(tok, "Lua has no `pass`", "leave the block empty")
		}
	case "const", "let", "var", "int", "float", "str", "string":
		if word {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `local "+next.text+" = …`")
		}
	case "def", "func", "fn", "async":
		if word {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `local function "+next.text+"(…) … end`")
		}
	case "elif", "elsif":
		if !next.is("=") && !next.is(".") && !next.is(",") {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `elseif … then`")
		}
	case "import", "from", "include":
		if word || next.kind == tokString && tok.text != "include" {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `local name = require \"lib.name\"`")
		}
	case "try", "except", "catch", "finally":
		if stop || word || next.is(":") || next.is("{") {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `local ok, err = pcall(function() … end)`")
		}
	case "raise", "throw":
		if word || next.kind == tokString {
			p.fail(tok, "`"+tok.text+"` is not Lua", "write `error(\"…\")`")
		}
	case "switch", "case", "match":
		if word || next.kind == tokString || next.kind == tokNumber {
			p.fail(tok, "Lua has no `"+tok.text+"`", "write `if … elseif … end`")
		}
	case "class":
		if word {
			p.fail(tok, "`class` is not Lua", "a file is an action by itself: write `return function(dispatcher, tracker, domain) … end`")
		}
	case "new", "del", "global", "await", "yield", "with", "unless", "foreach":
		if word {
			p.fail(tok, "`"+tok.text+"` is not Lua", "Lua has other words")
		}
	}
	if word && next.kind == tokName {
		p.fail(next, "`"+tok.text+" "+next.text+"` is no statement", "a call needs parentheses: `"+tok.text+"("+next.text+
			")`, an assignment `=`")
	}
}

// checkLocalName explains what follows the names of a local statement.
func (p *parser) checkLocalName(name token) {
	tok := p.tok
	switch {
	case (tok.is(".") || tok.is("[")) && tok.line == name.line:
		p.fail(tok, "only a plain name can be local", "write `"+name.text+tok.text+"…` without `local`")
	case tok.is(":") && tok.line == name.line:
		p.fail(tok, "a variable has no type in Lua", "write `local "+name.text+" = …`")
	case tok.is("<") && tok.line == name.line:
		p.fail(tok, "`<const>` and `<close>` are not there in this Lua", "leave it out")
	case tok.is("-") && p.adjoins() && p.peek().kind == tokName:
		p.fail(tok, "a name can't have `-` in it", "write `local "+name.text+"_"+p.peek().text+" = …`")
	case tok.is("=="):
		p.fail(tok, "`==` compares", "to assign write one `=`")
	case tok.kind == tokName && tok.line == name.line && name.text == "const":
		p.fail(name, "`"+name.text+"` is not Lua here", "write `local "+tok.text+" = …`")
	case (tok.kind == tokString || tok.kind == tokNumber) && tok.line == name.line:
		p.fail(tok, "`=` is missing behind `local "+name.text+"`", "write `local "+name.text+" = …`")
	}
	p.checkOperator(tok)
}

// checkEquals looks at what follows `=`.
func (p *parser) checkEquals() {
	if p.tok.is("=") {
		p.fail(p.tok, "`= =` is not Lua", "write `==` to compare, or one `=` to assign")
	}
	if p.tok.is(">") {
		p.fail(p.tok, "`=>` is not Lua", "write `function(x) … end`")
	}
	if p.tok.kind == tokName && p.tok.text == "new" && p.peek().kind == tokName {
		p.fail(p.tok, "`new` is not Lua", "call the function: `"+p.peek().text+"(…)`")
	}
}

// checkParameter explains what may not follow a parameter's name.
func (p *parser) checkParameter(name token) {
	switch {
	case p.tok.is("="):
		p.fail(p.tok, "a parameter has no default value in Lua", "write `"+name.text+" = "+name.text+" or …` as the function's first line")
	case p.tok.is(":"):
		p.fail(p.tok, "a parameter has no type in Lua", "write `"+name.text+"` alone")
	}
}

// checkBody explains what may not follow a function's parameters.
func (p *parser) checkBody() {
	switch {
	case p.next2("=", ">"):
		p.fail(p.tok, "`=>` is not Lua", "write `function(x) … end`")
	case p.tok.is("{"):
		p.fail(p.tok, "Lua has no blocks in braces", "write `function(…) … end`")
	case p.tok.is(":"):
		p.fail(p.tok, "`:` opens no block in Lua", "delete it; the function ends with `end`")
	case p.next2("-", ">"):
		p.fail(p.tok, "a function has no type in Lua", "delete the `-> …`")
	}
}

// checkCall looks at a call before its arguments are read.
func (p *parser) checkCall(e ast.Expr, start, tok token, bare bool) {
	id, named := e.(*ast.IdentExpr)
	if named && tok.kind == tokString && p.adjoins() && p.idents[id] == nil {
		switch id.Value {
		case "f", "F", "rf", "fr":
			p.fail(start, "`"+id.Value+"\"…\"` is not Lua", "join texts with `..`, or write string.format(\"… %s …\", value)")
		case "r", "R", "b", "u":
			p.fail(start, "`"+id.Value+"\"…\"` is not Lua", "write plain quotes, or [[ … ]] for a text with backslashes")
		}
	}
	if tok.is("(") && tok.line != p.last.line {
		p.fail(tok, "a line that begins with `(` could belong to the line before", "write `;` at its beginning, or put it into the line before")
	}
	if bare && p.heading && tok.is("{") && tok.line == start.line {
		p.fail(tok, "Lua has no blocks in braces", "write `then … end` behind a condition, `do … end` behind a loop's head")
	}
}

// afterText looks at what follows a text that is used as a value.
func (p *parser) afterText(tok token) {
	switch {
	case p.tok.kind == tokString && p.tok.line == tok.line:
		p.fail(p.tok, "there is nothing between two texts", "join them with `..`")
	case p.tok.is("%") && (p.peek().kind == tokName || p.peek().is("(")) && strings.Contains(tok.text, "%"):
		p.fail(p.tok, "`%` does not fill in texts in Lua", "write string.format(text, value)")
	case p.tok.is(".") && p.tok.line == tok.line, p.tok.is(":") && p.peek().kind == tokName && p.tok.line == tok.line && p.peek().line == tok.line && p.tok.end == p.peek().start && p.tok.start == tok.end:
		p.fail(p.tok, "a text needs parentheses before `"+p.tok.text+"`", fmt.Sprintf("write (%s)%s…", quote(tok.text), p.tok.text))
	}
}

func quote(text string) string {
	if len(text) > 20 || strings.ContainsAny(text, "\"\n\\") {
		return `"…"`
	}
	return `"` + text + `"`
}

func (p *parser) checkConstants(fn *function) {
	if len(fn.consts) > maxConstants {
		p.failLine(fn.overflow, fmt.Sprintf("there are more than %d different texts, numbers and names in one function", maxConstants),
			"split the data into several tables")
	}
}
