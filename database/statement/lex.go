package statement

import "strings"

// kind is what a token is.
type kind uint8

const (
	blank       kind = iota // white space or a comment
	quoted                  // a text or a name in quotes
	word                    // a name or a keyword
	placeholder             // ?
	escaped                 // ??, for PostgreSQL's operators
	semicolon
	foreign    // a placeholder of another kind: $1, :name
	variable   // @name of MySQL
	unfinished // quotes or a comment that never end
	executable // a comment that MySQL runs
	other
)

// lexer cuts a statement into tokens.
type lexer struct {
	text    string
	dialect Dialect
	at      int
}

// next returns the next token and where it begins; ok is false at the end.
func (l *lexer) next() (k kind, begin int, ok bool) {
	if l.at >= len(l.text) {
		return 0, l.at, false
	}
	begin = l.at
	k = l.token()
	return k, begin, true
}

func (l *lexer) token() kind {
	c := l.text[l.at]
	switch {
	case isSpace(c):
		for l.at < len(l.text) && isSpace(l.text[l.at]) {
			l.at++
		}
		return blank
	case c == '-' && l.dashes():
		return l.line()
	case c == '#' && l.dialect == MySQL:
		return l.line()
	case c == '/' && l.has("/*"):
		return l.comment()
	case c == '\'' || c == '"' || c == '`' && l.dialect != PostgreSQL:
		return l.quotes(c, l.dialect == MySQL && c != '`')
	case c == '[' && l.dialect == SQLite:
		return l.until("]")
	case isLetter(c):
		return l.word()
	case isDigit(c) || c == '.' && isDigit(l.peek(1)):
		return l.number()
	case c == '?':
		return l.question()
	case c == '$' || c == ':' || c == '@':
		return l.sign(c)
	case c == ';':
		l.at++
		return semicolon
	}
	l.at++
	return other
}

func (l *lexer) has(prefix string) bool { return strings.HasPrefix(l.text[l.at:], prefix) }

func (l *lexer) peek(ahead int) byte {
	if l.at+ahead < len(l.text) {
		return l.text[l.at+ahead]
	}
	return 0
}

// dashes says whether a comment begins here. In MySQL a blank has to follow: 5--3 is 8 there.
func (l *lexer) dashes() bool {
	if !l.has("--") {
		return false
	}
	after := l.peek(2)
	return l.dialect != MySQL || after <= ' '
}

func (l *lexer) line() kind {
	ends := "\n"
	if l.dialect == PostgreSQL {
		ends = "\r\n"
	}
	end := strings.IndexAny(l.text[l.at:], ends)
	if end < 0 {
		l.at = len(l.text)
		return blank
	}
	l.at += end + 1
	return blank
}

// comment reads /* … */. PostgreSQL's nest, SQLite's may end with the text.
func (l *lexer) comment() kind {
	k := blank
	if l.dialect == MySQL && (l.peek(2) == '!' || l.peek(2) == 'M' && l.peek(3) == '!') {
		k = executable
	}
	depth := 0
	for l.at < len(l.text) {
		switch {
		case l.has("/*") && (depth == 0 || l.dialect == PostgreSQL):
			depth++
			l.at += 2
		case l.has("*/"):
			l.at += 2
			if depth--; depth == 0 {
				return k
			}
		default:
			l.at++
		}
	}
	if l.dialect == SQLite {
		return blank
	}
	return unfinished
}

// quotes reads up to the closing quote; a doubled one is part of the text, and one after a backslash if backslashes escape.
func (l *lexer) quotes(quote byte, backslash bool) kind {
	for l.at++; l.at < len(l.text); l.at++ {
		switch c := l.text[l.at]; {
		case c == '\\' && backslash:
			l.at++
		case c == quote && l.peek(1) == quote:
			l.at++
		case c == quote:
			l.at++
			return quoted
		}
	}
	l.at = len(l.text)
	return unfinished
}

func (l *lexer) until(end string) kind {
	found := strings.Index(l.text[l.at:], end)
	if found < 0 {
		l.at = len(l.text)
		return unfinished
	}
	l.at += found + len(end)
	return quoted
}

func (l *lexer) word() kind {
	begin := l.at
	for l.at < len(l.text) && isPart(l.text[l.at]) {
		l.at++
	}
	if l.dialect == PostgreSQL && l.at == begin+1 && (l.text[begin]|0x20) == 'e' && l.peek(0) == '\'' {
		return l.quotes('\'', true)
	}
	return word
}

// number reads 12, 1.5e3 and 0x1F: the letters in it are no names.
func (l *lexer) number() kind {
	for l.at++; l.at < len(l.text) && (isPart(l.text[l.at]) && l.text[l.at] != '$' || l.text[l.at] == '.'); l.at++ {
	}
	return other
}

func (l *lexer) question() kind {
	l.at++
	switch next := l.peek(0); {
	case next == '?' && l.dialect == PostgreSQL:
		l.at++
		return escaped
	case isDigit(next):
		return foreign
	}
	return placeholder
}

// sign reads what begins with $, : or @: PostgreSQL's $tag$ … $tag$, its ::, and placeholders of other libraries.
func (l *lexer) sign(c byte) kind {
	rest := l.text[l.at+1:]
	name := 0
	for name < len(rest) && isPart(rest[name]) && rest[name] != '$' {
		name++
	}
	switch {
	case c == '$' && l.dialect == PostgreSQL && name < len(rest) && rest[name] == '$' && (name == 0 || isLetter(rest[0])):
		tag := l.text[l.at : l.at+name+2]
		l.at += len(tag)
		return l.until(tag)
	case c == '@' && l.dialect == MySQL:
		l.at += 1 + name
		return variable
	case c == ':' && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=")):
		l.at += 2
		return other
	case name > 0 && (l.dialect == SQLite || c == '$' || c == ':' && isLetter(rest[0]) && !l.slice()):
		l.at += 1 + name
		return foreign
	}
	l.at++
	return other
}

// slice says whether the colon here is that of PostgreSQL's a[1:n]: a bracket is open on its left.
func (l *lexer) slice() bool {
	return l.dialect == PostgreSQL && strings.LastIndexByte(l.text[:l.at], '[') > strings.LastIndexByte(l.text[:l.at], ']')
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isPart(c byte) bool { return isLetter(c) || isDigit(c) || c == '$' }
