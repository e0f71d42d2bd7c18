package recording

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Redactor replaces what must not be kept. It is safe for concurrent use.
type Redactor struct {
	rules Rules
	mask  *mask.Mask
	key   [32]byte
}

// NewRedactor returns one with a key of its own: equal values have equal placeholders as long as it lives, and nobody can find out from a
// placeholder what it stands for by trying.
func NewRedactor(rules Rules, secrets *mask.Mask) *Redactor {
	r := &Redactor{rules: rules, mask: secrets}
	_, _ = rand.Read(r.key[:]) // never fails
	return r
}

// placeholder stands for a text.
func (r *Redactor) placeholder(text string) string {
	sum := r.sum(text)
	return "redacted-" + hex.EncodeToString(sum[:5])
}

func (r *Redactor) sum(text string) []byte {
	h := hmac.New(sha256.New, r.key[:])
	h.Write([]byte(text))
	return h.Sum(nil)
}

// number stands for a number: it has as many digits, and a fraction if that has one, so that scripts go on counting with it.
func (r *Redactor) number(raw string) string {
	whole, rest, _ := strings.Cut(strings.TrimLeft(raw, "-"), ".")
	whole, _, scaled := strings.Cut(strings.ToLower(whole), "e")
	digits := min(len(whole), 15)
	least := uint64(1)
	for range digits - 1 {
		least *= 10
	}
	n := least + binary.BigEndian.Uint64(r.sum(raw))%(9*least)
	text := strconv.FormatUint(n, 10)
	if rest != "" || scaled {
		text += ".5"
	}
	if strings.HasPrefix(raw, "-") {
		text = "-" + text
	}
	return text
}

// Call returns a request and its answer's body without what must not be kept. What was hidden in one place is hidden in every text of
// both, where it is a word of its own. The domain stays as it is: nothing of a conversation is in it.
func (r *Redactor) Call(request, answer jsondoc.Value) (cleanRequest, cleanAnswer []byte) {
	if len(r.rules) == 0 && r.mask == nil {
		return request.Raw(), answer.Raw()
	}
	c := &cleaner{Redactor: r, words: map[string]string{}}
	if len(r.rules) > 0 {
		c.collect(request, nil, false, 0)
		c.collect(answer, nil, false, 0)
		c.known = newWords(c.words)
	}
	return c.write(nil, request, nil, false, 0), c.write(nil, answer, nil, false, 0)
}

// Domain returns a domain without secrets.
func (r *Redactor) Domain(v jsondoc.Value) []byte {
	if r.mask == nil {
		return v.Raw()
	}
	c := &cleaner{Redactor: &Redactor{mask: r.mask}}
	return c.write(nil, v, []string{"request", "domain"}, false, maxInside)
}

// cleaner is the work on one call.
type cleaner struct {
	*Redactor
	words map[string]string // what is hidden, with what stands for it
	known *words
}

// write appends v without what is hidden.
func (c *cleaner) write(dst []byte, v jsondoc.Value, names []string, hidden bool, inside int) []byte {
	switch v.Kind() {
	case jsondoc.Object:
		return c.writeObject(dst, v, names, hidden, inside)
	case jsondoc.Array:
		dst = append(dst, '[')
		for it, first := v.Items(), true; it.Next(); first = false {
			if !first {
				dst = append(dst, ',')
			}
			dst = c.write(dst, it.Value(), names, hidden, inside)
		}
		return append(dst, ']')
	case jsondoc.String:
		text := v.Text()
		if clean := c.text(text, names, hidden, inside); clean != text {
			return jsondoc.AppendQuote(dst, clean)
		}
	case jsondoc.Number:
		raw := string(v.Raw())
		if hidden {
			return append(dst, c.number(raw)...)
		}
		if _, found := c.words[raw]; found { // maybe of a text of digits
			return append(dst, c.number(raw)...)
		}
		if c.mask.Text(raw) == mask.Stars {
			return jsondoc.AppendQuote(dst, mask.Stars)
		}
	}
	return append(dst, v.Raw()...)
}

func (c *cleaner) writeObject(dst []byte, v jsondoc.Value, names []string, hidden bool, inside int) []byte {
	secret, isEvent := c.names(v), isEvent(v, names)
	dst = append(dst, '{')
	for m, first := v.Members(), true; m.Next(); first = false {
		if !first {
			dst = append(dst, ',')
		}
		key := m.Key()
		if word := c.key(key, names, isEvent); word == key {
			dst = append(append(append(dst, '"'), m.RawKey()...), '"', ':')
		} else {
			dst = append(jsondoc.AppendQuote(dst, word), ':')
		}
		here := append(names, key)
		word, hide := c.member(m.Value(), here, isEvent, secret)
		switch {
		case isDomain(names, key):
			dst = append(dst, c.Domain(m.Value())...)
		case word && !hide && !hidden:
			dst = append(dst, m.Value().Raw()...)
		default:
			dst = c.write(dst, m.Value(), here, hidden || hide, inside)
		}
	}
	return append(dst, '}')
}

// member says of an object's member, whose own name is the last of names, whether it is a name that Rasa goes by, and whether it is to
// be hidden; secret: the object is of a hidden slot.
func (c *cleaner) member(v jsondoc.Value, names []string, isEvent, secret bool) (word, hide bool) {
	last := len(names) - 1
	word = isWordOfRasa(names[:last], names[last], isEvent) && v.Kind() == jsondoc.String
	return word, c.rules.hide(names, word) || secret && names[last] == "value"
}

// text is what a text is written as.
func (c *cleaner) text(text string, names []string, hidden bool, inside int) string {
	if hidden {
		return c.placeholder(text)
	}
	if prefix, doc := documentIn(text, inside); doc != nil {
		clean := c.write(nil, doc.Root(), namesIn(prefix, names), false, inside+1)
		var same bytes.Buffer
		if err := json.Compact(&same, doc.Text()); err == nil && bytes.Equal(same.Bytes(), clean) {
			return c.plain(prefix) + text[len(prefix):] // as it was written
		}
		return c.plain(prefix) + string(clean)
	}
	return c.plain(text)
}

func (c *cleaner) plain(text string) string {
	if c.known != nil {
		text = c.known.replace(text)
	}
	return c.mask.Text(text)
}
