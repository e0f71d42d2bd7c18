package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/report"
)

// example has every kind of place: a range, a wide character and a tab before it, a column alone, a line alone, a file alone, a file
// that is no script, and the folder.
func example() *report.Report {
	problem := func(file string, f check.Finding) report.Problem {
		if strings.HasPrefix(file, "scripts/") {
			f.Script = strings.TrimPrefix(file, "scripts/")
		}
		return report.Problem{Finding: f, File: filepath.FromSlash(file)}
	}
	return &report.Report{Scripts: 12, Problems: []report.Problem{
		problem("domain.yml", check.Finding{Rule: "action-without-script", Line: 31, Column: 5, EndColumn: 16, Source: "  - action_paid",
			Message: "no script provides action_paid", Hint: "did you mean action_pay?\nor write scripts/action_paid.lua"}),
		problem("scripts", check.Finding{Rule: "load", Message: "the folder has more than 10000 scripts"}),
		problem("scripts/action_a.lua", check.Finding{Rule: "unknown-global", Line: 3, Column: 12, EndColumn: 20, Source: "  return { SlotSett(\"x\", 1) }\n",
			Message: "there is no SlotSett", Hint: "write SlotSet"}),
		problem("scripts/action_a.lua", check.Finding{Rule: "unused-local", Line: 4, Column: 8, EndColumn: 9, Source: "\tlocal x = 1\r\n",
			Message: "x is never used", Warning: true}),
		problem("scripts/action_ü, 100%: b.lua", check.Finding{Rule: "unknown-member", Line: 5, Column: 40, EndColumn: 45,
			Source: "dispatcher:utter_message(\"日本語é\", json.nul)", Message: "json has no nul", Hint: "write json.null"}),
		problem("scripts/action_c.lua", check.Finding{Rule: "syntax", Line: 9, Column: 7, Source: "  x = 1", Message: "unexpected =:\nthe line goes on"}),
		problem("scripts/action_c.lua", check.Finding{Rule: "syntax", Line: 11, Source: "end", Message: "one end too many"}),
		problem("scripts/action_d.lua", check.Finding{Rule: "unnamed", Message: "Rasa can't call this file", Warning: true}),
		problem("scripts/action_e.lua", check.Finding{Rule: "syntax", Line: 1, Column: 4, EndColumn: 9, Source: "a\x1b[31m\u202eb \xff c", Message: "bad \x1b[2J text"}),
	}, Rule: func(f *check.Finding) report.Rule {
		switch f.Rule {
		case "unknown-global":
			return report.Rule{Code: "LA012", Title: "A name that nobody knows", Help: "Write `local`, or the name that was meant."}
		case "unused-local":
			return report.Rule{Code: "LA020"}
		}
		return report.Rule{}
	}}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, writer := range map[string]report.Writer{
		"text.golden": report.Text{}, "color.golden": report.Text{Color: true}, "json.golden": report.JSON{},
		"github.golden": report.GitHub{}, "sarif.golden": report.SARIF{Version: "v1.2.3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := writer.Write(&out, example()); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(out.Bytes(), want) {
				t.Errorf("%s is not what is written now (UPDATE_GOLDEN=1 writes it anew):\n%s", file, out.String())
			}
		})
	}
}

