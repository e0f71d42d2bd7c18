package engine

import (
	"errors"
	"regexp"
	"strings"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
)

// maxPublic is how much of a script's message goes to Rasa, in bytes.
const maxPublic = 1000

// places are script paths with lines inside a message: for the author's eyes only.
var places = regexp.MustCompile(`[^\s:'"]+\.lua:\d+:? ?`)

// explain turns what a script did wrong into the error for its author, and the part of it that Rasa may see.
func (w *worker) explain(err error) *Error {
	if w.failed != nil && err == nil {
		return w.wrongAnswer(w.failed)
	}
	var failed *interp.Error
	if !errors.As(err, &failed) {
		return &Error{Code: Internal, Message: "An error inside the action server.", Detail: err.Error(), Cause: err}
	}
	var rejection *luaapi.Rejection
	switch {
	case errors.As(failed.Stopped, &rejection):
		message := rejection.Message
		if message == "" {
			message = "Custom action '" + w.job.action.Name + "' rejected execution."
		}
		return &Error{Code: Rejected, Message: message, Cause: rejection}
	case errors.Is(failed.Stopped, errDomainMissing):
		return &Error{Code: DomainMissing, Message: missingDomain}
	case failed.Stopped != nil:
		e := stopped(failed.Stopped, w.job.deadline.Sub(w.job.began))
		w.place(e, failed.Script, failed.Line)
		e.Trace = failed.Trace
		return e
	case failed.Fault:
		return &Error{Code: Internal, Message: "An error inside the action server.", Detail: failed.Message, Cause: failed, Script: w.job.action.Path}
	}
	e := &Error{Code: ScriptFailed, Message: w.public(failed.Message), Detail: failed.Error(), Trace: failed.Trace, Cause: failed}
	w.place(e, failed.Script, failed.Line)
	return e
}

func (w *worker) wrongAnswer(wrong *luaapi.AnswerError) *Error {
	e := &Error{Code: ScriptFailed, Message: w.public(wrong.Message), Detail: wrong.Message, Cause: wrong}
	script, line := wrong.Script, wrong.Line
	c := w.job.action.Chunk
	if script == "" {
		script = w.job.action.Path
		if lines := c.Facts.EventLines[wrong.Event]; wrong.Event != "" && len(lines) > 0 {
			line = lines[0]
		}
		if line == 0 {
			line = c.LastLine()
		}
	}
	w.place(e, script, line)
	return e
}

func (w *worker) place(e *Error, script string, line int) {
	e.Script, e.Line = script, line
	e.Source = w.sourceLine(script, line)
}

// public is the part of a message that may leave the server: no paths, no lines, no traceback.
func (w *worker) public(message string) string {
	if i := strings.Index(message, "\nstack traceback:"); i >= 0 {
		message = message[:i]
	}
	message = strings.ToValidUTF8(places.ReplaceAllString(message, ""), "\uFFFD")
	if len(message) > maxPublic {
		message = strings.ToValidUTF8(message[:maxPublic], "") + " …"
	}
	return "Custom action '" + w.job.action.Name + "' failed: " + message
}
