package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/replay"
	"github.com/luaction/luaction/internal/screen"
)

// change is one place of an answer that was another. What isn't there is left out.
type change struct {
	Path string          `json:"path"`
	Was  json.RawMessage `json:"was,omitempty"`
	Now  json.RawMessage `json:"now,omitempty"`
}

// changesOf names places as --ignore takes them.
func changesOf(differences []replay.Difference) []change {
	list := make([]change, 0, len(differences))
	for i := range differences {
		d := &differences[i]
		c := change{Path: pathOf(d.Path).String()}
		if !d.Added() {
			c.Was = written(d.Want)
		}
		if !d.Removed() {
			c.Now = written(d.Got)
		}
		list = append(list, c)
	}
	return list
}

// written is a value that came from JSON as JSON again.
func written(v any) json.RawMessage {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // came from JSON
	return bytes.TrimSpace(text.Bytes())
}

// pathOf takes what looks like a number for a place in a list.
func pathOf(parts []string) recording.Path {
	var path recording.Path
	for _, part := range parts {
		if one, err := recording.ParsePath("[" + part + "]"); err == nil && part != "*" {
			path = append(path, one...)
			continue
		}
		path = append(path, recording.Step{Name: part})
	}
	return path
}

// replayReport is what replay writes.
type replayReport struct {
	json   bool
	w      io.Writer
	screen screen.Screen

	Calls      []*outcome `json:"calls"` // none with text
	Same       int        `json:"same"`
	Changed    int        `json:"changed"`
	Unreadable int        `json:"unreadable"`
	broken     int        // had an answer, and fail
	mended     int        // failed, and have an answer
}

func newReport(format string, w io.Writer) *replayReport {
	return &replayReport{json: format == "json", w: w, screen: screen.Of(w), Calls: []*outcome{}}
}

func (r *replayReport) add(o *outcome) error {
	switch {
	case o.Verdict == same:
		r.Same++
	case o.Verdict == unreadable:
		r.Unreadable++
	default:
		r.Changed++
		switch {
		case o.Was == 200 && o.Now != 200:
			r.broken++
		case o.Was != 200 && o.Now == 200:
			r.mended++
		}
	}
	if r.json {
		r.Calls = append(r.Calls, o)
		return nil
	}
	return r.text(o)
}

// mostChanges is how many places of one call are shown.
const mostChanges = 20

func (r *replayReport) text(o *outcome) error {
	word := map[string]func(string) string{same: r.screen.Dim, changed: r.screen.Yellow, unreadable: r.screen.Red}[o.Verdict]
	var out strings.Builder
	fmt.Fprintf(&out, "%s  %s\n", word(fmt.Sprintf("%-10s", o.Verdict)), screen.Line(o.File))
	switch {
	case o.Verdict == unreadable:
		fmt.Fprintf(&out, "  %s\n", screen.Line(o.Problem))
	case o.Was != o.Now:
		fmt.Fprintf(&out, "  status: was %s, now %s\n", status(o.Was), status(o.Now))
	}
	if o.Verdict == changed {
		for line := range strings.Lines(o.Problem) {
			fmt.Fprintf(&out, "    %s\n", r.screen.Red(screen.Line(strings.TrimRight(line, "\n"))))
		}
	}
	for i, c := range o.Changes {
		if i == mostChanges {
			fmt.Fprintf(&out, "  … and %d more\n", len(o.Changes)-mostChanges)
			break
		}
		path := c.Path
		if path == "" {
			path = "the whole answer"
		}
		fmt.Fprintf(&out, "  %s\n    was  %s\n    now  %s\n", screen.Line(path), r.screen.Red(r.value(c.Was)), r.screen.Green(r.value(c.Now)))
	}
	_, err := io.WriteString(r.w, out.String())
	return err
}

// longest is how much of a value is shown where a line has no end, in columns.
const longest = 400

func (r *replayReport) value(raw json.RawMessage) string {
	if raw == nil {
		return "nothing"
	}
	columns := longest
	if r.screen.Width > 0 {
		columns = max(r.screen.Width-len("    was  "), 20)
	}
	return screen.Cut(screen.Line(string(raw)), columns)
}

// status names what Rasa is told.
func status(code int) string {
	words := map[int]string{200: "an answer", 400: "a rejection, or a request that can't be used", 404: "no such action",
		449: "the domain is asked for, and it wasn't recorded", 500: "an error"}
	if words[code] == "" {
		return fmt.Sprint(code)
	}
	return fmt.Sprintf("%d (%s)", code, words[code])
}

// end writes the sum; the error says that something changed, or that nothing was compared.
func (r *replayReport) end(p replayParams) error {
	total := r.Same + r.Changed + r.Unreadable
	if total == 0 {
		if p.Action != "" {
			return failed("%s has no recorded call of %s", p.Path, p.Action)
		}
		return failed("%s has no recorded call; luaction serve --record DIR makes recordings", p.Path)
	}
	if r.json {
		e := json.NewEncoder(r.w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(r); err != nil {
			return err
		}
	} else if _, err := fmt.Fprintln(r.w, r.sum(total)); err != nil {
		return err
	}
	if r.Changed+r.Unreadable > 0 {
		return &exit{code: exitFailed}
	}
	return nil
}

func (r *replayReport) sum(total int) string {
	calls := "calls"
	if total == 1 {
		calls = "call"
	}
	text := fmt.Sprintf("%d %s: %d same, %d changed", total, calls, r.Same, r.Changed)
	var more []string
	if r.broken > 0 {
		more = append(more, fmt.Sprintf("%d had an answer and fail now", r.broken))
	}
	if r.mended > 0 {
		more = append(more, fmt.Sprintf("%d failed and have an answer now", r.mended))
	}
	if len(more) > 0 {
		text += " (" + strings.Join(more, ", ") + ")"
	}
	if r.Unreadable > 0 {
		text += fmt.Sprintf(", %d can't be read", r.Unreadable)
	}
	return text
}
