// Package reply shows an action's reply as the user of a bot would see it, and its events in words.
package reply

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/rasa"
)

// Write shows a reply, which took so long; 0 leaves that out. Body is JSON as Rasa gets it.
func Write(w io.Writer, s screen.Screen, body []byte, took time.Duration) error {
	var answer struct {
		Events    []event          `json:"events"`
		Responses []map[string]any `json:"responses"`
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&answer); err != nil {
		return fmt.Errorf("the reply can't be shown: %w", err)
	}
	p := &page{screen: s}
	for _, response := range answer.Responses {
		p.response(response)
	}
	if len(answer.Responses) == 0 {
		p.line(s.Dim("The bot says nothing."))
	}
	p.line("")
	if len(answer.Events) == 0 {
		p.line(s.Dim("No events."))
	} else {
		p.line(s.Bold("Events"))
	}
	for _, e := range answer.Events {
		p.event(e)
	}
	if took > 0 {
		p.line("")
		p.line(s.Dim(Duration(took)))
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

// longestEvent is how much of an event is shown, in columns.
const longestEvent = 400

func (p *page) event(e event) {
	begin := "  "
	for _, line := range screen.Fold(screen.Cut(screen.Line(e.words()), longestEvent), p.room("      ")) {
		p.put(begin, line, nil)
		begin = "      "
	}
}

// Duration is a time as people read it.
func Duration(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

type page struct {
	out    strings.Builder
	screen screen.Screen
}

// The beginnings of lines: what the bot says stands in one column.
const (
	bot    = "bot  "
	indent = "     "
)

func (p *page) line(text string) { p.out.WriteString(text + "\n") }

// put writes a line; paint colours the text after the beginning.
func (p *page) put(begin, text string, paint func(string) string) {
	if paint != nil {
		text = paint(text)
	}
	p.line(strings.TrimRight(begin+text, " "))
}

// room is how many columns are left after a beginning; 0 for no limit.
func (p *page) room(begin string) int {
	if p.screen.Width == 0 {
		return 0
	}
	return max(p.screen.Width-screen.Columns(begin), 10)
}

func (p *page) response(r map[string]any) {
	begin := p.screen.Cyan(bot)
	say := func(text string, paint func(string) string) {
		for _, line := range screen.Fold(text, p.room(indent)) {
			p.put(begin, line, paint)
			begin = indent
		}
	}
	if text, ok := r["text"].(string); ok {
		say(text, nil)
	}
	if name := named(r); name != "" {
		say(name+", a response of the domain"+with(r), p.screen.Yellow)
	}
	for _, key := range []string{"image", "attachment"} {
		if r[key] != nil {
			say(key+": "+plain(r[key]), p.screen.Yellow)
		}
	}
	if list, ok := r["elements"].([]any); ok && len(list) > 0 {
		say("elements: "+written(list), p.screen.Yellow)
	}
	if object, ok := r["custom"].(map[string]any); ok && len(object) > 0 || !ok && r["custom"] != nil {
		say("custom: "+written(r["custom"]), p.screen.Yellow)
	}
	if list, ok := r["buttons"].([]any); ok && len(list) > 0 {
		if begin != indent {
			say("", nil)
		}
		p.buttons(list)
	}
	if begin != indent {
		say("(an empty response)", p.screen.Dim)
	}
}

// named is the response of the domain that is asked for.
func named(r map[string]any) string {
	if name, ok := r["response"].(string); ok {
		return name
	}
	name, _ := r["template"].(string)
	return name
}

// with is what fills the places of a response of the domain.
func with(r map[string]any) string {
	known := rasa.ResponseKeys()
	var parts []string
	for _, key := range sortedKeys(r) {
		if !slices.Contains(known, key) {
			parts = append(parts, key+" = "+written(r[key]))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", with " + strings.Join(parts, ", ")
}

func (p *page) buttons(list []any) {
	widest := 0
	titles := make([]string, len(list))
	for i, item := range list {
		button, _ := item.(map[string]any)
		titles[i] = screen.Cut(screen.Line(plain(button["title"])), 50)
		widest = max(widest, screen.Columns(titles[i]))
	}
	for i, item := range list {
		button, _ := item.(map[string]any)
		text := fmt.Sprintf("%s%2d  %s", indent, i+1, titles[i])
		if payload := plain(button["payload"]); payload != "" {
			text += strings.Repeat(" ", widest-screen.Columns(titles[i])+2)
			text += p.screen.Dim(screen.Cut(screen.Line(payload), p.room(text)))
		}
		p.line(text)
	}
}

// plain is a text as it is, nothing for null, and anything else as JSON.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return ""
	}
	return written(v)
}

func written(v any) string {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // came from JSON
	return strings.TrimSpace(text.String())
}
