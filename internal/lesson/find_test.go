package lesson_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/lesson"
)

func TestFinding(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"LA032": "LA032", "la032": "LA032", " LA032 ": "LA032", "32": "LA032", "la32": "LA032", "LA999": "", "LA": "", "": "", "LA0032": "",
		"unknown-member":                          "LA032",
		"a.lua:1: something new [LA041]":          "LA041",
		"a.lua:1: boom":                           "",
		"a.lua:1: tracker has no 'x'; it has y":   "LA032",
		"time: when is it?":                       "",
		"a.lua:1: kv.set: something unheard of":   "LA100",
		"events[3] is left out: it is a text":     "LA067",
		"a.lua:1: `+=` is not Lua; write `a = …`": "LA006",
	} {
		if got, _ := lesson.In(text); got.Code != want {
			t.Errorf("%q is about %q, want %q", text, got.Code, want)
		}
	}
	if got := lesson.Nearest("LA12O"); got == "" {
		t.Error("nothing is near LA12O")
	}
	if _, ok := lesson.OfRule("no-such-rule"); ok {
		t.Error("a rule that isn't there has a lesson")
	}
}

func TestMark(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a.lua:1: boom": "a.lua:1: boom",
		"a.lua:1: attempt to call a nil value\nmore\n": "a.lua:1: attempt to call a nil value [LA042]\nmore\n",
		"a.lua:1: attempt to call a nil value":         "a.lua:1: attempt to call a nil value [LA042]",
		"":                                             "",
	} {
		if got := lesson.Mark(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// FuzzIn looks for a lesson in anything: a mark is added to the first line, or nothing.
func FuzzIn(f *testing.F) {
	for _, seed := range []string{"LA032", "la", "attempt to index", "a\nb", "…", "\xff LA012", strings.Repeat("must be ", 50)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, ok := lesson.In(text)
		if ok == (l.Code == "") {
			t.Errorf("%q: %v %v", text, l.Code, ok)
		}
		marked := lesson.Mark(text)
		first, rest, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(marked, first) || !strings.HasSuffix(marked, rest) || len(marked) > len(text)+len(" [LA012]") {
			t.Errorf("%q became %q", text, marked)
		}
	})
}
