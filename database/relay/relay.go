// Package relay stands between a client and a server in tests: it goes away, comes back, and stops answering.
package relay

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Relay is one. Through makes it.
type Relay struct {
	t       testing.TB
	server  string
	address string
	mu      sync.Mutex
	listen  net.Listener
	conns   []net.Conn
	mute    bool
}

// Through returns a relay to the server of a URL, and the URL with the relay's address.
func Through(t testing.TB, server string) (*Relay, string) {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{t: t, server: u.Host, address: "127.0.0.1:0"}
	r.Back()
	r.address = r.listen.Addr().String()
	t.Cleanup(r.Away)
	u.Host = r.address
	return r, u.String()
}

// Back has the server reachable again.
func (r *Relay) Back() {
	listen, err := net.Listen("tcp", r.address)
	if err != nil {
		r.t.Fatal(err)
	}
	r.mu.Lock()
	r.listen, r.mute = listen, false
	r.mu.Unlock()
	go func() {
		for {
			client, err := listen.Accept()
			if err != nil {
				return
			}
			go r.serve(client)
		}
	}()
}

// Away has all connections break, and nobody answer new ones.
func (r *Relay) Away() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.listen.Close()
	for _, c := range r.conns {
		_ = c.Close()
	}
	r.conns = nil
}

// Silence has what the server says lost from now on.
func (r *Relay) Silence() {
	r.mu.Lock()
	r.mute = true
	r.mu.Unlock()
}

func (r *Relay) serve(client net.Conn) {
	server, err := net.Dial("tcp", r.server)
	if err != nil {
		_ = client.Close()
		return
	}
	r.mu.Lock()
	r.conns = append(r.conns, client, server)
	r.mu.Unlock()
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	_, _ = io.Copy(unlessMute{r, client}, server)
	_ = client.Close()
}

type unlessMute struct {
	r  *Relay
	to net.Conn
}

func (u unlessMute) Write(p []byte) (int, error) {
	u.r.mu.Lock()
	mute := u.r.mute
	u.r.mu.Unlock()
	if mute {
		return len(p), nil
	}
	return u.to.Write(p)
}
