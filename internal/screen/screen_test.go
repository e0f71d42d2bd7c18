package screen_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/luaction/luaction/internal/screen"
)

func TestNoTerminal(t *testing.T) {
	t.Parallel()
	s := screen.Of(&bytes.Buffer{})
	if s.Terminal || s.Color || s.Width != 0 || s.Red("x") != "x" {
		t.Errorf("%+v", s)
	}
	if got := (screen.Screen{Color: true}).Red("x"); got != "\x1b[31mx\x1b[0m" {
		t.Errorf("%q", got)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abcd", 0, "abcd"}, {"äöüß", 3, "äö…"}, {"日本語", 6, "日本語"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"},
		{"e\u0301e\u0301", 2, "e\u0301e\u0301"}, {"👍👍", 3, "👍…"}, {"ab", 1, "…"},
	} {
		if got := screen.Cut(c.text, c.columns); got != c.want || c.columns > 0 && screen.Columns(got) > c.columns {
			t.Errorf("%q to %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\tb": "a   b", "\tx": "    x", "a\x1b[31mb": `a\x1b[31mb`, "a\nb\r": `a\nb\r`, "a\u202eb": `a\u202eb`, "fine ä": "fine ä",
	} {
		if got := screen.Line(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"one two three", 7, []string{"one two", "three"}}, {"one two", 0, []string{"one two"}}, {"a\nb", 5, []string{"a", "b"}},
		{"abcdefgh", 3, []string{"abc", "def", "gh"}}, {"日本語", 1, []string{"日", "本", "語"}}, {"", 3, []string{""}}, {"one  two", 4, []string{"one", "two"}},
	} {
		if got := screen.Fold(c.text, c.columns); !slices.Equal(got, c.want) {
			t.Errorf("%q to %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"one two three", "日本語\tx", "\x1b[1m", "a\r\nb"} {
		f.Add(seed, 5)
	}
	f.Fuzz(func(t *testing.T, text string, columns int) {
		if columns < 2 || columns > 200 || !utf8.ValidString(text) {
			return
		}
		lines := screen.Fold(text, columns)
		for _, line := range lines {
			if screen.Columns(line) > columns {
				t.Errorf("%q to %d: %q", text, columns, line)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(screen.Line(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "")), " ", ""); got != want {
			t.Errorf("%q to %d: %q", text, columns, lines)
		}
	})
}
