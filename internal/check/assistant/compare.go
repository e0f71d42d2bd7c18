package assistant

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/known"
)

// Compare tells of actions that the domain expects and no script provides, and of scripts that Rasa never calls. Scripts are the
// files by the action's name, those that can't be loaded included. Of a broken domain nothing is told but that.
func (d *Domain) Compare(scripts map[string]string) []Problem {
	if len(d.Broken) > 0 {
		return slices.Clone(d.Broken)
	}
	c := comparison{d, scripts}
	var problems []Problem
	for _, name := range slices.Sorted(maps.Keys(d.Actions)) {
		if p, wrong := c.listed(name, d.Actions[name]); wrong {
			problems = append(problems, p)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Fillers)) {
		if _, there := scripts[name]; there || has(d.Actions, name) || d.isOwnAction(name) {
			continue
		}
		problems = append(problems, d.Fillers[name].problem(check.Finding{Rule: "action-without-script",
			Message: fmt.Sprintf("Rasa is to fill a slot by `%s`, and no script provides it", name), Hint: c.nearScript(name)}))
	}
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		if f, wrong := c.script(name); wrong {
			f.Script, f.Warning = scripts[name], true
			problems = append(problems, Problem{Finding: f})
		}
	}
	return problems
}

type comparison struct {
	*Domain
	scripts map[string]string
}

// listed looks at an action that the domain lists.
func (c *comparison) listed(name string, at Place) (p Problem, wrong bool) {
	_, there := c.scripts[name]
	if of, is := strings.CutPrefix(name, "validate_"); is && !has(c.Forms, of) && !has(c.Slots, of) {
		if near := c.nearForm(of); near != "" {
			return at.problem(check.Finding{Rule: "validator-without-form", Warning: true,
				Message: fmt.Sprintf("`%s` belongs to a form or slot `%s`, which the domain doesn't have", name, of),
				Hint:    "did you mean `validate_" + near + "`?"}), true
		}
	}
	switch {
	case there || c.says(name) || has(c.Forms, name):
		return Problem{}, false
	case slices.Contains(ownActions(), name):
		return at.problem(check.Finding{Rule: "action-without-script", Warning: true,
			Message: fmt.Sprintf("as the domain lists `%s`, Rasa asks for it here and doesn't run its own, and no script provides it", name),
			Hint:    fmt.Sprintf("take it off the list, or write `%s.lua`", name)}), true
	}
	return at.problem(check.Finding{Rule: "action-without-script", Message: "no script provides `" + name + "`", Hint: c.nearScript(name)}), true
}

// script looks at a script, whether Rasa calls it.
func (c *comparison) script(name string) (f check.Finding, wrong bool) {
	if has(c.Actions, name) || has(c.Fillers, name) || strings.HasPrefix(name, "utter_") {
		return check.Finding{}, false
	}
	if of, is := strings.CutPrefix(name, "validate_"); is && !has(c.Forms, of) && !has(c.Slots, of) {
		f = check.Finding{Rule: "validator-without-form", Hint: fmt.Sprintf("name the file after a form, or add `%s` below `forms:` in the domain", of),
			Message: fmt.Sprintf("`%s` belongs to a form or slot `%s`, which the domain doesn't have", name, of)}
		if near := c.nearForm(of); near != "" {
			f.Hint = fmt.Sprintf("did you mean `validate_%s.lua`?", near)
		}
		return f, true
	}
	f = check.Finding{Rule: "action-not-in-domain", Message: fmt.Sprintf("the domain doesn't list `%s`, so Rasa never calls this script", name),
		Hint: fmt.Sprintf("add `- %s` below `actions:` in the domain", name)}
	if slices.Contains(ownActions(), name) {
		f.Message = fmt.Sprintf("the domain doesn't list `%s`, so Rasa runs its own and never calls this script", name)
	} else if near := known.Nearest(name, c.waiting()); near != "" {
		f.Hint = fmt.Sprintf("did you mean `%s.lua`?", near)
	}
	return f, true
}

// nearScript says what to do about an action that no script provides. Scripts that the domain lists are meant as they are.
func (c *comparison) nearScript(name string) string {
	var free []string
	for script := range c.scripts {
		if !has(c.Actions, script) && !has(c.Fillers, script) {
			free = append(free, script)
		}
	}
	if near := known.Nearest(name, free); near != "" {
		return fmt.Sprintf("did you mean `%s`, which is in %s?", near, c.scripts[near])
	}
	return fmt.Sprintf("write `%s.lua`, or take the name out of the domain", name)
}

// waiting are the listed actions without a script.
func (c *comparison) waiting() []string {
	var names []string
	for name := range c.Actions {
		if _, there := c.scripts[name]; !there && !c.isOwnAction(name) {
			names = append(names, name)
		}
	}
	return names
}

// nearForm is the form or slot that was probably meant, if it has no script of its own.
func (c *comparison) nearForm(name string) string {
	var free []string
	for _, of := range slices.Concat(slices.Collect(maps.Keys(c.Forms)), slices.Collect(maps.Keys(c.Slots))) {
		if _, there := c.scripts["validate_"+of]; !there && !has(c.Actions, "validate_"+of) {
			free = append(free, of)
		}
	}
	return known.Nearest(name, free)
}
