package engine

import "time"

// ActionOptions are the settings of one action; the zero value is as for all.
type ActionOptions struct {
	// Timeout is its deadline; Options.Timeout if 0.
	Timeout time.Duration
	// Domain says when Rasa is asked for the domain.
	Domain DomainNeed
	// OnError is as Options.OnError: that one if nil, none if empty but not nil.
	OnError []byte
}

// DomainNeed says whether a call whose domain isn't at hand is answered with DomainMissing, so that Rasa sends it.
type DomainNeed int

// The needs.
const (
	DomainAuto   DomainNeed = iota // if the script uses the domain
	DomainNeeded                   // always, before the script runs
	DomainNever                    // never; the script sees an empty one
)

// friendly is the answer that the user gets in place of silence; nil if there is none for this outcome. Only what went wrong in
// running a script has one: to all else Rasa, or the operator, has to react.
func (e *Engine) friendly(action string, failure *Error) []byte {
	if failure == nil {
		return nil
	}
	switch failure.Code {
	case ScriptFailed, TimedOut, OutOfMemory, Internal:
	case NotFound, BadCall, DomainMissing, Rejected, Overloaded, Canceled:
		return nil
	}
	answer := e.opts.Actions[action].OnError
	if answer == nil {
		answer = e.opts.OnError
	}
	if len(answer) == 0 {
		return nil
	}
	return answer
}
