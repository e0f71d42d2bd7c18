package assistant

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/internal/check"
)

// sections are the names by which Rasa knows that a file is a part of a domain.
func sections() []string {
	return []string{"actions", "e2e_actions", "entities", "forms", "intents", "responses", "session_config", "slots"}
}

// reader collects the parts of a domain.
type reader struct {
	domain *Domain
	files  int
	names  int
	name   string   // of the file that is read
	lines  []string // its text
}

func newReader() *reader {
	return &reader{domain: &Domain{Actions: map[string]Place{}, Fillers: map[string]Place{}, Texts: map[string]Place{}, Slots: map[string]Place{},
		Forms: map[string]Place{}, Responses: map[string]Place{}, Intents: map[string]Place{}, Entities: map[string]Place{},
		Session: Session{Expiration: 60, CarryOver: true}}}
}

// file reads one file, and says whether it is a part of a domain.
func (r *reader) file(name string, data []byte) bool {
	r.name, r.lines = name, strings.Split(string(data), "\n")
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			r.noYAML(err)
		}
		return false
	}
	if len(doc.Content) == 0 {
		return false
	}
	root := real(doc.Content[0])
	isPart := false
	for _, m := range r.members(root, 0) {
		if !slices.Contains(sections(), m.key.Value) {
			continue
		}
		isPart = true
		if !isNull(m.value) {
			r.section(m.key.Value, m.value)
		}
	}
	return isPart
}

func (r *reader) section(name string, value *yaml.Node) {
	switch name {
	case "actions":
		r.list(name, value, r.domain.Actions)
	case "e2e_actions":
		r.list(name, value, r.domain.Texts)
	case "entities":
		r.list(name, value, r.domain.Entities)
	case "intents":
		r.list(name, value, r.domain.Intents)
	case "slots":
		for _, slot := range r.table(name, value, r.domain.Slots) {
			r.fillers(slot)
		}
	case "responses":
		r.table(name, value, r.domain.Responses)
	case "forms":
		if value.Kind == yaml.SequenceNode { // Rasa 2 and before
			r.list(name, value, r.domain.Forms)
			return
		}
		r.table(name, value, r.domain.Forms)
	case "session_config":
		r.session(value)
	}
}

// list reads names one below the other. One with settings of its own is a table with one name.
func (r *reader) list(section string, value *yaml.Node, into map[string]Place) {
	if value.Kind != yaml.SequenceNode {
		r.broken(value, fmt.Sprintf("%s must be a list, and it is %s", section, kind(value)), "write each name on a line of its own, after \"- \"")
		return
	}
	for _, item := range value.Content {
		switch item = real(item); {
		case item.Kind == yaml.ScalarNode && !isNull(item):
			r.keep(item, into)
		case item.Kind == yaml.MappingNode:
			for _, m := range r.members(item, 0) {
				r.keep(m.key, into)
			}
		default:
			r.broken(item, fmt.Sprintf("an item of %s must be a name, and it is %s", section, kind(item)), "write - and the name")
		}
	}
}

// table reads names with values.
func (r *reader) table(section string, value *yaml.Node, into map[string]Place) []member {
	if value.Kind != yaml.MappingNode {
		r.broken(value, fmt.Sprintf("%s must be names with values, and it is %s", section, kind(value)), "write each name on a line of its own, with a colon behind it")
		return nil
	}
	members := r.members(value, 0)
	for _, m := range members {
		r.keep(m.key, into)
	}
	return members
}

// fillers keeps the actions that a slot's mappings name.
func (r *reader) fillers(slot member) {
	for _, setting := range r.members(slot.value, 0) {
		if setting.key.Value != "mappings" || setting.value.Kind != yaml.SequenceNode {
			continue
		}
		for _, mapping := range setting.value.Content {
			for _, m := range r.members(real(mapping), 0) {
				if m.key.Value == "action" && m.value.Kind == yaml.ScalarNode && !isNull(m.value) {
					r.keep(m.value, r.domain.Fillers)
				}
			}
		}
	}
}