// Without problems each format must still be one.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	for want, writer := range map[string]report.Writer{
		"no problems in 1 script\n": report.Text{},
		"":                          report.GitHub{},
		"{\n  \"version\": 1,\n  \"problems\": [],\n  \"scripts\": 1\n}\n": report.JSON{},
	} {
		var out bytes.Buffer
		if err := writer.Write(&out, &report.Report{Scripts: 1}); err != nil || out.String() != want {
			t.Errorf("%T: %v, %q, want %q", writer, err, out.String(), want)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("the pipe is closed") }

func TestWritersTellOfAClosedPipe(t *testing.T) {
	t.Parallel()
	for _, writer := range []report.Writer{report.Text{}, report.JSON{}, report.GitHub{}, report.SARIF{}} {
		if err := writer.Write(broken{}, example()); err == nil {
			t.Errorf("%T says nothing", writer)
		}
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	r := example()
	r.Problems[0], r.Problems[8] = r.Problems[8], r.Problems[0]
	r.Problems[5], r.Problems[6] = r.Problems[6], r.Problems[5]
	report.Sort(r.Problems)
	last := ""
	line := 0
	for _, p := range r.Problems {
		if p.File < last || p.File == last && p.Line < line {
			t.Errorf("%s:%d stands behind %s:%d", p.File, p.Line, last, line)
		}
		last, line = p.File, p.Line
	}
}

// The caret must stand below the character that is meant, whatever stands before it.
func TestCaret(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300)
	for _, c := range []struct {
		source      string
		column, end int
		line, marks string
	}{
		{"return foo", 8, 11, "return foo", "       ^~~"},
		{"\treturn foo", 9, 12, "    return foo", "           ^~~"},
		{"a\tb\tfoo", 5, 8, "a   b   foo", "        ^~~"},
		{"日本 = foo", 10, 13, "日本 = foo", "       ^~~"},
		{"x = \"日本\"", 5, 13, "x = \"日本\"", "    ^~~~~~"},
		{"e\u0301x", 4, 5, "e\u0301x", " ^"},
		{"foo", 4, 0, "foo", "   ^"},
		{"foo", 90, 99, "foo", "   ^"},
		{"foo", 2, 99, "foo", " ^~"},
		{"foo", 2, 1, "foo", " ^"},
		{"foo", 1, 0, "foo", "^"},
		{"a\x1bb", 3, 4, "a\ufffdb", "  ^"},
		{long + "foo" + long, 301, 304, "…" + long[:30] + "foo" + long[:85] + "…", strings.Repeat(" ", 31) + "^~~"},
		{"foo" + long, 1, 4, "foo" + long[:116] + "…", "^~~"},
		{long, 1, 301, long[:119] + "…", "^" + strings.Repeat("~", 119)},
		{long + "foo", 301, 304, "…" + long[:116] + "foo", strings.Repeat(" ", 117) + "^~~"},
		{long[:110] + "日本foo", 117, 120, long[:110] + "日本foo", strings.Repeat(" ", 114) + "^~~"},
		{long[:117] + "foo", 118, 121, long[:117] + "foo", strings.Repeat(" ", 117) + "^~~"},
	} {
		r := &report.Report{Problems: []report.Problem{{File: "a.lua", Finding: check.Finding{Script: "a.lua", Line: 1,
			Column: c.column, EndColumn: c.end, Source: c.source, Message: "m"}}}}
		var out bytes.Buffer
		if err := (report.Text{}).Write(&out, r); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if lines[1] != "     1 | "+c.line || lines[2] != "       | "+c.marks {
			t.Errorf("%.20q %d-%d:\n%s\n%s\nwant\n         %s\n         %s", c.source, c.column, c.end, lines[1], lines[2], c.line, c.marks)
		}
	}
}

// On a narrow screen no line of a script is broken, and the mark stays below what it means.
func TestNarrow(t *testing.T) {
	t.Parallel()
	r := &report.Report{Problems: []report.Problem{{File: "a.lua", Finding: check.Finding{Script: "a.lua", Line: 1,
		Column: 71, EndColumn: 74, Source: strings.Repeat("-", 70) + "foo" + strings.Repeat("-", 70), Message: "m"}}}}
	for _, width := range []int{1, 50, 80, 200} {
		var out bytes.Buffer
		if err := (report.Text{Width: width}).Write(&out, r); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		line, marks := []rune(lines[1]), lines[2]
		const least = 50
		if len(line) > max(width, least) || string(line[strings.Index(marks, "^"):][:3]) != "foo" {
			t.Errorf("%d columns:\n%s\n%s", width, lines[1], marks)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("return foo", 8, 11, "m")
	f.Add("\t日本\x1b", 3, 400, "a\nb")
	f.Add("", -1, 1<<62, "")
	f.Fuzz(func(t *testing.T, source string, column, end int, message string) {
		r := &report.Report{Problems: []report.Problem{{File: "a.lua", Finding: check.Finding{Script: "a.lua", Line: 1,
			Column: column, EndColumn: end, Source: source, Message: message, Hint: message}}}}
		for _, writer := range []report.Writer{report.Text{}, report.JSON{}, report.GitHub{}, report.SARIF{}} {
			var out bytes.Buffer
			if err := writer.Write(&out, r); err != nil {
				t.Fatal(err)
			}
			switch writer.(type) {
			case report.Text:
				if strings.ContainsAny(out.String(), "\x1b\r") {
					t.Errorf("control characters come through: %q", out.String())
				}
			case report.GitHub:
				if strings.Count(out.String(), "\n") != 1 {
					t.Errorf("a command is a line: %q", out.String())
				}
			default:
				if !json.Valid(out.Bytes()) {
					t.Errorf("no JSON: %s", out.String())
				}
			}
		}
	})
}

// The guide shows the shape that is written.
func TestShapeInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "check.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```json\n")
	shown, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the guide shows no JSON")
	}
	var want struct {
		Problems []map[string]any
	}
	if err := json.Unmarshal([]byte(shown), &want); err != nil {
		t.Fatal(err)
	}
	p := report.Problem{File: want.Problems[0]["file"].(string), Finding: check.Finding{Line: 4, Column: 9, Rule: "syntax",
		Message: want.Problems[0]["message"].(string), Source: want.Problems[0]["source"].(string)}}
	code := want.Problems[0]["code"].(string)
	var out bytes.Buffer
	r := &report.Report{Scripts: 12, Problems: []report.Problem{p}, Rule: func(*check.Finding) report.Rule { return report.Rule{Code: code} }}
	if err := (report.JSON{}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	if out.String() != shown {
		t.Errorf("the guide shows\n%s\nand what is written is\n%s", shown, out.String())
	}
}

// Of a line of hundreds of kilobytes only what is near the range is shown, and no more than its beginning goes out as JSON.
func TestVeryLongLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source string
		column int
		shown  string
	}{
		"begin":       {"find" + strings.Repeat("x", 200_000), 1, "find"},
		"middle":      {strings.Repeat("x", 100_000) + "find" + strings.Repeat("x", 100_000), 100_001, "…xxx"},
		"end":         {strings.Repeat("x", 200_000) + "find", 200_001, "xfind"},
		"wide":        {strings.Repeat("漢", 50_000) + "find" + strings.Repeat("漢", 50_000), 150_001, "漢find漢"},
		"no text":     {strings.Repeat("\x80", 100_000) + "find" + strings.Repeat("\x80", 100_000), 100_001, "find"},
		"behind":      {strings.Repeat("x", 200_000), 200_001, "xxx"},
		"without one": {strings.Repeat("x", 200_000), 0, "xxx"},
	} {
		r := &report.Report{Problems: []report.Problem{{File: "a.lua", Finding: check.Finding{
			Rule: "syntax", Script: "a.lua", Line: 1, Column: c.column, EndColumn: c.column + 4, Source: c.source, Message: "wrong",
		}}}}
		var out bytes.Buffer
		if err := (report.Text{}).Write(&out, r); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if !strings.Contains(lines[1], c.shown) || len([]rune(lines[1])) > 140 || !utf8.ValidString(out.String()) {
			t.Errorf("%s: %s", name, out.String())
		}
		at := strings.Index(lines[1], "find")
		if at > 0 && c.column > 0 && name != "wide" && len([]rune(lines[1][:at])) != strings.Index(lines[2], "^") {
			t.Errorf("%s: the mark is elsewhere:\n%s", name, out.String())
		}
		for _, w := range []report.Writer{report.JSON{}, report.SARIF{}} {
			out.Reset()
			if err := w.Write(&out, r); err != nil {
				t.Fatal(err)
			}
			if out.Len() > 30_000 || !json.Valid(out.Bytes()) {
				t.Errorf("%s: %d bytes", name, out.Len())
			}
		}
	}
}
