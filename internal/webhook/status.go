package webhook

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/luaction/luaction/engine"
)

// statusMissingDomain makes Rasa repeat the call with the domain in it.
const statusMissingDomain = 449

// reply is every body that tells of something other than an answer. Rasa takes a 400 with an action's name for a
// rejection, so only a rejection may have both.
type reply struct {
	Error  string `json:"error"`
	Action string `json:"action_name,omitempty"`
}

func (r reply) encode() []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return []byte(`{"error":"internal error"}`)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// replyTo is the one place that says what each of the engine's outcomes is over HTTP.
func replyTo(e *engine.Error) (int, reply) {
	switch e.Code {
	case engine.NotFound:
		return http.StatusNotFound, reply{"No registered action found for name '" + e.Action + "'.", e.Action}
	case engine.BadCall:
		return http.StatusBadRequest, reply{Error: e.Message}
	case engine.DomainMissing:
		return statusMissingDomain, reply{e.Message, e.Action}
	case engine.Rejected:
		return http.StatusBadRequest, reply{e.Message, e.Action}
	case engine.Overloaded, engine.Canceled:
		return http.StatusServiceUnavailable, reply{e.Message, e.Action}
	case engine.ScriptFailed, engine.TimedOut, engine.OutOfMemory, engine.Internal:
		return http.StatusInternalServerError, reply{e.Message, e.Action}
	}
	return http.StatusInternalServerError, reply{"internal error", e.Action}
}

// Reply is what goes out over HTTP for a call without an answer, for others who serve the protocol.
func Reply(e *engine.Error) (status int, body []byte) {
	status, r := replyTo(e)
	return status, r.encode()
}

// Refusal is the body for a request that is no call.
func Refusal(message string) []byte { return reply{Error: message}.encode() }
