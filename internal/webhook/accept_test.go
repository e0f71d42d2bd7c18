package webhook

import (
	"errors"
	"log/slog"
	"net"
	"os"
	"syscall"
	"testing"
)

// tired is a listener that can't take connections for a while.
type tired struct {
	net.Listener
	errs []error
}

func (l *tired) Accept() (net.Conn, error) {
	if len(l.errs) == 0 {
		return nil, net.ErrClosed
	}
	err := l.errs[0]
	l.errs = l.errs[1:]
	return nil, err
}

func TestAcceptWaitsForFiles(t *testing.T) {
	t.Parallel()
	of := func(errno error) error { return &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", errno)} }
	broken := of(syscall.EBADF)
	ln := &tired{errs: []error{of(syscall.EMFILE), of(syscall.ENFILE), of(syscall.ECONNABORTED), broken}}
	var conns connections
	wrapped := conns.wrap(ln, slog.New(slog.DiscardHandler))
	if _, err := wrapped.Accept(); !errors.Is(err, broken) {
		t.Errorf("got %v, want what does not pass: %v", err, broken)
	}
	if _, err := wrapped.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v after the end", err)
	}
}
