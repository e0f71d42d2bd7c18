package report

import (
	"io"
	"net/url"
	"path"
	"path/filepath"
)

// SARIF writes the Static Analysis Results Interchange Format 2.1.0, which code hosts and editors read.
type SARIF struct{ Version string } // of this program; "" if it isn't known

var _ Writer = SARIF{}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	URI     string      `json:"informationUri"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Short   sarifText  `json:"shortDescription"`
	Help    sarifText  `json:"help"`
	Default sarifLevel `json:"defaultConfiguration"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int        `json:"startLine"`
	StartColumn int        `json:"startColumn,omitempty"`
	EndColumn   int        `json:"endColumn,omitempty"`
	Snippet     *sarifText `json:"snippet,omitempty"`
}

// Write writes the report.
func (s SARIF) Write(w io.Writer, r *Report) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: make([]sarifResult, 0, len(r.Problems)),
		Tool: sarifTool{sarifDriver{Name: "luaction", Version: s.Version, URI: "https://github.com/luaction/luaction", Rules: []sarifRule{}}}}
	index := map[string]int{}
	for i := range r.Problems {
		p := &r.Problems[i]
		rule := ruleOf(r, p)
		at, known := index[rule.ID]
		if !known {
			at = len(run.Tool.Driver.Rules)
			index[rule.ID] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
		run.Results = append(run.Results, sarifResult{RuleID: rule.ID, RuleIndex: at, Level: p.severity(), Message: sarifText{Text: whole(p)},
			Locations: []sarifLocation{{sarifPhysical{sarifArtifact{uri(p.File)}, region(p)}}}})
	}
	return encode(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

// ruleOf describes the rule of a problem. What isn't known of it is told with the words there are: readers ask for a text.
func ruleOf(r *Report, p *Problem) sarifRule {
	known := r.rule(p)
	id, title, help := known.Code, known.Title, known.Help
	if id == "" {
		id = p.Rule
	}
	if title == "" {
		title = p.Rule
	}
	if help == "" {
		help = title
		if known.Code != "" {
			help = "luaction explain " + known.Code
		}
	}
	return sarifRule{ID: id, Name: p.Rule, Short: sarifText{Text: title}, Help: sarifText{help, help}, Default: sarifLevel{p.severity()}}
}

func region(p *Problem) *sarifRegion {
	if p.Line <= 0 {
		return nil
	}
	at := &sarifRegion{StartLine: p.Line}
	at.StartColumn, at.EndColumn = p.span()
	if p.text() != "" {
		at.Snippet = &sarifText{Text: head(p.text())}
	}
	return at
}

// uri is a path as a URI: relative as it is, or that of a file.
func uri(file string) string {
	slashed := filepath.ToSlash(file)
	if !filepath.IsAbs(file) {
		return (&url.URL{Path: path.Clean(slashed)}).String()
	}
	if slashed[0] != '/' { // a drive
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
