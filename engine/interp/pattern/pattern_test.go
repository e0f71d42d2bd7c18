package pattern_test

import (
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp/pattern"
)

// own matches with the package and writes the result as the reference does.
func own(m *pattern.Matcher, source, subject string, init int, anchors bool) string {
	p, err := pattern.Compile(source, anchors)
	if err != nil {
		return "fault: " + err.Error()
	}
	start, end, ok, err := p.Match(m, subject, init)
	switch {
	case err != nil:
		return "fault: " + err.Error()
	case !ok:
		return "none"
	}
	result := fmt.Sprintf("%d-%d", start, end)
	for i := range p.Captures() {
		from, to := m.Capture(i)
		switch {
		case p.Unfinished(i):
			return result + " open"
		case m.IsPosition(i):
			to = isPlace
		}
		result += fmt.Sprintf(" %d:%d", from, to)
	}
	return result
}

func TestMatch(t *testing.T) {
	var m pattern.Matcher
	for _, c := range []struct {
		pattern, subject string
		init             int
		want             string
	}{
		{"", "abc", 3, "3-3"}, {"b", "abc", 0, "1-2"}, {"bc", "abc", 0, "1-3"}, {"^b", "abc", 0, "none"}, {"^b", "abc", 1, "1-2"},
		{"c$", "abc", 0, "2-3"}, {"c$", "abcd", 0, "none"}, {"$5", "cost $5", 0, "5-7"}, {"a^b", "a^b", 0, "0-3"},
		{"%s+$", "x  y  ", 0, "4-6"}, {"%s*$", "x  y", 0, "4-4"}, {"%s+$", "xy", 0, "none"}, {"a*$", "baa", 2, "2-3"},
		{"(%w+)=(%w+)", "key=val", 0, "0-7 0:3 4:7"}, {"()b()", "abc", 0, "1-2 1:-2 2:-2"},
		{"(a(b)(c))", "abc", 0, "0-3 0:3 1:2 2:3"}, {"([\"'])(.-)%1", `say "it's"`, 0, "4-10 4:5 5:9"},
		{"^(a*)(a)(b)$", "aaab", 0, "0-4 0:2 2:3 3:4"}, {"^(a-)(a*)(b)$", "aaab", 0, "0-4 0:0 0:3 3:4"},
		{"^(.*)bar$", "foobarbar", 0, "0-9 0:6"}, {"^(.-)bar", "foobarbar", 0, "0-6 0:3"}, {"%b()", "f(a(b)c)d", 0, "1-8"},
		{"%b()", "((x)", 0, "1-4"}, {"%bXX", "aXbXc", 0, "1-4"}, {"%f[%a]%a+%f[%A]", "THE (quick)", 4, "5-10"},
		{"%f[%z]", "hello", 0, "5-5"}, {"[]]", "a]b", 0, "1-2"}, {"[^]a]", "a]b", 0, "2-3"}, {"[a-]", "x-y", 0, "1-2"},
		{"[-a]", "x-y", 0, "1-2"}, {"[a%-z]+", "a-z", 0, "0-3"}, {"[%a-c]+", "b-", 0, "0-2"}, {"%z", "a\x00b", 0, "1-2"},
		{"a\x00", "a\x00b", 0, "0-2"}, {"[\x00-\x02]", "x\x01", 0, "1-2"}, {"()%1", "aa", 0, "none"}, {"b+%f[%W]", "abb", 0, "1-3"},
		{".-b", "aab", 0, "0-3"}, {"a?b", "aab", 0, "1-3"}, {"x*", "abc", 1, "1-1"}, {"(b-)$", "abb", 0, "1-3 1:3"},
	} {
		if got := own(&m, c.pattern, c.subject, c.init, true); got != c.want {
			t.Errorf("%q in %q from %d: %s, want %s", c.pattern, c.subject, c.init, got, c.want)
		}
	}
	if got := own(&m, "^a", "x^a", 0, false); got != "1-3" {
		t.Errorf("without anchors: %s", got)
	}
}

func TestFaults(t *testing.T) {
	var m pattern.Matcher
	for source, want := range map[string]string{
		"[a": "malformed pattern (missing ']')", "[": "malformed pattern (missing ']')", "[]": "malformed pattern (missing ']')",
		"[^]": "malformed pattern (missing ']')", "[a-": "malformed pattern (missing ']')", "[%": "malformed pattern (missing ']')",
		"%": "malformed pattern (ends with '%')", "a%": "malformed pattern (ends with '%')", "a)": "invalid pattern capture",
		"%b": "unbalanced pattern", "%bx": "unbalanced pattern", "%f": "missing '[' after '%f' in pattern",
		"%fa": "missing '[' after '%f' in pattern", "%1": "invalid capture index", "%0": "invalid capture index",
		"(a)%2": "invalid capture index", "(%1)": "invalid capture index", "%f[a": "malformed pattern (missing ']')",
		strings.Repeat("()", 33): "too many captures",
	} {
		if got := own(&m, source, "abc(]", 0, true); got != "fault: "+want {
			t.Errorf("%q: %s, want %s", source, got, want)
		}
	}
	if got := own(&m, "x[", "abc", 0, true); got != "none" {
		t.Errorf("a fault behind what doesn't match is reported: %s", got)
	}
	if got := own(&m, "(a", "abc", 0, true); got != "0-1 open" {
		t.Errorf("unfinished capture: %s", got)
	}
	if _, err := pattern.Compile(strings.Repeat("(", 5e6), true); err == nil {
		t.Error("a pattern of 5 MB is compiled")
	}
}

