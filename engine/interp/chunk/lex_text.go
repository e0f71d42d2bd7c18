package chunk

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoted reads a text in single or double quotes.
func (lx *lexer) quoted(quote byte) string {
	line, column := lx.line, lx.column()
	lx.pos++
	var text strings.Builder
	for lx.pos < len(lx.src) {
		c := lx.src[lx.pos]
		switch c {
		case quote:
			lx.pos++
			return text.String()
		case '\n', '\r':
			lx.fail(line, column, "the text that starts here is never closed",
				"end it with "+string(quote)+" in the same line, or write [[ … ]] for a text of several lines")
		case '\\':
			lx.escape(&text)
		default:
			text.WriteByte(c)
			lx.pos++
		}
	}
	lx.fail(line, column, "the text that starts here is never closed", "end it with "+string(quote))
	return ""
}

// escape reads one backslash and what it stands for.
func (lx *lexer) escape(text *strings.Builder) {
	if lx.pos+1 >= len(lx.src) {
		lx.pos++
		return
	}
	c := lx.src[lx.pos+1]
	if i := strings.IndexByte(`abfnrtv\"'`, c); i >= 0 {
		text.WriteByte("\a\b\f\n\r\t\v\\\"'"[i])
		lx.pos += 2
		return
	}
	switch {
	case c == '\n' || c == '\r':
		lx.pos++
		lx.newline()
		lx.fresh = false
		text.WriteByte('\n')
	case digit(c):
		n := 1
		for n < 3 && digit(lx.at(n+1)) {
			n++
		}
		digits := lx.src[lx.pos+1 : lx.pos+1+n]
		value, _ := strconv.Atoi(digits)
		if value > 255 {
			lx.failHere(`\`+digits+" is no character: the largest is \\255",
				"write the character itself, in UTF-8 if it is no ASCII one")
		}
		text.WriteByte(byte(value))
		lx.pos += n + 1
	default:
		lx.badEscape()
	}
}

func (lx *lexer) badEscape() {
	r, _ := utf8.DecodeRuneInString(lx.src[lx.pos+1:])
	what := string(r)
	message := `\` + what + " means nothing in Lua"
	switch {
	case r == 'x':
		lx.failHere(message, `write the character's decimal number, such as \65 for A, or \\x for a real backslash`)
	case r == 'u':
		lx.failHere(message, `write the character itself (the file is UTF-8), or \\u for a real backslash`)
	case r == 'z':
		lx.failHere(message, `write [[ … ]] or join lines with .. for a long text, or \\z for a real backslash`)
	case strings.ContainsRune("dswDSW", r):
		lx.failHere(message, "to match "+className(r)+" with a pattern write %"+what+`, for a real backslash write \\`+what)
	case r < utf8.RuneSelf && !letter(byte(r)):
		lx.failHere(message, "to match it with a pattern write %"+what+", for the character itself write "+what+
			`, for a real backslash write \\`+what)
	}
	lx.failHere(message, `for a real backslash write \\`+what)
}

func className(r rune) string {
	names := map[rune]string{'d': "a digit", 's': "a blank", 'w': "a letter or digit", 'D': "what is no digit",
		'S': "what is no blank", 'W': "what is no letter or digit"}
	return names[r]
}

// foreign explains a character that no Lua program has outside of texts.
func (lx *lexer) foreign(rest string) {
	known := []struct{ sign, message, hint string }{
		{"!==", "`!==` is not Lua", "write `~=`"},
		{"!=", "`!=` is not Lua", "write `~=`"},
		{"!", "`!` is not Lua", "write `not`"},
		{"&&", "`&&` is not Lua", "write `and`"},
		{"||", "`||` is not Lua", "write `or`"},
		{"&", "Lua has no operator `&`", "for texts use `..`, for conditions `and`"},
		{"|", "Lua has no operator `|`", "for conditions write `or`"},
		{"?", "`a ? b : c` is not Lua", "write `a and b or c`"},
		{"“", "“ and ” are no quotes in Lua", "type plain quotes \"…\""},
		{"”", "“ and ” are no quotes in Lua", "type plain quotes \"…\""},
		{"„", "„ and “ are no quotes in Lua", "type plain quotes \"…\""},
		{"‘", "‘ and ’ are no quotes in Lua", "type plain quotes '…'"},
		{"’", "‘ and ’ are no quotes in Lua", "type plain quotes '…'"},
		{"`", "the backquote is not Lua", "write plain quotes \"…\" and join texts with `..`"},
		{"\u00a0", "there is a non-breaking space here, which looks like a blank but is none", "delete it and type a blank"},
		{"\u200b", "there is an invisible character here", "delete it"},
		{"\ufeff", "there is an invisible character here", "delete it"},
		{"–", "– is no minus in Lua", "type a plain -"},
		{"@", "`@` is not Lua", "delete it; Lua has no decorators"},
		{"$", "`$` is not Lua", "join texts with `..`"},
		{"~", "`~` is not Lua", "for `differs` write `~=`, for a negation `not`"},
		{"\\", "a backslash may only stand in a text", "Lua needs no mark to go on in the next line"},
		{"\x00", "there is a zero byte in the source", "save the file as UTF-8 text"},
	}
	for _, k := range known {
		if strings.HasPrefix(rest, k.sign) {
			lx.failHere(k.message, k.hint)
		}
	}
	if strings.HasPrefix(rest, "//") {
		lx.slashes(rest[2:])
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if r == utf8.RuneError {
		lx.failHere("there is a byte here that is no UTF-8 text", "save the file as UTF-8")
	}
	if r < ' ' || r == 0x7f {
		lx.failHere("there is an invisible character here", "delete it")
	}
	lx.failHere("`"+string(r)+"` may not stand in a name", "names have the letters a-z and A-Z, digits and _; put texts in quotes")
}

// slashes tells a comment in another language's manner from a division.
func (lx *lexer) slashes(rest string) {
	if i := strings.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	operand := lx.prev.kind == tokName || lx.prev.kind == tokNumber || lx.prev.is(")") || lx.prev.is("]")
	words := strings.Fields(rest)
	if operand && lx.prev.line == lx.line && len(words) > 0 && (len(words) == 1 || !letter(words[1][0])) ||
		len(words) > 1 && (words[1] == "then" || words[1] == "do") {
		lx.failHere("`//` is not Lua", "write `math.floor(a / b)` to divide without a rest")
	}
	lx.failHere("`//` starts no comment in Lua", "write `--`")
}
