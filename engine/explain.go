package engine

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
)

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
		message := publicText(w.mask.Text(rejection.Message))
		if message == "" {
			message = "Custom action '" + w.job.action.Name + "' rejected execution."
		}
		return &Error{Code: Rejected, Message: message, Cause: rejection}
	case errors.Is(failed.Stopped, luaapi.ErrDomainMissing):
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
			line = w.returnLine()
		}
	}
	w.place(e, script, line)
	return e
}

// place says where it was. What happens while the answer is written has no line of its own: it is where the function returned.
func (w *worker) place(e *Error, script string, line int) {
	if script == "" {
		script, line = w.job.action.Path, w.returnLine()
	}
	e.Script, e.Line = script, line
	e.Source = w.sourceLine(script, line)
}

// returnLine is where the action's function returned what is no answer: exactly, if it returns a value in one place only.
func (w *worker) returnLine() int {
	const (
		operation = 26    // where an instruction's operation begins
		resultsOf = 0x1ff // how many values a return gives back, plus 1; 0 for as many as there are
	)
	if w.function == nil || w.function.Proto == nil {
		return w.job.action.Chunk.LastLine()
	}
	line := 0
	for pc, inst := range w.function.Proto.Code {
		code := int(inst >> operation)
		if code == lua.OP_RETURN && inst&resultsOf != 1 || code == lua.OP_TAILCALL {
			line = w.function.Proto.DbgSourcePositions[pc]
		}
	}
	if line == 0 {
		return w.function.Proto.LineDefined
	}
	return line
}
