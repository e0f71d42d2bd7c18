package chunk

import (
	"fmt"
	"strconv"
	"strings"
)

// next2 reports whether the token and the one behind it are these, without a blank between them.
func (p *parser) next2(first, second string) bool {
	if !p.tok.is(first) {
		return false
	}
	next := p.peek()
	return next.is(second) && next.start == p.tok.end
}

// adjoins reports whether the next token directly follows the last one.
func (p *parser) adjoins() bool { return p.tok.start == p.last.end }

// unclosed explains why the word that ends the block o is not here.
func (p *parser) unclosed(o opener) {
	if p.tok.kind != tokEOF {
		p.wrongCloser(o)
	}
	if len(p.elseIfs) > 0 {
		p.fail(p.elseIfs[0].tok, "`else if` opens a second `if` that needs an `end` of its own", "write `elseif`")
	}
	if p.culprit != nil {
		o = *p.culprit
	}
	p.fail(o.tok, fmt.Sprintf("the `%s` opened in line %d is never closed with `%s`", o.tok.text, o.tok.line, o.closer),
		closerHint(o))
}

func closerHint(o opener) string {
	if o.closer == "until" {
		return "write `until condition` where the loop ends"
	}
	return fmt.Sprintf("write `end` where the block of this `%s` ends", o.tok.text)
}

func (p *parser) wrongCloser(o opener) {
	tok := p.tok
	switch {
	case tok.is("end") && o.closer == "until":
		p.fail(tok, fmt.Sprintf("the `repeat` opened in line %d is closed with `until`, not with `end`", o.tok.line),
			"write `until condition`")
	case tok.is("until"):
		p.fail(tok, fmt.Sprintf("there is no `repeat` for this `until`: the `%s` opened in line %d is still open", o.tok.text,
			o.tok.line), "close it with `end` first")
	case o.tok.is("if") && (tok.is("else") || tok.is("elseif")):
		p.fail(tok, fmt.Sprintf("this `if` of line %d has already had its `else`", o.tok.line), "put every `elseif` before the `else`")
	}
	p.fail(tok, fmt.Sprintf("there is no `if` for this `%s`: the `%s` opened in line %d is still open", tok.text, o.tok.text,
		o.tok.line), "close it with `end` first")
}

// strayCloser explains a word such as `end` outside of any block.
func (p *parser) strayCloser() {
	tok := p.tok
	if tok.is("end") {
		p.fail(tok, "there is no open block for this `end`", "delete it, or look for a `then`, `do` or `function` that is missing above")
	}
	p.fail(tok, "there is no open block for this `"+tok.text+"`", "look for an `end` too many above")
}

// missingWord explains why then or do is not here.
func (p *parser) missingWord(word string, opener token, brace bool) {
	tok := p.tok
	switch {
	case tok.is("=") && word == "then" || tok.is("=") && opener.is("while"):
		p.fail(tok, "`=` assigns, and a condition compares", "write `==`")
	case tok.is(":"):
		p.fail(tok, "`:` opens no block in Lua", "write `"+word+"`")
	case tok.is("{"), tok.is("}") && brace:
		p.fail(tok, "Lua has no blocks in braces", "write `"+word+" … end`")
	case tok.is("do"), tok.is("then"):
		p.fail(tok, fmt.Sprintf("`%s` needs `%s` here, not `%s`", opener.text, word, tok.text), "write `"+word+"`")
	}
	p.checkOperator(tok)
	p.pythonOperator(tok)
	p.failBehind(fmt.Sprintf("`%s` is missing behind the `%s` in line %d", word, opener.text, opener.line),
		fmt.Sprintf("write `%s` before %s", word, tok.show()))
}

// pythonOperator explains the words of Python between two values.
func (p *parser) pythonOperator(tok token) {
	if tok.line != p.last.line {
		return
	}
	switch {
	case tok.kind == tokName && tok.text == "is":
		p.fail(tok, "`is` is not Lua", "write `==`, and `~=` for `is not`")
	case tok.is("in"), tok.is("not"):
		p.fail(tok, "`in` compares nothing in Lua", "write `table.contains(list, value)`, `text.contains(s, part)` or `t[name] ~= nil`")
	}
}

