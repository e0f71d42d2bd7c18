package replay

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

func (c *Check) judge(whole any) []string {
	got := lookup(whole, c.At)
	var out []string
	if c.Is != nil && !c.kindFits(got) {
		out = append(out, fmt.Sprintf("%s: want %s, got %s", c.At, c.Is, show(got)))
	}
	if c.Equals != nil {
		var want any
		if err := decode(c.Equals, &want); err != nil || len(rules{}.compare(want, got, nil)) > 0 {
			out = append(out, fmt.Sprintf("%s: want %s, got %s", c.At, c.Equals, show(got)))
		}
	}
	text, isText := got.(string)
	for _, word := range c.Contains {
		if !isText || !strings.Contains(text, word) {
			out = append(out, fmt.Sprintf("%s: want a text with %q, got %s", c.At, word, show(got)))
		}
	}
	for _, word := range c.Lacks {
		if isText && strings.Contains(text, word) {
			out = append(out, fmt.Sprintf("%s: want no %q in it, got %s", c.At, word, show(got)))
		}
	}
	if c.Length != nil && length(got) != *c.Length {
		out = append(out, fmt.Sprintf("%s: want length %d, got %s", c.At, *c.Length, show(got)))
	}
	return out
}

func (c *Check) kindFits(got any) bool {
	var allowed []string
	if json.Unmarshal(c.Is, &allowed) != nil {
		var one string
		if json.Unmarshal(c.Is, &one) != nil {
			return false
		}
		allowed = []string{one}
	}
	have := kind(got)
	return slices.ContainsFunc(allowed, func(name string) bool {
		switch name {
		case "number":
			return have == "integer" || have == "float"
		case "present":
			return have != "absent"
		}
		return name == have
	})
}

func length(v any) int {
	switch v := v.(type) {
	case string:
		return len([]rune(v))
	case []any:
		return len(v)
	case map[string]any:
		return len(v)
	}
	return -1
}
