package httpclient

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var status, left int
		if n, _ := fmt.Sscanf(r.URL.Path, "/%d/%d", &status, &left); n == 2 && left > 0 {
			w.Header().Set("Location", fmt.Sprintf("/%d/%d", status, left-1))
			w.WriteHeader(status)
			return
		}
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.Header.Get("Content-Type"), body)
	})
	c := one(t, s)
	for _, row := range []struct{ method, path, want string }{
		{"POST", "/301/1", "GET  "}, {"POST", "/302/1", "GET  "}, {"POST", "/303/1", "GET  "},
		{"POST", "/307/1", "POST text/plain x"}, {"POST", "/308/1", "POST text/plain x"},
		{"PUT", "/301/1", "PUT text/plain x"}, {"PUT", "/303/1", "GET  "},
		{"GET", "/303/5", "GET text/plain x"},
		{"GET", "/304/1", "304"}, {"GET", "/300/1", "300"},
	} {
		answer := send(t, c, &Request{Method: row.method, Target: target(t, c, "s:"+row.path), Follow: true, Body: "x", HasBody: true, ContentType: "text/plain"})
		if got := string(answer.Body); got != row.want && fmt.Sprint(answer.Status) != row.want {
			t.Errorf("%s %s: %d %q %s, want %q", row.method, row.path, answer.Status, got, answer.Error, row.want)
		}
	}
	if answer := get(t, c, "s:/302/6"); answer.Status != 302 || answer.Error != "GET s:/302/6: more than 5 redirects" {
		t.Errorf("six redirects: %d %q", answer.Status, answer.Error)
	}
	if answer := send(t, c, &Request{Method: "GET", Target: target(t, c, "s:/302/1")}); answer.Status != 302 || answer.Error != "GET s:/302/1: 302 Found" {
		t.Errorf("not followed: %d %q", answer.Status, answer.Error)
	}
}

// Credentials and headers of a name never leave its host, and don't come back to it either.
func TestWhatARedirectTakesAlong(t *testing.T) {
	t.Parallel()
	var home *server
	away := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/back" {
			http.Redirect(w, r, home.URL+"/end", http.StatusTemporaryRedirect)
		}
	})
	home = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/away":
			http.Redirect(w, r, away.URL+"/there?x=1", http.StatusTemporaryRedirect)
		case "/api/back":
			http.Redirect(w, r, away.URL+"/back", http.StatusTemporaryRedirect)
		case "/api/same":
			http.Redirect(w, r, "/end", http.StatusTemporaryRedirect)
		}
	})
	c := client(t, Options{Allow: []string{"127.0.0.1"}, Services: map[string]Service{"s": {
		URL: home.URL + "/api?key=base", Bearer: "token", Headers: map[string]string{"X-Key": "secret", "Accept-Language": "en"},
	}}})
	ask := func(path string, at *server) http.Header {
		answer := send(t, c, &Request{Method: "GET", Target: target(t, c, "s:"+path), Follow: true, Headers: []Header{{"X-Own", "mine"}, {"Accept", "text/csv"}}})
		if !answer.OK() {
			t.Fatal(answer.Error)
		}
		return at.last().Header
	}
	for path, at := range map[string]*server{"/away": away, "/back": home} {
		got := ask(path, at)
		for _, name := range []string{"Authorization", "X-Key", "X-Own", "Accept-Language", "Referer"} {
			if got.Get(name) != "" {
				t.Errorf("%s: %s went along", path, name)
			}
		}
		if got.Get("Accept") != "text/csv" {
			t.Errorf("%s: Accept is %q", path, got.Get("Accept"))
		}
	}
	if got := ask("/same", home); got.Get("Authorization") != "Bearer token" || got.Get("X-Key") != "secret" || got.Get("X-Own") != "mine" {
		t.Errorf("on its own host it lost something: %v", got)
	}
}

func TestRedirectsThatAreRefused(t *testing.T) {
	t.Parallel()
	inside := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "secret") })
	var location string
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	})
	// The other service is known by its name only: not to this one's redirects.
	c := client(t, Options{Services: map[string]Service{"s": {URL: s.URL}, "other": {URL: inside.URL}}})
	for _, row := range []struct{ location, err string }{
		{inside.URL + "/?password=1", "a redirect to "}, {"http://169.254.169.254/latest", "a redirect to "}, {"http://localhost/", "a redirect to "},
		{"//[::1]/x", "a redirect to "}, {"http://2130706433/", "a redirect to what is no address"}, {"file:///etc/passwd", "a redirect to what is no address"},
		{"javascript:x", "a redirect to what is no address"}, {"http://", "a redirect to what is no address"}, {"%zz", "a redirect to what is no address"},
		{"http://user:password@example.org/", "a redirect to "}, {strings.Repeat("x", MaxURL+1), "a redirect to an address that is too long"},
	} {
		location = row.location
		answer := get(t, c, "s:/x")
		if answer.Status != 302 || !strings.HasPrefix(answer.Error, "GET s:/x: "+row.err) || strings.Contains(answer.Error, "password") {
			t.Errorf("%.60s: %d %q", row.location, answer.Status, answer.Error)
		}
	}
	if _, opened, _ := inside.counts(); opened != 0 {
		t.Errorf("%d connections reached the server inside", opened)
	}
}
