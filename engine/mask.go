package engine

import "github.com/luaction/luaction/rasa"

// protocolWords are the names that Rasa reads in an answer. They stay as they are even if a secret is spelled the same.
func protocolWords() map[string]bool {
	words := map[string]bool{"events": true, "responses": true, "event": true, "timestamp": true, "metadata": true, "title": true, "payload": true}
	for _, key := range rasa.ResponseKeys() {
		words[key] = true
	}
	for _, spec := range rasa.EventSpecs() {
		for _, key := range spec.Keys {
			words[key] = true
		}
	}
	return words
}

// maskAnswer hides secrets in what follows the first bytes of an answer.
func (e *Engine) maskAnswer(body []byte, first int) []byte {
	if e.opts.Mask == nil {
		return body
	}
	return append(body[:first], e.opts.Mask.JSON(body[first:], func(under, word string) bool {
		return under == "event" || under == "" && e.words[word]
	})...)
}

// maskError hides secrets in all of an error's texts. Its cause stays what it is; the log's handler masks it.
func (e *Engine) maskError(err *Error) {
	m := e.opts.Mask
	if m == nil {
		return
	}
	err.Message, err.Detail, err.Source = m.Text(err.Message), m.Text(err.Detail), m.Text(err.Source)
	for i := range err.Trace {
		err.Trace[i] = m.Text(err.Trace[i])
	}
}
