package httpclient

import "sync/atomic"

// Room is how many bytes of answers may be held at once. A Room inside another one takes from both.
type Room struct {
	left   atomic.Int64
	around *Room
}

// CallRoom is how many bytes of answers one call may hold while it waits for others of them, in bytes.
const CallRoom = 64 << 20

func newRoom(bytes int64, around *Room) *Room {
	r := &Room{around: around}
	r.left.Store(bytes)
	return r
}

// take says whether so many bytes more may be held, and counts them if so.
func (r *Room) take(n int64) bool {
	if r == nil {
		return true
	}
	if r.left.Add(-n) < 0 || !r.around.take(n) {
		r.left.Add(n)
		return false
	}
	return true
}

func (r *Room) give(n int64) {
	for ; r != nil; r = r.around {
		r.left.Add(n)
	}
}
