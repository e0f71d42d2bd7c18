package httpclient

import (
	"fmt"
	"net/http"
	"net/url"
)

// next is the hop to which an answer redirects; nil if the answer is the last. problem says why a redirect isn't followed.
func (c *Client) next(h *hop, res *http.Response, count int) (next *hop, problem string) {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, ""
	}
	location := res.Header.Get("Location")
	if location == "" {
		return nil, ""
	}
	if count >= MaxRedirects {
		return nil, fmt.Sprintf("more than %d redirects", MaxRedirects)
	}
	if len(location) > MaxURL {
		return nil, "a redirect to an address that is too long"
	}
	u, err := h.url.Parse(location)
	if err == nil {
		err = tidy(u)
	}
	if err != nil {
		return nil, "a redirect to what is no address: " + show(location)
	}
	u.User, u.Fragment, u.RawFragment, u.RawQuery = nil, "", "", tidyQuery(u.RawQuery)
	same := sameHost(h.url, u)
	if atHome := same && h.home != nil; !atHome && !c.allows(u) {
		return nil, "a redirect to " + show(u.String()) + ", a host that is not one of http_allow in the configuration"
	}
	return h.redirected(u, res.StatusCode, same), ""
}

// redirected is the hop that comes after this one.
func (h *hop) redirected(u *url.URL, status int, same bool) *hop {
	n := &hop{method: h.method, url: u, header: h.header.Clone(), body: h.body, hasBody: h.hasBody, home: h.home}
	posted := h.method == http.MethodPost && (status == http.StatusMovedPermanently || status == http.StatusFound)
	if posted || status == http.StatusSeeOther && h.method != http.MethodGet && h.method != http.MethodHead {
		n.method, n.body, n.hasBody = http.MethodGet, "", false
		for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Language", "Content-Location"} {
			n.header.Del(name)
		}
	}
	if same {
		return n
	}
	// Any header may be a key, the script's own included: another host gets those that are none.
	n.home = nil
	for name := range n.header {
		switch name {
		case "Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "User-Agent":
		default:
			delete(n.header, name)
		}
	}
	if h.home != nil {
		for name := range h.home.header {
			n.header.Del(name)
		}
	}
	return n
}

// sameHost says whether what was meant for one address may be sent to the other: the same host and port, by the same way or a
// safer one.
func sameHost(from, to *url.URL) bool {
	if from.Hostname() != to.Hostname() {
		return false
	}
	if from.Scheme == to.Scheme {
		return portOf(from) == portOf(to)
	}
	return from.Scheme == "http" && to.Scheme == "https" && portOf(from) == "80" && portOf(to) == "443"
}
