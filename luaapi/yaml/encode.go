package yaml

import (
	"strings"
	"unicode"

	goyaml "go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

func encode(a luaapi.Args) int {
	json, err := a.Values.AppendText(nil, a.Get(1), "value")
	if err != nil {
		a.Raise("%s", err.Error())
	}
	if len(json) > maxText {
		a.Raise("the value takes %d bytes as JSON; YAML may have at most %d MiB", len(json), maxText>>20)
	}
	a.State.Meter().Step(a.L, len(json)/64)
	doc, problem := jsondoc.Parse(json)
	if problem != nil {
		a.Raise("%s", problem.Error())
	}
	out := a.NewBuffer(len(json))
	root := node(a, doc.Root())
	failed := guarded(func() error {
		encoder := goyaml.NewEncoder(sink{out})
		encoder.SetIndent(2)
		if err := encoder.Encode(root); err != nil {
			return err
		}
		return encoder.Close()
	})
	if failed != nil {
		a.Raise("the value can't be written")
	}
	return a.Return(out.Value())
}

// node is a value as the library takes it.
func node(a luaapi.Args, v jsondoc.Value) *goyaml.Node {
	const perNode = 300 // bytes
	a.State.Meter().Step(a.L, 4)
	a.State.Meter().Need(a.L, a.Name(), perNode)
	switch v.Kind() {
	case jsondoc.Array:
		n := &goyaml.Node{Kind: goyaml.SequenceNode}
		for items := v.Items(); items.Next(); {
			n.Content = append(n.Content, node(a, items.Value()))
		}
		return n
	case jsondoc.Object:
		n := &goyaml.Node{Kind: goyaml.MappingNode}
		for m := v.Members(); m.Next(); {
			n.Content = append(n.Content, text(m.Key()), node(a, m.Value()))
		}
		return n
	case jsondoc.String:
		return text(v.Text())
	}
	return &goyaml.Node{Kind: goyaml.ScalarNode, Value: string(v.Raw())}
}

// text is a text, in quotes where somebody would read it as something else: readers of YAML 1.1 among them.
func text(s string) *goyaml.Node {
	n := &goyaml.Node{Kind: goyaml.ScalarNode, Tag: "!!str", Value: s}
	switch is, _ := resolve(s); {
	case is != aText || oldWord(s):
		n.Style = goyaml.DoubleQuotedStyle
	case strings.Contains(s, "\n"):
		n.Style = goyaml.DoubleQuotedStyle
		if asBlock(s) {
			n.Style = goyaml.LiteralStyle
		}
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		n.Style = goyaml.DoubleQuotedStyle
	}
	return n
}

// oldWord says whether s had a meaning before YAML 1.2.
func oldWord(s string) bool {
	switch strings.ToLower(s[:min(len(s), len("false "))]) {
	case "yes", "no", "on", "off", "true", "false", "null", "<<", "=":
		return true
	}
	return false
}

// asBlock says whether a text of several lines can stand as it is, line by line.
func asBlock(s string) bool {
	if s[0] == ' ' || s[0] == '\n' || strings.HasSuffix(s, "\n\n") || strings.Contains(s, " \n") || strings.HasSuffix(s, " ") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
}

// sink takes what is written.
type sink struct{ b *luaapi.Buffer }

// Write is that of io.Writer.
func (s sink) Write(p []byte) (int, error) {
	s.b.Add(string(p))
	return len(p), nil
}
