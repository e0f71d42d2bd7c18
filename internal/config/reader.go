package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/spell"
)

// How much a file may hold: nodes once aliases stand for what they name, levels, mistakes that are told of.
const (
	maxNodes    = 50_000
	maxDepth    = 50
	maxMistakes = 20
)

// reader walks a file's YAML and collects what is wrong with it.
type reader struct {
	name     string
	dir      string
	around   Surroundings
	wrong    []mistake
	secrets  []string
	nodes    int
	expanded int // bytes that came from ${…}
}

type mistake struct {
	place Place
	text  string
}

// setting is a value with the names that lead to it, such as "http.snow.url".
type setting struct {
	node *yaml.Node // no alias
	name string
}

func (r *reader) err() error {
	slices.SortStableFunc(r.wrong, func(a, b mistake) int {
		if a.place.Line != b.place.Line {
			return a.place.Line - b.place.Line
		}
		return a.place.Column - b.place.Column
	})
	var all []error
	for i, m := range r.wrong {
		if i == maxMistakes {
			all = append(all, usage("%s: there are %d further mistakes", r.name, len(r.wrong)-i))
			break
		}
		all = append(all, usage("%s: %s", m.place, m.text))
	}
	return errors.Join(all...)
}

func (r *reader) place(n *yaml.Node) Place { return Place{r.name, max(n.Line, 1), max(n.Column, 1)} }

func (r *reader) say(n *yaml.Node, format string, args ...any) {
	r.wrong = append(r.wrong, mistake{r.place(n), fmt.Sprintf(format, args...)})
}

// fault says what is wrong with a setting: "timeout must be …".
func (r *reader) fault(v setting, format string, args ...any) {
	r.say(v.node, "%s "+format, append([]any{v.name}, args...)...)
}

// parse returns the file's content; nil if there is none, or if it can't be used.
func (r *reader) parse(data []byte) *yaml.Node {
	if len(data) > maxFile {
		r.say(&yaml.Node{}, "the file is larger than 1 MiB, the most that is read")
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			r.noYAML(err)
		}
		return nil
	}
	if err := decoder.Decode(&more); err == nil {
		r.say(&more, "a second document begins here; a configuration is one")
		return nil
	} else if !errors.Is(err, io.EOF) {
		r.noYAML(err)
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	if !r.bounded(doc.Content[0], 0) {
		return nil
	}
	return real(doc.Content[0])
}

// noYAML says where a file is no YAML. The library's text names the line and nothing else of the file.
func (r *reader) noYAML(err error) {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	at := &yaml.Node{}
	if found := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(reason); found != nil {
		at.Line, _ = strconv.Atoi(found[1])
		reason = reason[len(found[0]):]
	}
	r.say(at, "this is no YAML: %s", shorten(reason))
}

// bounded says whether the file stays small when each alias stands for what it names. It ends soon if not.
func (r *reader) bounded(n *yaml.Node, depth int) bool {
	r.nodes++
	switch {
	case r.nodes > maxNodes:
		r.say(n, "the file has more than %d values, those that aliases repeat included", maxNodes)
		return false
	case depth > maxDepth:
		r.say(n, "the file is nested deeper than %d levels", maxDepth)
		return false
	case n.Kind == yaml.AliasNode:
		return r.bounded(n.Alias, depth+1)
	}
	for _, inner := range n.Content {
		if !r.bounded(inner, depth+1) {
			return false
		}
	}
	return true
}

// real is what an alias stands for.
func real(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// member is a name of a table with its value.
type member struct {
	key   *yaml.Node
	name  string
	value setting
}

// members returns the names of a table in their order. One that holds nothing is an empty one.
func (r *reader) members(v setting, example string) []member {
	if isNull(v.node) {
		return nil
	}
	if v.node.Kind != yaml.MappingNode {
		r.fault(v, "must be names with values, such as %s, and it is %s", example, kind(v.node))
		return nil
	}
	var list []member
	at := map[string]*yaml.Node{}
	r.collect(v, &list, at, false)
	return list
}

func (r *reader) collect(v setting, list *[]member, at map[string]*yaml.Node, merged bool) {
	var merges []*yaml.Node
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key, value := real(v.node.Content[i]), real(v.node.Content[i+1])
		switch {
		case key.ShortTag() == "!!merge":
			merges = append(merges, value)
			continue
		case key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str":
			r.say(key, "a name must be a text, and it is %s; put it in quotes if it is meant as one", kind(key))
			continue
		}
		if first, double := at[key.Value]; double {
			if !merged {
				r.say(key, "%s is given twice; first in line %d", shorten(key.Value), first.Line)
			}
			continue
		}
		at[key.Value] = key
		*list = append(*list, member{key, key.Value, setting{value, inside(v.name, key.Value)}})
	}
	for _, from := range merges {
		r.merge(v, from, list, at)
	}
}

// merge adds the names of what << names; those that are there win.
func (r *reader) merge(v setting, from *yaml.Node, list *[]member, at map[string]*yaml.Node) {
	tables := []*yaml.Node{from}
	if from.Kind == yaml.SequenceNode {
		tables = from.Content
	}
	for _, table := range tables {
		if table = real(table); table.Kind != yaml.MappingNode {
			r.say(table, "<< must name a table, and it is %s", kind(table))
			continue
		}
		r.collect(setting{table, v.name}, list, at, true)
	}
}

func inside(name, key string) string {
	key = shorten(key)
	if name == "" {
		return key
	}
	return name + "." + key
}

// table hands each member to the function of its name; a name without one is a mistake.
func (r *reader) table(v setting, example string, known map[string]func(setting)) {
	for _, m := range r.members(v, example) {
		if read := known[m.name]; read != nil {
			read(m.value)
			continue
		}
		r.unknown(m, v.name, slices.Sorted(maps.Keys(known)))
	}
}

func (r *reader) unknown(m member, table string, known []string) {
	say := "unknown key " + strconv.Quote(shorten(m.name))
	if table != "" {
		say += " in " + table
	}
	switch near := spell.Nearest(strings.ReplaceAll(m.name, "-", "_"), known); {
	case slices.Contains(known, strings.ReplaceAll(m.name, "-", "_")):
		say += fmt.Sprintf("; did you mean %q?", strings.ReplaceAll(m.name, "-", "_"))
	case near != "":
		say += fmt.Sprintf("; did you mean %q?", near)
	case len(known) <= 12:
		say += "; known here are " + strings.Join(known, ", ")
	}
	r.say(m.key, "%s", say)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// kind says what a value is, as people do.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a table with names"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!bool":
		return n.Value
	case "!!int", "!!float":
		return "the number " + shorten(n.Value)
	case "!!timestamp":
		return "a date"
	case "!!str":
		return "a text"
	}
	return "of the type " + shorten(n.Tag)
}
