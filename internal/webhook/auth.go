package webhook

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Auth is what a client must present, in everything but GET /health. Of several, any one is enough; of none, nothing is
// needed.
type Auth struct {
	Token      string // as the query parameter token
	BasicUser  string // with BasicPass as HTTP basic authentication; "" for none
	BasicPass  string
	HeaderName string // with HeaderValue as a header; "" for none
	HeaderText string
}

func (a *Auth) required() bool { return a.Token != "" || a.BasicUser != "" || a.HeaderName != "" }

// allows compares whatever is there without telling by its duration how much of it was right.
func (a *Auth) allows(h *fasthttp.RequestHeader) bool {
	ok := false
	if a.Token != "" {
		if _, query, found := bytes.Cut(h.RequestURI(), []byte("?")); found {
			var args fasthttp.Args
			args.ParseBytes(query)
			ok = same(args.Peek("token"), a.Token)
		}
	}
	if a.BasicUser != "" {
		ok = same(basicCredentials(h.Peek(fasthttp.HeaderAuthorization)), a.BasicUser+":"+a.BasicPass) || ok
	}
	if a.HeaderName != "" {
		ok = same(h.Peek(a.HeaderName), a.HeaderText) || ok
	}
	return ok
}

// same compares sums, so that not even the secret's length shows.
func same(given []byte, secret string) bool {
	a, b := sha256.Sum256(given), sha256.Sum256([]byte(secret))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// basicCredentials returns "user:password" from an Authorization header, or nothing.
func basicCredentials(header []byte) []byte {
	scheme, coded, _ := strings.Cut(string(header), " ")
	if !strings.EqualFold(scheme, "basic") {
		return nil
	}
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded))
	if err != nil {
		return nil
	}
	return plain
}

func (s *Server) authenticate(c *fiber.Ctx) error {
	if isHealth(c.Path()) || s.opts.Auth.allows(&c.Request().Header) {
		return c.Next()
	}
	return s.unauthorized(c)
}

func (s *Server) unauthorized(c *fiber.Ctx) error {
	if s.opts.Auth.BasicUser != "" {
		c.Set(fiber.HeaderWWWAuthenticate, `Basic realm="luaction", charset="UTF-8"`)
	}
	return s.refuse(c, fiber.StatusUnauthorized, "the request presents no valid token, password or header")
}

func isHealth(path string) bool { return path == "/health" || path == "/health/" }
