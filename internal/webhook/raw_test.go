package webhook_test

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

// exchange sends bytes as they are and returns all that comes back until the server closes the connection, or for a moment.
func exchange(t testing.TB, addr, text string, wait time.Duration) (back string, closed bool) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(wait))
	all, err := io.ReadAll(c)
	return string(all), err == nil
}

func request(headers, body string) string {
	return "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n" + body
}

func chunked(text string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(text), text) }

func TestRefusedAndClosed(t *testing.T) {
	addr := start(t, webhook.Options{MaxBody: 4096})
	length := fmt.Sprintf("Content-Length: %d", len(aCall))
	for _, c := range []struct {
		name, send string
		status     int
	}{
		{"two lengths", request(length+"\r\nContent-Length: 5", aCall), 400},
		{"the same length twice", request(length+"\r\n"+length, aCall), 400},
		{"length, then chunked", request(length+"\r\nTransfer-Encoding: chunked", chunked(aCall)), 400},
		{"chunked, then length", request("Transfer-Encoding: chunked\r\n"+length, chunked(aCall)), 400},
		{"chunked twice", request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", chunked(aCall)), 400},
		{"other coding", request("Transfer-Encoding: gzip, chunked", chunked(aCall)), 400},
		{"space before the colon", request("Content-Length : 5\r\n"+length, aCall), 400},
		{"negative length", request("Content-Length: -5", aCall), 400},
		{"length that is no number", request("Content-Length: five", aCall), 400},
		{"chunk size that is no number", request("Transfer-Encoding: chunked", "zz\r\n"+aCall), 400},
		{"header without a name", request(": x\r\n"+length, aCall), 400},
		{"NUL in a header", request("X-A: a\x00b\r\n"+length, aCall), 400},
		{"large headers", request("X-A: "+strings.Repeat("a", 20<<10)+"\r\n"+length, aCall), 431},
		{"1,000 headers", request(strings.Repeat("X-Some-Header: abcdefgh\r\n", 1000)+length, aCall), 431},
		{"large body", request("Content-Length: 5000", strings.Repeat(" ", 5000)), 413},
		{"large body announced", request("Content-Length: 99999999999", ""), 413},
		{"large chunked body", request("Transfer-Encoding: chunked", chunked(strings.Repeat(" ", 5000))), 413},
		{"many chunks", request("Transfer-Encoding: chunked", strings.Repeat("400\r\n"+strings.Repeat(" ", 1024)+"\r\n", 5)+"0\r\n\r\n"), 413},
		{"garbage", "\x16\x03\x01 what is this\r\n\r\n", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			back, closed := exchange(t, addr, c.send, 10*time.Second)
			if !closed {
				t.Error("the connection stays open")
			}
			isRefusal(t, back, c.status)
		})
	}
}

// isRefusal checks that one answer came back, with a JSON error.
func isRefusal(t testing.TB, back string, status int) {
	t.Helper()
	rest := bufio.NewReader(strings.NewReader(back))
	resp, err := http.ReadResponse(rest, nil)
	if err != nil {
		t.Fatalf("%v in %q", err, back)
	}
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != status || resp.Header.Get("Content-Type") != "application/json" {
		t.Errorf("want %d: %s", status, back)
	}
	isError(t, string(body))
	if left, _ := io.ReadAll(rest); len(left) > 0 {
		t.Errorf("more came: %q", left)
	}
}

func TestSlowSenders(t *testing.T) {
	addr := start(t, webhook.Options{ReadTimeout: 300 * time.Millisecond})
	for name, send := range map[string]string{
		"headers": "POST /webhook HTTP/1.1\r\nHost: x\r\nX-A:",
		"body":    request("Content-Length: 100", "{"),
		"chunk":   request("Transfer-Encoding: chunked", "64\r\n{"),
		"nothing": "",
	} {
		t.Run(name, func(t *testing.T) {
			if back, closed := exchange(t, addr, send, 20*time.Second); !closed {
				t.Errorf("the connection stays open: %q", back)
			}
		})
	}
}

func TestPipelinedRequests(t *testing.T) {
	addr := start(t, webhook.Options{})
	one := request(fmt.Sprintf("Content-Length: %d", len(aCall)), aCall)
	last := request(fmt.Sprintf("Connection: close\r\nContent-Length: %d", len(aCall)), aCall)
	back, closed := exchange(t, addr, one+"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"+one+last, 10*time.Second)
	if n := strings.Count(back, "HTTP/1.1 200 OK"); n != 4 || !closed || strings.Count(back, answered) != 3 {
		t.Errorf("%d answers, closed %v: %s", n, closed, back)
	}
}

