package webhook

import (
	"context"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

const (
	// A client that is still sending when its connection is closed never sees the answer. So what it sends is thrown away
	// for a moment first, within these bounds.
	lingerTime  = 2 * time.Second
	lingerBytes = 64 << 20
)

// connections knows every open connection, so that none outlives the server.
type connections struct {
	mu    sync.Mutex
	open  map[*conn]struct{}
	slack time.Duration // of their deadlines
	room  *room
}

type listener struct {
	net.Listener
	conns *connections
	log   *slog.Logger
}

type conn struct {
	net.Conn
	conns   *connections
	reading deadline
	writing deadline
	lingers atomic.Bool
	idle    atomic.Bool // nothing of a request has come since the last answer
	coming  coming
	once    sync.Once
	err     error
}

func (s *connections) wrap(ln net.Listener, log *slog.Logger) net.Listener {
	return &listener{ln, s, log}
}

// Accept notes the connection.
func (l *listener) Accept() (net.Conn, error) {
	c, err := l.patient()
	if err != nil {
		return nil, err
	}
	noted := &conn{Conn: c, conns: l.conns}
	noted.idle.Store(true)
	l.conns.mu.Lock()
	defer l.conns.mu.Unlock()
	if l.conns.open == nil {
		l.conns.open = map[*conn]struct{}{}
	}
	l.conns.open[noted] = struct{}{}
	return noted, nil
}

// linger has the connection, one of ours, wait a moment for its client when it is closed.
func (s *connections) linger(c net.Conn) {
	if c, ok := c.(*conn); ok {
		c.lingers.Store(true)
	}
}

// note keeps which connections wait for their next request.
func (s *connections) note(c net.Conn, state fasthttp.ConnState) {
	ours, ok := c.(*conn)
	switch {
	case !ok:
	case state == fasthttp.StateIdle:
		ours.idle.Store(true)
	case state == fasthttp.StateActive:
		ours.coming.deadlines = 0
	}
}

// closeIdle closes connections on which no request has begun until ctx ends. fasthttp would wait five seconds for those
// that never sent anything, which clients keep in reserve.
func (s *connections) closeIdle(ctx context.Context) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s.mu.Lock()
		for c := range s.open {
			if c.idle.Load() {
				_ = c.Conn.Close()
			}
		}
		s.mu.Unlock()
	}
}

// waitClosed waits until no connection is left, or ctx ends.
func (s *connections) waitClosed(ctx context.Context) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		s.mu.Lock()
		left := len(s.open)
		s.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *connections) closeAll() {
	s.mu.Lock()
	all := make([]*conn, 0, len(s.open))
	for c := range s.open {
		all = append(all, c)
	}
	s.mu.Unlock()
	for _, c := range all {
		// Not through Close: who is lingering in there is to stop as well.
		_ = c.Conn.Close()
	}
}

// Close closes the connection, after the wait that linger asked for.
func (c *conn) Close() error {
	c.once.Do(func() {
		c.conns.room.give(c.coming.taken)
		if half, ok := c.Conn.(interface{ CloseWrite() error }); ok && c.lingers.Load() && half.CloseWrite() == nil {
			_ = c.Conn.SetReadDeadline(time.Now().Add(lingerTime))
			_, _ = io.CopyN(io.Discard, c.Conn, lingerBytes)
		}
		c.err = c.Conn.Close()
		c.conns.mu.Lock()
		delete(c.conns.open, c)
		c.conns.mu.Unlock()
	})
	return c.err
}
