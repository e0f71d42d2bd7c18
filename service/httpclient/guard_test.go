package httpclient

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestInside(t *testing.T) {
	t.Parallel()
	n := insideNets()
	for _, text := range []string{
		"127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "169.254.0.1",
		"100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
		"::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1",
	} {
		ip, err := netip.ParseAddr(text)
		if err != nil {
			continue // such as a zone in an address that can't have one
		}
		if !n.contain(ip) {
			t.Errorf("%s is not inside", text)
		}
	}
	for _, text := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"} {
		if n.contain(netip.MustParseAddr(text)) {
			t.Errorf("%s is inside", text)
		}
	}
	if !n.contain(netip.Addr{}) {
		t.Error("no address is not inside")
	}
}

// resolver answers every question for an IPv4 address with what next gives, and knows no IPv6.
func resolver(t *testing.T, next func() netip.Addr) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			end := 12 // of the question
			for buf[end] != 0 {
				end += int(buf[end]) + 1
			}
			end += 5
			answer := append([]byte{}, buf[:end]...)
			kind := binary.BigEndian.Uint16(buf[end-4:])
			copy(answer[2:], []byte{0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0})
			if kind == 1 && n >= end {
				answer[7] = 1
				ip := next().As4()
				answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ip[0], ip[1], ip[2], ip[3])
			}
			_, _ = conn.WriteTo(answer, from)
		}
	}()
	t.Cleanup(func() {
		_ = conn.Close()
		<-done
	})
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
}

// A name that is allowed leads outside when it is looked up first, and inside when the connection is made.
func TestNamesThatLeadInside(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "secret") })
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	c := client(t, Options{Allow: []string{"rebind.example", "*.wild.example"}, Services: map[string]Service{"own": {URL: "http://own.example:" + port}}})
	var asked atomic.Int64
	c.resolver = resolver(t, func() netip.Addr {
		asked.Add(1)
		return netip.MustParseAddr("127.0.0.1")
	})
	for _, text := range []string{"http://rebind.example:" + port + "/", "http://a.wild.example:" + port + "/", "https://rebind.example:" + port + "/",
		"http://REBIND.example.:" + port + "/"} {
		answer := get(t, c, text)
		if answer.Status != 0 || !strings.Contains(answer.Error, " leads to 127.0.0.1, an address inside the network") {
			t.Errorf("%s: status %d, error %q", text, answer.Status, answer.Error)
		}
	}
	if asked.Load() == 0 {
		t.Fatal("no name was looked up")
	}
	if _, opened, _ := s.counts(); opened != 0 {
		t.Errorf("%d connections reached the server inside", opened)
	}
	if answer := get(t, c, "own:/"); string(answer.Body) != "secret" {
		t.Errorf("a service inside: %q", answer.Error)
	}
	c.allow = append(c.allow, allowed{host: "own.example"})
	if answer := get(t, c, "http://own.example:"+port+"/"); string(answer.Body) != "secret" {
		t.Errorf("the host and port of a service inside: %q", answer.Error)
	}
	other := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ = net.SplitHostPort(other.Listener.Addr().String())
	if answer := get(t, c, "http://own.example:"+port+"/"); answer.Status != 0 {
		t.Error("the host of a service inside was reached at another port")
	}
}

// What the allow list names as an address is meant, and localhost is, but nothing that turns out to be one.
func TestAddressesInside(t *testing.T) {
	t.Parallel()
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	for _, c := range []struct {
		allow, host string
		reached     bool
	}{
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1:" + port, "127.0.0.1", true},
		{"localhost", "localhost", true},
		{"localhost:" + port, "localhost", true},
	} {
		answer := get(t, client(t, Options{Allow: []string{c.allow}}), "http://"+c.host+":"+port+"/")
		if answer.OK() != c.reached {
			t.Errorf("%s allowed, %s asked: %q", c.allow, c.host, answer.Error)
		}
	}
	c := client(t, Options{Allow: []string{"127.0.0.1:1", "*.0.example", "example.org"}})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1",
		"127.0.0.1.", "0", "[fe80::1%25lo]", "169.254.169.254", "١٢٧.0.0.1", "ⓛocalhost"} {
		if _, err := c.Target("http://" + host + ":" + port + "/"); err == nil {
			t.Errorf("%s is taken", host)
		}
	}
}

// A proxy looks names up by itself: an address inside is refused before it is asked.
func TestProxy(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.RequestURI) })
	proxy, _ := url.Parse(s.URL)
	c := client(t, Options{Allow: []string{"outside.example"}, Proxy: func(*http.Request) (*url.URL, error) { return proxy, nil }})
	if answer := get(t, c, "http://outside.example/x"); string(answer.Body) != "http://outside.example/x" {
		t.Errorf("%q, %s", answer.Body, answer.Error)
	}
	h := &hop{url: &url.URL{Scheme: "http", Host: "10.0.0.1", Path: "/"}, method: "GET", header: http.Header{}}
	q := &Request{Method: "GET", Target: target(t, c, "http://outside.example/x")}
	if err := c.walk(t.Context(), q, h, &Response{room: c.room}); err == nil || !strings.Contains(err.Error(), "inside") {
		t.Errorf("the proxy was asked for an address inside: %v", err)
	}
}

// A dial ends with its request, though the transport would go on with it.
func TestDialEndsWithItsRequest(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never says a word
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}()
	c := client(t, Options{Services: map[string]Service{"s": {URL: "https://" + ln.Addr().String()}}})
	answer := c.Do(t.Context(), &Request{Method: "GET", Target: target(t, c, "s:/"), Timeout: 50 * time.Millisecond})
	answer.Release()
	if answer.Error != "GET s:/: no answer within 0.05 s" {
		t.Error(answer.Error)
	}
	select {
	case <-closed:
	case <-time.After(30 * time.Second):
		t.Error("the connection outlives its request")
	}
}
