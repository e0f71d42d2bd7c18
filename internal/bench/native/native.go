// Package native holds the measured actions as a Go programmer would write them by hand, with the standard JSON library and structs of
// nothing but what each action needs.
package native

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Answer runs the action that the body names and returns its answer as JSON.
func Answer(ctx context.Context, body []byte) ([]byte, error) {
	action, err := nextAction(body)
	if err != nil {
		return nil, err
	}
	switch action {
	case "action_bench_noop":
		return noop(body)
	case "action_bench_book":
		return book(body)
	case "action_bench_loop":
		return loop(body)
	case "action_bench_deep":
		return deep(body)
	case "action_bench_wait":
		return wait(ctx, body)
	}
	return nil, fmt.Errorf("there is no action %q", action)
}

// nextAction reads no further than the action's name, which Rasa sends first: each action then has the body read once, into what it
// needs itself.
func nextAction(body []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	if _, err := d.Token(); err != nil {
		return "", err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return "", err
		}
		if name == "next_action" {
			var action string
			err := d.Decode(&action)
			return action, err
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return "", err
		}
	}
	return "", errors.New("the request names no action")
}

type answer struct {
	Events    []slotSet  `json:"events"`
	Responses []response `json:"responses"`
}

type slotSet struct {
	Event     string   `json:"event"`
	Timestamp *float64 `json:"timestamp"`
	Name      string   `json:"name"`
	Value     any      `json:"value"`
}

type response struct {
	Text       string         `json:"text"`
	Buttons    []button       `json:"buttons"`
	Elements   []any          `json:"elements"`
	Custom     map[string]any `json:"custom"`
	Template   *string        `json:"template"`
	Response   *string        `json:"response"`
	Image      *string        `json:"image"`
	Attachment *string        `json:"attachment"`
}

type button struct {
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

func set(name string, value any) slotSet { return slotSet{Event: "slot", Name: name, Value: value} }

func reply(events ...slotSet) ([]byte, error) {
	return json.Marshal(answer{Events: append([]slotSet{}, events...), Responses: []response{}})
}

func noop(body []byte) ([]byte, error) {
	var request struct{}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	return reply()
}

func wait(ctx context.Context, body []byte) ([]byte, error) {
	answer, err := noop(body)
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
	return answer, err
}

func loop(body []byte) ([]byte, error) {
	var request struct {
		Tracker struct {
			Events []struct {
				Event string  `json:"event"`
				Text  *string `json:"text"`
			} `json:"events"`
		} `json:"tracker"`
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	users, last := 0, (*string)(nil)
	for i := range request.Tracker.Events {
		switch event := &request.Tracker.Events[i]; event.Event {
		case "user":
			users++
		case "bot":
			last = event.Text
		}
	}
	return reply(set("number", users), set("feedback", last))
}

func deep(body []byte) ([]byte, error) {
	var request struct {
		Tracker struct {
			Slots         any `json:"slots"`
			LatestMessage any `json:"latest_message"`
			Events        any `json:"events"`
		} `json:"tracker"`
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	t := &request.Tracker
	return reply(set("number", count(t.Slots)+count(t.LatestMessage)+count(t.Events)))
}

// count counts as the Lua script does: what is null is not there.
func count(value any) int {
	n := 1
	switch value := value.(type) {
	case map[string]any:
		for _, inner := range value {
			if inner != nil {
				n += count(inner)
			}
		}
	case []any:
		for _, inner := range value {
			if inner != nil {
				n += count(inner)
			}
		}
	}
	return n
}

//nolint:gochecknoglobals // compiled once, as everybody writes it
var (
	punctuation = regexp.MustCompile("[!-/:-@[-`{-~]")
	blanks      = regexp.MustCompile(`\s+`)
	forOur      = regexp.MustCompile(`for our ([A-Za-z]+)`)
)

func seats() map[string]int { return map[string]int{"indoor": 40, "outdoor": 18, "bar": 6} }

func numbers() []string {
	return []string{"one", "two", "three", "four", "five", "six", "seven", "eight"}
}

func book(body []byte) ([]byte, error) {
	var request struct {
		Tracker struct {
			Slots struct {
				Cuisine string `json:"cuisine"`
				Number  int    `json:"number"`
				Seating string `json:"seating"`
			} `json:"slots"`
			LatestMessage struct {
				Text     string `json:"text"`
				Entities []struct {
					Entity string `json:"entity"`
					Value  any    `json:"value"`
				} `json:"entities"`
			} `json:"latest_message"`
		} `json:"tracker"`
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	slots, message := &request.Tracker.Slots, &request.Tracker.LatestMessage
	var city any
	for i := range message.Entities {
		if message.Entities[i].Entity == "city" {
			city = message.Entities[i].Value
			break
		}
	}
	said := punctuation.ReplaceAllString(strings.ToLower(message.Text), " ")
	said = strings.Trim(blanks.ReplaceAllString(said, " "), " ")
	number := slots.Number
	for i, word := range numbers() {
		if strings.Contains(said, " "+word+" ") {
			number = i + 1
		}
	}
	var occasion any
	if found := forOur.FindStringSubmatch(said); found != nil {
		occasion = found[1]
	}
	left := "none left"
	if seats, known := seats()[slots.Seating]; known && number <= seats {
		left = "there is one"
	}
	reference := fmt.Sprintf("%s-%03d", strings.ToUpper(slots.Cuisine[:min(2, len(slots.Cuisine))]), len(said)*number)
	return json.Marshal(answer{
		Events: []slotSet{set("city", city), set("number", number), set("feedback", occasion)},
		Responses: []response{{
			Text: fmt.Sprintf("A table for %d in %v, %s, %s: %s (ref. %s).", number, city, slots.Seating, slots.Cuisine, left, reference),
			Buttons: []button{
				{"Book it", `/book{"reference": "` + reference + `"}`},
				{"Something else", "/ask_alternatives"},
			},
			Elements: []any{}, Custom: map[string]any{},
		}},
	})
}
