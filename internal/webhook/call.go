package webhook

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/rasa"
)

// SnapshotHeader names the scripts that a call ran with, as "<generation>-<hash>".
const SnapshotHeader = "X-Luaction-Snapshot"

// call answers POST /webhook.
func (s *Server) call(c *fiber.Ctx) error {
	req := c.Request()
	if !acceptedMedia(req.Header.ContentType()) {
		return s.refuse(c, fiber.StatusUnsupportedMediaType, "send the call as application/json")
	}
	// The raw body, because fiber's own Body inflates without a limit.
	body := req.Body()
	encoding, known := contentEncoding(&req.Header)
	if !known {
		c.Set(fiber.HeaderAcceptEncoding, "deflate, gzip")
		return s.refuse(c, fiber.StatusUnsupportedMediaType, "send the body as it is, or with Content-Encoding deflate or gzip")
	}
	if encoding == identity {
		return s.run(c, body, nil)
	}
	inf := s.inflates.Get().(*inflater)
	body, err := inf.inflate(encoding, body, s.opts.MaxBody, &s.room)
	defer s.room.give(inf.taken)
	switch {
	case errors.Is(err, errNoRoom):
		err = s.refuse(c, fiber.StatusServiceUnavailable, noRoom)
	case errors.Is(err, errTooLarge):
		err = s.refuse(c, fiber.StatusRequestEntityTooLarge, s.tooLarge())
	case err != nil:
		err = s.refuse(c, fiber.StatusBadRequest, err.Error())
	default:
		err = s.run(c, body, inf)
	}
	s.inflates.Put(inf)
	return err
}

// run parses the body, runs the action and writes the answer. inf holds the body if that came compressed. Nothing goes back
// to a pool when a handler panics: who knows what still refers to it then.
func (s *Server) run(c *fiber.Ctx, body []byte, inf *inflater) error {
	call := s.calls.Get().(*rasa.Call)
	if err := call.Reset(body); err != nil {
		s.calls.Put(call)
		message := "the request is no call that can be run"
		if fault := (*rasa.CallError)(nil); errors.As(err, &fault) {
			message = fault.Message
		}
		return s.refuse(c, fiber.StatusBadRequest, message)
	}
	resp := c.Response()
	resp.Header.SetContentType(fiber.MIMEApplicationJSON)
	if call.Action == "" {
		s.calls.Put(call)
		resp.SetBodyString("null")
		return nil
	}
	// The answer is written straight into the response's own buffer.
	dst := resp.SwapBody(nil)
	answer, failed := s.opts.Engine.Run(s.base, call, dst[:0])
	abandoned := failed != nil && failed.Abandoned || answer.Failure != nil && answer.Failure.Abandoned
	if abandoned {
		c.Request().SwapBody(nil)
		if inf != nil {
			inf.buf = nil
		}
	} else {
		s.giveBack(call, body)
	}
	if failed == nil {
		resp.SwapBody(answer.Body)
		resp.Header.Set(SnapshotHeader, answer.Snapshot)
		return nil
	}
	if !abandoned {
		resp.SwapBody(dst[:0])
	}
	return s.failed(c, failed)
}

func (s *Server) failed(c *fiber.Ctx, e *engine.Error) error {
	status, body := replyTo(e)
	if e.Snapshot != "" {
		c.Set(SnapshotHeader, e.Snapshot)
	}
	if status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "1")
	}
	c.Response().SetStatusCode(status)
	c.Response().SetBody(body.encode())
	return nil
}

// giveBack keeps the call for the next request, unless it is a rare huge one whose memory is better freed.
func (s *Server) giveBack(call *rasa.Call, body []byte) {
	if len(body) <= keptBuffer {
		s.calls.Put(call)
	}
}
