package engine_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/service/httpclient"
)

// service is a server that counts what is connected to it.
type service struct {
	*httptest.Server
	mu   sync.Mutex
	open map[net.Conn]http.ConnState
}

func newService(t testing.TB, handle http.HandlerFunc) (*service, *httpclient.Client) {
	t.Helper()
	s := &service{Server: httptest.NewUnstartedServer(handle), open: map[net.Conn]http.ConnState{}}
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[c] = state; state == http.StateClosed {
			delete(s.open, c)
		}
	}
	s.Start()
	client, err := httpclient.New(httpclient.Options{Services: map[string]httpclient.Service{"shop": {URL: s.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		s.Close()
	})
	return s, client
}

// busy is how many connections have a request on them.
func (s *service) busy() (busy, open int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, state := range s.open {
		if state == http.StateActive {
			busy++
		}
	}
	return busy, len(s.open)
}

func (s *service) quiet(t *testing.T) (open int) {
	t.Helper()
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		busy, open := s.busy()
		if busy == 0 {
			return open
		}
		if time.Now().After(until) {
			t.Fatalf("%d requests outlive their calls", busy)
		}
	}
}

// A service that never answers: the call ends at its deadline, or with its caller, and takes its requests with it.
func TestServiceThatNeverAnswers(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{}, 100)
	s, client := newService(t, func(_ http.ResponseWriter, r *http.Request) {
		reached <- struct{}{}
		<-r.Context().Done()
	})
	e := serve(t, engine.Options{Timeout: 100 * time.Millisecond, HTTP: client}, map[string]string{
		"one.lua": `return function() while true do pcall(http.get, "shop:/x", { timeout = 60 }) end end`,
		"all.lua": `return function() http.all { { url = "shop:/x", timeout = 60 }, { url = "shop:/y", timeout = 60 } } end`,
	})
	for _, action := range []string{"one", "all"} {
		began := time.Now()
		_, err := e.Run(t.Context(), parse(t, request(action)), nil)
		if err == nil || err.Code != engine.TimedOut || err.Abandoned {
			t.Errorf("%s: %v", action, err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: took %v", action, took)
		}
	}
	if open := s.quiet(t); open != 0 {
		t.Errorf("%d connections are still there", open)
	}
	for len(reached) > 0 {
		<-reached
	}
	long := serve(t, engine.Options{Timeout: time.Minute, HTTP: client}, map[string]string{
		"one.lua": `return function() http.get("shop:/x", { timeout = 60 }) end`,
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-reached
		cancel()
	}()
	if _, err := long.Run(ctx, parse(t, request("one")), nil); err == nil || err.Code != engine.Canceled || !errors.Is(err.Cause, meter.ErrCanceled) || err.Abandoned {
		t.Errorf("cancelled: %v", err)
	}
	s.quiet(t)
}

// After answers, errors, rejections and errors of the script, connections wait for the next call.
func TestConnectionsComeBack(t *testing.T) {
	t.Parallel()
	s, client := newService(t, func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			http.Error(out, "no", http.StatusInternalServerError)
		}
	})
	e := serve(t, engine.Options{HTTP: client}, map[string]string{
		"well.lua":    `return function() http.get("shop:/x") end`,
		"bad.lua":     `return function() http.post("shop:/bad", { json = {} }) end`,
		"rejects.lua": `return function() http.get("shop:/x") reject("no") end`,
		"fails.lua":   `return function() http.get("shop:/x") error("no") end`,
		"wrong.lua":   `return function() http.get("shop:/x"):json() end`,
	})
	for range 20 {
		for _, action := range []string{"well", "bad", "rejects", "fails", "wrong"} {
			_, _ = e.Run(t.Context(), parse(t, request(action)), nil)
			if open := s.quiet(t); open != 1 {
				t.Fatalf("%s: %d connections are open, want 1", action, open)
			}
		}
	}
}
