package tree

import (
	"errors"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// maxDepth is how deep blocks, brackets and operators may be nested: more than chunk.Compile allows.
const maxDepth = 1000

var errSyntax = errors.New("this is no Lua")

// Parse reads a script. It takes everything that chunk.Compile takes, and some of what that refuses; what is wrong with a
// script is for Compile to say.
func Parse(name string, source []byte) (f *File, err error) {
	plain, fatal := chunk.Plain(name, source)
	if fatal != nil {
		return nil, errSyntax
	}
	return ParsePlain(name, plain)
}

// ParsePlain reads what chunk.Plain returned.
func ParsePlain(name, source string) (f *File, err error) {
	tokens, fatal := chunk.Tokens(name, source)
	if fatal != nil {
		return nil, errSyntax
	}
	defer func() {
		if e := recover(); e != nil {
			if e != any(errSyntax) {
				panic(e)
			}
			f, err = nil, errSyntax
		}
	}()
	p := &parser{tokens: tokens, file: NewText(name, source)}
	main := &Function{Span: Span{0, len(source)}, Vararg: true}
	p.fn = main
	p.file.Main = main
	main.Body = p.block()
	if p.tok().Kind != chunk.TokenEnd {
		p.fail()
	}
	return p.file, nil
}

type parser struct {
	tokens []chunk.Token
	at     int
	file   *File
	fn     *Function
	scope  *scope
	depth  int
}

// scope is the locals of one block.
type scope struct {
	outer  *scope
	locals []*Local
}

func (p *parser) fail() { panic(errSyntax) }

func (p *parser) tok() *chunk.Token { return &p.tokens[p.at] }

// next steps over a token; the last one stays.
func (p *parser) next() chunk.Token {
	tok := p.tokens[p.at]
	if tok.Kind != chunk.TokenEnd {
		p.at++
	}
	return tok
}

func (p *parser) is(text string) bool {
	tok := p.tok()
	return (tok.Kind == chunk.TokenSymbol || tok.Kind == chunk.TokenWord) && tok.Text == text
}

func (p *parser) accept(text string) bool {
	if !p.is(text) {
		return false
	}
	p.at++
	return true
}

func (p *parser) expect(text string) chunk.Token {
	if !p.is(text) {
		p.fail()
	}
	return p.next()
}

func (p *parser) name() chunk.Token {
	if p.tok().Kind != chunk.TokenName {
		p.fail()
	}
	return p.next()
}

// last is where the token before the present one ends.
func (p *parser) last() int {
	if p.at == 0 {
		return 0
	}
	return p.tokens[p.at-1].End
}

func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail()
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) openScope() { p.scope = &scope{outer: p.scope} }

func (p *parser) closeScope() { p.scope = p.scope.outer }

// lookup finds a local by its name.
func (p *parser) lookup(name string) (l *Local, here bool) {
	for s := p.scope; s != nil; s = s.outer {
		for i := len(s.locals) - 1; i >= 0; i-- {
			if s.locals[i].Name == name {
				return s.locals[i], s == p.scope
			}
		}
	}
	return nil, false
}

func (p *parser) local(tok chunk.Token, kind LocalKind) *Local {
	return &Local{Span: Span{tok.Start, tok.End}, Name: tok.Text, Kind: kind, Func: p.fn}
}

// declare makes a local known from here on.
func (p *parser) declare(l *Local) {
	l.Hides, l.Same = p.lookup(l.Name)
	p.scope.locals = append(p.scope.locals, l)
	p.file.Locals = append(p.file.Locals, l)
}

func (p *parser) blockEnds() bool {
	return p.tok().Kind == chunk.TokenEnd || p.is("end") || p.is("else") || p.is("elseif") || p.is("until")
}

// block reads the statements of a block with a scope of its own.
func (p *parser) block() *Block {
	p.openScope()
	defer p.closeScope()
	return p.statements()
}

func (p *parser) statements() *Block {
	p.enter()
	defer p.leave()
	b := &Block{Span: Span{Start: p.tok().Start}}
	for !p.blockEnds() {
		if p.accept(";") {
			continue
		}
		b.Stmts = append(b.Stmts, p.statement())
	}
	b.End = max(p.last(), b.Start)
	return b
}
