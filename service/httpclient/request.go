package httpclient

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Request is one request of a script.
type Request struct {
	Method string
	Target *Target
	// Query is added to the address's own; encoded.
	Query string
	// Headers replace those of the service and those set here by themselves; the last of two equal names counts.
	Headers []Header
	Body    string
	// HasBody tells an empty body from none.
	HasBody bool
	// ContentType goes along with a body unless Headers has one.
	ContentType string
	// Auth is sent as basic authentication instead of the service's own; nil if not given.
	Auth *Login
	// Timeout is for all of it: to connect, send, follow redirects and read. That of the service, else of the client, if 0.
	Timeout time.Duration
	// Follow has redirects followed.
	Follow bool
}

// Login is a user with a password.
type Login struct{ User, Password string }

// Header is one header of a request or an answer.
type Header struct{ Name, Value string }

// Response is what became of a Request.
type Response struct {
	Status  int // 0: nobody answered, or not to the end
	Headers []Header
	Body    []byte // nobody else uses it
	// Error says what is wrong, such as "GET snow:/x: 404 Not Found"; "" if Status is 200 to 299 and the body is whole.
	Error string
	// Took is how long a StandIn said that it took; 0 from the network.
	Took time.Duration
	// Refused is what a StandIn wants raised to the script, "" for nothing.
	Refused string

	room *Room
	held int64
}

// OK says whether the request was answered with a status of success, to the end.
func (r *Response) OK() bool { return r.Error == "" }

// Release says that the body is counted elsewhere from now on. It must be called once for each response.
func (r *Response) Release() {
	r.room.give(r.held)
	r.room, r.held = nil, 0
}

// CheckHeader says what is wrong with a header that is to be sent, without repeating its value.
func CheckHeader(name, value string) error {
	if name == "" || strings.Trim(name, tokenLetters) != "" || len(name) > 256 {
		return errors.New(show(name) + " is no name of a header; letters, digits and - make one")
	}
	switch http.CanonicalHeaderKey(name) {
	case "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "Te", "Trailer", "Expect",
		"Proxy-Authorization", "Proxy-Connection":
		return errors.New(show(name) + " can't be set; luaction sets it itself where it is needed")
	}
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return errors.New("the value of " + show(name) + " has a line break or another control character, which no header may have")
		}
	}
	return nil
}

const tokenLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~"

// MethodOf is a method as it is sent; an error says what is wrong with it.
func MethodOf(method string) (string, error) {
	m := strings.ToUpper(method)
	switch {
	case m == "" || strings.Trim(m, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" || len(m) > 32:
		return "", errors.New("method must be GET, POST, PUT, PATCH, DELETE or HEAD, but is " + show(method))
	case m == http.MethodConnect || m == http.MethodTrace:
		return "", errors.New("method " + m + " can't be sent; it must be GET, POST, PUT, PATCH, DELETE or HEAD")
	}
	return m, nil
}

// hop is one request as it goes over the network; a redirect makes the next one.
type hop struct {
	method  string
	url     *url.URL
	header  http.Header
	body    string
	hasBody bool
	home    *service // whose credentials are in the header; nil once they were left behind
}

func (c *Client) firstHop(r *Request) (*hop, error) {
	u := *r.Target.url
	u.RawQuery = joinQuery(u.RawQuery, r.Query)
	h := &hop{method: r.Method, url: &u, body: r.Body, hasBody: r.HasBody, home: r.Target.service, header: http.Header{
		"Accept":          {"application/json, */*;q=0.9"},
		"Accept-Encoding": {"gzip, deflate"},
		"User-Agent":      {c.agent},
	}}
	if r.HasBody && r.ContentType != "" {
		h.header["Content-Type"] = []string{r.ContentType}
	}
	if h.home != nil {
		for name, values := range h.home.header {
			h.header[name] = values
		}
	}
	if r.Auth != nil {
		h.header["Authorization"] = []string{r.Auth.basic()}
	}
	size := len(u.Path) + len(u.RawQuery)
	if size > MaxURL {
		return nil, errors.New("the address with its query is longer than 16 KiB, the longest that is sent")
	}
	for _, header := range r.Headers {
		h.header.Set(header.Name, header.Value)
		size += len(header.Name) + len(header.Value)
	}
	if size > MaxHeader {
		return nil, errors.New("headers are longer than 64 KiB together, the most that is sent")
	}
	return h, nil
}

// Check says what of a request is too large to be sent.
func (c *Client) Check(r *Request) error {
	if len(r.Body) > MaxSend {
		return errors.New("the body is longer than 8 MiB, the longest that is sent")
	}
	_, err := c.firstHop(r)
	return err
}

// request is what the transport sends.
func (h *hop) request() *http.Request {
	q := &http.Request{Method: h.method, URL: h.url, Host: h.url.Host, Header: h.header, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	if !h.hasBody {
		return q
	}
	q.ContentLength = int64(len(h.body))
	q.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(h.body)), nil }
	q.Body, _ = q.GetBody()
	if h.body == "" {
		q.Body = http.NoBody // which still sends Content-Length: 0 with a POST
	}
	return q
}
