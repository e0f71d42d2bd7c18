//go:build unix

package hostile

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// connection is an attack below HTTP. run returns what came of it and what should not have been.
type connection struct {
	item, name, tries string
	long              bool // takes longer than a few seconds
	run               func(s *server) (got string, wrong []string)
}

func (r *run) connect(s *server, n *neighbours, c connection) {
	s.forgetPeak()
	n.since()
	row := Row{Group: "requests", Item: c.item, Name: c.name, Tries: c.tries}
	row.Got, row.Wrong = c.run(s)
	n.aftermath(&row, "5 s later")
	r.add(row, s)
}

func connectionAttacks() []connection {
	const head = "POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
	good := string(body("neighbour_quick", "neighbour"))
	length := fmt.Sprintf("Content-Length: %d\r\n", len(good))
	all := []connection{
		{item: "56", name: "idle connections", tries: "2,000 connections that say nothing.", run: func(s *server) (string, []string) { return many(s, 2000, "", 0) }},
		{item: "55", name: "slow header", tries: "200 requests whose header never ends.", run: func(s *server) (string, []string) { return many(s, 200, head+"X-Slow: ", 0) }},
		{item: "55", name: "slow body", tries: "200 requests whose body never comes, for 35 s; they have to be ended by then.", long: true,
			run: func(s *server) (string, []string) {
				return many(s, 200, head+"Content-Length: 1000000\r\n\r\n{", 35*time.Second)
			}},
		{item: "56", name: "pipelined", tries: "500 requests at once on one connection.", run: pipelined(head + length + "\r\n" + good)},
		{item: "56", name: "client gone", tries: "200 clients that leave before the answer.", run: func(s *server) (string, []string) { return many(s, 200, head+length+"\r\n"+good, 0) }},
	}
	for _, raw := range []struct{ item, name, text, want string }{
		{"53", "negative length", head + "Content-Length: -1\r\n\r\n", "400"},
		{"53", "two lengths", head + length + "Content-Length: 3\r\n\r\n" + good, "400"},
		{"53", "length and chunks", head + length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
		{"53", "length of 2^63", head + "Content-Length: 9223372036854775807\r\n\r\nx", "413 400"},
		{"53", "chunk of 2^63", head + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx", "413 400"},
		{"53", "chunks over the limit", head + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("100000\r\n"+strings.Repeat(" ", 1<<20)+"\r\n", 40) + "0\r\n\r\n", "413"},
		{"53", "chunk size that is none", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n", "400"},
		{"53", "no host", "POST /webhook HTTP/1.1\r\n" + length + "\r\n" + good, "200 400"},
		{"53", "garbage", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage\r\n\r\n", "400"},
		{"53", "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 404 405 505 501"},
		{"53", "endless request line", "POST /" + strings.Repeat("a", 200_000), "431 400 414"},
		{"54", "folded header", head + "X-A: b\r\n c\r\n" + length + "\r\n" + good, "200 400"},
		{"54", "header without name", head + ": x\r\n" + length + "\r\n" + good, "200 400"},
		{"54", "zero byte in a header", head + "X-A: \x00\r\n" + length + "\r\n" + good, "200 400"},
		{"54", "bare line feeds", strings.ReplaceAll(head+length+"\r\n", "\r\n", "\n") + good, "200 400 nothing"},
	} {
		all = append(all, connection{item: raw.item, name: raw.name, tries: "A request that is no HTTP, or two kinds of it.",
			run: func(s *server) (string, []string) { return rawRequest(s, raw.text, raw.want) }})
	}
	return all
}

// patient is how long an answer to what is no HTTP may take.
const patient = 4 * time.Second

// rawRequest sends a text and compares the status with the ones wanted. That the server just hangs up is well, too.
func rawRequest(s *server, text, want string) (string, []string) {
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		return "", []string{err.Error()}
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patient))
	go func() { _, _ = conn.Write([]byte(text)) }()
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // net.Error is an interface
			if strings.Contains(want, "nothing") {
				return "nothing", nil
			}
			return "nothing", []string{"no answer in time"}
		}
		return "hung up", nil
	}
	defer res.Body.Close()
	got := fmt.Sprint(res.StatusCode)
	if !strings.Contains(want, got) {
		return got, []string{"answered " + got + ", not " + want}
	}
	return got, nil
}

// pipelined sends the same request many times before it reads the first answer.
func pipelined(text string) func(*server) (string, []string) {
	const times = 500
	return func(s *server) (string, []string) {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			return "", []string{err.Error()}
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
		go func() { _, _ = conn.Write([]byte(strings.Repeat(text, times))) }()
		answers := bufio.NewReader(conn)
		for i := range times {
			res, err := http.ReadResponse(answers, nil)
			if err != nil || res.StatusCode != http.StatusOK {
				return "cut off", []string{fmt.Sprintf("answer %d: %v", i+1, err)}
			}
			for _, err = res.Body.Read(make([]byte, 1<<12)); err == nil; _, err = res.Body.Read(make([]byte, 1<<12)) {
			}
			_ = res.Body.Close()
		}
		return "all answered", nil
	}
}

// many opens connections that each send the text and no more. After hold the server has to have ended them; 0: they are closed
// at once.
func many(s *server, n int, text string, hold time.Duration) (string, []string) {
	var mu sync.Mutex
	var open []net.Conn
	var work sync.WaitGroup
	next := make(chan struct{}, n)
	for range n {
		next <- struct{}{}
	}
	close(next)
	for range 20 {
		work.Go(func() {
			for range next {
				conn, err := net.DialTimeout("tcp", s.addr, 5*time.Second)
				if err != nil {
					continue
				}
				_, _ = conn.Write([]byte(text))
				mu.Lock()
				open = append(open, conn)
				mu.Unlock()
			}
		})
	}
	work.Wait()
	var wrong []string
	if len(open) < n*9/10 {
		wrong = append(wrong, fmt.Sprintf("only %d of %d connections were taken", len(open), n))
	}
	got := "taken"
	if hold > 0 {
		got = "ended"
		until := time.Now().Add(hold)
		for _, conn := range open {
			_ = conn.SetReadDeadline(until)
			for buf := make([]byte, 1<<12); ; {
				if _, err := conn.Read(buf); err != nil {
					if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // net.Error is an interface
						got = "held"
					}
					break
				}
			}
		}
		if got == "held" {
			wrong = append(wrong, "connections were still held")
		}
	} else if text == "" {
		time.Sleep(300 * time.Millisecond)
	}
	for _, conn := range open {
		_ = conn.Close()
	}
	return got, wrong
}