// failBehind reports what is missing at the end of the last token's line.
func (p *parser) failBehind(message, hint string) {
	if p.last.line != p.tok.line {
		p.fail(token{line: p.last.line, column: p.last.column + p.last.end - p.last.start}, message, strings.Split(hint, " before ")[0])
	}
	p.fail(p.tok, message, hint)
}

func (p *parser) missingIn(names []token) {
	if p.tok.kind == tokName && p.tok.text == "of" {
		p.fail(p.tok, "`for … of` is not Lua", "write `for i, value in ipairs(list) do`")
	}
	p.fail(p.tok, "`in` or `=` is missing behind `for "+names[0].text+"`",
		"write `for i, value in ipairs(list) do` or `for i = 1, 10 do`")
}

func (p *parser) missingParenthesis(open token) {
	if p.tok.is("=") {
		p.fail(p.tok, "`=` can't stand inside parentheses", "write `==` to compare, or `f { name = value }` to name arguments")
	}
	if p.next2("=", ">") {
		p.fail(p.tok, "`=>` is not Lua", "write `function(x) … end`")
	}
	if p.last.kind == tokString && p.adjoins() && p.tok.kind == tokName && p.lx.src[p.last.end-1] != ']' {
		quote := p.lx.src[p.last.end-1 : p.last.end]
		p.fail(p.last, "this text ends at its second "+quote+", before `"+p.tok.text+"`", "write \\"+quote+" for that mark inside of the text, or put other quotes around the text")
	}
	p.fail(p.tok, fmt.Sprintf("`)` is missing for the `(` in line %d", open.line), "a comma may be missing too")
}

func (p *parser) missingComma(open token, line int) {
	tok := p.tok
	switch {
	case tok.kind == tokEOF, tok.is(")"), beginsStatement(tok) && p.last.line != tok.line:
		p.fail(open, fmt.Sprintf("the `{` opened in line %d is never closed with `}`", open.line), "write `}` where the table ends")
	case tok.is(":"):
		p.fail(tok, "a table's field is written with `=`, not with `:`", "write `name = value` or `[\"name\"] = value`")
	case tok.is("="):
		p.fail(tok, "the key before this `=` needs brackets", "write `[key] = value`")
	}
	p.checkOperator(tok)
	hint := "write `,` before " + tok.show()
	if next := p.peek(); tok.kind == tokName && tok.line != p.last.line && (next.is(":") || next.is(".") || next.is("(")) {
		hint = "write `,`, or `}` if the table ends there"
	}
	p.failBehind(fmt.Sprintf("a comma is missing behind the entry of line %d", line), hint)
}

func beginsStatement(tok token) bool {
	if tok.kind != tokWord {
		return false
	}
	switch tok.text {
	case "function", "not", "nil", "true", "false":
		return false
	}
	return true
}

func (p *parser) bracketList(open token) {
	p.fail(open, "brackets make no list in Lua", "write the list in braces: `{ a, b, c }`")
}

// strayColon explains a colon that starts no method call.
func (p *parser) strayColon(colon token) {
	if p.tok.line != colon.line || p.tok.kind == tokEOF {
		p.fail(colon, "`:` opens no block in Lua", "write `then` behind a condition, `do` behind a loop's head")
	}
	if p.last.kind == tokName && p.last.start > colon.start {
		p.fail(colon, "`:` calls a method, so parentheses must follow", "write `:"+p.last.text+"(…)`, or `."+p.last.text+
			"` for a field; in a table write `name = value`")
	}
	p.fail(colon, "`:` calls a method, so its name must follow", "in a table write `name = value`")
}

// fieldName steps over the name behind a dot or colon.
func (p *parser) fieldName() token {
	if p.tok.kind == tokWord {
		p.fail(p.tok, "`"+p.tok.text+"` is a word of Lua and can't stand behind a dot or colon", "write `[\""+p.tok.text+"\"]`")
	}
	return p.name("the name of a field")
}

