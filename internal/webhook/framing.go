package webhook

import (
	"bytes"
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// wellFormed refuses what a proxy in front could have understood otherwise than we do: a request with two ends, or with
// header names that some servers trim. The connection is closed, because what follows on it can't be trusted either.
func (s *Server) wellFormed(ctx *fasthttp.RequestCtx) bool {
	if ambiguous(ctx.Request.Header.RawHeaders()) {
		ctx.SetConnectionClose()
		s.answerBare(ctx, http.StatusBadRequest, "the request's headers are ambiguous; send Content-Length or "+
			"Transfer-Encoding, once")
		return false
	}
	if slices.Contains(s.methods, string(ctx.Method())) {
		return true
	}
	// fiber answers these in plain text.
	path := string(bytes.TrimSuffix(ctx.Path(), []byte("/")))
	switch path {
	case "/webhook":
		ctx.Response.Header.Set(fiber.HeaderAllow, fiber.MethodPost)
	case "/health", "/actions":
		ctx.Response.Header.Set(fiber.HeaderAllow, "GET, HEAD")
	default:
		s.answerBare(ctx, http.StatusNotFound, "there is nothing at this path; actions are called with POST /webhook")
		return false
	}
	s.answerBare(ctx, http.StatusMethodNotAllowed, "this path takes another method, see Allow")
	return false
}

func (s *Server) answerBare(ctx *fasthttp.RequestCtx, status int, message string) {
	c := s.app.AcquireCtx(ctx)
	defer s.app.ReleaseCtx(c)
	_ = s.refuse(c, status, message)
}

// ambiguous looks at the headers as they came, because fasthttp drops Content-Length when there is a Transfer-Encoding.
func ambiguous(raw []byte) bool {
	lengths, codings := 0, 0
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw = rest
		name, _, found := bytes.Cut(line, []byte(":"))
		if !found {
			continue
		}
		switch {
		case bytes.ContainsAny(name, " \t"):
			return true
		case bytes.EqualFold(name, []byte(fasthttp.HeaderContentLength)):
			lengths++
		case bytes.EqualFold(name, []byte(fasthttp.HeaderTransferEncoding)):
			codings++
		}
	}
	return lengths+codings > 1
}
