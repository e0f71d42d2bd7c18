// Package yaml is the module yaml: texts in YAML 1.2, by way of JSON, so that tables have the order, the nulls and the digits that
// they have from there.
package yaml

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	return luaapi.Module{
		Name: "yaml",
		Doc:  "Turns values into YAML 1.2 and back.",
		Instead: map[string]string{
			"load": "decode", "safe_load": "decode", "parse": "decode", "read": "decode", "dump": "encode", "safe_dump": "encode", "stringify": "encode",
			"write": "encode",
		},
		Members: []luaapi.Member{
			{
				Name: "decode", Params: []luaapi.Param{{Name: "text", Type: "string"}}, Returns: "any",
				Doc: "Reads one YAML document; raises an error that says where it is none. yes, no and dates are texts, names are texts too, and " +
					"a name that comes twice is an error.",
				Example: `local menu = yaml.decode("pizza: 8.50\npasta: 7")`, Func: decode,
			},
			{
				Name: "encode", Params: []luaapi.Param{{Name: "value", Type: "any", Optional: true}}, Returns: "string",
				Doc: "Writes a value as YAML, over several lines.", Example: `local text = yaml.encode({ pizza = 8.5, sizes = { "S", "L" } })`, Func: encode,
			},
		},
	}
}

const (
	maxText  = 8 << 20 // bytes of a text that is read or written: the library can't be stopped inside one long scalar
	maxDepth = jsondoc.MaxDepth
	// maxAliased is for how many values the aliases of a text may stand together.
	maxAliased = 100000
)

func decode(a luaapi.Args) int { return a.Return(Decode(a, a.String(1))) }

// Decode reads a text; json.null if there is nothing in it. It raises in the name of the member that is called.
func Decode(a luaapi.Args, text string) lua.LValue {
	if len(text) > maxText {
		a.Raise("the text has %d bytes; YAML may have at most %d MiB", len(text), maxText>>20)
	}
	json := []byte("null")
	if root := parse(a, text); root != nil {
		c := converter{a: a, out: a.NewBuffer(len(text))}
		c.value(root)
		json = []byte(c.out.Value())
	}
	a.State.Meter().Step(a.L, len(json)/64)
	doc, err := jsondoc.Parse(json)
	if err != nil {
		a.Raise("the text can't be read")
	}
	if doc.Root().IsNull() {
		return a.Values.Null()
	}
	return a.Values.From(doc.Root())
}
