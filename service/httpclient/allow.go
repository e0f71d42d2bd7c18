package httpclient

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// allowed is one host that full URLs may name.
type allowed struct {
	host  string // "api.example.org", or ".example.net" for all that lie below
	port  string // "": any
	below bool
}

var errHost = errors.New(`must be a host such as "api.example.org", "*.example.net" or "10.0.0.5:8080", without http:// and path`)

func parseAllowed(text string) (allowed, error) {
	host, port := strings.ToLower(strings.TrimSpace(text)), ""
	if _, err := netip.ParseAddr(host); err != nil {
		if h, p, err := net.SplitHostPort(host); err == nil {
			if !isPort(p) {
				return allowed{}, errHost
			}
			host, port = h, p
		}
	}
	a := allowed{host: strings.TrimSuffix(host, "."), port: port}
	if rest, ok := strings.CutPrefix(a.host, "*"); ok {
		a.host, a.below = rest, true
		if !strings.HasPrefix(rest, ".") || strings.Trim(rest, ".0123456789") == "" || !isHost(rest[1:]) {
			return allowed{}, errHost
		}
		return a, nil
	}
	a.host = strings.Trim(a.host, "[]")
	if !isHost(a.host) {
		return allowed{}, errHost
	}
	return a, nil
}

func (a *allowed) admits(host, port string) bool {
	if a.port != "" && a.port != port {
		return false
	}
	if a.below {
		return strings.HasSuffix(host, a.host) && len(host) > len(a.host)
	}
	return host == a.host
}

// allows says whether full URLs may name the host.
func (c *Client) allows(u *url.URL) bool {
	if c.standIn != nil && len(c.allow) == 0 {
		return true
	}
	host, port := u.Hostname(), portOf(u)
	for i := range c.allow {
		if c.allow[i].admits(host, port) {
			return true
		}
	}
	return false
}

// tidy checks an address's scheme and host and writes them in one way: lower case, no dot at the end.
func tidy(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" {
		return errors.New("must begin with http:// or https://")
	}
	host, port := strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), u.Port()
	if strings.ContainsFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return errors.New("has a host with other letters than a to z; write it as browsers send it, with xn--")
	}
	if !isHost(host) {
		return errors.New("has no host that could be asked")
	}
	if port != "" && !isPort(port) || strings.HasSuffix(u.Host, ":") {
		return errors.New("has a port that is none")
	}
	if u.Host = host; strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	if port != "" {
		n, _ := strconv.Atoi(port)
		u.Host += ":" + strconv.Itoa(n)
	}
	return nil
}

// isHost takes names in ASCII and addresses in their usual form. Others, such as 2130706433 and 0x7f.1, are addresses to some
// resolvers and names to others.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return !strings.Contains(host, "%")
	}
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for i := range len(label) {
			c := label[i]
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	hex, isHex := strings.CutPrefix(last, "0x")
	return strings.Trim(last, "0123456789") != "" && !(isHex && strings.Trim(hex, "0123456789abcdef") == "")
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

func portOf(u *url.URL) string {
	switch port := u.Port(); {
	case port != "":
		return port
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// hostPort is what a connection for the address is made to.
func hostPort(u *url.URL) string { return net.JoinHostPort(u.Hostname(), portOf(u)) }
