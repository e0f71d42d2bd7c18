package recording

import (
	"fmt"
	"strconv"
	"strings"
)

// Path says where something stands in JSON: names and places in lists.
type Path []Step

// Step is one name, or one place in a list. Any is every name, or every place.
type Step struct {
	Name  string
	Index int
	List  bool
	Any   bool
}

// ParsePath reads a path such as events[*].timestamp or slots.password: names with dots between, * for every name, [0] for the
// first place of a list and [*] for all. A backslash before a dot, a bracket, a star or a backslash takes it as a part of the name. The
// error says what to write.
func ParsePath(text string) (Path, error) {
	var path Path
	p := parser{text: text}
	for {
		switch {
		case p.is('['):
			step, err := p.index()
			if err != nil {
				return nil, err
			}
			path = append(path, step)
		case len(path) == 0:
			step, err := p.name()
			if err != nil {
				return nil, err
			}
			path = append(path, step)
		case p.is('.'):
			p.at++
			step, err := p.name()
			if err != nil {
				return nil, err
			}
			path = append(path, step)
		case p.at == len(p.text):
			return path, nil
		default:
			return nil, fmt.Errorf("%q: after ] comes a dot, such as in events[*].timestamp", text)
		}
	}
}

type parser struct {
	text string
	at   int
}

func (p *parser) is(c byte) bool { return p.at < len(p.text) && p.text[p.at] == c }

func (p *parser) name() (Step, error) {
	var name strings.Builder
	begin := p.at
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		if c == '.' || c == '[' {
			break
		}
		if c == ']' {
			return Step{}, fmt.Errorf("%q: a ] without its [; write \\] if it is a part of the name", p.text)
		}
		if c == '\\' {
			p.at++
			if p.at == len(p.text) || !strings.ContainsRune(`.[]*\`, rune(p.text[p.at])) {
				return Step{}, fmt.Errorf(`%q: a backslash stands before a dot, a bracket, a star or a backslash; write \\ for one`, p.text)
			}
			c = p.text[p.at]
		}
		name.WriteByte(c)
	}
	if p.at == begin {
		return Step{}, fmt.Errorf("%q: a name is missing; a path looks like slots.password or events[*].timestamp", p.text)
	}
	return Step{Name: name.String(), Any: p.text[begin:p.at] == "*"}, nil
}

func (p *parser) index() (Step, error) {
	inside, _, closed := strings.Cut(p.text[p.at+1:], "]")
	wrong := fmt.Errorf("%q: in brackets stands a place from 0 on, or * for all, such as events[0] and events[*]", p.text)
	if !closed {
		return Step{}, wrong
	}
	p.at += len(inside) + len("[]")
	if inside == "*" {
		return Step{List: true, Any: true}, nil
	}
	n, err := strconv.ParseUint(inside, 10, 31)
	if err != nil || inside != strconv.FormatUint(n, 10) {
		return Step{}, wrong
	}
	return Step{List: true, Index: int(n)}, nil
}

// String writes the path so that ParsePath reads the same.
func (p Path) String() string {
	var text strings.Builder
	for i, s := range p {
		switch {
		case s.List && s.Any:
			text.WriteString("[*]")
		case s.List:
			text.WriteString("[" + strconv.Itoa(s.Index) + "]")
		default:
			if i > 0 {
				text.WriteByte('.')
			}
			if s.Any {
				text.WriteByte('*')
				continue
			}
			text.WriteString(strings.NewReplacer(`\`, `\\`, ".", `\.`, "[", `\[`, "]", `\]`, "*", `\*`).Replace(s.Name))
		}
	}
	return text.String()
}

// Pointer is the path as a JSON pointer, with * for every name and place. A name that is itself * becomes any name.
func (p Path) Pointer() string {
	var text strings.Builder
	for _, s := range p {
		text.WriteByte('/')
		switch {
		case s.Any:
			text.WriteByte('*')
		case s.List:
			text.WriteString(strconv.Itoa(s.Index))
		default:
			text.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(s.Name))
		}
	}
	return text.String()
}
