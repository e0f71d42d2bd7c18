package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Text is for people: each problem with its line, and a count at the end.
type Text struct {
	Color bool
	Width int // of the screen in columns; 0 if there is no end to a line
}

var _ Writer = Text{}

// Write writes the report.
func (t Text) Write(w io.Writer, r *Report) error {
	var out bytes.Buffer
	ink := ink(t.Color)
	for i := range r.Problems {
		t.problem(&out, ink, &r.Problems[i], r.rule(&r.Problems[i]).Code)
	}
	out.WriteString(t.summary(ink, r))
	_, err := w.Write(out.Bytes())
	return err
}

func (t Text) problem(out *bytes.Buffer, ink ink, p *Problem, code string) {
	tone := red
	if p.Warning {
		tone = yellow
	}
	message, more, _ := strings.Cut(plain(p.Message), "\n")
	out.WriteString(ink.paint(bold, place(p)+":") + " ")
	if p.Warning {
		out.WriteString(ink.paint(tone, "warning:") + " ")
	}
	out.WriteString(ink.paint(bold, message))
	if code != "" {
		out.WriteString(" " + ink.paint(faint, "["+code+"]"))
	}
	out.WriteByte('\n')
	indent(out, ink, plainly, more)
	if p.Line > 0 && strings.TrimSpace(p.text()) != "" {
		line, marks := excerpt(p.text(), p.Column, p.EndColumn, t.room())
		fmt.Fprintf(out, "%s %s\n", ink.paint(faint, fmt.Sprintf("%6d |", p.Line)), line)
		if marks != "" {
			fmt.Fprintf(out, "%s %s\n", ink.paint(faint, "       |"), ink.paint(tone, marks))
		}
	}
	indent(out, ink, green, plain(p.Hint))
	out.WriteByte('\n')
}

// room is how much of a line stands behind its number.
func (t Text) room() int {
	if t.Width == 0 {
		return widest
	}
	return t.Width - len("     1 | ")
}

// place is FILE:LINE:COLUMN as editors take it: a column that isn't known is the first, as is the line of a script.
func place(p *Problem) string {
	file := plain(p.File)
	if p.Script == "" && p.Line <= 0 {
		return file
	}
	start, _ := p.span()
	return fmt.Sprintf("%s:%d:%d", file, max(p.Line, 1), max(start, 1))
}

func indent(out *bytes.Buffer, ink ink, tone tone, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	for line := range strings.Lines(text) {
		out.WriteString("  " + ink.paint(tone, strings.TrimRight(line, "\n")) + "\n")
	}
}

// summary counts problems and the files that have them.
func (t Text) summary(ink ink, r *Report) string {
	if len(r.Problems) == 0 {
		return ink.paint(green, "no problems in "+count(r.Scripts, "script")) + "\n"
	}
	files, noun := map[string]bool{}, "script"
	for i := range r.Problems {
		p := &r.Problems[i]
		files[p.File] = true
		if !strings.HasSuffix(p.Script, ".lua") {
			noun = "file" // a data file or the domain is no script
		}
	}
	out := ink.paint(bold, count(len(r.Problems), "problem")+" in "+count(len(files), noun))
	if code := r.rule(&r.Problems[0]).Code; code != "" && t.Width > 0 { // somebody reads it on a screen
		out += ink.paint(faint, "; luaction explain "+code+" says more about the first")
	}
	return out + "\n"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
