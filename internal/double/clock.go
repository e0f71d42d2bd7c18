package double

import (
	"sync"
	"time"
)

// clock is what tests take for the time: the real one, moved on by all that slept, or one that stands still.
type clock struct {
	real   func() time.Time
	mu     sync.Mutex
	frozen bool
	at     time.Time     // if frozen
	ahead  time.Duration // of the real one, if not
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read()
}

func (c *clock) read() time.Time {
	if c.frozen {
		return c.at
	}
	return c.real().Add(c.ahead)
}

// most is how far a clock is moved at once: what an action sleeps past its deadline doesn't come to pass.
const most = 100 * 365 * 24 * time.Hour

// sleep moves the clock on. Nobody waits.
func (c *clock) sleep(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d = min(d, most)
	if c.frozen {
		c.at = c.at.Add(d)
		return
	}
	c.ahead = min(c.ahead+d, most)
}

// freeze has the clock stand still.
func (c *clock) freeze(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.at = true, at
}

// advance freezes the clock, if it isn't, and moves it on.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.at = true, c.read().Add(min(d, most))
}

func (c *clock) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.ahead = false, 0
}
