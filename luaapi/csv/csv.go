// Package csv is the module csv: tables as spreadsheets write them, one row a line.
package csv

import (
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	options := func(header luaapi.Field) luaapi.Param {
		delimiter := luaapi.Field{Name: "delimiter", Type: "string", Doc: "The character between values, a comma unless given."}
		return luaapi.Param{Name: "options", Type: "table", Optional: true, Fields: []luaapi.Field{header, delimiter}}
	}
	first := options(luaapi.Field{Name: "header", Type: "boolean", Doc: "Whether the first line has the names, true unless given."})
	names := options(luaapi.Field{Name: "header", Type: "list of string", Doc: "The names of the first line, in their order."})
	return luaapi.Module{
		Name:    "csv",
		Doc:     "Reads and writes tables as spreadsheets do: one row a line, with commas between the values.",
		Instead: map[string]string{"parse": "decode", "read": "decode", "loads": "decode", "stringify": "encode", "write": "encode", "dumps": "encode"},
		Members: []luaapi.Member{
			{
				Name: "decode", Params: []luaapi.Param{{Name: "text", Type: "string"}, first}, Returns: "list",
				Doc: "The rows as tables under the names of the first line; with { header = false } as lists. All values are texts, empty ones too. " +
					"delimiter is the character between values, a comma without. A line with more or fewer values than the first is an error.",
				Example: `local rows = csv.decode("name;price\nbell;9.90", { delimiter = ";" })`, Func: decode,
			},
			{
				Name: "encode", Params: []luaapi.Param{{Name: "list", Type: "table"}, names}, Returns: "string",
				Doc: "Writes a list of tables, under a first line with their names, or a list of lists. header = { … } says which names, and in " +
					"which order, or is the first line of lists. nil and json.null are empty.",
				Example: `local text = csv.encode({ { name = "bell", price = 9.9 } }, { header = { "name", "price" } })`, Func: encode,
			},
		},
	}
}

func decode(a luaapi.Args) int {
	f := format{header: true, delimiter: ','}
	if o := a.Options(2); o != nil {
		if v := a.Option(o, "header"); v != lua.LNil {
			f.header = lua.LVAsBool(v)
		}
		f.delimiter = delimiter(a, o)
	}
	return a.Return(f.read(a, a.String(1)))
}

// Decode reads a text whose first line has the names. It raises in the name of the member that is called.
func Decode(a luaapi.Args, text string) lua.LValue {
	return format{header: true, delimiter: ','}.read(a, text)
}

// format is how a text is written.
type format struct {
	header    bool
	delimiter rune
}

// delimiter is the option of that name.
func delimiter(a luaapi.Args, options *lua.LTable) rune {
	v := a.Option(options, "delimiter")
	if v == lua.LNil {
		return ','
	}
	text := lua.LVAsString(v)
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case utf8.RuneError, 0, '"', '\r', '\n':
		size = 0
	}
	if size == 0 || size < len(text) {
		a.Raise(`delimiter must be one character, such as "," or ";" or "\t", and no quote or line end`)
	}
	return r
}
