package yaml

import (
	"slices"
	"strings"

	goyaml "go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// converter writes what a document says as JSON.
type converter struct {
	a       luaapi.Args
	out     *luaapi.Buffer
	open    []*goyaml.Node // the tables that are being written, outermost first
	inside  int            // how many aliases are being followed
	aliased int            // values that were written for aliases
}

func (c *converter) value(n *goyaml.Node) {
	c.a.State.Meter().Step(c.a.L, 1+len(n.Value)/64)
	c.count(1)
	switch n.Kind {
	case goyaml.AliasNode:
		c.inside++
		c.value(n.Alias)
		c.inside--
	case goyaml.SequenceNode:
		c.enter(n)
		c.tagged(n, "!!seq")
		c.out.AddByte('[')
		for i, item := range n.Content {
			if i > 0 {
				c.out.AddByte(',')
			}
			c.value(item)
		}
		c.out.AddByte(']')
		c.leave()
	case goyaml.MappingNode:
		c.enter(n)
		c.tagged(n, "!!map")
		c.out.AddByte('{')
		for i, m := range c.members(n) {
			if i > 0 {
				c.out.AddByte(',')
			}
			c.quote(m.name)
			c.out.AddByte(':')
			c.value(m.value)
		}
		c.out.AddByte('}')
		c.leave()
	default:
		c.scalar(n)
	}
}

func (c *converter) quote(text string) {
	const atOnce = 64 << 10 // bytes
	if len(text) > atOnce {
		c.a.State.Meter().Need(c.a.L, c.a.Name(), 2*len(text))
	}
	c.out.Add(string(jsondoc.AppendQuote(nil, text)))
}

// count counts what aliases stand for, which may be far more than the text has.
func (c *converter) count(values int) {
	if c.inside == 0 {
		return
	}
	if c.aliased += values; c.aliased > maxAliased {
		c.a.Raise("the aliases (*) of the text stand for more than %d values", maxAliased)
	}
}

func (c *converter) enter(n *goyaml.Node) {
	if slices.Contains(c.open, n) {
		c.a.Raise("line %d: the value &%s contains itself", n.Line, shown(n.Anchor))
	}
	if len(c.open) >= maxDepth {
		c.a.Raise("line %d: tables inside tables, more than %d deep", n.Line, maxDepth)
	}
	c.open = append(c.open, n)
}

func (c *converter) leave() { c.open = c.open[:len(c.open)-1] }

// tagged refuses a table with another tag than its own.
func (c *converter) tagged(n *goyaml.Node, own string) {
	if n.Tag != own {
		c.a.Raise("line %d: the tag %s means nothing here; leave it out", n.Line, shown(n.Tag))
	}
}

// member is one name of a table, with its value.
type member struct {
	name   string
	value  *goyaml.Node
	merged bool // it came from another table, by <<
}

// members are those of a table, whose own come before those that << brings in.
func (c *converter) members(n *goyaml.Node) []member {
	list := make([]member, 0, len(n.Content)/2)
	at := make(map[string]int, len(n.Content)/2)
	add := func(m member) (place int, there bool) {
		if i, ok := at[m.name]; ok {
			return i, true
		}
		const perMember = 120 // bytes
		c.a.State.Meter().Need(c.a.L, c.a.Name(), perMember)
		at[m.name] = len(list)
		list = append(list, m)
		return len(list) - 1, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		c.a.State.Meter().Step(c.a.L, 4)
		if key.Tag == "!!merge" {
			for _, m := range c.merged(value) {
				add(m)
			}
			continue
		}
		m := member{name: c.name(key), value: value}
		switch place, there := add(m); {
		case there && list[place].merged:
			list[place] = m
		case there:
			c.a.Raise(`line %d: the name "%s" comes twice in one table`, key.Line, shown(m.name))
		}
	}
	return list
}

// name is the text of a key.
func (c *converter) name(key *goyaml.Node) string {
	if key.Kind == goyaml.AliasNode {
		key = key.Alias
	}
	if key.Kind != goyaml.ScalarNode {
		c.a.Raise("line %d: a name must be a text, not a table; a text with { or [ in front stands in quotes", key.Line)
	}
	return key.Value
}

// merged are the members that << brings in: of one table, or of several, whose first counts.
func (c *converter) merged(n *goyaml.Node) []member {
	c.inside++
	defer func() { c.inside-- }()
	if n.Kind == goyaml.AliasNode {
		n = n.Alias
	}
	c.count(1)
	switch n.Kind {
	case goyaml.MappingNode:
		c.enter(n)
		list := c.members(n)
		c.leave()
		c.count(len(list))
		for i := range list {
			list[i].merged = true
		}
		return list
	case goyaml.SequenceNode:
		c.enter(n)
		var list []member
		for _, item := range n.Content {
			list = append(list, c.merged(item)...)
		}
		c.leave()
		return list
	}
	c.a.Raise("line %d: << takes a table, or a list of tables, such as *name", n.Line)
	return nil
}

// shown is a text of the document as messages show it.
func shown(text string) string {
	const most = 60 // bytes
	if text = strings.ToValidUTF8(text, "\uFFFD"); len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
