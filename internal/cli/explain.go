package cli

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/internal/screen"
)

type explainParams struct {
	About []string `arg:"" optional:"" name:"code" help:"A code such as LA032, several, or a whole message in quotes. Without it all codes are listed."`
}

// Run prints what there is to say about a mistake.
func (p *explainParams) Run(s Streams) error {
	if slices.ContainsFunc(p.About, func(word string) bool { return !codeShape.MatchString(word) }) {
		return explainMistake(strings.Join(p.About, " "), s.Out) // the words of one message
	}
	for i, code := range p.About {
		if i > 0 {
			fmt.Fprintln(s.Out)
		}
		if err := explainMistake(code, s.Out); err != nil {
			return err
		}
	}
	if len(p.About) == 0 {
		return listLessons(s.Out)
	}
	return nil
}

// explainMistake prints the lesson that the words are about, or the list of all if there are none.
func explainMistake(about string, w io.Writer) error {
	if strings.TrimSpace(about) == "" {
		return listLessons(w)
	}
	l, ok := lesson.In(about)
	if !ok {
		return unknownLesson(about)
	}
	return printLesson(l, w)
}

var codeShape = regexp.MustCompile(`^(?i:la)?\d{1,4}$`)

// unknownLesson says which code may have been meant, or where to look for a message.
func unknownLesson(about string) error {
	const list = "luaction explain lists all codes"
	if word := strings.TrimSpace(about); codeShape.MatchString(word) || !strings.Contains(word, " ") {
		if near := lesson.Nearest(word); near != "" {
			return failed("there is no code %s; did you mean %s? %s", word, near, list)
		}
		return failed("there is no code %s; %s", word, list)
	}
	return failed("no lesson is about this message; %s", list)
}

// widest is how wide text is printed at most: longer lines are hard to read.
const widest = 92

func textWidth(s screen.Screen) int {
	if s.Width == 0 || s.Width > widest {
		return widest
	}
	return s.Width
}

func listLessons(w io.Writer) error {
	s := screen.Of(w)
	var out strings.Builder
	group := ""
	for _, l := range lesson.All() {
		if l.Group != group {
			if group != "" {
				out.WriteString("\n")
			}
			group = l.Group
			out.WriteString(s.Bold(group) + "\n")
		}
		title := l.Title
		if s.Width > 0 {
			title = screen.Cut(title, s.Width-len("  LA001  "))
		}
		out.WriteString("  " + s.Cyan(l.Code) + "  " + title + "\n")
	}
	out.WriteString("\nluaction explain LA001 says more about one.\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func printLesson(l lesson.Lesson, w io.Writer) error {
	s := screen.Of(w)
	var out strings.Builder
	fmt.Fprintf(&out, "%s  %s\n\n", s.Cyan(l.Code), s.Bold(l.Title))
	for paragraph := range strings.SplitSeq(l.Text, "\n\n") {
		paragraph = links.ReplaceAllString(strings.ReplaceAll(paragraph, "\n", " "), "$1")
		inCode := false
		for _, line := range screen.Fold(paragraph, textWidth(s)) {
			line, inCode = withCode(s, line, inCode)
			out.WriteString(line + "\n")
		}
		out.WriteString("\n")
	}
	writeExample(&out, s.Red("Wrong:"), l.Wrong)
	writeExample(&out, s.Green("Right:"), l.Right)
	for _, f := range l.Files {
		if f.Kind == "" {
			writeExample(&out, "With "+f.Name+":", f.Text)
		}
	}
	text := strings.TrimSuffix(out.String(), "\n")
	_, err := io.WriteString(w, text)
	return err
}

var links = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)

// withCode colours what stands in backquotes, which may begin on one line and end on another. Without colours they stay.
func withCode(s screen.Screen, line string, inCode bool) (string, bool) {
	if !s.Color {
		return line, false
	}
	var out strings.Builder
	for i, part := range strings.Split(line, "`") {
		if i > 0 {
			inCode = !inCode
		}
		if inCode {
			part = s.Cyan(part)
		}
		out.WriteString(part)
	}
	return out.String(), inCode
}

func writeExample(out *strings.Builder, heading, code string) {
	out.WriteString(heading + "\n\n")
	for line := range strings.Lines(code) {
		if line == "\n" {
			out.WriteString(line)
			continue
		}
		out.WriteString("    " + line)
	}
	out.WriteString("\n")
}
