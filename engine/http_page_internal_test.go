package engine

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/luaction/luaction/service/httpclient"
)

// standIn is a client whose service "shop" is the one that the page of http speaks of.
func standIn(t *testing.T) *httpclient.Client {
	t.Helper()
	shop := http.NewServeMux()
	shop.HandleFunc("GET /orders/A-17", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"id": "A-17", "state": "shipped", "items": ["pump", "bell"]}`)
	})
	shop.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Method+" "+r.RequestURI) })
	shop.HandleFunc("POST /orders", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id": "A-18"}`)
	})
	shop.HandleFunc("GET /slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s := httptest.NewServer(shop)
	client, err := httpclient.New(httpclient.Options{Services: map[string]httpclient.Service{"shop": {URL: s.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		s.Close()
	})
	return client
}
