package lesson

import "strings"

// Page is docs/mistakes.md: all lessons, to be read and searched in a browser.
func Page() string {
	var out strings.Builder
	out.WriteString("# What goes wrong\n\n" +
		"Every message to an author has a code, such as `[LA032]` behind its first line, and here is more about each: what happens, why, and\n" +
		"what to write. `luaction explain LA032` prints the same. This page is made from the catalog in `internal/lesson/catalog`; `make docs`\n" +
		"writes it anew. What is wrong and what is right here is run by a test.\n")
	group := ""
	for _, l := range catalog() {
		if l.Group != group {
			group = l.Group
			out.WriteString("\n## " + group + "\n\n")
			for _, other := range catalog() {
				if other.Group == group {
					out.WriteString("- [" + other.Code + "](#" + strings.ToLower(other.Code) + ") " + other.Title + "\n")
				}
			}
		}
		out.WriteString("\n<a id=\"" + strings.ToLower(l.Code) + "\"></a>\n\n### " + l.Code + " " + l.Title + "\n\n" + l.Text + "\n")
		l.examples(&out, "Wrong", "wrong")
		l.examples(&out, "Right", "right")
		l.examples(&out, "With", "")
	}
	return out.String()
}

// examples writes the blocks of a kind.
func (l *Lesson) examples(out *strings.Builder, heading, kind string) {
	for _, f := range l.Files {
		if f.Kind != kind {
			continue
		}
		out.WriteString("\n" + heading)
		if f.Name != "" {
			out.WriteString(" `" + f.Name + "`")
		}
		out.WriteString(":\n\n```" + f.Language + "\n" + f.Text + "```\n")
	}
}
