package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// GitHub writes workflow commands, which GitHub shows beside the lines of a change.
type GitHub struct{}

var _ Writer = GitHub{}

// Write writes the report.
func (GitHub) Write(w io.Writer, r *Report) error {
	var out bytes.Buffer
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	for i := range r.Problems {
		p := &r.Problems[i]
		fmt.Fprintf(&out, "::%s file=%s", p.severity(), property.Replace(p.slashed()))
		if p.Line > 0 {
			fmt.Fprintf(&out, ",line=%d", p.Line)
		}
		start, end := p.span()
		if start > 0 {
			fmt.Fprintf(&out, ",col=%d", start)
		}
		if end > 0 {
			fmt.Fprintf(&out, ",endColumn=%d", end)
		}
		title := r.rule(p).Code
		if title == "" {
			title = p.Rule
		}
		fmt.Fprintf(&out, ",title=%s::%s\n", property.Replace(title), data.Replace(plain(whole(p))))
	}
	_, err := w.Write(out.Bytes())
	return err
}

// whole is what is wrong and what to write.
func whole(p *Problem) string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + "\n" + p.Hint
}
