package httpclient

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// words says why nobody answered, for people. What a library says may repeat an address with what is secret in it, so that only
// what is known to be harmless is passed on.
func words(ctx context.Context, err error, timeout time.Duration) string {
	var inside *insideError
	var lookup *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var broken *brokenError
	var errno syscall.Errno
	timedOut := interface{ Timeout() bool }(nil)
	var silent *SilentError
	switch {
	case errors.Is(err, ErrLate):
		return "no answer within " + seconds(timeout) + " s"
	case errors.As(err, &silent):
		return silent.Why
	case errors.As(err, &inside):
		return inside.Error()
	case errors.Is(err, errNoRoom):
		return errNoRoom.Error()
	case errors.Is(err, errTooLong):
		return errTooLong.Error()
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return "no answer within " + seconds(timeout) + " s"
	case ctx.Err() != nil:
		return "the call ended before the answer came"
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return "the name " + lookup.Name + " is not known"
	case errors.As(err, &lookup):
		return "the name " + lookup.Name + " can't be looked up now"
	case errors.As(err, &certificate):
		return "its certificate is refused: " + strings.TrimPrefix(certificate.Err.Error(), "x509: ")
	case errors.As(err, &record):
		return "the server doesn't speak TLS there; is the address one with http://?"
	case errors.As(err, &broken):
		return broken.Error()
	case errors.As(err, &errno):
		return errno.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection without an answer"
	case errors.As(err, &timedOut) && timedOut.Timeout():
		return "no connection within " + seconds(dialTimeout) + " s"
	case strings.Contains(err.Error(), "headers exceeded"):
		return "the headers of the answer are longer than 64 KiB, the most that is kept"
	case strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "HTTP"):
		return "what the server sent is no answer in HTTP"
	}
	return "the connection failed"
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }
