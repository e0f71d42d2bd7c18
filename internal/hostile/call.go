//go:build unix

package hostile

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// answer is what came back from the server.
type answer struct {
	status int
	body   []byte
	took   time.Duration
	err    error
}

// body is a call of an action.
func body(action, sender string) []byte {
	return []byte(`{"next_action":"` + action + `","sender_id":"` + sender + `","version":"3.21.0","tracker":{"sender_id":"` + sender +
		`","slots":{"name":"Ann","n":3,"list":[1,2,3],"empty":null},"latest_message":{"text":"hi","intent":{"name":"greet","confidence":1},` +
		`"entities":[{"entity":"city","value":"Rome"}]},"events":[{"event":"action","name":"action_listen","timestamp":1},` +
		`{"event":"user","text":"hi","timestamp":2,"input_channel":"rest"},{"event":"slot","name":"n","value":3,"timestamp":3}],` +
		`"paused":false,"active_loop":{},"stack":[]},"domain":{"slots":{"n":{"type":"any"}},"forms":{},"actions":["` + sender + `"]}}`)
}

// mostRead is how much of an answer is read.
const mostRead = 32 << 20

func (s *server) post(body []byte, patience time.Duration) answer {
	return s.send(http.MethodPost, "/webhook", map[string]string{"Content-Type": "application/json"}, bytes.NewReader(body), patience)
}

func (s *server) send(method, path string, headers map[string]string, body io.Reader, patience time.Duration) (a answer) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	began := time.Now()
	defer func() { a.took = time.Since(began) }()
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, body)
	if err != nil {
		return answer{err: err}
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{err: err}
	}
	defer res.Body.Close()
	a.status = res.StatusCode
	a.body, a.err = io.ReadAll(io.LimitReader(res.Body, mostRead))
	return a
}

// told lists what an answer says that never may leave the server.
func (a answer) told(scripts string) []string {
	var wrong []string
	text := string(a.body)
	for _, secret := range []string{"LEAKED", scripts, ".go:", "goroutine ", "runtime error", "stack traceback", "/root", "/usr/", "root:x:"} {
		if strings.Contains(text, secret) {
			wrong = append(wrong, "the answer holds "+secret)
		}
	}
	if a.status == http.StatusBadRequest && strings.Contains(text, `"action_name"`) && strings.Contains(text, "inside") {
		wrong = append(wrong, "a failure looks like a rejection")
	}
	return wrong
}
