package engine

import (
	"fmt"
	"strings"
)

// Code says what became of a call that has no answer. The list is closed: each transport maps every code in one table.
type Code string

// The outcomes of a call, beside an answer.
const (
	NotFound      Code = "not_found"      // no script provides the action
	BadCall       Code = "bad_call"       // the request lacks what every call needs
	DomainMissing Code = "domain_missing" // the script needs the domain, and only its digest came along
	Rejected      Code = "rejected"       // the script called reject
	ScriptFailed  Code = "script_error"   // the script raised an error, or returned what can't be sent
	TimedOut      Code = "timeout"        // the call passed its deadline
	OutOfMemory   Code = "memory"         // the call was stopped because scripts used too much memory
	Overloaded    Code = "overload"       // too many calls are running
	Canceled      Code = "canceled"       // whoever made the call went away, or the server is stopping
	Internal      Code = "internal"       // a fault of the server's own
)

// Error is a call without an answer. Message and Action may go to Rasa; all else is for the author and the operator, and
// stays in the log.
type Error struct {
	Code    Code
	Action  string // the action's name as called
	Message string // without script path or line: fit for Rasa
	Script  string // path below the scripts folder; "" if unknown
	Line    int    // 0 if unknown
	Source  string // that line's text
	Detail  string // the whole message, with its place and hint
	Trace   []string
	Cause   error
	// Abandoned: the script would not end; the body that it may still be reading must not be used again.
	Abandoned bool
	Snapshot  string // as in Answer
}

// Error returns the author's view: place, message, and the source line where it is known.
func (e *Error) Error() string {
	text := e.Detail
	if text == "" {
		text = e.Message
	}
	if e.Script != "" && e.Line > 0 && !strings.HasPrefix(text, e.Script) {
		text = fmt.Sprintf("%s:%d: %s", e.Script, e.Line, text)
	}
	return text
}

// Unwrap returns what the error came from, if anything.
func (e *Error) Unwrap() error { return e.Cause }