func (r *reader) session(value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		r.broken(value, "session_config must be names with values, and it is "+kind(value), "write session_expiration_time: 60 below it")
		return
	}
	for _, m := range r.members(value, 0) {
		switch m.key.Value {
		case "session_expiration_time":
			if minutes, err := strconv.ParseFloat(m.value.Value, 64); err == nil {
				r.domain.Session.Expiration = minutes
			}
		case "carry_over_slots_to_new_session":
			if carry, err := strconv.ParseBool(m.value.Value); err == nil {
				r.domain.Session.CarryOver = carry
			}
		}
	}
}

func (r *reader) keep(n *yaml.Node, into map[string]Place) {
	if _, known := into[n.Value]; !known && r.room() {
		into[n.Value] = r.place(n)
	}
}

// room says whether there may be one more name. Aliases in aliases would otherwise make a small file endless.
func (r *reader) room() bool {
	r.names++
	return r.names <= maxNames
}

// member is a name of a table with its value, which is no alias.
type member struct{ key, value *yaml.Node }

// members returns what a table has, what it merges in by << included. Anything else has nothing.
func (r *reader) members(table *yaml.Node, depth int) []member {
	if table.Kind != yaml.MappingNode || depth > maxDepth {
		return nil
	}
	var all []member
	for i := 0; i+1 < len(table.Content) && r.room(); i += 2 {
		key, value := real(table.Content[i]), real(table.Content[i+1])
		switch {
		case key.ShortTag() == "!!merge" && value.Kind == yaml.SequenceNode:
			for _, part := range value.Content {
				if !r.room() {
					break
				}
				all = append(all, r.members(real(part), depth+1)...)
			}
		case key.ShortTag() == "!!merge":
			all = append(all, r.members(value, depth+1)...)
		case key.Kind == yaml.ScalarNode:
			all = append(all, member{key, value})
		}
	}
	return all
}

// real is what an alias stands for.
func real(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kind(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a table with names"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "nothing"
	}
	return "a single value"
}

// place finds a node in the file's text. The library counts columns in characters.
func (r *reader) place(n *yaml.Node) Place {
	p := Place{File: r.name, Line: max(n.Line, 1), Column: 1}
	if p.Line > len(r.lines) {
		return p
	}
	p.Source = strings.TrimRight(r.lines[p.Line-1], "\r")
	for i := 1; i < n.Column && p.Column <= len(p.Source); i++ {
		_, size := utf8.DecodeRuneInString(p.Source[p.Column-1:])
		p.Column += size
	}
	rest := p.Source[min(p.Column-1, len(p.Source)):]
	for _, quote := range []string{"", `"`, "'"} {
		if written := quote + n.Value + quote; n.Value != "" && strings.HasPrefix(rest, written) {
			p.EndColumn = p.Column + len(written)
			break
		}
	}
	return p
}

func (r *reader) broken(n *yaml.Node, message, hint string) {
	r.domain.Broken = append(r.domain.Broken, r.place(n).problem(check.Finding{Rule: "broken-domain", Message: message, Hint: hint}))
}

// noYAML says where a file is no YAML. The library names the line in its text.
func (r *reader) noYAML(err error) {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	at := &yaml.Node{}
	if found := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(reason); found != nil {
		at.Line, _ = strconv.Atoi(found[1])
		reason = reason[len(found[0]):]
	}
	if strings.Contains(reason, "cannot start any token") {
		r.broken(at, "this is no YAML, so Rasa can't read it: a tab stands here, or a mark that needs quotes", "move lines in with blanks, and put quotes around a text that begins with %, @ or `")
		return
	}
	r.broken(at, "this is no YAML, so Rasa can't read it: "+reason, "look at this line and the one before: indentation, colons and quotes")
}
