package chunk

import (
	"math"
	"strconv"
	"strings"
)

// lexer turns source text into tokens. It never recurses, and stops at the first thing that is not Lua.
type lexer struct {
	script    string
	src       string
	pos       int
	line      int
	lineStart int
	indent    int
	fresh     bool // no token of this line has been read
	prev      token
	planted   bool // a text begins like what plant writes
}

func newLexer(script, src string) *lexer {
	return &lexer{script: script, src: src, line: 1, fresh: true}
}

// fail stops lexing; Compile turns it into its answer.
func (lx *lexer) fail(line, column int, message, hint string) {
	panic(&Problem{Script: lx.script, Line: line, Column: column, Message: message, Hint: hint})
}

func (lx *lexer) failHere(message, hint string) { lx.fail(lx.line, lx.column(), message, hint) }

func (lx *lexer) column() int { return lx.pos - lx.lineStart + 1 }

func (lx *lexer) at(i int) byte {
	if lx.pos+i < len(lx.src) {
		return lx.src[lx.pos+i]
	}
	return 0
}

// newline steps over one line end; CRLF and LFCR count as one.
func (lx *lexer) newline() {
	c := lx.src[lx.pos]
	lx.pos++
	if n := lx.at(0); (n == '\n' || n == '\r') && n != c {
		lx.pos++
	}
	lx.line++
	lx.lineStart = lx.pos
	lx.fresh, lx.indent = true, 0
}

// blanks steps over white space and comments.
func (lx *lexer) blanks() {
	for lx.pos < len(lx.src) {
		switch c := lx.src[lx.pos]; {
		case c == '\n' || c == '\r':
			lx.newline()
		case c == ' ' || c == '\v' || c == '\f':
			lx.pos++
			lx.indent++
		case c == '\t':
			lx.pos++
			lx.indent += 8 - lx.indent%8
		case c == '-' && lx.at(1) == '-':
			lx.comment()
		default:
			return
		}
	}
}

func (lx *lexer) comment() {
	line, column := lx.line, lx.column()
	lx.pos += 2
	if level, ok := lx.longOpen(); ok {
		if _, closed := lx.longText(level); !closed {
			lx.fail(line, column, "the comment that starts here is never closed", "end it with `]"+strings.Repeat("=", level)+"]`")
		}
		return
	}
	for lx.pos < len(lx.src) && lx.src[lx.pos] != '\n' && lx.src[lx.pos] != '\r' {
		lx.pos++
	}
}

// longOpen steps over `[[`, `[=[` … and returns the number of `=`.
func (lx *lexer) longOpen() (int, bool) {
	if lx.at(0) != '[' {
		return 0, false
	}
	level := 0
	for lx.at(1+level) == '=' {
		level++
	}
	if lx.at(1+level) != '[' {
		return 0, false
	}
	lx.pos += level + 2
	return level, true
}

// longText reads up to the closing bracket; line ends become "\n" and a first one is left out.
func (lx *lexer) longText(level int) (string, bool) {
	closer := "]" + strings.Repeat("=", level) + "]"
	fresh, indent := lx.fresh, lx.indent
	defer func() { lx.fresh, lx.indent = fresh, indent }()
	if c := lx.at(0); c == '\n' || c == '\r' {
		lx.newline()
	}
	var text strings.Builder
	for lx.pos < len(lx.src) {
		c := lx.src[lx.pos]
		switch {
		case c == ']' && strings.HasPrefix(lx.src[lx.pos:], closer):
			lx.pos += len(closer)
			return text.String(), true
		case c == '\n' || c == '\r':
			lx.newline()
			text.WriteByte('\n')
		default:
			text.WriteByte(c)
			lx.pos++
		}
	}
	return "", false
}

// next reads one token.
func (lx *lexer) next() token {
	lx.blanks()
	tok := token{line: lx.line, column: lx.column(), start: lx.pos, first: lx.fresh, indent: lx.indent}
	lx.fresh = false
	if lx.pos < len(lx.src) {
		lx.read(&tok)
	}
	tok.end = lx.pos
	lx.prev = tok
	return tok
}

