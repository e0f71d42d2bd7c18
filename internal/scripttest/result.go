package scripttest

import "time"

// Status is what became of a test.
type Status string

// The outcomes of a test.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Pending Status = "pending" // it says itself that it isn't written yet
	NotRun  Status = "not_run" // something before it in its file went wrong for good
)

// File is what became of one file of tests.
type File struct {
	Path string // below the scripts folder, with slashes
	// Failure is why the file as a whole couldn't be run; nil if it could.
	Failure  *Failure
	Log      []Line // what was logged outside of tests
	Tests    []Test // in their order in the file, without those that weren't asked for
	Duration time.Duration
}

// Test is what became of one test.
type Test struct {
	File     string
	Names    []string // of the describes around it, outermost first, and its own
	Line     int      // where the file declares it
	Status   Status
	Reason   string   // why it is pending or was not run; may be empty
	Failure  *Failure // nil unless it failed
	Log      []Line
	Duration time.Duration
}

// Name is the test's name without its file.
func (t *Test) Name() string { return joined(t.Names) }

// FullName is what --run is held against.
func (t *Test) FullName() string { return t.File + ": " + t.Name() }

// Line is a line that the test, or an action that it ran, logged.
type Line struct {
	Level   string  `json:"level"` // debug, info, warn, error
	Message string  `json:"message"`
	Fields  []Field `json:"fields,omitempty"`
	Action  string  `json:"action,omitempty"` // "" for the test itself
}

// Field is a name and a value of a log line.
type Field struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // a text, a number, true or false
}

// Place is a line of a script or of a test.
type Place struct {
	Script string `json:"file"`
	Line   int    `json:"line"`
	Source string `json:"source,omitempty"` // the line's text
}

// Failure is why a test failed. All its texts are for the author.
type Failure struct {
	// Message is the reason, in one line where it can be.
	Message string
	// Code is that of the lesson about it, such as "LA041"; "" if there is none, as about assertions.
	Code string
	// Note is what the author gave the assertion to say.
	Note string
	// Places are where it happened, innermost first: the line of the action that failed, then that of the test.
	Places []Place
	// Compared says whether Expected and Actual mean something: the two values as an author would write them.
	Compared         bool
	Expected, Actual string
	// Diff are the differences of two tables, one a line.
	Diff []string
	// More are further things that went wrong in the same test.
	More []string
}

// Summary counts what became of all tests.
type Summary struct {
	Files, Broken                   int // Broken: files that couldn't be run as a whole
	Passed, Failed, Pending, NotRun int
	Duration                        time.Duration
}

// Ran is how many tests were run.
func (s *Summary) Ran() int { return s.Passed + s.Failed }

// Bad says whether anything failed.
func (s *Summary) Bad() bool { return s.Broken+s.Failed+s.NotRun > 0 }

func (s *Summary) add(f *File) {
	s.Files++
	if f.Failure != nil {
		s.Broken++
	}
	for i := range f.Tests {
		switch f.Tests[i].Status {
		case Passed:
			s.Passed++
		case Failed:
			s.Failed++
		case Pending:
			s.Pending++
		case NotRun:
			s.NotRun++
		}
	}
}
