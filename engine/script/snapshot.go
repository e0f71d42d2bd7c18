package script

import (
	"fmt"
	"strconv"
	"time"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// Snapshot is everything that is served at one moment. It never changes after it was published, and no reader may change
// what it holds.
type Snapshot struct {
	// Generation counts from 1 and goes up by one whenever what is served changes; 0 means nothing was loaded yet. When
	// only the problems change, a new Snapshot with the same generation and hash takes the place of the old one.
	Generation uint64
	// Hash is 12 hex digits over the paths and contents of what is served: equal on every machine that serves the same.
	Hash     string
	Actions  map[string]*Action // by action name
	Libs     map[string]*Lib    // by require name, such as "lib.dates"
	Data     map[string]*Data   // by path below the scripts folder, with slashes
	Tests    map[string]*Test   // by path; none unless Options.Tests is set
	Problems []Problem          // errors and warnings, sorted by script and line
	LoadedAt time.Time          // when this snapshot was published
	id       string
}

// ID is the snapshot's name in reply headers and logs: "<generation>-<hash>".
func (s *Snapshot) ID() string { return s.id }

// name sets what ID returns, once generation and hash are known.
func (s *Snapshot) name() { s.id = strconv.FormatUint(s.Generation, 10) + "-" + s.Hash }

// Errors counts the problems that are no warnings.
func (s *Snapshot) Errors() int {
	n := 0
	for i := range s.Problems {
		if !s.Problems[i].Warning {
			n++
		}
	}
	return n
}

// Action is one script that Rasa can call. As long as its file, content and state stay the same, later snapshots hold the
// same pointer.
type Action struct {
	Name  string // the action's name
	Path  string // below the scripts folder, with slashes; with Stale, where the served version came from
	Sum   string // sha256 of the served content, in hex
	Chunk *chunk.Chunk
	Stale bool // an older version is served, because the present file has a problem
}

// Lib is one shared module; its fields mean what they mean for an Action, and Name is the name for require.
type Lib struct {
	Name  string
	Path  string
	Sum   string
	Chunk *chunk.Chunk
	Stale bool
}

// What Problem.Rule says beside what chunk.Problem says.
const (
	RuleSyntax     = "syntax"     // the file is no Lua, or too much of it
	RuleUnreadable = "unreadable" // a file or folder can't be read, or not all of it
	RuleEmpty      = "empty-file"
	RuleNameClash  = "name-clash" // two files for one name
	RuleFolder     = "folder"     // nothing is served
	RuleData       = "data-file"  // a data file can't be used
)

// Problem is something about a script, or about the whole folder, that its author should know.
type Problem struct {
	Script  string    `json:"script"` // below the scripts folder, with slashes; "" for the folder as a whole
	Line    int       `json:"line,omitempty"`
	Column  int       `json:"column,omitempty"`
	Message string    `json:"message"`
	Hint    string    `json:"hint,omitempty"`
	Since   time.Time `json:"since"`             // when the script first had an error; stays while the error's text changes
	Warning bool      `json:"warning,omitempty"` // the script is served all the same
	Rule    string    `json:"-"`                 // which kind of problem it is, such as "name-clash"; chunk.Problem has more of them
}

// Error returns "file:line: message; hint", without the parts that aren't known.
func (p *Problem) Error() string {
	text := p.Message
	if p.Hint != "" {
		text += "; " + p.Hint
	}
	switch {
	case p.Script == "":
		return text
	case p.Line == 0:
		return p.Script + ": " + text
	}
	return fmt.Sprintf("%s:%d: %s", p.Script, p.Line, text)
}

// Compiler makes a chunk of one file. name is the file's path below the scripts folder, and source has no byte order mark.
// It returns either a chunk and perhaps warnings, or a problem.
type Compiler func(name string, source []byte) (*chunk.Chunk, []chunk.Problem, *chunk.Problem)
