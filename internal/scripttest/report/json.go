package report

import (
	"encoding/json"
	"io"

	"github.com/luaction/luaction/internal/scripttest"
)

// document is one JSON document with everything.
type document struct {
	w     io.Writer
	files []jsonFile
}

type jsonFile struct {
	File     string            `json:"file"`
	Duration float64           `json:"duration"` // seconds
	Failure  *jsonFailure      `json:"failure,omitempty"`
	Log      []scripttest.Line `json:"log,omitempty"`
	Tests    []jsonTest        `json:"tests"`
}

type jsonTest struct {
	Name     string            `json:"name"`
	Names    []string          `json:"names"`
	File     string            `json:"file"`
	Line     int               `json:"line"`
	Status   scripttest.Status `json:"status"`
	Reason   string            `json:"reason,omitempty"`
	Duration float64           `json:"duration"`
	Failure  *jsonFailure      `json:"failure,omitempty"`
	Log      []scripttest.Line `json:"log,omitempty"`
}

type jsonFailure struct {
	Message  string             `json:"message"`
	Code     string             `json:"code,omitempty"`
	Note     string             `json:"note,omitempty"`
	Places   []scripttest.Place `json:"places,omitempty"`
	Expected *string            `json:"expected,omitempty"`
	Actual   *string            `json:"actual,omitempty"`
	Diff     []string           `json:"diff,omitempty"`
	More     []string           `json:"more,omitempty"`
}

// File keeps a file for the end.
func (d *document) File(f *scripttest.File) {
	file := jsonFile{File: f.Path, Duration: f.Duration.Seconds(), Failure: jsonFailureOf(f.Failure), Log: f.Log, Tests: []jsonTest{}}
	for i := range f.Tests {
		t := &f.Tests[i]
		file.Tests = append(file.Tests, jsonTest{
			Name: t.Name(), Names: t.Names, File: t.File, Line: t.Line, Status: t.Status, Reason: t.Reason,
			Duration: t.Duration.Seconds(), Failure: jsonFailureOf(t.Failure), Log: t.Log,
		})
	}
	d.files = append(d.files, file)
}

func jsonFailureOf(f *scripttest.Failure) *jsonFailure {
	if f == nil {
		return nil
	}
	j := &jsonFailure{Message: f.Message, Code: f.Code, Note: f.Note, Places: f.Places, Diff: f.Diff, More: f.More}
	if f.Compared {
		j.Expected, j.Actual = &f.Expected, &f.Actual
	}
	return j
}

// End writes the document.
func (d *document) End(s *scripttest.Summary) error {
	if d.files == nil {
		d.files = []jsonFile{}
	}
	e := json.NewEncoder(d.w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Passed   int        `json:"passed"`
		Failed   int        `json:"failed"`
		Pending  int        `json:"pending"`
		NotRun   int        `json:"not_run"`
		Broken   int        `json:"broken_files"`
		Duration float64    `json:"duration"`
		Files    []jsonFile `json:"files"`
	}{s.Passed, s.Failed, s.Pending, s.NotRun, s.Broken, s.Duration.Seconds(), d.files})
}