// TestRandom compares with the reference over patterns put together from items that interact.
func TestRandom(t *testing.T) {
	items := strings.Fields(`a b . %a %d [ab] [^a] [a-c] %s %w ( ) () %1 %2 $ ^ - %b() %f[%a] %f[^a] %% %. [a-%%] %z [ x]`)
	signs := []string{"", "", "", "*", "+", "-", "?"}
	random := rand.New(rand.NewSource(1))
	var m pattern.Matcher
	for range 60000 {
		var source, subject strings.Builder
		for range 1 + random.Intn(6) {
			source.WriteString(items[random.Intn(len(items))])
			source.WriteString(signs[random.Intn(len(signs))])
		}
		for range random.Intn(10) {
			subject.WriteByte("aab1 (b)\x00"[random.Intn(9)])
		}
		compare(t, &m, source.String(), subject.String(), random.Intn(subject.Len()+1))
	}
}

func compare(t *testing.T, m *pattern.Matcher, source, subject string, init int) {
	for _, anchors := range []bool{true, false} {
		r := reference{subject: subject, pattern: source}
		want := r.find(init, anchors)
		if want == "fault: "+errSteps.Error() {
			continue
		}
		if got := own(m, source, subject, init, anchors); got != want {
			t.Fatalf("%q in %q from %d (anchors %v): %s, want %s", source, subject, init, anchors, got, want)
		}
	}
}

var errStop = errors.New("stop")

// TestTick checks that matching that would take for ever ends soon after Tick says so.
func TestTick(t *testing.T) {
	for _, c := range []struct{ pattern, subject string }{
		{strings.Repeat("a?", 30) + strings.Repeat("a", 30) + "$", strings.Repeat("a", 29) + "b"},
		{".-%d", strings.Repeat("a", 1<<20)}, {"a*%d", strings.Repeat("a", 1<<20)},
		{"%b()", strings.Repeat("(", 1<<17) + ")x)"}, {strings.Repeat("(a*)", 30) + "[bc]", strings.Repeat("a", 1000)},
		{"(a*)%1[bc]", strings.Repeat("a", 1<<14)}, {strings.Repeat("a?", 1<<16) + "[bc]", strings.Repeat("a", 1<<17)},
		{"%s*%s*[bc]", strings.Repeat(" ", 1<<16)},
	} {
		p, err := pattern.Compile(c.pattern, true)
		if err != nil {
			t.Fatal(err)
		}
		ticks := 0
		m := pattern.Matcher{Tick: func(int) error {
			if ticks++; ticks > 3 {
				return errStop
			}
			return nil
		}}
		for start := 0; err == nil && start < 200; start++ {
			_, _, _, err = p.Match(&m, c.subject, start)
		}
		if !errors.Is(err, errStop) || ticks != 4 {
			t.Errorf("%.20q: %v after %d ticks", c.pattern, err, ticks)
		}
	}
}

func TestMatchAllocatesNothing(t *testing.T) {
	var m pattern.Matcher
	for _, source := range []string{"[%p]", "%s+", "(%a+) (%a-) ", "^%s*(.-)%s*$", "%f[%w]table", "(.)%1"} {
		p, err := pattern.Compile(source, true)
		if err != nil {
			t.Fatal(err)
		}
		run := func() { p.Match(&m, "book a table for all of us", 0) }
		run()
		if allocs := testing.AllocsPerRun(20, run); allocs != 0 {
			t.Errorf("%q allocates %v times", source, allocs)
		}
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range [][2]string{{"(%w+)=(%w+)", "k=v"}, {"%b()%f[%a].-$", "(x) y"}, {"[^]a-%]]*", "a]"}, {"(a*)%1()", "aaaa"}, {"%", "x"},
		{"^[%", ""}, {"(()", "x"}, {"a-b?c+$", "aabc"}} {
		f.Add(c[0], c[1], 0)
	}
	f.Fuzz(func(t *testing.T, source, subject string, init int) {
		if len(source) > 40 || len(subject) > 40 || init < 0 || init > len(subject) {
			return
		}
		ticks := 0
		m := pattern.Matcher{Tick: func(int) error {
			if ticks++; ticks > 200 {
				return errStop
			}
			return nil
		}}
		if own(&m, source, subject, init, true) != "fault: "+errStop.Error() {
			compare(t, &m, source, subject, init)
		}
	})
}
