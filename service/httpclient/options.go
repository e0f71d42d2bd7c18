package httpclient

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

// Limits that hold for every request.
const (
	DefaultTimeout = 5 * time.Second
	// MaxBody is the longest body of an answer that is kept, in bytes, after inflating.
	MaxBody = 8 << 20
	// MaxSend is the longest body of a request, in bytes.
	MaxSend = 8 << 20
	// MaxURL is the longest address of a request, its query included, in bytes.
	MaxURL = 16 << 10
	// MaxHeader is the most that the headers of an answer, or of a request, may take, in bytes.
	MaxHeader = 64 << 10
	// MaxRedirects is how many redirects are followed.
	MaxRedirects = 5
	// AtOnce is how many requests All sends side by side.
	AtOnce = 8
	// DefaultInFlight is the default of Options.InFlight.
	DefaultInFlight = 128 << 20
)

// Options configure a Client. The zero value reaches nothing.
type Options struct {
	// Services are what scripts write as "name:/path", by name.
	Services map[string]Service
	// Allow are the hosts that scripts may name in full URLs, and to which answers may redirect: "api.example.org",
	// "*.example.net" (what lies below it), each with or without ":port". An address such as "10.0.0.5", and "localhost",
	// may lie inside the network; a name may not.
	Allow []string
	// Timeout of a request whose service and script say nothing; DefaultTimeout if 0.
	Timeout time.Duration
	// InFlight is how many bytes of answers may be held at once by requests that are not done; DefaultInFlight if 0.
	InFlight int64
	// Proxy finds the proxy of a request; that of the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) if nil.
	Proxy func(*http.Request) (*url.URL, error)
	// StandIn answers requests in the network's place, for tests; see Pace. What it returns is read and checked as an answer of
	// a server is. Then a name that is no service is a host of that name, and all hosts may be named if Allow is empty.
	StandIn http.RoundTripper
	// UserAgent is what requests say they come from; "luaction" if "".
	UserAgent string
}

// Service is one service by name.
type Service struct {
	// URL is where its paths begin: "https://snow.example.org/api/now". A query in it goes along with each request, and is
	// never shown. It may lie inside the network.
	URL string
	// Headers go along with each request to the service, and nowhere else.
	Headers map[string]string
	// Auth is sent as basic authentication, Bearer as a bearer token; nil and "" for none. A user in the URL is the same as Auth.
	Auth   *Login
	Bearer string
	// Timeout of a request to the service; that of the Options if 0.
	Timeout time.Duration
	// CAFile holds, as PEM, authorities that may sign the service's certificate beside those of the system; none if "".
	CAFile string
}

// service is one of Options.Services, checked.
type service struct {
	url       *url.URL // without a slash at its end
	header    http.Header
	timeout   time.Duration
	transport *http.Transport
}

func (c *Client) addService(name string, s Service, tlsOf func(*tls.Config) *http.Transport) error {
	if !isName(name) {
		return errors.New("a service's name has letters, digits, - and _ only, begins with a letter, and isn't http or https")
	}
	u, err := url.Parse(s.URL)
	if err != nil { // what Parse says repeats the address
		return errors.New("url: must be an address such as https://snow.example.org/api")
	}
	if err := tidy(u); err != nil {
		return fmt.Errorf("url: %w; it must be an address such as https://snow.example.org/api", err)
	}
	if password, has := u.User.Password(); s.Auth == nil && (u.User.Username() != "" || has) {
		s.Auth = &Login{u.User.Username(), password}
	}
	u.User = nil
	u.Path, u.RawPath, u.Fragment, u.RawFragment = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/"), "", ""
	u.RawQuery = tidyQuery(u.RawQuery)
	made := &service{url: u, header: http.Header{}, timeout: s.Timeout, transport: c.transport}
	switch {
	case s.Timeout < 0:
		return errors.New("timeout: must be more than 0, such as 5s")
	case s.Timeout == 0:
		made.timeout = c.timeout
	}
	for _, name := range slices.Sorted(maps.Keys(s.Headers)) {
		if err := CheckHeader(name, s.Headers[name]); err != nil {
			return fmt.Errorf("headers: %w", err)
		}
		made.header.Set(name, s.Headers[name])
	}
	switch {
	case s.Auth != nil && s.Bearer != "":
		return errors.New("basic_auth and bearer: give one of them")
	case s.Auth != nil:
		made.header.Set("Authorization", s.Auth.basic())
	case s.Bearer != "":
		if CheckHeader("Authorization", s.Bearer) != nil {
			return errors.New("bearer: has a line break or another character that can't be sent")
		}
		made.header.Set("Authorization", "Bearer "+s.Bearer)
	}
	if s.CAFile != "" {
		roots, err := readRoots(s.CAFile)
		if err != nil {
			return fmt.Errorf("ca_file: %w", err)
		}
		made.transport = tlsOf(&tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12})
		c.transports = append(c.transports, made.transport)
	}
	c.services[name] = made
	c.inside[hostPort(u)] = true
	return nil
}

// isName says whether a service may have the name: what stands before ":/" must not be taken for something else.
func isName(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c != '-' && c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != "" && !strings.EqualFold(name, "http") && !strings.EqualFold(name, "https")
}

func (l *Login) basic() string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(l.User+":"+l.Password))
}

func readRoots(path string) (*x509.CertPool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // a small container has none
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate in PEM", path)
	}
	return roots, nil
}
