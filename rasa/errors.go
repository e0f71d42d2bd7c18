package rasa

import "github.com/luaction/luaction/rasa/jsondoc"

// invalidBody is the reference's own message for a request without a body.
const invalidBody = "Invalid body request"

// CallError says why a request cannot be answered; it is the client's mistake. Message is fit for the client: nothing of
// the request is in it.
type CallError struct {
	Message string
}

// Error is the message.
func (e *CallError) Error() string { return e.Message }

// article names a kind inside a sentence: "a text", "an object", "null" …
func article(k jsondoc.Kind) string {
	switch k {
	case jsondoc.Null, jsondoc.Missing, jsondoc.Bool:
		return k.String()
	case jsondoc.Object:
		return "an object"
	default:
		return "a " + k.String()
	}
}
