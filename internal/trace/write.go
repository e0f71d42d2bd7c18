package trace

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/internal/screen"
)

// DefaultRows is how many lines Write shows.
const DefaultRows = 200

// slowest is how many lines are named once more at the end.
const slowest = 5

// Options say how to write a trace. Source is required.
type Options struct {
	Screen screen.Screen
	Rows   int // DefaultRows if 0
	// Source returns the text of a script's line, "" if it isn't known.
	Source func(script string, line int) string
	// Failed: the script did not end well. Script and Line are where, as far as that is known.
	Failed bool
	Script string
	Line   int
}

// row is a line of the output.
type row struct {
	*node
	source string
	stop   bool
}

// Write writes the trace, after End.
func (t *Trace) Write(w io.Writer, o Options) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []row
	t.root.flatten(0, o.Source, &all)
	if o.Failed {
		t.markStop(all, &o)
	}
	p := &printer{Options: o, took: t.took}
	p.line(o.Screen.Bold(fmt.Sprintf("Trace: %s in %s", counted(t.steps, "line"), milliseconds(t.took))) +
		o.Screen.Dim(", and less without the trace"))
	shown := all[:min(len(all), cmp.Or(o.Rows, DefaultRows))]
	for i := range all {
		r := &all[i]
		p.widestPlace, p.widestCount = max(p.widestPlace, len(r.place())), max(p.widestCount, screen.Columns(times(r.count)))
	}
	for i := range shown {
		p.row(&shown[i])
	}
	if rest := all[len(shown):]; len(rest) > 0 {
		p.line(p.Screen.Dim(fmt.Sprintf("%*s … and %s more that are not shown", p.begin(), "", counted(int64(len(rest)), "row"))))
		for i := range rest {
			if rest[i].stop {
				p.row(&rest[i])
			}
		}
	}
	if len(all) > slowest {
		p.slowest(all)
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

// flatten lists the nodes in the order in which they are shown.
func (n *node) flatten(indent int, source func(string, int) string, into *[]row) {
	least := -1
	lines := make([]string, len(n.below))
	for i, b := range n.below {
		lines[i] = screen.Line(strings.TrimRight(source(b.script, b.line), " \t\r\n"))
		if own := indentOf(lines[i]); lines[i] != "" && (least < 0 || own < least) {
			least = own
		}
	}
	for i, b := range n.below {
		text := strings.Repeat(" ", min(indent, maxIndent)) + lines[i][min(max(least, 0), len(lines[i])):]
		*into = append(*into, row{node: b, source: text})
		b.flatten(indentOf(text)+2, source, into) // what a line called stands further in than the line
	}
}

// maxIndent keeps deep recursion on the screen.
const maxIndent = 40

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// markStop finds the row at which a script ended: the last one that ran at that place, else the last that ran.
func (t *Trace) markStop(all []row, o *Options) {
	var there, last *row
	for i := range all {
		r := &all[i]
		if last == nil || r.turn > last.turn {
			last = r
		}
		if r.script == o.Script && r.line == o.Line && (there == nil || r.turn > there.turn) {
			there = r
		}
	}
	if there == nil {
		there = last
	}
	if there != nil {
		there.stop = true
	}
}

func (n *node) place() string { return fmt.Sprintf("%s:%d", n.script, n.line) }

func times(count int64) string {
	if count < 2 {
		return ""
	}
	return fmt.Sprintf("×%d", count)
}

func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.3f ms", float64(d)/float64(time.Millisecond))
}

type printer struct {
	Options
	out         strings.Builder
	took        time.Duration
	widestPlace int
	widestCount int
}

func (p *printer) line(text string) { p.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// timeColumns is the width of a time with its unit.
const timeColumns = 13

// begin is where places stand.
func (p *printer) begin() int { return timeColumns + 2 + p.widestCount }

const stopped = "  ← stopped here"

func (p *printer) row(r *row) {
	text := p.beginning(r.own, r.count, r.place())
	room := 0
	if p.Screen.Width > 0 {
		room = p.Screen.Width - (p.begin() + 2 + p.widestPlace + 2)
		if r.stop {
			room -= screen.Columns(stopped)
		}
		room = max(room, 12)
	}
	source := screen.Cut(r.source, room)
	if r.stop {
		source = p.Screen.Red(source + stopped)
	}
	p.line(text + "  " + source)
}

// beginning is the time, how often, and the place. Long times stand out.
func (p *printer) beginning(own time.Duration, count int64, place string) string {
	time := fmt.Sprintf("%*s", timeColumns, milliseconds(own))
	if p.stands(own) {
		time = p.Screen.Yellow(time)
	}
	often := times(count)
	return time + "  " + strings.Repeat(" ", p.widestCount-screen.Columns(often)) + p.Screen.Dim(often) + "  " +
		p.Screen.Cyan(place) + strings.Repeat(" ", max(p.widestPlace-screen.Columns(place), 0))
}

// stands tells whether a time is long: a tenth of all, and not only because all is short.
func (p *printer) stands(d time.Duration) bool { return d >= time.Millisecond && d >= p.took/10 }

// slowest sums the rows of each line, and names those that took longest.
func (p *printer) slowest(all []row) {
	type sum struct {
		row
		own   time.Duration
		count int64
	}
	byPlace := map[string]*sum{}
	var list []*sum
	for _, r := range all {
		s := byPlace[r.place()]
		if s == nil {
			s = &sum{row: r}
			byPlace[r.place()] = s
			list = append(list, s)
		}
		s.own, s.count = s.own+r.own, s.count+r.count
		p.widestCount = max(p.widestCount, screen.Columns(times(s.count)))
	}
	slices.SortStableFunc(list, func(a, b *sum) int { return cmp.Compare(b.own, a.own) })
	p.line("")
	p.line(p.Screen.Bold("Slowest lines"))
	for _, s := range list[:min(slowest, len(list))] {
		share := "    "
		if p.took > 0 {
			share = fmt.Sprintf("%3.0f%%", 100*float64(s.own)/float64(p.took))
		}
		room := 0
		if p.Screen.Width > 0 {
			room = max(p.Screen.Width-(p.begin()+2+p.widestPlace+2)-len(share)-2, 12)
		}
		p.line(p.beginning(s.own, s.count, s.place()) + "  " + share + "  " + screen.Cut(strings.TrimLeft(s.source, " "), room))
	}
}
