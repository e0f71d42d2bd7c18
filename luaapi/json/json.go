// Package json is the module json: texts in JSON, and what Lua can't say of a value by itself.
package json

import (
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// New returns the module for a session's state.
func New(s *luaapi.Session) luaapi.Module {
	m := module{s}
	return luaapi.Module{
		Name: "json",
		Doc:  "Turns values into JSON and back, and marks lists, objects and null.",
		Instead: map[string]string{
			"loads": "decode", "load": "decode", "parse": "decode", "dumps": "encode", "dump": "encode", "stringify": "encode", "None": "null", "list": "array",
		},
		Fields: []luaapi.Field{{
			Name: "null", Type: "null", Doc: "Nothing, where Lua's nil can't stand: inside a list, or as a field that has to go out.",
			Get: s.Values.Null,
		}},
		Members: []luaapi.Member{
			{
				Name:    "encode",
				Params:  []luaapi.Param{{Name: "value", Type: "any", Optional: true}, {Name: "options", Type: "table", Optional: true, Fields: encodeOptions()}},
				Returns: "string", Doc: "Writes a value as JSON; with { indent = true } over several lines. An empty new table is [].",
				Example: `local text = json.encode({ city = "Ulm", stars = 4 })`, Func: m.encode,
			},
			{
				Name: "decode", Params: []luaapi.Param{{Name: "text", Type: "string"}},
				Returns: "any", Doc: "Reads a JSON text; raises an error that says where it is no JSON.",
				Example: `local order = json.decode('{"id": 7}')`, Func: m.decode,
			},
			{
				Name: "array", Params: []luaapi.Param{{Name: "table", Type: "table", Optional: true}},
				Returns: "table", Doc: "Has a table, or a new one, go out as a list even when it is empty.",
				Example: `local none = json.array()`, Func: m.mark(s.Values.MarkArray),
			},
			{
				Name: "object", Params: []luaapi.Param{{Name: "table", Type: "table", Optional: true}},
				Returns: "table", Doc: "Has a table, or a new one, go out as an object even when it is empty.",
				Example: `local nothing = json.object()`, Func: m.mark(s.Values.MarkObject),
			},
		},
	}
}

func encodeOptions() []luaapi.Field {
	return []luaapi.Field{{Name: "indent", Type: "boolean", Doc: "Whether to write over several lines, indented by two blanks."}}
}

type module struct{ s *luaapi.Session }

func (m module) encode(a luaapi.Args) int {
	indent := false
	if o := a.Options(2); o != nil {
		indent = lua.LVAsBool(a.Option(o, "indent"))
	}
	text, err := m.s.Values.AppendText(nil, a.Get(1), "value")
	if err != nil {
		a.Raise("%s", err.Error())
	}
	if indent {
		size := spreadSize(text)
		m.s.State.Meter().Grow(a.L, "json.encode", size)
		text = spread(make([]byte, 0, size), text)
	}
	return a.Return(lua.LString(text))
}

// indexBytes is about what the index of a JSON text takes for each list and object.
const indexBytes = 24

func (m module) decode(a luaapi.Args) int {
	text := a.String(1)
	// The index is counted before it is made: a long text of brackets has a far longer one.
	meter := m.s.State.Meter()
	meter.Step(a.L, len(text)/64)
	meter.Need(a.L, "json.decode", indexBytes*(strings.Count(text, "[")+strings.Count(text, "{")))
	doc, err := jsondoc.Parse(unsafe.Slice(unsafe.StringData(text), len(text))) // a Doc changes nothing of its text
	if err != nil {
		a.Raise("%s", err.Error())
	}
	if doc.Root().IsNull() {
		return a.Return(m.s.Values.Null())
	}
	return a.Return(m.s.Values.From(doc.Root()))
}

func (m module) mark(set func(*lua.LTable) *lua.LTable) func(luaapi.Args) int {
	return func(a luaapi.Args) int {
		t := a.Table(1)
		if t == nil {
			t = m.s.L.CreateTable(0, 0)
		}
		if name := m.s.State.FrozenName(t); name != "" {
			a.Raise("%s belongs to luaction and can't be marked", name)
		}
		return a.Return(set(t))
	}
}
