package webhook

import (
	"sync"
	"sync/atomic"

	"github.com/valyala/fasthttp"
)

// smallBody is up to which size a body is counted only once it is here: to note it down before costs more than it can hurt.
const smallBody = 64 << 10

// refused stands for a body in noted that is not to be read.
const refused = -1

// room is what the bodies of all requests that are being answered may take together, as sent and inflated. A body that is announced
// as a large one is counted before memory is made for it.
type room struct {
	size  int64
	used  atomic.Int64
	mu    sync.Mutex
	noted map[*fasthttp.RequestHeader]int64 // counted and not yet here, or refused
}

// take counts n more bytes for a request that has own already, unless there is no room. A request that is alone always has it: a limit
// below its size would refuse it for ever.
func (r *room) take(n, own int64) bool {
	if used := r.used.Add(n); used > r.size && used > own+n {
		r.used.Add(-n)
		return false
	}
	return true
}

func (r *room) give(n int64) { r.used.Add(-n) }

// announced counts the body that comes after these headers, if that is to be done before it comes, and says whether it may be read.
// Of chunks nobody knows how many there will be; and a client that waits to be told to go on may leave instead, of which nobody is told:
// these are counted while they come.
func (r *room) announced(h *fasthttp.RequestHeader) bool {
	n := int64(h.ContentLength())
	if n <= smallBody || len(h.Peek(fasthttp.HeaderExpect)) > 0 {
		return true
	}
	fits := r.take(n, 0)
	if !fits {
		n = refused
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.noted == nil {
		r.noted = map[*fasthttp.RequestHeader]int64{}
	}
	r.noted[h] = n
	return fits
}

// lost takes back what announced did, for a request whose body never came or was not read. It says whether there was no room for it.
func (r *room) lost(h *fasthttp.RequestHeader) (full bool) {
	n := r.arrived(h)
	if n > 0 {
		r.give(n)
	}
	return n == refused
}

func (r *room) arrived(h *fasthttp.RequestHeader) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.noted[h]
	delete(r.noted, h)
	return n
}

// enter counts the body of a request that has come, for which so much was taken while it came; n is to be given back when it is
// answered. False: there is no room for it.
func (r *room) enter(req *fasthttp.Request, taken int64) (n int64, ok bool) {
	n = int64(len(req.Body()))
	if taken > 0 {
		r.give(taken - n)
		return n, true
	}
	if n > smallBody && r.arrived(&req.Header) > 0 {
		return n, true
	}
	return n, r.take(n, 0)
}