// notAnExpression explains why no value begins here.
func (p *parser) notAnExpression() {
	tok := p.tok
	switch {
	case tok.is("=") && p.last.is("="):
		p.fail(tok, "`= =` is not Lua", "write `==` to compare, or one `=` to assign")
	case tok.is("["):
		p.bracketList(tok)
	case tok.is(">") && p.last.is("="):
		p.fail(tok, "`=>` is not Lua", "write `function(x) … end`")
	case tok.is(">") && p.last.is("<"):
		p.fail(tok, "`<>` is not Lua", "write `~=`")
	case tok.is("*") && p.last.is("*"):
		p.fail(tok, "`**` is not Lua", "write `a ^ b`")
	case tok.is("=") && strings.Contains("+-*/%^..<>", p.last.text) && p.last.kind == tokSymbol:
		p.fail(tok, "`"+p.last.text+"=` is not Lua", "write `"+written("i", p.last.text)+"`")
	case tok.is(","), tok.is(")"), tok.is("}"), tok.is("]"), tok.is(";"), tok.kind == tokEOF:
		p.fail(tok, "a value is missing before "+tok.show(), "")
	case tok.kind == tokWord && p.last.is("{") && beginsStatement(tok):
		p.fail(p.last, "Lua has no blocks in braces", "write `then … end` behind a condition, `do … end` behind a loop's head")
	case tok.kind == tokWord && tok.line != p.last.line:
		p.fail(tok, "a value is missing before the word `"+tok.text+"`", "write it behind "+p.last.show()+" in line "+strconv.Itoa(p.last.line)+", or delete that")
	case tok.kind == tokWord:
		p.fail(tok, "a value is missing before the word `"+tok.text+"`", "`"+tok.text+"` is a word of Lua and no name for a variable")
	}
	p.fail(tok, "a value can't begin with "+tok.show(), "")
}

// checkOperator explains operators of other languages that begin like one of Lua.
func (p *parser) checkOperator(op token) {
	if op.kind != tokSymbol {
		return
	}
	for _, s := range [...]string{"+", "-", "*", "/", "%", "^", ".."} {
		if op.text == s && p.next2(s, "=") {
			p.fail(op, "`"+s+"=` is not Lua", "write `"+written(p.counted(op), s)+"`")
		}
	}
	switch {
	case p.next2("+", "+"):
		p.fail(op, "`++` is not Lua", "write `"+written(p.counted(op), "+")+"`")
	case p.next2("=", ">"):
		p.fail(op, "`=>` is not Lua", "write `function(x) … end`")
	}
}

// counted is the variable before an operator such as `+=`, or one for an example.
func (p *parser) counted(op token) string {
	if p.last.kind == tokName && p.last.line == op.line && (p.last.start == 0 || p.lx.src[p.last.start-1] != '.' && p.lx.src[p.last.start-1] != ':') {
		return p.last.text
	}
	return "i"
}

// written is an assignment with an operator, as Lua writes it.
func written(name, operator string) string {
	value := "1"
	if operator == ".." {
		value = `"…"`
	}
	return name + " = " + name + " " + operator + " " + value
}

// noStatement explains why an expression stands alone.
func (p *parser) noStatement(start token) {
	tok := p.tok
	p.checkOperator(tok)
	name := start.text
	switch {
	case tok.is("=="):
		p.fail(tok, "`==` compares", "to assign write one `=`")
	case tok.is(":"):
		p.fail(tok, "`:` means nothing here", "blocks in Lua begin with `then` or `do` and close with `end`")
	case start.kind == tokName && strings.HasPrefix(p.lx.src[p.last.end:], "--"):
		p.fail(p.last, "`--` starts a comment", "to count down write `"+name+" = "+name+" - 1`")
	case tok.kind == tokNumber && tok.text != "" && p.lx.src[tok.start] == '.' && p.adjoins():
		p.fail(tok, "a place in a list is written in brackets", "write `"+name+"["+p.lx.src[tok.start+1:tok.end]+"]`")
	case tok.is("<") || tok.is(">") || tok.is("~=") || tok.is("and") || tok.is("or"):
		p.fail(tok, "a comparison alone does nothing", "put it behind `if`, or assign it")
	}
	what := "this value"
	if start.kind == tokName && p.last.start == start.start {
		what = "`" + name + "`"
	}
	p.fail(start, what+" alone does nothing", "call it: `"+callHint(start)+"(…)`, or assign to it: `"+callHint(start)+" = …`")
}

func callHint(start token) string {
	if start.kind == tokName {
		return start.text
	}
	return "name"
}
