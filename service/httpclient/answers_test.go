package httpclient

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// raw answers with exactly these bytes and closes the connection.
func raw(w http.ResponseWriter, answer string) {
	conn, out, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = out.WriteString(answer)
	_ = out.Flush()
	_ = conn.Close()
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789abcdef", 4096)
	zeros := make([]byte, 12<<20)
	bomb := packed("gzip", zeros)
	double := packed("gzip", bomb)
	for _, c := range []struct {
		name   string
		handle http.HandlerFunc
		status int
		body   string // "#n" is n bytes
		err    string
	}{
		{"plain", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }, 200, "hello", ""},
		{"long", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, long) }, 200, long, ""},
		{"empty", func(http.ResponseWriter, *http.Request) {}, 200, "", ""},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, 204, "", ""},
		{"no content, said to be packed", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(204)
		}, 204, "", ""},
		{"not found", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", 404) }, 404, "gone\n", "GET s:/x: 404 Not Found"},
		{"odd status", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 799 secret\r\nContent-Length: 0\r\n\r\n")
		}, 799, "", "GET s:/x: 799"},
		{"gzip", encoded("gzip", packed("gzip", []byte(long))), 200, long, ""},
		{"gzip, said otherwise", encoded("X-GZIP", packed("gzip", []byte(long))), 200, long, ""},
		{"zlib", encoded("deflate", packed("zlib", []byte(long))), 200, long, ""},
		{"bare deflate", encoded("deflate", packed("flate", []byte(long))), 200, long, ""},
		{"packed twice", encoded("deflate, gzip", packed("gzip", packed("zlib", []byte(long)))), 200, long, ""},
		{"packed three times", encoded("gzip, gzip, gzip", []byte("x")), 200, "x", `GET s:/x: the answer is packed as "gzip, gzip, gzip", which luaction doesn't unpack`},
		{"unknown packing", encoded("br", []byte("x")), 200, "x", `GET s:/x: the answer is packed as "br", which luaction doesn't unpack`},
		{"no gzip", encoded("gzip", []byte("hello, this is no gzip")), 0, "", "GET s:/x: the answer is packed, and can't be unpacked"},
		{"broken gzip", encoded("gzip", packed("gzip", []byte(long))[:100]), 0, "", "GET s:/x: the answer broke off after "},
		{"8 MiB", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(zeros[:MaxBody]) }, 200, "#8388608", ""},
		{"8 MiB with its length", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(MaxBody))
			_, _ = w.Write(zeros[:MaxBody])
		}, 200, "#8388608", ""},
		{"a byte more", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(zeros[:MaxBody+1]) }, 200, "#8388608", "GET s:/x: the answer is longer than 8 MiB"},
		{"bomb", encoded("gzip", bomb), 200, "#8388608", "GET s:/x: the answer is longer than 8 MiB"},
		{"bomb in a bomb", encoded("gzip, gzip", double), 200, "#8388608", "GET s:/x: the answer is longer than 8 MiB"},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(zeros[:1<<16]); err != nil {
					return
				}
			}
		}, 200, "#8388608", "GET s:/x: the answer is longer than 8 MiB"},
		{"broken off", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
		}, 0, "", "GET s:/x: the answer broke off after 5 bytes"},
		{"broken chunk", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
		}, 0, "", "GET s:/x: the answer broke off after 5 bytes"},
		{"huge length", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\nhello")
		}, 0, "", "GET s:/x: the answer broke off after 5 bytes"},
		{"no HTTP", func(w http.ResponseWriter, _ *http.Request) { raw(w, "SSH-2.0-OpenSSH_9.2\r\n\r\n") }, 0, "", "GET s:/x: what the server sent is no answer in HTTP"},
		{"nothing", func(w http.ResponseWriter, _ *http.Request) { raw(w, "") }, 0, "", "GET s:/x: the server closed the connection without an answer"},
		{"headers without end", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 2*MaxHeader)+"\r\n\r\n")
		}, 0, "", "GET s:/x: the headers of the answer are longer than 64 KiB, the most that is kept"},
		{"switched", func(w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		}, 101, "", "GET s:/x: 101 Switching Protocols"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			answer := get(t, one(t, serve(t, c.handle)), "s:/x")
			body := string(answer.Body)
			if strings.HasPrefix(c.body, "#") {
				body = fmt.Sprintf("#%d", len(body))
			}
			if answer.Status != c.status || body != c.body || !strings.HasPrefix(answer.Error, c.err) || answer.OK() != (c.err == "") {
				t.Errorf("status %d, %d bytes, error %q; want %d, %d, %q", answer.Status, len(body), answer.Error, c.status, len(c.body), c.err)
			}
		})
	}
}

func encoded(how string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", how)
		_, _ = w.Write(body)
	}
}

