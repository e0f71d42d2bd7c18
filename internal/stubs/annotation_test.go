package stubs_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// annotations reads the ---@ lines of definition files, strictly: what it refuses, the language server may take otherwise.
type annotations struct {
	classes  []string
	generics []string // of what is described at the moment
	used     map[string]string
}

var tag = regexp.MustCompile(`^---@(\w+) ?(.*)$`)

func (a *annotations) read(file, text string) error {
	if a.used == nil {
		a.used = map[string]string{}
	}
	for i, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "---") {
			a.generics = nil
		}
		found := tag.FindStringSubmatch(line)
		if found == nil {
			if strings.HasPrefix(strings.TrimSpace(strings.TrimLeft(line, "-")), "@") {
				return fmt.Errorf("%s:%d: no annotation: %s", file, i+1, line)
			}
			continue
		}
		if err := a.tag(found[1], found[2], fmt.Sprintf("%s:%d", file, i+1)); err != nil {
			return fmt.Errorf("%s:%d: %w: %s", file, i+1, err, line)
		}
	}
	return nil
}

func (a *annotations) tag(name, rest, where string) error {
	p := &typeParser{a: a, rest: rest, where: where}
	switch name {
	case "meta", "nodiscard", "deprecated":
		return nil
	case "generic":
		for part := range strings.SplitSeq(rest, ", ") {
			name, _, _ := strings.Cut(part, ":")
			a.generics = append(a.generics, name)
		}
		return nil
	case "class":
		rest = strings.TrimPrefix(rest, "(exact) ")
		name, parent, _ := strings.Cut(rest, ": ")
		if slices.Contains(a.classes, name) || !p.isName(name) {
			return fmt.Errorf("%q is no new class", name)
		}
		a.classes = append(a.classes, name)
		if parent != "" {
			a.used[parent] = where
		}
		return nil
	case "alias":
		name, is, _ := strings.Cut(rest, " ")
		a.classes = append(a.classes, name)
		p.rest = is
	case "field":
		if strings.HasPrefix(rest, "[") {
			p.rest = rest[1:]
			if err := p.union(); err != nil {
				return err
			}
			if err := p.want("] "); err != nil {
				return err
			}
		} else if err := p.word(); err != nil {
			return err
		}
	case "param":
		if err := p.word(); err != nil {
			return err
		}
	case "operator":
		if err := p.operator(); err != nil {
			return err
		}
	case "return", "overload":
	default:
		return fmt.Errorf("no such annotation as @%s", name)
	}
	if err := p.union(); err != nil {
		return err
	}
	if p.rest != "" && !strings.HasPrefix(p.rest, " ") {
		return fmt.Errorf("what is %q?", p.rest)
	}
	return nil
}

// unknown are the classes that are used and not declared.
func (a *annotations) unknown() []string {
	var names []string
	for name, where := range a.used {
		if !slices.Contains(a.classes, name) {
			names = append(names, where+": "+name)
		}
	}
	return names
}

// typeParser takes a type from the front of a text.
type typeParser struct {
	a     *annotations
	rest  string
	where string
}

var (
	nameOf = regexp.MustCompile(`^[A-Za-z_][\w.]*`)
	wordOf = regexp.MustCompile(`^([A-Za-z_]\w*\??|\.\.\.) `)
	textOf = regexp.MustCompile(`^"[^"]*"`)
)

func (p *typeParser) isName(name string) bool { return nameOf.FindString(name) == name && name != "" }

func (p *typeParser) want(text string) error {
	rest, ok := strings.CutPrefix(p.rest, text)
	if !ok {
		return fmt.Errorf("no %q before %q", text, p.rest)
	}
	p.rest = rest
	return nil
}

func (p *typeParser) accept(text string) bool { return p.want(text) == nil }

func (p *typeParser) word() error {
	found := wordOf.FindString(p.rest)
	if found == "" {
		return fmt.Errorf("%q begins with no name", p.rest)
	}
	p.rest = p.rest[len(found):]
	return nil
}

func (p *typeParser) operator() error {
	found := nameOf.FindString(p.rest)
	if !slices.Contains([]string{"add", "sub", "concat"}, found) {
		return fmt.Errorf("%q is no operator", found)
	}
	p.rest = p.rest[len(found):]
	if err := p.want("("); err != nil {
		return err
	}
	if err := p.union(); err != nil {
		return err
	}
	return p.want("): ")
}

func (p *typeParser) union() error {
	for {
		if err := p.one(); err != nil {
			return err
		}
		for p.accept("[]") || p.accept("?") {
		}
		if !p.accept("|") {
			return nil
		}
	}
}

func (p *typeParser) one() error {
	switch {
	case p.accept("..."):
		if nameOf.MatchString(p.rest) {
			return p.one()
		}
		return nil
	case p.accept("("):
		if err := p.union(); err != nil {
			return err
		}
		return p.want(")")
	case p.accept("fun("):
		return p.function()
	case p.accept("{ "):
		return p.fields()
	case textOf.MatchString(p.rest):
		p.rest = p.rest[len(textOf.FindString(p.rest)):]
		return nil
	}
	name := nameOf.FindString(p.rest)
	if name == "" {
		return fmt.Errorf("%q begins with no type", p.rest)
	}
	p.rest = p.rest[len(name):]
	if name == "table" && p.accept("<") {
		if err := p.list(p.union); err != nil {
			return err
		}
		return p.want(">")
	}
	basic := []string{"string", "number", "integer", "boolean", "table", "function", "any", "nil", "thread", "true", "false"}
	if !slices.Contains(basic, name) && !slices.Contains(p.a.generics, name) {
		p.a.used[name] = p.where
	}
	return nil
}

func (p *typeParser) list(item func() error) error {
	for {
		if err := item(); err != nil {
			return err
		}
		if !p.accept(", ") {
			return nil
		}
	}
}

func (p *typeParser) function() error {
	named := regexp.MustCompile(`^([A-Za-z_]\w*\??|\.\.\.): `)
	if !p.accept(")") {
		err := p.list(func() error {
			found := named.FindString(p.rest)
			if found == "" {
				return fmt.Errorf("%q begins with no parameter", p.rest)
			}
			p.rest = p.rest[len(found):]
			return p.union()
		})
		if err != nil {
			return err
		}
		if err := p.want(")"); err != nil {
			return err
		}
	}
	if p.accept(": ") {
		return p.list(p.union)
	}
	return nil
}

func (p *typeParser) fields() error {
	key := regexp.MustCompile(`^(\w+\??|\[string\]): `)
	err := p.list(func() error {
		found := key.FindString(p.rest)
		if found == "" {
			return fmt.Errorf("%q begins with no field", p.rest)
		}
		p.rest = p.rest[len(found):]
		return p.union()
	})
	if err != nil {
		return err
	}
	return p.want(" }")
}
