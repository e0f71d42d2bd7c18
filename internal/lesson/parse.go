package lesson

import "strings"

// parse reads one page. What stands before its first lesson is the group's heading.
func parse(page string) []Lesson {
	heading, rest, _ := strings.Cut(page, "\n")
	group := strings.TrimPrefix(heading, "# ")
	var all []Lesson
	for _, part := range strings.Split(rest, "\n## ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		code, title, _ := strings.Cut(title, " ")
		l := Lesson{Code: code, Title: title, Group: group}
		l.read(body)
		all = append(all, l)
	}
	return all
}

// read takes a lesson's fields, text and blocks out of its part of the page.
func (l *Lesson) read(body string) {
	var text []string
	var block *File
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```") && block == nil:
			block = newBlock(line[3:])
		case line == "```":
			l.Files = append(l.Files, *block)
			block = nil
		case block != nil:
			block.Text += line + "\n"
		case len(text) == 0 && l.field(line):
		default:
			text = append(text, line)
		}
	}
	l.Text = strings.TrimSpace(strings.Join(text, "\n"))
	l.Wrong, l.Right = l.shown("wrong"), l.shown("right")
}

// field takes a line "says: …".
func (l *Lesson) field(line string) bool {
	name, value, ok := strings.Cut(line, ": ")
	switch {
	case line == "":
		return true
	case !ok:
		return false
	}
	switch name {
	case "says":
		l.Messages = append(l.Messages, value)
	case "else":
		l.Else = append(l.Else, value)
	case "logs":
		l.Logged = append(l.Logged, value)
	case "rules":
		for rule := range strings.SplitSeq(value, ",") {
			l.Rules = append(l.Rules, strings.TrimSpace(rule))
		}
	case "only":
		l.Only = value
	case "given":
		l.Arguments = value
	default:
		return false
	}
	return true
}

func newBlock(info string) *File {
	words := strings.Fields(info)
	f := &File{}
	for i, word := range words {
		switch {
		case i == 0:
			f.Language = word
		case word == "wrong" || word == "right":
			f.Kind = word
		default:
			f.Name = word
		}
	}
	return f
}

// shown joins the files of a kind, each after its name.
func (l *Lesson) shown(kind string) string {
	var out strings.Builder
	for _, f := range l.Files {
		if f.Kind != kind {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		if f.Name != "" {
			comment := "-- "
			if f.Language == "yaml" {
				comment = "# "
			}
			if f.Language == "json" {
				comment = ""
			}
			out.WriteString(comment + f.Name + "\n")
		}
		out.WriteString(f.Text)
	}
	return out.String()
}
