package httpclient

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Pace is what a StandIn knows of the request that it answers a part of: each redirect asks it again.
type Pace struct {
	Request *Request
	Timeout time.Duration // of all of it
	// Took is how much of it is over; the StandIn adds to it, and nobody waits.
	Took time.Duration
	// Asked is how often the request was handed to the StandIn.
	Asked int
}

type paceKey struct{}

// PaceOf is what is known of a request that a StandIn gets.
func PaceOf(r *http.Request) *Pace {
	p, _ := r.Context().Value(paceKey{}).(*Pace)
	return p
}

// ErrLate is what a StandIn returns when the answer comes after the timeout.
var ErrLate = errors.New("the answer comes too late")

// SilentError is what a StandIn returns when nobody answers; Why is for the response's error.
type SilentError struct{ Why string }

// Error returns the reason.
func (e *SilentError) Error() string { return e.Why }

// RefusedError is what a StandIn returns for a request that is a mistake: it is raised to the script.
type RefusedError struct{ Message string }

// Error returns the message.
func (e *RefusedError) Error() string { return e.Message }

// stand is do with the StandIn. No clock runs but the one of its Pace.
func (c *Client) stand(ctx context.Context, r *Request, answer *Response, timeout time.Duration) *Response {
	pace := &Pace{Request: r, Timeout: timeout}
	h, err := c.firstHop(r)
	if err == nil {
		err = c.walk(context.WithValue(ctx, paceKey{}, pace), r, h, answer)
	}
	if err != nil {
		answer.fail(r, words(ctx, err, timeout))
	}
	var refused *RefusedError
	if errors.As(err, &refused) {
		answer.Refused = refused.Message
	}
	answer.Took = min(pace.Took, timeout)
	return answer
}

// imagined is a service that nobody configured, at a host of its name.
func (c *Client) imagined(name string) *service {
	return &service{url: &url.URL{Scheme: "http", Host: name}, header: http.Header{}, timeout: c.timeout, transport: c.transport}
}

// URL is the whole address, without the query that options add.
func (t *Target) URL() *url.URL {
	u := *t.url
	return &u
}

// Path is the part of the address that the script wrote, decoded and without a query: "/table/x" for "snow:/table/x".
func (t *Target) Path() string {
	if t.service == nil {
		return t.url.Path
	}
	return strings.TrimPrefix(t.url.Path, t.service.url.Path)
}
