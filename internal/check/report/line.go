package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	tabStop  = 4
	widest   = 120  // columns of a source line that are shown at most
	least    = 40   // columns that are shown however narrow the screen is
	leftover = 30   // columns before the range that stay when a longer line is cut
	window   = 4096 // bytes of a line that are looked at, for lines of hundreds of kilobytes; far more than are shown
)

// cell is a character as it is shown.
type cell struct {
	text  string
	width int // columns on the screen
	end   int // behind its last byte in the line, from 0
}

// excerpt returns a source line as it can be shown, and what goes below it: a caret under the range's first character, ~ under the
// others. Columns are in bytes from 1; without them there are no marks. room is how many columns there are on the screen.
func excerpt(source string, column, end, room int) (line, marks string) {
	source, column, end = near(source, column, end)
	cells := layOut(source)
	room = max(least, min(room, widest))
	if column <= 0 {
		line, _ = cut(cells, 0, room)
		return line, ""
	}
	first := find(cells, column-1)
	last := max(first, find(cells, end-2))
	line, skipped := cut(cells, first, room)
	before := columns(cells[:first]) - skipped
	under := columns(cells[first:min(last+1, len(cells))])
	under = max(1, min(under, room-before))
	return line, strings.Repeat(" ", before) + "^" + strings.Repeat("~", under-1)
}

// near is the part of a very long line that lies around a column, with the columns that the range has in it.
func near(source string, column, end int) (part string, from, to int) {
	if len(source) <= window {
		return source, column, end
	}
	begin := min(max(column-1-window/2, 0), len(source)-window)
	for range utf8.UTFMax {
		if begin > 0 && !utf8.RuneStart(source[begin]) {
			begin--
		}
	}
	return head(source[begin:]), column - begin, end - begin
}

// head is the beginning of a line, without a character that is cut in two.
func head(line string) string {
	if len(line) <= window {
		return line
	}
	end := window
	for end > window-utf8.UTFMax && !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end]
}

// layOut makes the cells of a line. Tabs become blanks, and what would move the cursor or turn the text round can be seen.
func layOut(source string) []cell {
	cells := make([]cell, 0, len(source))
	total := 0
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRuneInString(source[i:])
		c := cell{source[i : i+size], 1, i + size}
		switch {
		case r == '\t':
			c.width = tabStop - total%tabStop
			c.text = strings.Repeat(" ", c.width)
		case r == utf8.RuneError && size == 1, disturbs(r):
			c.text = string(utf8.RuneError)
		default:
			c.width = columnsOf(r)
		}
		cells = append(cells, c)
		total += c.width
		i += size
	}
	return cells
}

// disturbs says whether a character would change how others show: control characters, and marks of the direction.
func disturbs(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// plain makes a text safe to print; line breaks stay.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && disturbs(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

func columnsOf(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func columns(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// find returns the cell that the byte at an offset belongs to; behind the line's end, the number of cells.
func find(cells []cell, offset int) int {
	for i, c := range cells {
		if offset < c.end {
			return i
		}
	}
	return len(cells)
}

// cut returns the line, and how many columns less stand before a cell than in the whole of it. A long line is cut on both sides, so
// that the cell stays.
func cut(cells []cell, first, room int) (line string, skipped int) {
	from := 0
	behind := columns(cells) // from there on
	if before := columns(cells[:first]); behind > room && before > room-leftover {
		for ; before > leftover; from++ {
			before -= cells[from].width
			behind -= cells[from].width
		}
		for ; behind+cells[from-1].width < room; from-- {
			behind += cells[from-1].width
		}
	}
	var out strings.Builder
	if from > 0 {
		out.WriteString("…")
		skipped = columns(cells[:from]) - 1
		room--
	}
	for i, c := range cells[from:] {
		if c.width > room || c.width == room && from+i+1 < len(cells) {
			out.WriteString("…")
			break
		}
		out.WriteString(c.text)
		room -= c.width
	}
	return out.String(), skipped
}
