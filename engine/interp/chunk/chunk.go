// Package chunk turns the text of one script into something that can be run: it reads the file within fixed limits, explains
// what is wrong with it, and compiles it so that it means what the Lua 5.1 manual says.
package chunk

import (
	"bytes"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// Chunk is one compiled script file. It never changes and may be shared by any number of states.
//
// Where a script assigns a global, the compiled code calls the global "\x00assign" with the name and the value instead, and
// where it joins texts with .. it calls "\x00concat" with the operands, for % "\x00mod". The bounds of counting loops go through
// "\x00number", and tables with a few names are made by "\x00record", which Record serves. The state has to define all five.
//
// The constants of its functions may hold tables: local tables of constants that a script only reads are made once; see
// IsShared.
type Chunk struct {
	Name  string // path below the scripts folder; run-time errors begin with it
	Proto *lua.FunctionProto
	Facts Facts

	source string
	starts []int // where each line begins in source
}

// maxLine is how much of a line Line returns.
const maxLine = 200

// Line is the text of a line, counted from 1, without the blanks around it and cut to 200 bytes; "" for a line that is not
// there.
func (c *Chunk) Line(n int) string {
	if n < 1 || n > len(c.starts) {
		return ""
	}
	end := len(c.source)
	if n < len(c.starts) {
		end = c.starts[n]
	}
	line := strings.TrimSpace(c.source[c.starts[n-1]:end])
	if len(line) > maxLine {
		line = strings.ToValidUTF8(line[:maxLine], "")
	}
	return line
}

// Compile reads a script. name is its path below the scripts folder, with '/'. Either the chunk or the fatal problem is nil;
// warnings may come with a chunk. It never panics, and its time and stack are bounded whatever the source holds.
func Compile(name string, source []byte) (chunk *Chunk, warnings []Problem, fatal *Problem) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Problem:
			chunk, warnings, fatal = nil, nil, e
		default:
			chunk, warnings = nil, nil
			fatal = &Problem{Script: name, Message: "this script is too complicated for the compiler", Hint: "split it into smaller functions"}
		}
	}()
	src := prepare(name, source)
	chunk, warnings, fatal = translate(name, src, true)
	if fatal != nil { // what makes a script fast may need more room than it has
		chunk, warnings, fatal = translate(name, src, false)
	}
	if chunk != nil {
		chunk.index()
	}
	return chunk, warnings, fatal
}

// translate compiles a script, as it stands or, tuned, in ways that cost less and do the same.
func translate(name, src string, tuned bool) (*Chunk, []Problem, *Problem) {
	p := newParser(name, src)
	p.tuned = tuned
	stmts := p.chunk()
	if tuned && p.lx.planted {
		return translate(name, src, false)
	}
	if tuned {
		p.share(stmts)
	}
	proto, err := lua.Compile(stmts, name)
	if err != nil {
		return nil, nil, compileProblem(name, err)
	}
	if longest := finish(proto); len(longest.Code) > maxCode {
		return nil, nil, &Problem{Script: name, Line: max(longest.LineDefined, 1), Message: "this function is too long",
			Hint: "split it into several files below lib/"}
	}
	p.harvest(proto)
	return &Chunk{Name: name, Proto: proto, Facts: p.facts, source: src}, p.warnings, nil
}

// prepare checks the source as a whole and takes off what the system or an editor put before the script.
func prepare(name string, source []byte) string {
	refuse := func(message, hint string) {
		panic(&Problem{Script: name, Message: message, Hint: hint})
	}
	if len(source) > maxSource {
		refuse("the file has "+strconv.Itoa((len(source)+1023)>>10)+" KiB; a script has at most "+strconv.Itoa(maxSource>>10)+" KiB",
			"split it into several files below lib/")
	}
	switch {
	case bytes.HasPrefix(source, []byte("\x1bLua")):
		refuse("this is compiled Lua", "put the source file here")
	case bytes.HasPrefix(source, []byte("\xff\xfe")), bytes.HasPrefix(source, []byte("\xfe\xff")):
		refuse("the file is UTF-16 text", "save it as UTF-8")
	}
	source = bytes.TrimPrefix(source, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(source, []byte("#!")) {
		end := bytes.IndexAny(source, "\r\n")
		if end < 0 {
			end = len(source)
		}
		source = source[end:]
	}
	return string(source)
}

func compileProblem(name string, err error) *Problem {
	p := &Problem{Script: name, Message: "this script is too complicated for the compiler", Hint: "split it into smaller functions"}
	e, ok := err.(*lua.CompileError) //nolint:errorlint // Compile returns it as it is
	if !ok {
		return p
	}
	p.Line = max(e.Line, 1)
	switch {
	case strings.Contains(e.Message, "register overflow"), strings.Contains(e.Message, "too many local"):
		p.Message = "the function that begins here needs too many values at a time"
		p.Hint = "put local variables or long expressions into functions of their own"
	case strings.Contains(e.Message, "too long to jump"):
		p.Message, p.Hint = "a block of the function that begins here is too long", "split it into several functions"
	}
	return p
}

// index finds where lines begin, in the way the lexer counts them.
func (c *Chunk) index() {
	c.starts = []int{0}
	for i := 0; i < len(c.source); i++ {
		b := c.source[i]
		if b != '\n' && b != '\r' {
			continue
		}
		if i+1 < len(c.source) && (c.source[i+1] == '\n' || c.source[i+1] == '\r') && c.source[i+1] != b {
			i++
		}
		c.starts = append(c.starts, i+1)
	}
}

// LastLine is the number of the last line that has something on it, at least 1.
func (c *Chunk) LastLine() int {
	for n := len(c.starts); n > 1; n-- {
		if c.Line(n) != "" {
			return n
		}
	}
	return 1
}
