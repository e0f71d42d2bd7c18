package time

import (
	"strings"
	gotime "time"
)

const (
	verbs = "aAbBdeHIjmMpSfyYzZFTwu%"
	// bareVerbs are those that %- writes without leading zeros or blanks.
	bareVerbs = "deHIjmMSy"
)

// piece is a part of a layout: a verb such as %d or %-d, or a text to be taken as it stands.
type piece struct {
	text string
	verb byte // 0 for a text
	bare bool // %-d
}

// cutLayout takes the first piece off a layout that checkLayout found to be good and that isn't empty.
func cutLayout(layout string) (p piece, rest string) {
	if layout[0] != '%' {
		end := strings.IndexByte(layout, '%')
		if end < 0 {
			end = len(layout)
		}
		return piece{text: layout[:end]}, layout[end:]
	}
	if layout[1] == '-' {
		return piece{verb: layout[2], bare: true}, layout[3:]
	}
	return piece{verb: layout[1]}, layout[2:]
}

// checkLayout says which verb of a layout isn't known, "" if all are.
func checkLayout(layout string) string {
	for {
		at := strings.IndexByte(layout, '%')
		if at < 0 {
			return ""
		}
		layout = layout[at+1:]
		known, name := verbs, "%"
		if strings.HasPrefix(layout, "-") {
			known, name, layout = bareVerbs, "%-", layout[1:]
		}
		if layout == "" {
			return "the layout ends in " + name + "; write %% for a percent sign"
		}
		if strings.IndexByte(known, layout[0]) < 0 {
			letter := []rune(strings.ToValidUTF8(layout, "?"))[0]
			return "the layout has " + name + string(letter) + ", which is not known; it takes " + spokenVerbs(verbs, "%") +
				" and, without leading zeros, " + spokenVerbs(bareVerbs, "%-")
		}
		layout = layout[1:]
	}
}

func spokenVerbs(letters, sign string) string {
	parts := make([]string, len(letters))
	for i := range letters {
		parts[i] = sign + letters[i:i+1]
	}
	return strings.Join(parts, " ")
}

// appendLayout appends the time as the layout says, which checkLayout must have found to be good.
func (m *Moment) appendLayout(dst []byte, layout string) []byte {
	for layout != "" {
		var p piece
		p, layout = cutLayout(layout)
		switch p.verb {
		case 0:
			dst = append(dst, p.text...)
		case 'F':
			dst = m.appendLayout(dst, "%Y-%m-%d")
		case 'T':
			dst = m.appendLayout(dst, "%H:%M:%S")
		default:
			if value, width := m.number(p.verb); width > 0 {
				dst = appendNumber(dst, value, width, p)
			} else {
				dst = m.appendWord(dst, p.verb)
			}
		}
	}
	return dst
}

func appendNumber(dst []byte, value, width int, p piece) []byte {
	switch {
	case p.bare:
		return pad(dst, value, 1)
	case p.verb == 'e' && value < 10:
		return pad(append(dst, ' '), value, 1)
	}
	return pad(dst, value, width)
}

// number is what a verb that writes digits writes, and with how many; width 0 is a verb that writes something else.
func (m *Moment) number(verb byte) (value, width int) {
	switch verb {
	case 'd', 'e':
		return m.t.Day(), 2
	case 'm':
		return int(m.t.Month()), 2
	case 'Y':
		return m.t.Year(), 4
	case 'y':
		return m.t.Year() % 100, 2
	case 'j':
		return m.t.YearDay(), 3
	case 'H':
		return m.t.Hour(), 2
	case 'I':
		return (m.t.Hour()+11)%12 + 1, 2
	case 'M':
		return m.t.Minute(), 2
	case 'S':
		return m.t.Second(), 2
	case 'f':
		return m.micro(), 6
	case 'w':
		return int(m.t.Weekday()), 1
	case 'u':
		return (int(m.t.Weekday())+6)%7 + 1, 1
	}
	return 0, 0
}

func (m *Moment) appendWord(dst []byte, verb byte) []byte {
	switch verb {
	case 'a':
		return append(dst, m.t.Weekday().String()[:3]...)
	case 'A':
		return append(dst, m.t.Weekday().String()...)
	case 'b':
		return append(dst, m.t.Month().String()[:3]...)
	case 'B':
		return append(dst, m.t.Month().String()...)
	case 'p':
		if m.t.Hour() < 12 {
			return append(dst, "AM"...)
		}
		return append(dst, "PM"...)
	case 'z':
		return appendOffset(dst, m.offset(), "")
	case 'Z':
		return append(dst, m.abbreviation()...)
	}
	return append(dst, '%')
}

// abbreviation is "CEST", "UTC", or "UTC+02:00" for a fixed offset.
func (m *Moment) abbreviation() string {
	name, offset := m.t.Zone()
	if name == "" || strings.ContainsRune(name, ':') {
		if offset == 0 {
			return "UTC"
		}
		return "UTC" + offsetName(offset)
	}
	return name
}

// nameAt finds the weekday or month, in full or by its first three letters, with which s begins; count is 7 or 12.
func nameAt(s string, count int, name func(i int) string) (i, length int, ok bool) {
	for i := range count {
		full := name(i)
		for _, form := range [...]string{full, full[:3]} {
			if len(s) >= len(form) && strings.EqualFold(s[:len(form)], form) {
				return i, len(form), true
			}
		}
	}
	return 0, 0, false
}

func weekdayName(i int) string { return gotime.Weekday(i).String() }

func monthName(i int) string { return gotime.Month(i + 1).String() }
