package httpclient

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

var (
	errTooLong = errors.New("the answer is longer than 8 MiB, the most that is kept")
	errNoRoom  = errors.New("there is no room for the answer: too many large answers are being read")
)

// packedError says that an answer is packed in a way that nobody asked for.
type packedError struct{ how string }

func (e *packedError) Error() string {
	return "the answer is packed as " + show(e.how) + ", which luaction doesn't unpack"
}

// brokenError says that an answer ended before its end.
type brokenError struct {
	after int
	err   error
}

func (e *brokenError) Error() string {
	var corrupt flate.CorruptInputError
	for _, unpacking := range []error{gzip.ErrHeader, gzip.ErrChecksum, zlib.ErrHeader, zlib.ErrChecksum, zlib.ErrDictionary} {
		if errors.Is(e.err, unpacking) || errors.As(e.err, &corrupt) {
			return "the answer is packed, and can't be unpacked"
		}
	}
	return fmt.Sprintf("the answer broke off after %d bytes", e.after)
}

func (e *brokenError) Unwrap() error { return e.err }

// take reads the answer to its end. An error means that it can't be used.
func (r *Response) take(q *Request, h *hop, res *http.Response, problem string) error {
	var err error
	if res.StatusCode != http.StatusSwitchingProtocols && h.method != http.MethodHead { // whose body is none
		err = r.read(res)
	}
	if err == nil && res.StatusCode != http.StatusSwitchingProtocols {
		drain(res.Body)
	} else {
		_ = res.Body.Close() // and with it the connection
	}
	var packed *packedError
	switch {
	case errors.Is(err, errTooLong), errors.As(err, &packed):
		problem = err.Error()
	case err != nil:
		return err
	}
	r.Status = res.StatusCode
	r.Headers = headers(res.Header)
	switch {
	case problem != "":
	case r.Status < 200 || r.Status > 299:
		problem = strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status)))
	default:
		return nil
	}
	r.Error = q.words(problem)
	return nil
}

// fail makes the response one that nobody answered.
func (r *Response) fail(q *Request, problem string) {
	r.room.give(r.held)
	*r = Response{room: r.room, Error: q.words(problem)}
}

func (q *Request) words(problem string) string {
	return q.Method + " " + q.Target.Shown + ": " + problem
}

// headers are in the order of their names: the network's own order is lost.
func headers(h http.Header) []Header {
	list := make([]Header, 0, len(h))
	for name, values := range h {
		list = append(list, Header{strings.ToLower(name), strings.Join(values, ", ")})
	}
	slices.SortFunc(list, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// How bodies are read.
const (
	firstRead = 4 << 10
	firstMost = 64 << 10 // of what the answer says of its length, before it has sent any of it
)

// read reads the body, unpacked.
func (r *Response) read(res *http.Response) error {
	body, err := unpacked(res)
	if err != nil {
		var packed *packedError
		if !errors.As(err, &packed) {
			return &brokenError{0, err}
		}
		if broken := r.fill(res.Body, res.ContentLength); broken != nil {
			return broken
		}
		return err
	}
	length := res.ContentLength
	if body != io.Reader(res.Body) {
		length = -1
	}
	return r.fill(body, length)
}

// fill reads up to MaxBody bytes; length is what the answer says of it, -1 if nothing.
func (r *Response) fill(from io.Reader, length int64) error {
	var buf []byte
	next := int64(firstRead)
	if length >= 0 {
		next = min(length+1, firstMost)
	}
	for {
		if len(buf) == cap(buf) {
			if len(buf) > MaxBody {
				break
			}
			if !r.room.take(next) {
				return errNoRoom
			}
			r.held += next
			buf = append(make([]byte, 0, int64(cap(buf))+next), buf...)
			next = min(int64(cap(buf)), MaxBody+1-int64(cap(buf)))
			if rest := length + 1 - int64(cap(buf)); rest > 0 && length <= MaxBody {
				next = rest
			}
		}
		n, err := from.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return &brokenError{len(buf), err}
		}
	}
	if len(buf) > MaxBody {
		r.Body = buf[:MaxBody]
		return errTooLong
	}
	if cap(buf)-len(buf) > len(buf)/2+firstRead {
		buf = slices.Clone(buf)
	}
	r.Body = buf
	return nil
}

// mostPacked is how many packings inside one another are undone.
const mostPacked = 2

// unpacked is the body as it was before the server packed it.
func unpacked(res *http.Response) (io.Reader, error) {
	codings := strings.FieldsFunc(strings.ToLower(strings.Join(res.Header.Values("Content-Encoding"), ",")), func(r rune) bool {
		return r == ',' || r == ' ' || r == '\t'
	})
	codings = slices.DeleteFunc(codings, func(coding string) bool { return coding == "identity" })
	for _, coding := range codings {
		if coding != "gzip" && coding != "x-gzip" && coding != "deflate" || len(codings) > mostPacked {
			return nil, &packedError{strings.Join(codings, ", ")}
		}
	}
	var body io.Reader = res.Body
	for _, coding := range slices.Backward(codings) {
		// What packs well is bounded by its length unpacked; what is packed to be larger than that is no honest answer.
		limited := bufio.NewReader(&limit{body, MaxBody + MaxHeader})
		if _, err := limited.Peek(1); errors.Is(err, io.EOF) {
			return limited, nil // 204, 304 and the like have no body, whatever they say of it
		}
		var err error
		if coding == "deflate" {
			body, err = inflate(limited)
		} else {
			body, err = gzip.NewReader(limited)
		}
		if err != nil {
			return nil, err
		}
	}
	return body, nil
}

// inflate reads what is called deflate: zlib's format by the standard, bare by custom.
func inflate(from *bufio.Reader) (io.Reader, error) {
	const method, most, check = 8, 0x0f, 31
	start, err := from.Peek(2)
	if err == nil && start[0]&most == method && (int(start[0])<<8|int(start[1]))%check == 0 {
		return zlib.NewReader(from)
	}
	return flate.NewReader(from), nil
}

// limit fails past so many bytes.
type limit struct {
	from io.Reader
	left int64
}

func (l *limit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.from.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
