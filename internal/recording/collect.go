package recording

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// maxInside is how many times JSON stands in a text of JSON at most to be looked into.
const maxInside = 3

// collect notes what is hidden below v, which stands under names.
func (c *cleaner) collect(v jsondoc.Value, names []string, hidden bool, inside int) {
	switch v.Kind() {
	case jsondoc.Object:
		secret, isEvent := c.names(v), isEvent(v, names)
		for m := v.Members(); m.Next(); {
			key := m.Key()
			if isDomain(names, key) {
				continue
			}
			here := append(names, key)
			_, hide := c.member(m.Value(), here, isEvent, secret)
			c.collect(m.Value(), here, hidden || hide, inside)
		}
	case jsondoc.Array:
		for it := v.Items(); it.Next(); {
			c.collect(it.Value(), names, hidden, inside)
		}
	case jsondoc.String:
		text := v.Text()
		if hidden {
			c.noteText(text)
		} else {
			c.collectSet(text)
		}
		if prefix, doc := documentIn(text, inside); doc != nil {
			c.collect(doc.Root(), namesIn(prefix, names), hidden, inside+1)
		}
	case jsondoc.Number:
		if raw := string(v.Raw()); hidden && len(raw) >= mask.Shortest {
			c.note(raw, c.number(raw))
		}
	}
}

// shortestWord is how long a hidden text is, in bytes, to be looked for elsewhere: single letters are everywhere.
const shortestWord = 2

func (c *cleaner) note(text, instead string) {
	if len(text) >= shortestWord {
		c.words[text] = instead
	}
}

// noteText notes a hidden text, and the forms in which addresses and what the user typed have it.
func (c *cleaner) noteText(text string) {
	query := url.QueryEscape(text)
	for _, form := range []string{strings.TrimSpace(text), url.PathEscape(text), query, strings.ReplaceAll(query, "+", "%20"), text} {
		c.note(form, c.placeholder(text))
	}
}

// setSlots is what Rasa takes for a command to set slots: /SetSlots(city=Ulm, size=3).
var setSlots = regexp.MustCompile(`^\s*/SetSlots\((.*)\)\s*$`)

// collectSet notes the hidden slots of such a command.
func (c *cleaner) collectSet(text string) {
	m := setSlots.FindStringSubmatch(text)
	if m == nil {
		return
	}
	for part := range strings.SplitSeq(m[1], ",") {
		name, value, _ := strings.Cut(part, "=")
		if c.rules.hideSlot(strings.TrimSpace(name)) {
			c.noteText(strings.Trim(value, " \t\"'"))
		}
	}
}

// names says whether an object names what is hidden and has it beside as its value: an event that sets the slot, or an entity.
func (c *cleaner) names(v jsondoc.Value) bool {
	if v.Get("event").TextIs("slot") && c.rules.hideSlot(v.Get("name").Text()) {
		return true
	}
	entity := v.Get("entity")
	return entity.Kind() == jsondoc.String && c.rules.hideSlot(entity.Text())
}

// namesIn are the names around a document in a text: what stands after an intent are entities, which become slots.
func namesIn(prefix string, names []string) []string {
	if strings.HasPrefix(prefix, "/") {
		return append(names[:len(names):len(names)], "slots")
	}
	return names
}

// documentIn returns the JSON that a text is, maybe after an intent as in /inform{"city": "Ulm"}; nil if it is none.
func documentIn(text string, inside int) (prefix string, doc *jsondoc.Doc) {
	begin := strings.IndexAny(text, "{[")
	if inside >= maxInside || begin < 0 || begin > 0 && strings.TrimSpace(text[:begin]) != "" && text[0] != '/' {
		return "", nil
	}
	doc, err := jsondoc.Parse([]byte(text[begin:]))
	if err != nil {
		return "", nil
	}
	return text[:begin], doc
}
