package webhook

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/luaction/luaction/engine/script"
)

// health answers GET /health as the reference does; probes and charts rely on the exact body.
func (s *Server) health(c *fiber.Ctx) error {
	c.Response().Header.SetContentType(fiber.MIMEApplicationJSON)
	return c.SendString(`{"status":"ok"}`)
}

type actionName struct {
	Name string `json:"name"`
}

type actionDetail struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Stale bool   `json:"stale,omitempty"`
}

type verboseActions struct {
	Generation uint64           `json:"generation"`
	Hash       string           `json:"hash"`
	Actions    []actionDetail   `json:"actions"`
	Problems   []script.Problem `json:"problems"`
}

// actions answers GET /actions: what can run now, sorted by name.
func (s *Server) actions(c *fiber.Ctx) error {
	now := s.opts.Snapshots.Current()
	names := slices.Sorted(maps.Keys(now.Actions))
	if c.QueryBool("verbose") {
		v := verboseActions{Generation: now.Generation, Hash: now.Hash, Actions: make([]actionDetail, 0, len(names)),
			Problems: append([]script.Problem{}, now.Problems...)}
		for _, name := range names {
			a := now.Actions[name]
			v.Actions = append(v.Actions, actionDetail{name, a.Path, a.Stale})
		}
		return sendJSON(c, v)
	}
	list := make([]actionName, 0, len(names))
	for _, name := range names {
		list = append(list, actionName{name})
	}
	return sendJSON(c, list)
}

func sendJSON(c *fiber.Ctx, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Response().Header.SetContentType(fiber.MIMEApplicationJSON)
	return c.Send(body)
}
