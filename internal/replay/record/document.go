package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// document is a file with a list of objects. What isn't set stays in it byte for byte, so that a recording shows in a diff as
// what changed and nothing else.
type document struct {
	text  []byte
	steps []objectAt
}

// objectAt is where the members of one object lie.
type objectAt struct {
	members map[string]span
	last    int // where the last member ends
	edits   map[string]json.RawMessage
}

type span struct{ begin, end int }

func readDocument(text []byte) (*document, error) {
	d := &document{text: text}
	dec := json.NewDecoder(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return nil, errors.New("the file must be a list of steps")
	}
	for dec.More() {
		o := objectAt{members: map[string]span{}, edits: map[string]json.RawMessage{}}
		if t, err := dec.Token(); err != nil || t != json.Delim('{') {
			return nil, errors.New("a step must be an object")
		}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			var value json.RawMessage
			if err := dec.Decode(&value); err != nil {
				return nil, err
			}
			end := int(dec.InputOffset())
			o.members[fmt.Sprint(key)] = span{end - len(value), end}
			o.last = end
		}
		if _, err := dec.Token(); err != nil {
			return nil, err
		}
		d.steps = append(d.steps, o)
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	return d, nil
}

// member is the value of a member of a step as it was read; nil if it has none.
func (d *document) member(step int, key string) json.RawMessage {
	s, ok := d.steps[step].members[key]
	if !ok {
		return nil
	}
	return d.text[s.begin:s.end]
}

func (d *document) set(step int, key string, value json.RawMessage) { d.steps[step].edits[key] = value }

// bytes is the file with what was set.
func (d *document) bytes() []byte {
	var out bytes.Buffer
	from := 0
	for i := range d.steps {
		o := &d.steps[i]
		for key, value := range o.edits { // there is one at most
			s, ok := o.members[key]
			text := pretty(value, 2, len(key)+4)
			if !ok {
				s, text = span{o.last, o.last}, ",\n  \""+key+"\": "+text
			}
			out.Write(d.text[from:s.begin])
			out.WriteString(text)
			from = s.end
		}
	}
	out.Write(d.text[from:])
	return out.Bytes()
}

// width is how long a line of a recorded file may get.
const width = 118

// pretty puts on one line what fits there. indent is the depth of the value, prefix what stands before it on its line.
func pretty(value json.RawMessage, indent, prefix int) string {
	keys, items, list := inside(value)
	flat := flatten(value)
	if len(items) == 0 || len(flat)+indent+prefix <= width {
		return flat
	}
	pad := strings.Repeat(" ", indent+1)
	lines := make([]string, len(items))
	for i, item := range items {
		if list {
			lines[i] = pad + pretty(item, indent+1, 1)
		} else {
			key := plainText(keys[i]) + ": "
			lines[i] = pad + key + pretty(item, indent+1, len(key)+1)
		}
	}
	open, end := "{", "}"
	if list {
		open, end = "[", "]"
	}
	return open + "\n" + strings.Join(lines, ",\n") + "\n" + strings.Repeat(" ", indent) + end
}

func flatten(value json.RawMessage) string {
	keys, items, list := inside(value)
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = flatten(item)
		if !list {
			parts[i] = plainText(keys[i]) + ": " + parts[i]
		}
	}
	switch {
	case list:
		return "[" + strings.Join(parts, ", ") + "]"
	case value[0] == '{':
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return plainText(value)
}

// inside takes a list or an object apart; nothing comes of other values, which have to be valid JSON without blanks around.
func inside(value json.RawMessage) (keys []json.RawMessage, items []json.RawMessage, list bool) {
	if value[0] != '{' && value[0] != '[' {
		return nil, nil, false
	}
	list = value[0] == '['
	dec := json.NewDecoder(bytes.NewReader(value))
	if _, err := dec.Token(); err != nil {
		return nil, nil, list
	}
	for dec.More() {
		if !list {
			key, err := dec.Token()
			if err != nil {
				return keys, items, list
			}
			var text bytes.Buffer
			enc := json.NewEncoder(&text)
			enc.SetEscapeHTML(false)
			_ = enc.Encode(key)
			keys = append(keys, bytes.TrimSpace(text.Bytes()))
		}
		var item json.RawMessage
		if err := dec.Decode(&item); err != nil {
			return keys, items, list
		}
		items = append(items, item)
	}
	return keys, items, list
}

// plainText writes a literal in ASCII, as the recorded files are.
func plainText(literal json.RawMessage) string {
	var out strings.Builder
	for _, r := range string(literal) {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&out, "\\u%04x", r)
		default:
			a, b := utf16.EncodeRune(r)
			fmt.Fprintf(&out, "\\u%04x\\u%04x", a, b)
		}
	}
	return out.String()
}
