package report

// ink paints, or leaves texts as they are.
type ink bool

type tone string

const (
	plainly tone = ""
	bold    tone = "1"
	faint   tone = "2"
	red     tone = "1;31"
	green   tone = "32"
	yellow  tone = "1;33"
)

func (i ink) paint(t tone, text string) string {
	if !i || t == plainly || text == "" {
		return text
	}
	return "\x1b[" + string(t) + "m" + text + "\x1b[0m"
}
