package yaml

import (
	"errors"
	"io"
	"strings"

	lua "github.com/yuin/gopher-lua"
	goyaml "go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/luaapi"
)

// parse returns what the only document of a text says, nil if there is none.
func parse(a luaapi.Args, text string) *goyaml.Node {
	decoder := goyaml.NewDecoder(&source{a: a, rest: known(text)})
	var document, more goyaml.Node
	err := guarded(func() error { return decoder.Decode(&document) })
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		a.Raise("%s", fault(err))
	}
	switch err := guarded(func() error { return decoder.Decode(&more) }); {
	case err == nil:
		a.Raise("line %d begins a second document; there must be only one", more.Line)
	case !errors.Is(err, io.EOF):
		a.Raise("%s", fault(err))
	}
	if len(document.Content) == 0 {
		return nil
	}
	return document.Content[0]
}

// known has a text that names its version name one that the library takes: it reads YAML 1.2 and says that it doesn't.
func known(text string) string {
	const ours, theirs = "%YAML 1.2", "%YAML 1.1"
	for at := len(text) - len(strings.TrimPrefix(text, "\uFEFF")); at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		switch {
		case strings.HasPrefix(line, ours):
			return text[:at] + theirs + text[at+len(ours):]
		case strings.TrimSpace(line) != "" && line[0] != '#':
			return text
		}
		at += len(line) + 1
	}
	return text
}

// guarded runs the library, whose own faults are no reason to end the call. What the meter raises goes on up.
func guarded(f func() error) (err error) {
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case *lua.ApiError:
			panic(fault)
		default:
			err = errors.New("it can't be read")
		}
	}()
	return f()
}

// fault says what the library found, in other words where those are its own.
func fault(err error) string {
	say := strings.TrimPrefix(err.Error(), "yaml: ")
	place := "the text"
	if rest, ok := strings.CutPrefix(say, "line "); ok {
		if line, what, ok := strings.Cut(rest, ": "); ok {
			place, say = "the text near line "+line, what
		}
	}
	for _, known := range [][2]string{
		{"cannot start any token", "a value can't begin with this character; lines are indented with blanks, not tabs, and texts with @ ` or % in front stand in quotes"},
		{"mapping values are not allowed", "a second `: ` in one line; put the text into quotes"},
		{"could not find expected ':'", "a name without its `:`"},
		{"did not find expected key", "the indentation is not that of the lines before, or a name is missing"},
		{"did not find expected '-'", "the indentation is not that of the items before"},
		{"unexpected end of stream", "it ends inside a quoted text"},
		{"did not find expected ',' or ']'", "a list that begins with [ is not closed with ]"},
		{"did not find expected ',' or '}'", "a table that begins with { is not closed with }"},
		{"exceeded max depth", "tables lie too deep inside one another"},
		{"control characters are not allowed", "it has control characters"},
		{"UTF-8", "it is no valid UTF-8"},
	} {
		if strings.Contains(say, known[0]) {
			return place + " is no YAML: " + known[1]
		}
	}
	return place + " is no YAML: " + say
}

// source gives the library its text, and counts what the library makes of it.
type source struct {
	a    luaapi.Args
	rest string
}

// Read is that of io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n := copy(p, s.rest)
	if n == 0 {
		return 0, io.EOF
	}
	const perByte, perNode = 6, 300 // bytes; a node is behind each of these signs, at most
	nodes := 0
	for _, c := range p[:n] {
		switch c {
		case '\n', ',', ':', '[', '{', '-', '?':
			nodes++
		}
	}
	s.rest = s.rest[n:]
	s.a.State.Meter().Step(s.a.L, 1+n)
	s.a.State.Meter().Need(s.a.L, s.a.Name(), perByte*n+perNode*nodes)
	return n, nil
}
