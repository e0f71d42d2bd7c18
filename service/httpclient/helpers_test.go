package httpclient

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// server is a real server that counts its connections.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	states  map[net.Conn]http.ConnState
	opened  int
	asked   []*http.Request
	release chan struct{} // closed when the test ends, for handlers that hang
}

func serve(t testing.TB, handle http.HandlerFunc) *server {
	t.Helper()
	s := &server{states: map[net.Conn]http.ConnState{}, release: make(chan struct{})}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r)
		s.mu.Unlock()
		handle(w, r)
	}))
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if state == http.StateNew {
			s.opened++
		}
		s.states[c] = state
		if state == http.StateClosed || state == http.StateHijacked {
			delete(s.states, c)
		}
	}
	s.Start()
	t.Cleanup(func() {
		close(s.release)
		s.Close()
	})
	return s
}

func (s *server) counts() (open, opened, asked int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.states), s.opened, len(s.asked)
}

func (s *server) last() *http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[len(s.asked)-1]
}

// hang holds a request until its client has gone.
func (s *server) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.release:
	}
}

func client(t testing.TB, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// one is a client of one service, s.
func one(t testing.TB, s *server) *Client {
	return client(t, Options{Services: map[string]Service{"s": {URL: s.URL}}})
}

func target(t testing.TB, c *Client, text string) *Target {
	t.Helper()
	found, err := c.Target(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func get(t testing.TB, c *Client, text string) *Response {
	t.Helper()
	return send(t, c, &Request{Method: "GET", Target: target(t, c, text), Follow: true})
}

func send(t testing.TB, c *Client, r *Request) *Response {
	t.Helper()
	if err := c.Check(r); err != nil {
		t.Fatal(err)
	}
	answer := c.Do(context.Background(), r)
	answer.Release()
	if left := c.room.left.Load(); left != DefaultInFlight {
		t.Errorf("%d bytes of the room are still taken", DefaultInFlight-left)
	}
	return answer
}

// soon waits until something becomes true.
func soon(t testing.TB, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(5 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("%s did not come about", what)
		}
	}
}

func packed(how string, text []byte) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch how {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "zlib":
		w = zlib.NewWriter(&b)
	default:
		w, _ = flate.NewWriter(&b, flate.BestSpeed)
	}
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}
