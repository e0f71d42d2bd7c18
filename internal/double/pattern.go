package double

import (
	"net/url"
	"slices"
	"strings"

	"github.com/luaction/luaction/service/httpclient"
)

// pattern is which requests a stub answers.
type pattern struct {
	method string // "*" for any
	shown  string // the url as the script wrote it
	host   string // "https://snow.example.org:443"
	path   string // decoded
	query  []pair
	rest   bool // path, or the last value of query if there is one, is only how it begins
	all    bool // the url is "*"
}

// pair is one name of a query with its value, decoded.
type pair struct{ name, value string }

func (s *Set) patternOf(method, text string) (p pattern, err error) {
	p = pattern{method: "*", shown: text}
	if method != "*" {
		if p.method, err = httpclient.MethodOf(method); err != nil {
			return p, err
		}
	}
	if text == "*" {
		p.all, p.rest = true, true
		return p, nil
	}
	text, p.rest = strings.CutSuffix(text, "*")
	if p.rest && strings.HasSuffix(text, ":") && !strings.Contains(text, "/") {
		text += "/"
	}
	target, err := s.client.Target(text)
	if err != nil {
		if target = s.inService(text); target == nil {
			return p, err
		}
	}
	u := target.URL()
	p.host, p.path, p.query = hostOf(u), pathOf(u), pairsOf(u.RawQuery)
	if p.rest && u.Path == "" {
		p.path = ""
	}
	return p, nil
}

// inService is where a full URL leads if that is a host of a configured service, which no script needs to be allowed; nil if not.
func (s *Set) inService(text string) *httpclient.Target {
	target, err := s.free.Target(text)
	if err != nil {
		return nil
	}
	for name := range s.o.HTTP.Services {
		if of, err := s.free.Target(name + ":/"); err == nil && hostOf(of.URL()) == hostOf(target.URL()) {
			return target
		}
	}
	return nil
}

// hostOf is the scheme, host and port, written in one way.
func hostOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return u.Scheme + "://" + u.Hostname() + ":" + port
}

func pathOf(u *url.URL) string {
	if u.Path == "" {
		return "/"
	}
	return u.Path
}

// pairsOf takes a query apart, in its order. What can't be decoded stays as it is.
func pairsOf(query string) (pairs []pair) {
	decoded := func(text string) string {
		if plain, err := url.QueryUnescape(text); err == nil {
			return plain
		}
		return text
	}
	for part := range strings.SplitSeq(query, "&") {
		if part != "" {
			name, value, _ := strings.Cut(part, "=")
			pairs = append(pairs, pair{decoded(name), decoded(value)})
		}
	}
	return pairs
}

// misses says why a request isn't the stub's; "" if it is.
func (p *pattern) misses(r *request) string {
	switch {
	case p.method != "*" && p.method != r.method:
		return "its method is another"
	case p.all:
		return ""
	case p.host != r.host:
		return "its host is another: " + p.host + ", not " + r.host
	case p.rest && len(p.query) == 0 && !strings.HasPrefix(r.fullPath, p.path), (!p.rest || len(p.query) > 0) && p.path != r.fullPath:
		return "its path is another"
	case !p.holdsQuery(r.query):
		return "what its url has after the ? isn't in the request"
	}
	return ""
}

// holdsQuery says whether all of the stub's query is in the request's.
func (p *pattern) holdsQuery(query []pair) bool {
	for i, want := range p.query {
		begins := p.rest && i == len(p.query)-1
		if !slices.ContainsFunc(query, func(have pair) bool {
			return have.name == want.name && (have.value == want.value || begins && strings.HasPrefix(have.value, want.value))
		}) {
			return false
		}
	}
	return true
}
