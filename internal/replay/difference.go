package replay

import (
	"fmt"
	"strings"
)

// missing stands for a place that isn't there.
type missing struct{}

// Difference is one place where two JSON documents differ.
type Difference struct {
	Path      []string // names, and places in lists
	Want, Got any      // as encoding/json decodes, numbers as json.Number; see Added and Removed
	note      string   // what to say in the place of both
}

// Added tells that only the second document has the place.
func (d *Difference) Added() bool { return isMissing(d.Want) }

// Removed tells that only the first document has it.
func (d *Difference) Removed() bool { return isMissing(d.Got) }

func isMissing(v any) bool {
	_, is := v.(missing)
	return is
}

// String is "pointer: what".
func (d *Difference) String() string {
	if d.note != "" {
		return "/" + strings.Join(d.Path, "/") + ": " + d.note
	}
	return fmt.Sprintf("/%s: want %s, got %s", strings.Join(d.Path, "/"), show(d.Want), show(d.Got))
}

func lines(differences []Difference) []string {
	var out []string
	for i := range differences {
		out = append(out, differences[i].String())
	}
	return out
}

// Compare lists where two JSON texts differ. ignore are JSON pointers, with * for every name and place, to what may differ or be missing.
// Of lists that differ in length the items are compared that are left when those that are equal at both ends are taken away.
func Compare(want, got []byte, ignore []string) ([]Difference, error) {
	var a, b any
	if err := decode(want, &a); err != nil {
		return nil, err
	}
	if err := decode(got, &b); err != nil {
		return nil, err
	}
	return rules{ignore: ignore, items: true}.compare(a, b, nil), nil
}

// oneSided is a place that only one of two objects has.
func (r rules) oneSided(want, got any, path []string) []Difference {
	if r.items && matches(path, r.ignore) {
		return nil
	}
	return []Difference{{Path: path, Want: want, Got: got}}
}

// compareItems compares lists item by item. Places are those of the second list where it has the item, else of the first.
func (r rules) compareItems(want, got []any, path []string) []Difference {
	at := func(i int) []string { return append(append([]string(nil), path...), fmt.Sprint(i)) }
	var out []Difference
	begin, tail := 0, 0
	if len(want) != len(got) {
		shorter := min(len(want), len(got))
		for begin < shorter && len(r.compare(want[begin], got[begin], at(begin))) == 0 {
			begin++
		}
		for tail < shorter-begin && len(r.compare(want[len(want)-1-tail], got[len(got)-1-tail], at(len(got)-1-tail))) == 0 {
			tail++
		}
	}
	for i := begin; i < max(len(want), len(got))-tail; i++ {
		switch {
		case i >= len(got)-tail:
			out = append(out, r.oneSided(want[i], missing{}, at(i))...)
		case i >= len(want)-tail:
			out = append(out, r.oneSided(missing{}, got[i], at(i))...)
		default:
			out = append(out, r.compare(want[i], got[i], at(i))...)
		}
	}
	return out
}
