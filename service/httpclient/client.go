package httpclient

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// The pool, chosen by measuring 1,000 requests in flight; see BenchmarkInFlight.
const (
	idlePerHost = 1024
	idleInAll   = 2048
	idleFor     = 60 * time.Second
)

// Client sends requests. One serves all states of a server; it is safe for concurrent use.
type Client struct {
	services   map[string]*service
	allow      []allowed
	inside     map[string]bool // "host:port" of the services
	proxies    sync.Map        // "host:port" of the environment's proxies that were used
	nets       nets
	timeout    time.Duration
	agent      string
	room       *Room
	standIn    http.RoundTripper // nil: the network
	transport  *http.Transport
	transports []*http.Transport // all of them
	resolver   *net.Resolver     // nil: the system's
}

// New returns a client; Close ends it. The error joins all that is wrong with the options, each beginning with the place in the
// configuration: "http.snow.url: …". No error repeats a value.
func New(o Options) (*Client, error) {
	c := &Client{
		services: map[string]*service{}, inside: map[string]bool{}, nets: insideNets(), timeout: cmp.Or(o.Timeout, DefaultTimeout),
		agent: cmp.Or(o.UserAgent, "luaction"), standIn: o.StandIn, room: newRoom(cmp.Or(o.InFlight, DefaultInFlight), nil),
	}
	proxy := o.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	transport := func(config *tls.Config) *http.Transport { return c.newTransport(config, proxy) }
	c.transport = transport(&tls.Config{MinVersion: tls.VersionTLS12})
	c.transports = []*http.Transport{c.transport}
	var wrong []error
	for _, name := range slices.Sorted(maps.Keys(o.Services)) {
		if err := c.addService(name, o.Services[name], transport); err != nil {
			wrong = append(wrong, fmt.Errorf("http.%s.%w", name, err))
		}
	}
	for i, text := range o.Allow {
		a, err := parseAllowed(text)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("http_allow[%d]: %w, and is %s", i+1, err, show(text)))
		}
		c.allow = append(c.allow, a)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return c, nil
}

// newTransport makes a pool. It speaks HTTP/1.1 only: a request has a connection to itself, so that to end one is to close it,
// and a server can't mix the answers to two calls.
func (c *Client) newTransport(config *tls.Config, proxy func(*http.Request) (*url.URL, error)) *http.Transport {
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			u, err := proxy(r)
			if u != nil {
				c.proxies.Store(proxyAddress(u), struct{}{})
			}
			return u, err
		},
		DialContext: c.dial,
		DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return c.dialTLS(ctx, network, address, config)
		},
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    dialTimeout,
		DisableCompression:     true, // read inflates, with a limit
		MaxIdleConns:           idleInAll,
		MaxIdleConnsPerHost:    idlePerHost,
		IdleConnTimeout:        idleFor,
		MaxResponseHeaderBytes: MaxHeader,
		Protocols:              protocols,
	}
}

func proxyAddress(u *url.URL) string {
	if u.Port() == "" && (u.Scheme == "socks5" || u.Scheme == "socks5h") {
		return net.JoinHostPort(u.Hostname(), "1080")
	}
	return hostPort(u)
}

// dialTLS is dial with the handshake, which ends with the request, too.
func (c *Client) dialTLS(ctx context.Context, network, address string, config *tls.Config) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if request, ok := ctx.Value(requestKey{}).(context.Context); ok {
		defer context.AfterFunc(request, cancel)()
	}
	conn, err := c.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	config = config.Clone()
	config.ServerName, _, _ = net.SplitHostPort(address)
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secure, nil
}

// Close closes the connections that no request uses. No request may begin afterwards.
func (c *Client) Close() {
	for _, t := range c.transports {
		t.CloseIdleConnections()
	}
}

// Do sends a request that Check lets pass, and waits for all of its answer, until ctx ends. Release has to be called for what it
// returns.
func (c *Client) Do(ctx context.Context, r *Request) *Response { return c.do(ctx, r, c.room) }

// All sends requests side by side, at most AtOnce at a time, and returns when the last is done. What became of each is at its
// place, and has to be released.
func (c *Client) All(ctx context.Context, requests []*Request) []*Response {
	answers := make([]*Response, len(requests))
	room := newRoom(CallRoom, c.room)
	if c.standIn != nil {
		for i, r := range requests {
			answers[i] = c.do(ctx, r, room)
		}
		return answers
	}
	var next int
	var mu sync.Mutex
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1
	}
	var all sync.WaitGroup
	for range min(AtOnce, len(requests)) {
		all.Go(func() {
			for i := take(); i < len(requests); i = take() {
				answers[i] = c.do(ctx, requests[i], room)
			}
		})
	}
	all.Wait()
	return answers
}

func (c *Client) do(ctx context.Context, r *Request, room *Room) (answer *Response) {
	answer = &Response{room: room}
	timeout := r.Timeout
	if timeout == 0 && r.Target.service != nil {
		timeout = r.Target.service.timeout
	}
	timeout = cmp.Or(timeout, c.timeout)
	if c.standIn != nil {
		return c.stand(ctx, r, answer, timeout)
	}
	var cancel context.CancelFunc
	ctx, cancel = context.WithTimeout(ctx, timeout)
	defer cancel()
	ctx = context.WithValue(ctx, requestKey{}, ctx)
	defer func() {
		if fault := recover(); fault != nil { // of a library, on a goroutine that nobody else guards
			answer.fail(r, "the request failed")
		}
	}()
	h, err := c.firstHop(r)
	if err == nil {
		err = c.walk(ctx, r, h, answer)
	}
	if err != nil {
		answer.fail(r, words(ctx, err, timeout))
	}
	return answer
}

// walk sends the request and follows redirects.
func (c *Client) walk(ctx context.Context, r *Request, h *hop, answer *Response) error {
	for count := 0; ; count++ {
		if err := c.checkLiteral(h.url); err != nil {
			return err
		}
		var transport http.RoundTripper = c.transport
		switch {
		case c.standIn != nil:
			transport = c.standIn
		case h.home != nil:
			transport = h.home.transport
		}
		res, err := transport.RoundTrip(h.request().WithContext(ctx))
		if err != nil {
			return err
		}
		var next *hop
		problem := ""
		if r.Follow {
			next, problem = c.next(h, res, count)
		}
		if next == nil {
			return answer.take(r, h, res, problem)
		}
		drain(res.Body)
		h = next
	}
}

// drain reads the little that is left of a body, so that its connection can be used again.
func drain(body io.ReadCloser) {
	const little = 16 << 10
	_, _ = io.CopyN(io.Discard, body, little)
	_ = body.Close()
}
