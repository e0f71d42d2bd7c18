package webhook

import (
	"errors"
	"net"
	"slices"
	"syscall"
	"time"
)

const (
	firstWait   = 5 * time.Millisecond
	longestWait = time.Second
)

// patient takes the next connection. fasthttp ends the server when that fails, and it fails for as long as all the files that the
// process may open are in use, which anybody who opens many connections can bring about.
func (l *listener) patient() (net.Conn, error) {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		c, err := l.Listener.Accept()
		if err == nil || !passes(err) {
			return c, err
		}
		if wait == firstWait {
			l.log.Warn("no connection can be taken at the moment; is the limit of open files too low?", "err", err)
		}
		time.Sleep(wait)
	}
}

// passes tells whether taking a connection failed for a reason that goes away.
func passes(err error) bool {
	return slices.ContainsFunc([]error{
		syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED, syscall.ECONNRESET, syscall.EINTR,
	}, func(reason error) bool { return errors.Is(err, reason) })
}
