package webhook_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/webhook"
)

// TestNoRoomForWhatComes has bodies come that nobody could count before: half of one holds what has come of it, another one is refused
// in its middle, and when the first client leaves, its room is free.
func TestNoRoomForWhatComes(t *testing.T) {
	const size, room = 600_000, 1 << 20
	part := strings.Repeat(" ", size)
	for _, c := range []struct{ name, headers, part string }{
		{"chunks", "Transfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n", size, part)},
		{"waiting to be told to go on", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue", size+1), part},
	} {
		t.Run(c.name, func(t *testing.T) {
			addr, _, _ := held(t, room)
			url := "http://" + addr + "/webhook"
			whole := padded("x", room-size+100_000) // no room beside all that comes; what came with the headers doesn't count
			full := func() bool {
				return ask(t, "POST", url, bytes.NewReader(whole)).status == http.StatusServiceUnavailable
			}
			// Who asks takes room, too, and may take what half a body needs: then that one is refused, and another has to come.
			var half net.Conn
			if !soon(func() bool {
				half = begun(t, addr, request(c.headers, c.part))
				for range 20 {
					if full() {
						return true
					}
					time.Sleep(5 * time.Millisecond)
				}
				half.Close()
				return false
			}) {
				t.Fatal("there is room beside half a body")
			}
			other := begun(t, addr, request(c.headers, c.part))
			statuses := make(chan int, 2)
			for _, c := range []net.Conn{half, other} {
				_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
				go func() { statuses <- finalStatus(bufio.NewReader(c)) }()
			}
			if status := <-statuses; status != http.StatusServiceUnavailable {
				t.Errorf("half a body beside another: status %d", status)
			}
			other.Close()
			half.Close()
			if !soon(func() bool { return ask(t, "POST", url, bytes.NewReader(whole)).status == http.StatusOK }) {
				t.Error("there is no room after both have left")
			}
		})
	}
}

// TestRoomIsGivenBack has one connection send more than the room holds, body after body.
func TestRoomIsGivenBack(t *testing.T) {
	addr := start(t, webhook.Options{MaxInFlight: 1 << 20})
	body := string(padded("x", 300_000))
	length := fmt.Sprintf("Content-Length: %d", len(body))
	c := begun(t, addr, "")
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	r := bufio.NewReader(c)
	for i := range 15 {
		send := []string{request("Transfer-Encoding: chunked", chunked(body)), request(length, body), request(length+"\r\nExpect: 100-continue", body)}[i%3]
		if _, err := io.WriteString(c, send); err != nil {
			t.Fatal(err)
		}
		if status := finalStatus(r); status != http.StatusOK {
			t.Fatalf("body %d: status %d", i, status)
		}
	}
}

// begun is a connection on which so much was sent.
func begun(t *testing.T, addr, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// finalStatus reads an answer, over one that says to go on; 0 if none comes.
func finalStatus(r *bufio.Reader) int {
	for {
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			return 0
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusContinue {
			return resp.StatusCode
		}
	}
}

// soon waits for something that is true before long.
func soon(is func() bool) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if is() {
			return true
		}
	}
	return false
}