func TestHeaderInjection(t *testing.T) {
	addr := start(t, webhook.Options{Origins: []string{"*", "https://*.example"}})
	back, _ := exchange(t, addr, request("Origin: https://a.example\rX-Evil: 1\r\nConnection: close\r\nContent-Length: 0", ""), 10*time.Second)
	if strings.Contains(back, "Evil") {
		t.Errorf("a header came back: %q", back)
	}
}

// The bomb would be 700 MB; the process must not see more than the limit and a little of it.
func TestDeflateBomb(t *testing.T) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	var first, second int
	for _, at := range []*int{&first, &second} {
		_, _ = w.Write(block)
		_ = w.Flush()
		*at = packed.Len()
	}
	// What a block becomes depends only on the one before, so the second can stand for all that follow.
	bomb := slices.Concat([]byte{0x78, 0x9c}, packed.Bytes()[:first], bytes.Repeat(packed.Bytes()[first:second], 699))
	addr := start(t, webhook.Options{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	got := ask(t, "POST", "http://"+addr+"/webhook", bytes.NewReader(bomb), "Content-Encoding: deflate")
	runtime.ReadMemStats(&after)
	if got.status != 413 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4*webhook.DefaultMaxBody {
		t.Errorf("%d MiB were allocated", used>>20)
	}
}

func TestShutdownLetsCallsEnd(t *testing.T) {
	running, end := make(chan bool), make(chan bool)
	run := func(context.Context, *rasa.Call) *engine.Error {
		running <- true
		<-end
		return nil
	}
	addr, server := startServer(t, webhook.Options{Engine: fake{run: run}})
	answers := make(chan answer, 1)
	go func() { answers <- ask(t, "POST", "http://"+addr+"/webhook", strings.NewReader(aCall)) }()
	<-running
	stopped := make(chan error, 1)
	go func() { stopped <- server.Shutdown(context.Background()) }()
	for dials := true; dials; {
		c, err := net.Dial("tcp", addr)
		if dials = err == nil; dials {
			c.Close()
		}
	}
	close(end)
	if got := <-answers; got.status != 200 || got.body != answered {
		t.Errorf("%d %s", got.status, got.body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestShutdownCancelsWhatRunsOn(t *testing.T) {
	running := make(chan bool)
	run := func(ctx context.Context, _ *rasa.Call) *engine.Error {
		running <- true
		<-ctx.Done()
		return &engine.Error{Code: engine.Canceled, Message: "the server is stopping"}
	}
	addr, server := startServer(t, webhook.Options{Engine: fake{run: run}})
	answers := make(chan answer, 1)
	go func() { answers <- ask(t, "POST", "http://"+addr+"/webhook", strings.NewReader(aCall)) }()
	<-running
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(ctx); err == nil {
		t.Error("no error though a call had to be cancelled")
	}
	if got := <-answers; got.status != 503 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func FuzzHandler(f *testing.F) {
	f.Add([]byte(aCall), "application/json", "", "")
	f.Add([]byte("{"), "text/plain; x", "deflate", "X-A: b")
	f.Add([]byte("x\x9c"), "", "gzip", "Content-Length: 5")
	f.Add([]byte(`{"next_action":"\ud800"}`), "a/b+json", "br, deflate", "Origin: null")
	s := webhook.New(webhook.Options{Engine: fake{}, Snapshots: served(), Origins: []string{"*"}})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ln) }()
	f.Cleanup(func() { _ = s.Shutdown(context.Background()); <-ended })
	clean := strings.NewReplacer("\r", "", "\n", "")
	f.Fuzz(func(t *testing.T, body []byte, kind, coding, header string) {
		send := fmt.Sprintf("POST /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\nContent-Encoding: %s\r\n"+
			"%s\r\nContent-Length: %d\r\n\r\n%s", clean.Replace(kind), clean.Replace(coding), "X-"+clean.Replace(header), len(body), body)
		back, _ := exchange(t, ln.Addr().String(), send, 10*time.Second)
		resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(back)), nil)
		if err != nil {
			t.Fatalf("%v in %q", err, back)
		}
		text, _ := io.ReadAll(resp.Body)
		switch resp.StatusCode {
		case 200:
			if string(text) != answered && string(text) != "null" {
				t.Errorf("%s", text)
			}
		case 400, 413, 415, 431:
			isError(t, string(text))
		default:
			t.Errorf("status %d: %s", resp.StatusCode, text)
		}
	})
}
