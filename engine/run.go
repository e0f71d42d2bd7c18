package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// missingDomain is the reference's text; Rasa looks for nothing else than the status, people know it from their logs.
const missingDomain = "Missing domain context, assistant will retry the request and include the domain in the request payload. " +
	"For more information please see https://rasa.com/docs/action-server/"

// Run runs the call's action and appends its answer to dst. It returns at the call's deadline, give or take a moment,
// whatever the script does. If the error, or the answer's Failure, says Abandoned, the script may still be reading the call's
// body: neither the call nor its body may be used again.
func (e *Engine) Run(ctx context.Context, call *rasa.Call, dst []byte) (Answer, *Error) {
	began := time.Now()
	snapshot := e.opts.Snapshots.Current()
	answer := Answer{Snapshot: snapshot.ID()}
	outcome := Outcome{Sender: call.SenderID(), Snapshot: answer.Snapshot, Version: call.Version}
	action, err := e.admit(snapshot, call)
	if err == nil {
		outcome.Action = action.Name
		answer.Body, err = e.attempt(ctx, began, snapshot, action, call, dst)
	}
	if err != nil {
		err.Action, err.Snapshot = shortened(call.Action), answer.Snapshot
		e.maskError(err)
	} else {
		answer.Body = e.maskAnswer(answer.Body, len(dst))
	}
	if e.opts.Observe != nil {
		outcome.Err, outcome.Duration = err, time.Since(began)
		e.opts.Observe(outcome)
	}
	if friendly := e.friendly(call.Action, err); friendly != nil {
		answer.Body, answer.Failure = append(dst, friendly...), err
		return answer, nil
	}
	return answer, err
}

// admit checks the first of what every call needs, in the reference's order: the name, that there is a tracker; then come the domain and the tracker's content.
func (e *Engine) admit(snapshot *script.Snapshot, call *rasa.Call) (*script.Action, *Error) {
	action, ok := snapshot.Actions[call.Action]
	if !ok {
		return nil, notFound(snapshot, call.Action)
	}
	if call.Tracker.IsNull() || !call.Tracker.Exists() {
		return nil, badCall(call.CheckTracker())
	}
	return action, nil
}

func badCall(cause error) *Error { return &Error{Code: BadCall, Message: cause.Error(), Cause: cause} }

// notFound says for the log why a file that is there provides no action.
func notFound(snapshot *script.Snapshot, action string) *Error {
	e := &Error{Code: NotFound, Message: "No registered action found for name '" + shortened(action) + "'."}
	for i := range snapshot.Problems {
		p := &snapshot.Problems[i]
		if !p.Warning && strings.TrimSuffix(path.Base(p.Script), ".lua") == action {
			e.Detail = e.Message + " Its file never loaded: " + p.Error()
			break
		}
	}
	return e
}

// maxName is how much of an action's name is repeated, in bytes.
const maxName = 1000

func shortened(name string) string {
	if len(name) <= maxName {
		return name
	}
	return strings.ToValidUTF8(name[:maxName], "") + "…"
}

func (e *Engine) attempt(ctx context.Context, began time.Time, snapshot *script.Snapshot, action *script.Action, call *rasa.Call, dst []byte) ([]byte, *Error) {
	domain, known := e.opts.Domains.Resolve(call)
	own := e.opts.Actions[action.Name]
	if !known {
		if own.Domain == DomainNeeded || own.Domain == DomainAuto && action.Chunk.Facts.Domain == chunk.DomainUsed {
			return dst, &Error{Code: DomainMissing, Message: missingDomain}
		}
		known = own.Domain == DomainNever
	}
	if err := call.CheckTracker(); err != nil {
		return dst, badCall(err)
	}
	defer e.running.Add(-1)
	if e.running.Add(1) > int64(e.opts.MaxCalls) {
		return dst, &Error{Code: Overloaded, Message: fmt.Sprintf("More than %d calls are running; try again in a moment.", e.opts.MaxCalls)}
	}
	var value jsondoc.Value
	if domain != nil {
		value = domain.Value()
	}
	j := job{
		ctx: ctx, call: call, action: action, snapshot: snapshot, domain: value, known: known, began: began,
		deadline: began.Add(cmp.Or(own.Timeout, e.opts.Timeout)),
	}
	var failure *Error
	err := e.pool.run(ctx, j.deadline, func(w *worker) bool {
		var reusable bool
		dst, failure, reusable = e.await(w, &j, dst)
		return reusable
	})
	switch {
	case err == nil:
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		failure = &Error{Code: Overloaded, Message: "No interpreter came free before the call's deadline.", Cause: err}
	default:
		failure = canceled(err)
	}
	return dst, failure
}

func canceled(cause error) *Error {
	return &Error{Code: Canceled, Message: "The call was cancelled.", Cause: cause}
}

// await has the worker run the job, and waits until it has, or was left behind by the clock.
func (e *Engine) await(w *worker, j *job, dst []byte) ([]byte, *Error, bool) {
	w.state.Begin(j.ctx, j.deadline, e.opts.MaxBytes)
	w.job = *j
	e.clock.begin(w.lease, j.ctx, j.deadline)
	w.jobs <- struct{}{}
	end := <-w.done
	if end.left == nil {
		return w.take(dst, end.failure), end.failure, end.reusable
	}
	failure := stopped(end.left, j.deadline.Sub(j.began))
	failure.Abandoned = true
	failure.Detail = failure.Message + " It would not end and was left behind."
	return dst, failure, false
}

// keptAnswer is the largest buffer that a worker keeps for its next answer.
const keptAnswer = 1 << 20

// take takes the answer over from a worker whose job is done.
func (w *worker) take(dst []byte, failure *Error) []byte {
	if failure == nil {
		dst = append(dst, w.out...)
	}
	if cap(w.out) > keptAnswer {
		w.out = nil
	}
	return dst
}

func stopped(reason error, timeout time.Duration) *Error {
	switch {
	case errors.Is(reason, meter.ErrDeadline):
		message := fmt.Sprintf("The action took longer than %s, the most it may take.", timeout)
		return &Error{Code: TimedOut, Message: message, Cause: reason,
			Detail: message + " Is there a loop that never ends, or a service that is slow to answer? A service's own time is set with { timeout = 2 }."}
	case errors.Is(reason, meter.ErrMemory):
		return &Error{Code: OutOfMemory, Message: reason.Error() + ".", Cause: reason,
			Detail: reason.Error() + ". Is there a list or a text that grows in a loop without an end?"}
	}
	return canceled(reason)
}
