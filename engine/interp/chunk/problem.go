package chunk

import "fmt"

// What Problem.Rule says of problems that are no fault of syntax.
const (
	RuleNilInTable    = "nil-in-table"   // `name = nil` in a constructor
	RuleNoReturn      = "no-return"      // the file returns nothing
	RuleReturnedTable = "returned-table" // an action's file returns a table
)

// Problem is one finding about a script: what makes it unusable, or, when Warning is set, what is probably not meant.
// It is written for the script's author.
type Problem struct {
	Script  string // path below the scripts folder
	Line    int    // counted from 1; 0 when unknown
	Column  int    // in bytes, counted from 1; 0 when unknown
	Message string // one sentence without a full stop
	Hint    string // what to write instead; may be empty
	Warning bool   // the script runs nevertheless
	Rule    string // what was looked for, such as "nil-in-table"; "" where the file is no Lua or too much of it
}

// Error is "file:line: message; hint".
func (p *Problem) Error() string {
	text := p.Message
	if p.Hint != "" {
		text += "; " + p.Hint
	}
	if p.Line == 0 {
		return p.Script + ": " + text
	}
	return fmt.Sprintf("%s:%d: %s", p.Script, p.Line, text)
}
