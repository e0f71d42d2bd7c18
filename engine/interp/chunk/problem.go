package chunk

import "fmt"

// Problem is one finding about a script: what makes it unusable, or, when Warning is set, what is probably not meant.
// It is written for the script's author.
type Problem struct {
	Script  string // path below the scripts folder
	Line    int    // counted from 1; 0 when unknown
	Column  int    // in bytes, counted from 1; 0 when unknown
	Message string // one sentence without a full stop
	Hint    string // what to write instead; may be empty
	Warning bool   // the script runs nevertheless
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
