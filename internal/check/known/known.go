// Package known compares the names that scripts use with those that there are.
package known

import (
	"cmp"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/spell"
)

// List is all there is of one kind, such as the slots of an assistant.
type List struct {
	Names   []string
	More    []string                 // names that are there, too, and are rarely meant
	Also    func(name string) bool   // further names, which nobody can have misspelt; nil for none
	Rule    string                   // of the findings
	Message func(name string) string // what is wrong with a name that isn't there
	Hint    func(name string) string // what to do if no name is near
	Warning bool
	Open    bool // there may be others, so that only a name near one of them is wrong
}

// Compare returns a finding for each use of a name that its list doesn't have. A kind without a list can have any name.
func Compare(uses []check.Use, lists map[string]List) []check.Finding {
	var findings []check.Finding
	for _, use := range uses {
		list, ok := lists[use.Kind]
		if !ok || use.Name == "" || slices.Contains(list.Names, use.Name) || slices.Contains(list.More, use.Name) || list.Also != nil && list.Also(use.Name) {
			continue
		}
		f := check.Finding{Rule: list.Rule, Script: use.Script, Line: use.Line, Column: use.Column, EndColumn: use.EndColumn, Source: use.Source,
			Message: list.Message(use.Name), Hint: list.Hint(use.Name), Warning: list.Warning}
		near := cmp.Or(Nearest(use.Name, list.Names), Nearest(use.Name, list.More))
		if near != "" {
			f.Hint = "did you mean `" + near + "`?"
		} else if list.Open {
			continue
		}
		findings = append(findings, f)
	}
	return findings
}

// Nearest returns the name that was probably meant, or "". What names have in common by custom counts little: action_pay is not near
// action_buy, though most of its letters are the same.
func Nearest(name string, names []string) string {
	for _, custom := range []string{"action_", "utter_", "validate_"} {
		rest, has := strings.CutPrefix(name, custom)
		if !has {
			continue
		}
		var rests, others []string
		for _, other := range names {
			if part, has := strings.CutPrefix(other, custom); has {
				rests = append(rests, "__"+part)
			} else {
				others = append(others, other)
			}
		}
		if near := spell.Nearest("__"+rest, rests); near != "" {
			return custom + near[2:]
		}
		return spell.Nearest(name, others)
	}
	return spell.Nearest(name, names)
}
