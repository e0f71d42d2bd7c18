// Package check finds what is wrong with scripts without running them.
package check

// Finding is one thing that is wrong in a script, or looks as if it were.
type Finding struct {
	Rule      string // what was looked for, such as "unknown-global"; internal/lesson knows the code of each
	Script    string // path below the scripts folder; "" if it is about the folder or the assistant
	Line      int    // from 1; 0 if unknown
	Column    int    // in bytes, from 1; 0 if unknown
	EndColumn int    // behind the last byte; 0 if unknown
	Source    string // the text of the line as it stands in the file
	Message   string // what is wrong
	Hint      string // what to write instead; "" if there is nothing to say
	Warning   bool   // it may be meant so
}