func (lx *lexer) read(tok *token) {
	c := lx.src[lx.pos]
	switch {
	case letter(c):
		for lx.pos < len(lx.src) && (letter(lx.src[lx.pos]) || digit(lx.src[lx.pos])) {
			lx.pos++
		}
		tok.kind, tok.text = tokName, lx.src[tok.start:lx.pos]
		if reserved(tok.text) {
			tok.kind = tokWord
		}
	case digit(c), c == '.' && digit(lx.at(1)):
		lx.number(tok)
	case c == '"' || c == '\'':
		tok.kind, tok.text = tokString, lx.quoted(c)
		lx.planted = lx.planted || strings.HasPrefix(tok.text, plantPrefix)
	case c == '[' && (lx.at(1) == '[' || lx.at(1) == '='):
		level, ok := lx.longOpen()
		if !ok {
			lx.failHere("`[=` starts no text", "a long text is written [=[ … ]=]")
		}
		text, closed := lx.longText(level)
		if !closed {
			lx.fail(tok.line, tok.column, "the text that starts here is never closed",
				"end it with `]"+strings.Repeat("=", level)+"]`")
		}
		tok.kind, tok.text = tokString, text
		lx.planted = lx.planted || strings.HasPrefix(text, plantPrefix)
	default:
		tok.kind, tok.text = tokSymbol, lx.symbol()
		lx.pos += len(tok.text)
	}
}

// symbol is the operator or mark at this place.
func (lx *lexer) symbol() string {
	rest := lx.src[lx.pos:]
	for _, s := range [...]string{"...", "..", "==", "~=", "<=", ">=", "::"} {
		if strings.HasPrefix(rest, s) {
			return s
		}
	}
	if strings.HasPrefix(rest, "//") || !strings.Contains("+-*/%^#<>=(){}];:,.[", rest[:1]) {
		lx.foreign(rest)
	}
	return rest[:1]
}

func letter(c byte) bool { return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func digit(c byte) bool { return '0' <= c && c <= '9' }

func hexDigit(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// number reads a numeral and writes it in the one form that the compiler reads as Lua means it: it takes 010 for octal
// and refuses large hexadecimal numbers.
func (lx *lexer) number(tok *token) {
	for lx.pos < len(lx.src) {
		c := lx.src[lx.pos]
		sign := (c == '+' || c == '-') && (lx.src[lx.pos-1] == 'e' || lx.src[lx.pos-1] == 'E') && !hexPrefix(lx.src[tok.start:])
		if !letter(c) && !digit(c) && c != '.' && !sign || sign && lx.pos == tok.start {
			break
		}
		lx.pos++
	}
	text := lx.src[tok.start:lx.pos]
	value, ok := parseNumeral(text)
	if !ok {
		lx.fail(tok.line, tok.column, "`"+short(text)+"` is no number", numeralHint(text))
	}
	tok.kind, tok.huge = tokNumber, math.IsInf(value, 0)
	tok.text = strconv.FormatFloat(value, 'g', -1, 64)
}

func hexPrefix(s string) bool { return len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') }

func parseNumeral(text string) (float64, bool) {
	if hexPrefix(text) {
		value := 0.0
		for i := 2; i < len(text); i++ {
			if !hexDigit(text[i]) {
				return 0, false
			}
			n, _ := strconv.ParseUint(text[i:i+1], 16, 8)
			value = value*16 + float64(n)
		}
		if len(text) <= 18 {
			n, err := strconv.ParseUint(text[2:], 16, 64)
			return float64(n), err == nil
		}
		return value, true
	}
	if strings.ContainsAny(text, "_xXpPnNiI") {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(value, 0) {
		return 0, false
	}
	return value, true
}

func numeralHint(text string) string {
	if strings.Contains(text, "..") {
		return "put a blank before the `..` that joins texts"
	}
	if strings.Contains(text, "_") {
		return "write the digits without `_`"
	}
	return "a name may not begin with a digit, and a text needs quotes"
}

// short is text cut to a length that fits into a message.
func short(text string) string {
	if len(text) > 40 {
		return text[:40] + "…"
	}
	return text
}
