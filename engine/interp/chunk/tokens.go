package chunk

// TokenKind tells the words of a script apart.
type TokenKind uint8

// The kinds of tokens.
const (
	TokenEnd    TokenKind = iota // the end of the file
	TokenName                    // a name
	TokenWord                    // a reserved word
	TokenNumber                  // Text is the number in Go's shortest form
	TokenString                  // Text is the value
	TokenSymbol                  // an operator or mark
)

// Token is one word of a script for those who read it without running it. Start and End are bytes of what Plain returns.
type Token struct {
	Kind       TokenKind
	Text       string
	Line       int // of its first byte, from 1
	Start, End int
}

// Tokens splits what Plain returned into its words; the last one is TokenEnd. Where it stops being Lua it returns the problem.
func Tokens(name, source string) (tokens []Token, fatal *Problem) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Problem:
			tokens, fatal = nil, e
		default:
			panic(e)
		}
	}()
	lx := newLexer(name, source)
	tokens = make([]Token, 0, len(source)/4+1)
	for {
		tok := lx.next()
		tokens = append(tokens, Token{Kind: TokenKind(tok.kind), Text: tok.text, Line: tok.line, Start: tok.start, End: tok.end})
		if tok.kind == tokEOF {
			return tokens, nil
		}
	}
}

// Plain is a file's content without what the system or an editor put before the script, which Compile leaves out, too.
func Plain(name string, source []byte) (plain string, fatal *Problem) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Problem:
			plain, fatal = "", e
		default:
			panic(e)
		}
	}()
	return prepare(name, source), nil
}

// Source is the text of the script, as Plain returns it.
func (c *Chunk) Source() string { return c.source }
