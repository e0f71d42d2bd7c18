package httpclient

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTLS(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	c := client(t, Options{Allow: []string{"127.0.0.1"}, Services: map[string]Service{
		"known":     {URL: s.URL, CAFile: file},
		"unknown":   {URL: s.URL},
		"elsewhere": {URL: strings.Replace(s.URL, "127.0.0.1", "localhost", 1), CAFile: file},
		"none":      {URL: strings.Replace(plain.URL, "http://", "https://", 1)},
	}})
	for url, want := range map[string]string{
		"known:/":     "HTTP/1.1",
		"unknown:/":   "GET unknown:/: its certificate is refused: certificate signed by unknown authority",
		s.URL + "/":   "GET " + s.URL + "/: its certificate is refused: certificate signed by unknown authority",
		"elsewhere:/": "GET elsewhere:/: its certificate is refused: ",
		"none:/":      "GET none:/: the server doesn't speak TLS there; is the address one with http://?",
	} {
		answer := get(t, c, url)
		if got := string(answer.Body) + answer.Error; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	s.Listener.Close()
	c := client(t, Options{Services: map[string]Service{"s": {URL: s.URL}, "none": {URL: "http://none.invalid"}}})
	if answer := get(t, c, "s:/x?secret=1"); answer.Status != 0 || answer.Error != "GET s:/x: connection refused" {
		t.Errorf("%d %q", answer.Status, answer.Error)
	}
	if answer := get(t, c, "none:/x"); answer.Status != 0 || !strings.HasPrefix(answer.Error, "GET none:/x: the name none.invalid ") {
		t.Errorf("%d %q", answer.Status, answer.Error)
	}
}
