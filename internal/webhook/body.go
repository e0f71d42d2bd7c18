package webhook

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/valyala/fasthttp"
)

// acceptedMedia tells whether a body of this type may be a call. Clients that set no type, or that of plain text, are
// common and mean JSON.
func acceptedMedia(contentType []byte) bool {
	media, _, _ := strings.Cut(string(contentType), ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch media {
	case "", "application/json", "text/plain":
		return true
	}
	kind, subtype, found := strings.Cut(media, "/")
	return found && kind != "" && len(subtype) > len("+json") && strings.HasSuffix(subtype, "+json")
}

type encoding int

const (
	identity encoding = iota
	deflated          // zlib, which HTTP calls deflate
	gzipped
)

// contentEncoding says how the body is packed; false for a way that isn't understood, and for several in a row.
func contentEncoding(h *fasthttp.RequestHeader) (encoding, bool) {
	all := h.PeekAll(fasthttp.HeaderContentEncoding)
	if len(all) == 0 {
		return identity, true
	}
	if len(all) > 1 {
		return identity, false
	}
	switch strings.ToLower(strings.TrimSpace(string(all[0]))) {
	case "", "identity":
		return identity, true
	case "deflate":
		return deflated, true
	case "gzip":
		return gzipped, true
	}
	return identity, false
}

var (
	errTooLarge = errors.New("the body is too large when inflated")
	errNoRoom   = errors.New("there is no room for the body beside the others")
	errNoZlib   = errors.New("the body is not what Content-Encoding deflate says: zlib data (RFC 1950)")
	errNoGzip   = errors.New("the body is not what Content-Encoding gzip says")
)

const (
	firstBuffer = 64 << 10
	// keptBuffer is the largest buffer that waits for the next compressed call.
	keptBuffer = 4 << 20
)

// inflater unpacks one body at a time and keeps its buffers for the next.
type inflater struct {
	src  bytes.Reader
	zlib io.ReadCloser
	gzip *gzip.Reader
	buf  []byte
	own  int64 // what the request takes without taken
	// taken is what was taken of the room for the inflated body.
	taken int64
}

// inflate returns the unpacked body, at most limit bytes of it; good until the next call. An empty body stays empty. Whoever calls gives
// taken back to the room, after an error, too.
func (i *inflater) inflate(how encoding, body []byte, limit int, room *room) ([]byte, error) {
	i.own, i.taken = int64(len(body)), 0
	i.src.Reset(body)
	defer i.src.Reset(nil)
	if cap(i.buf) > keptBuffer {
		i.buf = nil
	}
	r, err := i.reader(how)
	if err == nil {
		err = i.fill(r, limit, room)
	}
	switch {
	case errors.Is(err, errTooLarge), errors.Is(err, errNoRoom):
		return nil, err
	case err == nil && i.src.Len() == 0:
		return i.buf, nil
	case how == gzipped:
		return nil, errNoGzip
	}
	return nil, errNoZlib
}

func (i *inflater) reader(how encoding) (io.Reader, error) {
	var err error
	switch {
	case how == gzipped && i.gzip == nil:
		i.gzip, err = gzip.NewReader(&i.src)
	case how == gzipped:
		err = i.gzip.Reset(&i.src)
	case i.zlib == nil:
		i.zlib, err = zlib.NewReader(&i.src)
	default:
		err = i.zlib.(zlib.Resetter).Reset(&i.src, nil)
	}
	if err != nil {
		// What could not even begin may be left half set up.
		i.gzip, i.zlib = nil, nil
		return nil, err
	}
	if how == gzipped {
		return i.gzip, nil
	}
	return i.zlib, nil
}

// fill reads all of r into buf, and stops at the first byte past limit.
func (i *inflater) fill(r io.Reader, limit int, room *room) error {
	first := cap(i.buf)
	if i.buf == nil {
		first = min(firstBuffer, limit+1)
	}
	if !i.take(room, first) {
		return errNoRoom
	}
	if i.buf == nil {
		i.buf = make([]byte, 0, first)
	}
	i.buf = i.buf[:0]
	for {
		if len(i.buf) == cap(i.buf) {
			size := min(2*cap(i.buf), limit+1)
			if size <= len(i.buf) {
				return errTooLarge
			}
			if !i.take(room, size-cap(i.buf)) {
				return errNoRoom
			}
			i.buf = append(make([]byte, 0, size), i.buf...)
		}
		n, err := r.Read(i.buf[len(i.buf):cap(i.buf)])
		i.buf = i.buf[:len(i.buf)+n]
		if len(i.buf) > limit {
			return errTooLarge
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (i *inflater) take(room *room, n int) bool {
	if !room.take(int64(n), i.own+i.taken) {
		return false
	}
	i.taken += int64(n)
	return true
}
