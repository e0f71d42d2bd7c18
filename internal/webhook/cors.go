package webhook

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

const corsMethods = "GET, HEAD, OPTIONS, POST"

// origins lets pages from other origins call the server.
type origins struct {
	all   bool
	known map[string]bool
	wild  []string
}

func newOrigins(list []string) *origins {
	o := &origins{known: map[string]bool{}}
	for _, origin := range list {
		switch origin = strings.TrimSuffix(strings.TrimSpace(origin), "/"); {
		case origin == "*":
			o.all = true
		case strings.Contains(origin, "*"):
			o.wild = append(o.wild, strings.ToLower(origin))
		case origin != "":
			o.known[strings.ToLower(origin)] = true
		}
	}
	return o
}

func (o *origins) allows(origin string) bool {
	origin = strings.ToLower(origin)
	if o.all || o.known[origin] {
		return true
	}
	for _, pattern := range o.wild {
		before, after, _ := strings.Cut(pattern, "*")
		if len(origin) > len(before)+len(after) && strings.HasPrefix(origin, before) && strings.HasSuffix(origin, after) &&
			!strings.ContainsAny(origin[len(before):len(origin)-len(after)], "/@") {
			return true
		}
	}
	return false
}

// handle marks answers for the browser and answers preflight requests, which carry no credentials.
func (o *origins) handle(c *fiber.Ctx) error {
	origin := c.Get(fiber.HeaderOrigin)
	if !o.all {
		c.Vary(fiber.HeaderOrigin)
	}
	allowed := origin != "" && o.allows(origin)
	if allowed && o.all {
		c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	} else if allowed {
		c.Set(fiber.HeaderAccessControlAllowOrigin, strings.Clone(origin))
	}
	if allowed {
		c.Set(fiber.HeaderAccessControlExposeHeaders, SnapshotHeader)
	}
	if c.Method() != fiber.MethodOptions || c.Get(fiber.HeaderAccessControlRequestMethod) == "" {
		return c.Next()
	}
	if allowed {
		c.Set(fiber.HeaderAccessControlAllowMethods, corsMethods)
		if asked := c.Get(fiber.HeaderAccessControlRequestHeaders); asked != "" {
			c.Set(fiber.HeaderAccessControlAllowHeaders, strings.Clone(asked))
		}
	}
	return c.SendStatus(fiber.StatusNoContent)
}
