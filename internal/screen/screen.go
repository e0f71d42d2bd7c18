// Package screen is about terminals: whether there is one, how wide it is, colours, and texts cut to fit.
package screen

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-isatty"
	"golang.org/x/text/width"
)

// Screen is where a command writes for a person.
type Screen struct {
	Terminal bool
	Color    bool
	Width    int // in columns; 0 if there is no end to a line
}

// Of finds out what w is. A terminal has colours unless its TERM is dumb; in the environment NO_COLOR, or FORCE_COLOR=0, says no, and
// FORCE_COLOR yes, also where there is no terminal. COLUMNS wins over what the terminal says.
func Of(w io.Writer) Screen {
	file, isFile := w.(*os.File)
	if !isFile || !isatty.IsTerminal(file.Fd()) && !isatty.IsCygwinTerminal(file.Fd()) {
		return Screen{Color: colors(false, os.Getenv)}
	}
	s := Screen{Terminal: true, Color: colors(true, os.Getenv), Width: columns(file)}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		s.Width = n
	}
	if s.Width <= 0 {
		s.Width = 80
	}
	return s
}

func colors(terminal bool, getenv func(string) string) bool {
	force := strings.ToLower(getenv("FORCE_COLOR"))
	switch {
	case getenv("NO_COLOR") != "", force == "0", force == "false":
		return false
	case force != "":
		return true
	}
	return terminal && getenv("TERM") != "dumb"
}

func (s Screen) paint(code, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Bold returns the text with what a terminal needs for that, or as it is where there are no colours. So do the others.
func (s Screen) Bold(text string) string { return s.paint("1", text) }

// Dim is for what matters less.
func (s Screen) Dim(text string) string { return s.paint("2", text) }

// Red is for what failed.
func (s Screen) Red(text string) string { return s.paint("31", text) }

// Green is for what is well.
func (s Screen) Green(text string) string { return s.paint("32", text) }

// Yellow is for what to look at.
func (s Screen) Yellow(text string) string { return s.paint("33", text) }

// Cyan is for names.
func (s Screen) Cyan(text string) string { return s.paint("36", text) }

// Cut returns the text cut to so many columns, with … at its end if something is left out. 0 columns are no limit.
func Cut(text string, columns int) string {
	if columns <= 0 || Columns(text) <= columns {
		return text
	}
	used := 0
	for i, r := range text {
		if used += runeColumns(r); used > columns-1 {
			return text[:i] + "…"
		}
	}
	return text
}

// Columns is how many columns a text without control characters takes.
func Columns(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case 0x1f300 <= r && r <= 0x1faff:
		return 2
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

const tab = 4

// Line returns a text fit for one line: tabs are spaces, and what would move the cursor or change colours is shown, not done.
func Line(text string) string {
	if strings.IndexFunc(text, isControl) < 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, r := range text {
		switch {
		case r == '\t':
			n := tab - at%tab
			out.WriteString(strings.Repeat(" ", n))
			at += n
			continue
		case isControl(r):
			quoted := strconv.QuoteRune(r)
			out.WriteString(quoted[1 : len(quoted)-1])
			at += len(quoted) - 2
			continue
		}
		out.WriteRune(r)
		at += runeColumns(r)
	}
	return out.String()
}

// isControl tells what a terminal acts upon. What turns the direction of writing is among it.
func isControl(r rune) bool {
	return unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Fold breaks a text into lines of so many columns at most, at spaces where there are some. Its own line breaks stay. 0 columns are no
// limit.
func Fold(text string, columns int) []string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line = Line(line)
		broken := false
		for columns > 0 && Columns(line) > columns {
			end := breakAt(line, columns)
			out = append(out, strings.TrimRight(line[:end], " "))
			line, broken = strings.TrimLeft(line[end:], " "), true
		}
		if line != "" || !broken {
			out = append(out, line)
		}
	}
	return out
}

// breakAt is where a line that is too long is broken: behind the last space that fits, else behind the last character that does.
func breakAt(line string, columns int) int {
	used, space, last := 0, 0, 0
	for i, r := range line {
		if used += runeColumns(r); used > columns {
			if r == ' ' {
				return i
			}
			break
		}
		last = i + len(string(r))
		if r == ' ' {
			space = last
		}
	}
	if space > 0 {
		return space
	}
	if last == 0 { // one character is wider than the screen
		for i := range line {
			if i > 0 {
				return i
			}
		}
		return len(line)
	}
	return last
}
