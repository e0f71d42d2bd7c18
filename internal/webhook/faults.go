package webhook

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"
)

// refuse answers with an error that is no outcome of an action. message is ours: nothing of the request is in it.
func (s *Server) refuse(c *fiber.Ctx, status int, message string) error {
	switch status {
	case http.StatusUnauthorized, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusServiceUnavailable:
		// These mean that Rasa or the server is set up wrong, or too small; the operator sees them nowhere else.
		s.log.Warn("request refused", "status", status, "reason", message, "client", c.IP())
	default:
		s.log.Debug("request refused", "status", status, "reason", message, "client", c.IP())
	}
	resp := c.Response()
	resp.SetStatusCode(status)
	resp.Header.SetContentType(fiber.MIMEApplicationJSON)
	if status == http.StatusServiceUnavailable {
		resp.Header.Set(fiber.HeaderRetryAfter, "1")
	}
	resp.SetBody(reply{Error: message}.encode())
	return nil
}

// noRoom says what to do, since nothing is wrong with the request.
const noRoom = "The requests that are being answered are too large together; try again in a moment."

func (s *Server) tooLarge() string {
	return fmt.Sprintf("the request is larger than %d bytes", s.opts.MaxBody)
}

// fault is where everything ends up that no handler answered: what isn't HTTP, what took too long, what has no route. The
// error's own text can hold parts of the request and is not used.
func (s *Server) fault(c *fiber.Ctx, err error) error {
	status := http.StatusInternalServerError
	if known := (*fiber.Error)(nil); errors.As(err, &known) {
		status = known.Code
	}
	switch status {
	case http.StatusRequestHeaderFieldsTooLarge, http.StatusRequestEntityTooLarge, http.StatusBadRequest:
		// The request was not read to its end.
		s.conns.linger(c.Context().Conn())
	}
	if s.room.lost(&c.Request().Header) || s.conns.full(c.Context().Conn()) {
		return s.refuse(c, http.StatusServiceUnavailable, noRoom)
	}
	switch status {
	case http.StatusNotFound:
		return s.refuse(c, status, "there is nothing at this path; actions are called with POST /webhook")
	case http.StatusMethodNotAllowed:
		return s.refuse(c, status, "this path takes another method, see Allow")
	case http.StatusRequestTimeout:
		return s.refuse(c, status, "the request took too long to arrive")
	case http.StatusRequestHeaderFieldsTooLarge:
		return s.refuse(c, status, fmt.Sprintf("the headers are larger than %d bytes", headerBuffer))
	case http.StatusRequestEntityTooLarge:
		if s.opts.Auth.required() && !s.opts.Auth.allows(&c.Request().Header) {
			return s.unauthorized(c)
		}
		return s.refuse(c, status, s.tooLarge())
	case http.StatusBadRequest, http.StatusBadGateway:
		return s.refuse(c, http.StatusBadRequest, "the request is not valid HTTP, or its body is incomplete")
	}
	s.log.Error("request failed", "status", status, "err", err)
	return s.refuse(c, http.StatusInternalServerError, "internal error")
}

// rescue turns a panic of a handler into an answer. The body is taken away from the server: something may still refer to it.
func (s *Server) rescue(c *fiber.Ctx) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			s.log.Error("panic while answering a request", "err", fmt.Sprint(cause), "stack", string(debug.Stack()))
			c.Request().SwapBody(nil)
			err = s.refuse(c, http.StatusInternalServerError, "internal error")
		}
	}()
	return c.Next()
}