// However a server spends its time, the request's own ends it.
func TestTimeouts(t *testing.T) {
	t.Parallel()
	for name, handle := range map[string]func(s *server, w http.ResponseWriter, r *http.Request){
		"never answers": func(s *server, _ http.ResponseWriter, r *http.Request) { s.hang(r) },
		"stops in its headers": func(s *server, w http.ResponseWriter, _ *http.Request) {
			conn, out, _ := w.(http.Hijacker).Hijack()
			_, _ = out.WriteString("HTTP/1.1 200 OK\r\nX: ")
			_ = out.Flush()
			_, _ = io.Copy(io.Discard, conn)
			_ = conn.Close()
		},
		"stops in its body": func(s *server, w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "hello")
			_ = http.NewResponseController(w).Flush()
			s.hang(r)
		},
		"dribbles": func(s *server, w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, "x")
				_ = http.NewResponseController(w).Flush()
				time.Sleep(time.Millisecond)
			}
		},
		"packs nothing without end": func(s *server, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0})
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte{0, 0, 0, 0xff, 0xff}) // an empty block
				_ = http.NewResponseController(w).Flush()
				time.Sleep(time.Millisecond)
			}
		},
		"redirects and hangs": func(s *server, w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/x" {
				http.Redirect(w, r, "/y", http.StatusFound)
				return
			}
			s.hang(r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s *server
			s = serve(t, func(w http.ResponseWriter, r *http.Request) { handle(s, w, r) })
			c := one(t, s)
			began := time.Now()
			answer := send(t, c, &Request{Method: "GET", Target: target(t, c, "s:/x"), Follow: true, Timeout: 150 * time.Millisecond})
			if want := "GET s:/x: no answer within 0.15 s"; answer.Status != 0 || answer.Error != want || len(answer.Body) != 0 {
				t.Errorf("status %d, error %q, want %q", answer.Status, answer.Error, want)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			soon(t, "the end of the connection", func() bool { open, _, _ := s.counts(); return open == 0 })
		})
	}
}

// A call that ends takes its requests with it: those that are under way, and those that have not begun.
func TestCancel(t *testing.T) {
	t.Parallel()
	var s *server
	s = serve(t, func(_ http.ResponseWriter, r *http.Request) { s.hang(r) })
	c := one(t, s)
	requests := make([]*Request, 20)
	for i := range requests {
		requests[i] = &Request{Method: "GET", Target: target(t, c, "s:/x"), Timeout: time.Hour}
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		soon(t, "the requests", func() bool { _, _, asked := s.counts(); return asked == AtOnce })
		cancel()
	}()
	for _, answer := range c.All(ctx, requests) {
		if answer.Status != 0 || answer.Error != "GET s:/x: the call ended before the answer came" {
			t.Errorf("status %d, error %q", answer.Status, answer.Error)
		}
		answer.Release()
	}
	if _, _, asked := s.counts(); asked != AtOnce {
		t.Errorf("%d requests were sent, want %d", asked, AtOnce)
	}
	soon(t, "the end of the connections", func() bool { open, _, _ := s.counts(); return open == 0 })
}

// Connections serve the next request after answers of every kind that came to their end.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/error":
			http.Error(w, strings.Repeat("no ", 1000), 500)
		case "/redirect":
			http.Redirect(w, r, "/plain", http.StatusFound)
		case "/elsewhere":
			http.Redirect(w, r, "http://elsewhere.example/", http.StatusFound)
		case "/gzip":
			encoded("gzip", packed("gzip", bytes.Repeat([]byte("x"), 100_000)))(w, r)
			_ = http.NewResponseController(w).Flush() // so that it is chunked
		case "/br":
			encoded("br", []byte("x"))(w, r)
		default:
			_, _ = io.WriteString(w, "hello")
		}
	})
	c := one(t, s)
	for range 3 {
		for _, path := range []string{"/plain", "/error", "/redirect", "/elsewhere", "/gzip", "/br"} {
			get(t, c, "s:"+path)
			send(t, c, &Request{Method: "HEAD", Target: target(t, c, "s:"+path)})
			send(t, c, &Request{Method: "POST", Target: target(t, c, "s:"+path), Body: "x", HasBody: true})
		}
	}
	if _, opened, asked := s.counts(); opened != 1 || asked < 54 {
		t.Errorf("%d connections were opened for %d requests, want 1", opened, asked)
	}
}

// An idle connection that the server has closed costs no request.
func TestClosedWhileIdle(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	c := one(t, s)
	for range 5 {
		if answer := get(t, c, "s:/x"); !answer.OK() {
			t.Error(answer.Error)
		}
		s.CloseClientConnections()
	}
}

func TestAllKeepsTheOrder(t *testing.T) {
	t.Parallel()
	var running, most atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		now := running.Add(1)
		defer running.Add(-1)
		for before := most.Load(); now > before && !most.CompareAndSwap(before, now); before = most.Load() {
		}
		time.Sleep(time.Millisecond) // so that more of them would be seen
		_, _ = io.WriteString(w, r.URL.Path)
	})
	c := one(t, s)
	var requests []*Request
	for i := range 100 {
		requests = append(requests, &Request{Method: "GET", Target: target(t, c, fmt.Sprintf("s:/%d", i))})
	}
	for i, answer := range c.All(t.Context(), requests) {
		if string(answer.Body) != fmt.Sprintf("/%d", i) {
			t.Errorf("answer %d is %q, %s", i, answer.Body, answer.Error)
		}
		answer.Release()
	}
	if most.Load() > AtOnce {
		t.Errorf("%d requests ran at once, want at most %d", most.Load(), AtOnce)
	}
}

// Answers are held up to a limit, and what is released makes room again.
func TestRoom(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) })
	c := client(t, Options{InFlight: 3 << 20, Services: map[string]Service{"s": {URL: s.URL}}})
	q := &Request{Method: "GET", Target: target(t, c, "s:/x")}
	first := c.Do(t.Context(), q)
	second := c.Do(t.Context(), q)
	if !first.OK() || !second.OK() && second.Error != "GET s:/x: "+errNoRoom.Error() {
		t.Errorf("%q, %q", first.Error, second.Error)
	}
	third := c.Do(t.Context(), q)
	if third.OK() || third.Status != 0 || third.Error != "GET s:/x: "+errNoRoom.Error() {
		t.Errorf("status %d, error %q", third.Status, third.Error)
	}
	for _, answer := range []*Response{first, second, third} {
		answer.Release()
	}
	if left := c.room.left.Load(); left != 3<<20 {
		t.Errorf("%d bytes are left, want all", left)
	}
	if answer := c.Do(t.Context(), q); !answer.OK() {
		t.Error(answer.Error)
	}
}
