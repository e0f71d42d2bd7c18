package httpclient_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/service/httpclient"
)

// slow answers each request after the same time, until a redirect loop of it ends.
type slow struct{ takes time.Duration }

func (s slow) RoundTrip(q *http.Request) (*http.Response, error) {
	pace := httpclient.PaceOf(q)
	pace.Asked++
	if pace.Took += s.takes; pace.Took >= pace.Timeout {
		return nil, httpclient.ErrLate
	}
	switch q.URL.Path {
	case "/silent":
		return nil, &httpclient.SilentError{Why: "it sleeps"}
	case "/refused":
		return nil, &httpclient.RefusedError{Message: "no stub"}
	case "/around":
		return &http.Response{StatusCode: 302, Header: http.Header{"Location": {"/around?a"}}, Body: http.NoBody}, nil
	}
	return &http.Response{StatusCode: 200, Header: http.Header{"X-Host": {q.URL.Host}}, Body: io.NopCloser(strings.NewReader(q.URL.Path))}, nil
}

func TestStandIn(t *testing.T) {
	t.Parallel()
	c, err := httpclient.New(httpclient.Options{StandIn: slow{2 * time.Second}, Timeout: 11 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, row := range []struct {
		url     string
		timeout time.Duration
		body    string
		failure string
		refused string
		took    time.Duration
	}{
		{"snow:/x", 0, "/x", "", "", 2 * time.Second},
		{"https://any.example.org/y", 0, "/y", "", "", 2 * time.Second},
		{"http://127.0.0.1/z", 0, "/z", "", "", 2 * time.Second},
		{"snow:/x", time.Second, "", "GET snow:/x: no answer within 1 s", "", time.Second},
		{"snow:/silent", 0, "", "GET snow:/silent: it sleeps", "", 2 * time.Second},
		{"snow:/refused", 0, "", "GET snow:/refused: the connection failed", "no stub", 2 * time.Second},
		{"snow:/around", 0, "", "GET snow:/around: no answer within 11 s", "", 11 * time.Second},
	} {
		target, err := c.Target(row.url)
		if err != nil {
			t.Errorf("%s: %v", row.url, err)
			continue
		}
		q := &httpclient.Request{Method: "GET", Target: target, Follow: true, Timeout: row.timeout}
		for _, answer := range append(c.All(t.Context(), []*httpclient.Request{q, q}), c.Do(t.Context(), q)) {
			if string(answer.Body) != row.body || answer.Error != row.failure || answer.Refused != row.refused || answer.Took != row.took {
				t.Errorf("%s: %q %q %q %s", row.url, answer.Body, answer.Error, answer.Refused, answer.Took)
			}
			answer.Release()
		}
	}
	if target, _ := c.Target("snow:/a%20b?c=d"); target.Path() != "/a b" || target.URL().String() != "http://snow/a%20b?c=d" {
		t.Errorf("%q %q", target.Path(), target.URL())
	}
	for _, wrong := range []string{"1x:/x", "snow", "snow:x", "ftp://x/y"} {
		if _, err := c.Target(wrong); err == nil {
			t.Errorf("%s is no mistake", wrong)
		}
	}
}
