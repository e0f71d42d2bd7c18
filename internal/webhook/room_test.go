package webhook_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

// padded is a call with so many bytes.
func padded(sender string, size int) []byte {
	call := `{"next_action":"action_a","tracker":{"sender_id":"` + sender + `"}}`
	return append([]byte(call), bytes.Repeat([]byte(" "), size-len(call))...)
}

// held serves with room for so many bytes, while the call of a sender "held" runs until release.
func held(t *testing.T, room int64) (addr string, running chan struct{}, release func()) {
	t.Helper()
	running, gate := make(chan struct{}, 8), make(chan struct{})
	released := false
	release = func() {
		if !released {
			released = true
			close(gate)
		}
	}
	addr = start(t, webhook.Options{MaxInFlight: room, Engine: fake{run: func(_ context.Context, call *rasa.Call) *engine.Error {
		if call.SenderID() == "held" {
			running <- struct{}{}
			<-gate
		}
		return nil
	}}})
	t.Cleanup(release)
	return addr, running, release
}

func isFull(t *testing.T, got answer) {
	t.Helper()
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || got.header.Get("Content-Type") != "application/json" {
		t.Errorf("status %d, headers %v, body %s", got.status, got.header, got.body)
	}
	isError(t, got.body)
}

// TestNoRoom has one request hold most of the room: what does not fit beside it is refused at once, what does is answered, and so
// is everything once it has gone.
func TestNoRoom(t *testing.T) {
	const large, small = 150_000, 40_000
	zipped := packed(t, "zlib", padded("x", large))
	for _, c := range []struct {
		name    string
		holds   int
		room    int64
		body    []byte
		headers []string
		refused bool
	}{
		{"large beside large", large, 200_000, padded("x", large), nil, true},
		{"small beside large", large, 180_000, padded("x", small), nil, true},
		{"small beside small", small, 70_000, padded("x", small), nil, true},
		{"large beside small", small, 180_000, padded("x", large), nil, true},
		{"inflated beside large", large, 200_000, zipped, []string{"Content-Encoding: deflate"}, true},
		{"waiting to be told to go on", large, 200_000, padded("x", large), []string{"Expect: 100-continue"}, true},
		{"both fit", large, 300_000, padded("x", large), nil, false},
		{"inflated fits", large, 600_000, zipped, []string{"Content-Encoding: deflate"}, false},
		{"alone, and larger than the room", 0, 1000, padded("x", large), nil, false},
		{"alone, and inflates to more than the room", 0, 1000, zipped, []string{"Content-Encoding: deflate"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			addr, running, release := held(t, c.room)
			url := "http://" + addr + "/webhook"
			first := make(chan answer, 1)
			if c.holds > 0 {
				go func() { first <- ask(t, "POST", url, bytes.NewReader(padded("held", c.holds))) }()
				<-running
			}
			for range 3 { // a refused one leaves nothing behind
				got := ask(t, "POST", url, bytes.NewReader(c.body), c.headers...)
				if c.refused {
					isFull(t, got)
				} else if got.status != http.StatusOK {
					t.Errorf("status %d: %s", got.status, got.body)
				}
			}
			if c.holds > 0 {
				release()
				if got := <-first; got.status != http.StatusOK {
					t.Errorf("the one that was there first: %d %s", got.status, got.body)
				}
				if got := ask(t, "POST", url, bytes.NewReader(c.body), c.headers...); got.status != http.StatusOK {
					t.Errorf("with room again: %d %s", got.status, got.body)
				}
			}
		})
	}
}

// TestNoRoomBeforeTheBody holds that a body is refused that has not been sent, and that a client which leaves in the middle of one
// takes no room with it.
func TestNoRoomBeforeTheBody(t *testing.T) {
	addr, _, _ := held(t, 1<<20)
	const length = 900_000
	head := request(fmt.Sprintf("Content-Length: %d", length), "")
	half, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := io.WriteString(half, head+strings.Repeat(" ", length/2)); err != nil {
		t.Fatal(err)
	}
	// Until the server has read the headers of the first, the second is waited for; then it is refused without its body.
	var status int
	for end := time.Now().Add(20 * time.Second); status != http.StatusServiceUnavailable && time.Now().Before(end); {
		status = headersOnly(t, addr, head)
	}
	if status != http.StatusServiceUnavailable {
		t.Fatalf("a body beside a half one: status %d", status)
	}
	half.Close()
	var got answer
	for end := time.Now().Add(20 * time.Second); got.status != http.StatusOK && time.Now().Before(end); {
		got = ask(t, "POST", "http://"+addr+"/webhook", bytes.NewReader(padded("x", length)))
	}
	if got.status != http.StatusOK {
		t.Errorf("after the half one left: %d %s", got.status, got.body)
	}
}

// headersOnly sends no body and returns the status, 0 if there is none soon.
func headersOnly(t *testing.T, addr, head string) int {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, head); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}
