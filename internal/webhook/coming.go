package webhook

import (
	"net"

	"github.com/valyala/fasthttp"
)

// coming is what a connection has received of a body that nobody could count before it came: one in chunks, or one that waits to be
// told to go on. fasthttp collects it before the handler runs, so that without this many such bodies would fill the memory.
type coming struct {
	// deadlines is how many were set for reading since the request began. fasthttp sets one for all of it, and a second one only
	// when bodyLimit asks for that, which has no other way to reach the connection.
	deadlines int
	bytes     int64
	taken     int64 // of the room
	full      bool  // there was none for more
}

// unannounced says whether the body that comes after these headers has to be counted while it comes.
func unannounced(h *fasthttp.RequestHeader) bool {
	const chunked = -1
	n := h.ContentLength()
	return n == chunked || n > smallBody && len(h.Peek(fasthttp.HeaderExpect)) > 0
}

func (b *coming) uncounted() bool { return b.deadlines > 1 }

// count notes that n more bytes have come; false if there is no room for them.
func (b *coming) count(n int64, room *room) bool {
	b.bytes += n
	if b.bytes <= smallBody {
		return true
	}
	more := b.bytes - b.taken
	if b.full = !room.take(more, b.taken); b.full {
		return false
	}
	b.taken += more
	return true
}

// arrive hands over what was taken of the room for the body that has come on the connection.
func (s *connections) arrive(c net.Conn) (taken int64) {
	if ours, ok := c.(*conn); ok && ours.coming.uncounted() {
		taken = ours.coming.taken
		ours.coming = coming{}
	}
	return taken
}

// full says whether there was no room for what came on the connection.
func (s *connections) full(c net.Conn) bool {
	ours, ok := c.(*conn)
	return ok && ours.coming.full
}
