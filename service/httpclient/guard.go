package httpclient

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// Times of one connection that no request waits for any more.
const (
	dialTimeout = 10 * time.Second
	keepAlive   = 30 * time.Second
)

// insideError says that a name led to an address inside the network.
type insideError struct {
	host string
	ip   netip.Addr
}

func (e *insideError) Error() string {
	if e.host == e.ip.String() {
		return e.host + " is an address inside the network, which only the configuration may name"
	}
	return e.host + " leads to " + e.ip.String() + ", an address inside the network, which only the configuration may name"
}

// requestKey is where a dial finds the context of the request it is made for: the transport hands on values only.
type requestKey struct{}

// dial connects to "host:port". Which addresses it may reach is checked at the socket, after the name was resolved: a name that
// is looked up twice may lead elsewhere the second time.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if request, ok := ctx.Value(requestKey{}).(context.Context); ok {
		defer context.AfterFunc(request, cancel)()
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive, Resolver: c.resolver}
	if !c.mayBeInside(host, port) {
		d.ControlContext = func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(resolved)
			if err != nil {
				return err
			}
			if ip := to.Addr(); c.nets.contain(ip) && !(host == "localhost" && ip.Unmap().IsLoopback() && c.named(host, port)) {
				return &insideError{host, ip.Unmap().WithZone("")}
			}
			return nil
		}
	}
	return d.DialContext(ctx, network, address)
}

// mayBeInside says whether the configuration names exactly this: a service's own host and port, a proxy of the environment, or
// an address that is allowed as such.
func (c *Client) mayBeInside(host, port string) bool {
	address := net.JoinHostPort(host, port)
	if c.inside[address] {
		return true
	}
	if _, ok := c.proxies.Load(address); ok {
		return true
	}
	_, err := netip.ParseAddr(host)
	return err == nil && c.named(host, port)
}

// checkLiteral refuses a URL whose host is an address inside, before a proxy is asked for it.
func (c *Client) checkLiteral(u *url.URL) error {
	if c.standIn != nil {
		return nil // nothing is reached
	}
	host := u.Hostname()
	ip, err := netip.ParseAddr(host)
	if err != nil || !c.nets.contain(ip) || c.mayBeInside(host, portOf(u)) {
		return nil //nolint:nilerr // a name is checked when it is resolved
	}
	return &insideError{host, ip.Unmap().WithZone("")}
}

// named says whether an entry of the allow list is this very host.
func (c *Client) named(host, port string) bool {
	for i := range c.allow {
		if a := &c.allow[i]; !a.below && a.admits(host, port) {
			return true
		}
	}
	return false
}

// nets are the networks that are not the open internet, beside those that netip tells by itself.
type nets []netip.Prefix

func insideNets() nets {
	var n nets
	for _, text := range []string{
		"0.0.0.0/8",        // this host
		"100.64.0.0/10",    // carriers' own, and some clouds' metadata
		"168.63.129.16/32", // Azure's own service
		"192.0.0.0/24",     // protocols', and Oracle's metadata
		"192.0.2.0/24",     // documentation
		"192.88.99.0/24",   // relays to IPv6
		"198.18.0.0/15",    // benchmarks
		"198.51.100.0/24",  // documentation
		"203.0.113.0/24",   // documentation
		"240.0.0.0/4",      // reserved, and broadcast
		"::/96",            // IPv4 in an old form
		"::ffff:0:0:0/96",  // IPv4 translated
		"64:ff9b:1::/48",   // NAT64 of a network's own
		"100::/64",         // discard
		"2001::/23",        // tunnels and protocols
		"2001:db8::/32",    // documentation
		"2002::/16",        // tunnels that hold an IPv4 address
		"3fff::/20",        // documentation
		"5f00::/16",        // segment routing
		"fec0::/10",        // site-local
	} {
		n = append(n, netip.MustParsePrefix(text))
	}
	return n
}

// contain says whether the address is none of the open internet: this machine, its network, a cloud's metadata.
func (n nets) contain(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsValid() || ip.IsUnspecified() || ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() {
		return true
	}
	if b := ip.As16(); [12]byte(b[:12]) == [12]byte{0, 0x64, 0xff, 0x9b} { // NAT64: the last four bytes are where it leads
		return n.contain(netip.AddrFrom4([4]byte(b[12:])))
	}
	for _, net := range n {
		if net.Contains(ip) {
			return true
		}
	}
	return false
}
