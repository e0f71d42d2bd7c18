package report

import (
	"encoding/json"
	"io"
)

// JSON is for programs. Its shape is documented, and changes only with the version in it.
type JSON struct{}

var _ Writer = JSON{}

// shape is the number that rises when the shape changes so that readers must.
const shape = 1

type jsonReport struct {
	Version  int           `json:"version"`
	Problems []jsonProblem `json:"problems"`
	Scripts  int           `json:"scripts"`
}

type jsonProblem struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndColumn int    `json:"end_column"`
	Severity  string `json:"severity"`
	Rule      string `json:"rule"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	Hint      string `json:"hint"`
	Source    string `json:"source"`
}

// Write writes the report.
func (JSON) Write(w io.Writer, r *Report) error {
	out := jsonReport{Version: shape, Problems: make([]jsonProblem, 0, len(r.Problems)), Scripts: r.Scripts}
	for i := range r.Problems {
		p := &r.Problems[i]
		start, end := p.span()
		out.Problems = append(out.Problems, jsonProblem{p.File, max(p.Line, 0), start, end, p.severity(), p.Rule, r.rule(p).Code,
			p.Message, p.Hint, head(p.text())})
	}
	return encode(w, out)
}

// encode writes JSON that people can read, too.
func encode(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
