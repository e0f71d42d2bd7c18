package httpclient

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/luaction/luaction/spell"
)

// Target is where a request goes.
type Target struct {
	// Shown is the address as messages show it: as the script wrote it, without a query.
	Shown   string
	url     *url.URL
	service *service // nil for a full URL
}

// maxShown is how much of an address messages show, in bytes.
const maxShown = 200

// Target finds what a script wrote: "name:/path", or a full URL. An error says what to write instead.
func (c *Client) Target(text string) (*Target, error) {
	if len(text) > MaxURL {
		return nil, errors.New("the address is longer than 16 KiB, the longest that is sent")
	}
	shown := show(text)
	for i := range len(text) {
		if text[i] < ' ' || text[i] == 0x7f {
			return nil, errors.New("url " + shown + " has a line break or another control character; write url.encode(…) around what is put into it")
		}
	}
	name, rest, found := strings.Cut(text, ":")
	if !found {
		return nil, errors.New("url " + shown + " has no service's name and no https:// before it" + c.advice(text))
	}
	if strings.HasPrefix(rest, "//") && !isName(name) || strings.EqualFold(name, "http") || strings.EqualFold(name, "https") {
		return c.full(text, shown)
	}
	s, ok := c.services[name]
	if !ok && c.standIn != nil && isName(name) {
		s, ok = c.imagined(name), true
	}
	if !ok {
		return nil, errors.New(c.unknown(name))
	}
	if !strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "//") {
		return nil, errors.New("url " + shown + `: a name is followed by ":/", write "` + name + ":/" + show(strings.TrimLeft(rest, "/"))[1:])
	}
	return s.target(rest, shown)
}

// target is a path of the service.
func (s *service) target(rest, shown string) (*Target, error) {
	path, query, _ := strings.Cut(strings.SplitN(rest, "#", 2)[0], "?")
	plain, err := url.PathUnescape(path)
	if err != nil {
		return nil, errors.New("url " + shown + " has a % that isn't followed by two hex digits; write url.encode(…) around what is put into it")
	}
	for part := range strings.FieldsFuncSeq(plain, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." || part == "." {
			return nil, errors.New("url " + shown + ` has "` + part + `" in its path; write the path without`)
		}
	}
	u := *s.url
	raw := s.url.EscapedPath() + tidied(path, func(c byte) bool { return strings.IndexByte(pathLetters, c) >= 0 })
	u.Path, u.RawPath = s.url.Path+plain, raw
	u.RawQuery = joinQuery(s.url.RawQuery, tidyQuery(query))
	return &Target{Shown: unquote(shown), url: &u, service: s}, nil
}

func (c *Client) full(text, shown string) (*Target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("url " + shown + " is no address; is what was put into it encoded with url.encode(…)?")
	}
	if err := tidy(u); err != nil {
		return nil, errors.New("url " + shown + " " + err.Error())
	}
	if u.User != nil {
		return nil, errors.New("user and password don't belong into the url; write auth = { user, password }")
	}
	if !c.allows(u) {
		say := "the host " + u.Hostname() + " is not one that scripts may ask"
		if len(c.allow) == 0 {
			say += ": none is, for http_allow in the configuration is empty"
		}
		return nil, errors.New(say + "; whoever runs the server adds it to http_allow, or as a service under http" + c.orService())
	}
	u.Fragment, u.RawFragment, u.RawQuery = "", "", tidyQuery(u.RawQuery)
	shownURL := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	return &Target{Shown: unquote(show(shownURL.String())), url: u}, nil
}

func (c *Client) names() []string { return slices.Sorted(maps.Keys(c.services)) }

func (c *Client) orService() string {
	names := c.names()
	if len(names) == 0 {
		return ""
	}
	return `; services are asked by name: "` + names[0] + `:/…"`
}

func (c *Client) advice(text string) string {
	first := strings.SplitN(strings.TrimLeft(text, "/"), "/", 2)[0]
	switch names := c.names(); {
	case strings.Contains(first, "."):
		return `; write "https://` + show(text)[1:]
	case len(names) > 0:
		return `; write for example "` + names[0] + `:/path"`
	}
	return `; write "name:/path" with the name of a service, or "https://…"`
}

// fewNames is up to how many names a message lists them all.
const fewNames = 12

func (c *Client) unknown(name string) string {
	names := c.names()
	say := "there is no service " + show(name)
	switch near := spell.Nearest(name, names); {
	case len(names) == 0:
		return say + ": the configuration names none; services are listed under http in luaction.yml"
	case near != "":
		return say + `; did you mean "` + near + `"?`
	case len(names) <= fewNames:
		return say + "; the configuration names " + strings.Join(names, ", ")
	}
	return say + " in the configuration"
}

// show quotes an address for a message: without query and fragment, which may hold secrets, without a user and not too long.
func show(text string) string {
	text, _, _ = strings.Cut(text, "?")
	text, _, _ = strings.Cut(text, "#")
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		host, path, slash := strings.Cut(rest, "/")
		if at := strings.LastIndexByte(host, '@'); at >= 0 {
			host = host[at+1:]
		}
		if text = scheme + "://" + host; slash {
			text += "/" + path
		}
	}
	if len(text) > maxShown {
		text = text[:maxShown] + "…"
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return `"` + text + `"`
}

func unquote(shown string) string { return shown[1 : len(shown)-1] }

func joinQuery(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}

// pathLetters are what stands in a path as it is, beside letters and digits.
const pathLetters = "/-._~!$&'()*+,;=:@%[]"

// tidyQuery escapes what can't stand in a query, and leaves everything else as it was written.
func tidyQuery(query string) string {
	return tidied(query, func(c byte) bool { return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '#' })
}

// tidied escapes every byte but letters, digits and those that may stay.
func tidied(text string, stays func(c byte) bool) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || stays(c) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}
