package report

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/luaction/luaction/internal/scripttest"
)

// junit is the XML that build servers read.
type junit struct {
	w      io.Writer
	suites []junitSuite
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	File     string      `xml:"file,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string      `xml:"name,attr"`
	Class   string      `xml:"classname,attr"`
	File    string      `xml:"file,attr"`
	Line    int         `xml:"line,attr,omitempty"`
	Time    string      `xml:"time,attr"`
	Failure *junitWhy   `xml:"failure"`
	Error   *junitWhy   `xml:"error"`
	Skipped *junitSkip  `xml:"skipped"`
	Out     *junitWords `xml:"system-out"`
}

type junitWhy struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkip struct {
	Message string `xml:"message,attr,omitempty"`
}

type junitWords struct {
	Text string `xml:",chardata"`
}

// File keeps a file for the end.
func (j *junit) File(f *scripttest.File) {
	suite := junitSuite{Name: f.Path, File: f.Path, Time: seconds(f.Duration)}
	if f.Failure != nil {
		suite.Cases = append(suite.Cases, junitCase{Name: "the file runs", Class: strings.TrimSuffix(f.Path, ".lua"), File: f.Path, Time: seconds(f.Duration),
			Error: junitWhyOf(f.Failure), Out: junitLog(f.Log)})
		suite.Errors++
	}
	for i := range f.Tests {
		t := &f.Tests[i]
		c := junitCase{Name: t.Name(), Class: strings.TrimSuffix(f.Path, ".lua"), File: t.File, Line: t.Line, Time: seconds(t.Duration), Out: junitLog(t.Log)}
		switch t.Status {
		case scripttest.Failed:
			c.Failure = junitWhyOf(t.Failure)
			suite.Failures++
		case scripttest.NotRun:
			c.Error = &junitWhy{Message: "not run: " + t.Reason}
			suite.Errors++
		case scripttest.Pending:
			c.Skipped = &junitSkip{t.Reason}
			suite.Skipped++
		case scripttest.Passed:
		}
		suite.Cases = append(suite.Cases, c)
	}
	suite.Tests = len(suite.Cases)
	j.suites = append(j.suites, suite)
}

func junitWhyOf(f *scripttest.Failure) *junitWhy {
	return &junitWhy{headline(f), strings.Join(why(f), "\n")}
}

func junitLog(lines []scripttest.Line) *junitWords {
	if len(lines) == 0 {
		return nil
	}
	var b strings.Builder
	for i := range lines {
		b.WriteString(logLine(&lines[i]) + "\n")
	}
	return &junitWords{b.String()}
}

// End writes the document. What XML can't hold becomes U+FFFD.
func (j *junit) End(s *scripttest.Summary) error {
	all := junitSuites{Time: seconds(s.Duration), Suites: j.suites}
	for i := range j.suites {
		all.Tests += j.suites[i].Tests
		all.Failures += j.suites[i].Failures
		all.Errors += j.suites[i].Errors
		all.Skipped += j.suites[i].Skipped
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(j.w, xml.Header+string(text)+"\n")
	return err
}
