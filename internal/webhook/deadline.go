package webhook

import "time"

// mostSlack is how much later than asked for a connection may time out.
const mostSlack = 5 * time.Second

// deadline is one that is set on the connection only when it has to be: fasthttp sets three for each request, and each costs
// as much as reading its headers.
type deadline struct {
	wanted time.Time // zero: none
	real   time.Time // what is set, between wanted and wanted plus slack
}

// due says whether the real one has to be set, and to what.
func (d *deadline) due(slack time.Duration) bool {
	if d.wanted.IsZero() {
		return !d.real.IsZero()
	}
	return d.real.Before(d.wanted) || d.real.After(d.wanted.Add(slack))
}

// renew notes and returns the time to set.
func (d *deadline) renew(slack time.Duration) time.Time {
	d.real = d.wanted
	if !d.wanted.IsZero() {
		d.real = d.wanted.Add(slack)
	}
	return d.real
}

// SetReadDeadline notes the deadline for the Reads that follow. Only the goroutine that reads may call it.
func (c *conn) SetReadDeadline(t time.Time) error {
	c.reading.wanted = t
	c.coming.deadlines++
	return nil
}

// SetWriteDeadline does so for Writes.
func (c *conn) SetWriteDeadline(t time.Time) error {
	c.writing.wanted = t
	return nil
}

// SetDeadline does both.
func (c *conn) SetDeadline(t time.Time) error {
	c.reading.wanted, c.writing.wanted = t, t
	return nil
}

// Read reads under the deadline, and notes that a request has begun.
func (c *conn) Read(p []byte) (int, error) {
	if c.reading.due(c.conns.slack) {
		if err := c.Conn.SetReadDeadline(c.reading.renew(c.conns.slack)); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.idle.Store(false)
	}
	if c.coming.uncounted() && !c.coming.count(int64(n), c.conns.room) {
		return 0, errNoRoom
	}
	return n, err
}

// Write writes under the deadline.
func (c *conn) Write(p []byte) (int, error) {
	if c.writing.due(c.conns.slack) {
		if err := c.Conn.SetWriteDeadline(c.writing.renew(c.conns.slack)); err != nil {
			return 0, err
		}
	}
	return c.Conn.Write(p)
}
