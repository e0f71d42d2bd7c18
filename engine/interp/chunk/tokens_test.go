package chunk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp/chunk"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	plain, fatal := chunk.Plain("x.lua", []byte("\xef\xbb\xbf#! lua\nlocal a = 'b\\n' -- c\r\n  return a.x ~= 0x10"))
	if fatal != nil {
		t.Fatal(fatal)
	}
	tokens, fatal := chunk.Tokens("x.lua", plain)
	if fatal != nil {
		t.Fatal(fatal)
	}
	var got []string
	for _, tok := range tokens {
		got = append(got, fmt.Sprintf("%d %d %q %q", tok.Kind, tok.Line, tok.Text, plain[tok.Start:tok.End]))
	}
	want := []string{
		`2 2 "local" "local"`, `1 2 "a" "a"`, `5 2 "=" "="`, `4 2 "b\n" "'b\\n'"`, `2 3 "return" "return"`, `1 3 "a" "a"`, `5 3 "." "."`, `1 3 "x" "x"`,
		`5 3 "~=" "~="`, `3 3 "16" "0x10"`, `0 3 "" ""`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if _, fatal := chunk.Tokens("x.lua", "a\n != b"); fatal == nil || fatal.Line != 2 || fatal.Column != 2 {
		t.Errorf("got %v", fatal)
	}
	if _, fatal := chunk.Plain("x.lua", []byte("\xff\xfex")); fatal == nil {
		t.Error("UTF-16 is taken")
	}
}

func TestSource(t *testing.T) {
	t.Parallel()
	c, _, fatal := chunk.Compile("x.lua", []byte("#!x\nreturn 1\n"))
	if fatal != nil || c.Source() != "\nreturn 1\n" {
		t.Errorf("got %q %v", c.Source(), fatal)
	}
}

// What is wrong, and what is probably not meant, says of which kind it is.
func TestRulesOfProblems(t *testing.T) {
	t.Parallel()
	_, warnings, _ := chunk.Compile("x.lua", []byte("local t = { a = nil }\nform { t }\n"))
	if len(warnings) != 2 || warnings[0].Rule != chunk.RuleNilInTable || warnings[1].Rule != chunk.RuleNoReturn {
		t.Errorf("got %+v", warnings)
	}
}
