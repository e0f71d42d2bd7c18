package replay

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rules are how a step's answer is compared.
type rules struct {
	ignore, unordered, datetime []string
	looseNumbers                bool
	items                       bool // lists that differ in length are compared by their items, and what is ignored may also be missing
}

func (s *Step) rules() rules {
	return rules{ignore: s.Ignore, unordered: s.Unordered, datetime: s.Datetime, looseNumbers: s.Numbers == "loose"}
}

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return "float"
		}
		return "integer"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "absent"
}

func show(v any) string {
	if _, ok := v.(missing); ok {
		return "nothing"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	if len(text) > 120 {
		return string(text[:120]) + "…"
	}
	return string(text)
}

func parts(pointer string) []string {
	if pointer == "" {
		return nil
	}
	list := strings.Split(strings.TrimLeft(pointer, "/"), "/")
	for i, p := range list {
		list[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(p)
	}
	return list
}

func lookup(v any, pointer string) any {
	for _, part := range parts(pointer) {
		switch here := v.(type) {
		case []any:
			i, err := strconv.Atoi(part)
			if i < 0 {
				i += len(here)
			}
			if err != nil || i < 0 || i >= len(here) {
				return missing{}
			}
			v = here[i]
		case map[string]any:
			inner, ok := here[part]
			if !ok {
				return missing{}
			}
			v = inner
		default:
			return missing{}
		}
	}
	return v
}

func matches(path, pointers []string) bool {
	return slices.ContainsFunc(pointers, func(pointer string) bool {
		want := parts(pointer)
		return slices.EqualFunc(want, path, func(w, p string) bool { return w == "*" || w == p })
	})
}

// compare lists where the two differ.
func (r rules) compare(want, got any, path []string) []Difference {
	if matches(path, r.ignore) {
		return nil
	}
	differ := func() []Difference { return []Difference{{Path: path, Want: want, Got: got}} }
	if w, ok := want.(json.Number); ok {
		if g, ok := got.(json.Number); ok && r.sameNumber(w, g) {
			return nil
		}
		return differ()
	}
	if kind(want) != kind(got) {
		return differ()
	}
	switch w := want.(type) {
	case map[string]any:
		return r.compareObjects(w, got.(map[string]any), path)
	case []any:
		if matches(path, r.unordered) {
			return r.compareSets(w, got.([]any), path)
		}
		return r.compareLists(w, got.([]any), path)
	case string:
		if w != got && !(matches(path, r.datetime) && sameMoment(w, got.(string))) {
			return differ()
		}
		return nil
	}
	if want != got {
		return differ()
	}
	return nil
}

func (r rules) compareObjects(want, got map[string]any, path []string) []Difference {
	keys := maps.Clone(want)
	maps.Copy(keys, got)
	var out []Difference
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		w, inWant := want[key]
		g, inGot := got[key]
		here := append(slices.Clone(path), key)
		switch {
		case !inWant:
			out = append(out, r.oneSided(missing{}, g, here)...)
		case !inGot:
			out = append(out, r.oneSided(w, missing{}, here)...)
		default:
			out = append(out, r.compare(w, g, here)...)
		}
	}
	return out
}

func (r rules) compareLists(want, got []any, path []string) []Difference {
	if r.items {
		return r.compareItems(want, got, path)
	}
	if len(want) != len(got) {
		return []Difference{{Path: path, Want: want, Got: got, note: fmt.Sprintf("want %d items, got %d: %s", len(want), len(got), show(got))}}
	}
	var out []Difference
	for i := range want {
		out = append(out, r.compare(want[i], got[i], append(slices.Clone(path), strconv.Itoa(i)))...)
	}
	return out
}

func (r rules) compareSets(want, got []any, path []string) []Difference {
	rest := slices.Clone(got)
	var out []Difference
	inside := append(slices.Clone(path), "*")
	for _, w := range want {
		i := slices.IndexFunc(rest, func(g any) bool { return len(r.compare(w, g, inside)) == 0 })
		if i < 0 {
			out = append(out, Difference{Path: path, Want: w, Got: missing{}, note: "want an item " + show(w)})
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, g := range rest {
		out = append(out, Difference{Path: path, Want: missing{}, Got: g, note: "got an unwanted item " + show(g)})
	}
	return out
}

// sameNumber compares integers digit for digit, and never an integer with a float unless numbers are loose.
func (r rules) sameNumber(want, got json.Number) bool {
	if want == got {
		return true
	}
	a, okA := new(big.Rat).SetString(want.String())
	b, okB := new(big.Rat).SetString(got.String())
	if !okA || !okB {
		return false
	}
	if r.looseNumbers {
		return a.Cmp(b) == 0 || sameFloat(want, got)
	}
	if kind(want) != kind(got) {
		return false
	}
	if kind(want) == "integer" {
		return a.Cmp(b) == 0
	}
	return sameFloat(want, got)
}

func sameFloat(want, got json.Number) bool {
	a, errA := want.Float64()
	b, errB := got.Float64()
	return errA == nil && errB == nil && a == b
}

func sameMoment(want, got string) bool {
	a, errA := moment(want)
	b, errB := moment(got)
	return errA == nil && errB == nil && a.Equal(b)
}

func moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, nil
	}
	return time.Parse("2006-01-02T15:04:05.999999999", text)
}
