package main

import (
	"encoding/json"

	"github.com/luaction/luaction/internal/replay"
)

// observed is what the SDK answered to one step: over HTTP, or as JSON {code, details, message, messages} over gRPC.
type observed struct {
	http *replay.Answer
	grpc json.RawMessage
}

// differences says where it isn't what was recorded; recorded is nil where nothing was.
func (o *observed) differences(s *step, recorded json.RawMessage) ([]string, error) {
	if recorded == nil {
		return []string{"nothing was recorded yet"}, nil
	}
	if o.http != nil {
		want := s.Step
		want.Checks = nil
		want.Expect.Status, want.Expect.JSON, want.Expect.Text = nil, nil, nil
		if err := json.Unmarshal(recorded, &want.Expect); err != nil {
			return nil, err
		}
		return want.Judge(*o.http), nil
	}
	var want, got map[string]json.RawMessage
	if err := json.Unmarshal(recorded, &want); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(o.grpc, &got); err != nil {
		return nil, err
	}
	if string(want["details"]) == `"*"` { // any
		want["details"] = got["details"]
	}
	return s.Differences(object(want), object(got), true)
}

func object(members map[string]json.RawMessage) json.RawMessage {
	text, err := json.Marshal(members)
	if err != nil {
		return nil
	}
	return text
}

// record is the answer as it is written into steps.json.
func (o *observed) record() json.RawMessage {
	if o.http == nil {
		return o.grpc
	}
	answer := struct {
		Status int             `json:"status"`
		JSON   json.RawMessage `json:"json,omitempty"`
		Text   *string         `json:"text,omitempty"`
	}{Status: o.http.Status}
	if body := string(o.http.Body); json.Valid(o.http.Body) {
		answer.JSON = o.http.Body
	} else {
		answer.Text = &body
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return nil
	}
	return text
}
