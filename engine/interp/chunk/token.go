package chunk

// kind tells tokens apart; one-character symbols and words are told apart by their text.
type kind uint8

const (
	tokEOF kind = iota
	tokName
	tokWord   // a reserved word
	tokNumber // text is normalised
	tokString // text is the value
	tokSymbol
)

// token is one word of a script.
type token struct {
	kind   kind
	text   string
	line   int
	column int
	// end is the place in the source behind the token, start its first byte.
	start, end int
	// first tells that the token is the first of its line.
	first bool
	// indent is the width of the blanks before the line's first token.
	indent int
	// huge marks a number literal beyond what a number can hold.
	huge bool
}

// is reports whether the token is this symbol or reserved word.
func (t token) is(text string) bool {
	return (t.kind == tokSymbol || t.kind == tokWord) && t.text == text
}

// show is the token as an author would recognise it.
func (t token) show() string {
	switch t.kind {
	case tokEOF:
		return "the end of the file"
	case tokString:
		return "a text"
	case tokNumber:
		return "a number"
	}
	return "`" + t.text + "`"
}

func reserved(word string) bool {
	switch word {
	case "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
		"not", "or", "repeat", "return", "then", "true", "until", "while":
		return true
	}
	return false
}
