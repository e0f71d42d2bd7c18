// Package url is the module url: addresses taken apart, and texts put into them.
package url

import "github.com/luaction/luaction/luaapi"

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	s := luaapi.Param{Name: "s", Type: "string"}
	return luaapi.Module{
		Name: "url",
		Doc:  "Takes addresses apart and puts texts into them.",
		Instead: map[string]string{
			"quote": "encode", "escape": "encode", "unquote": "decode", "unescape": "decode", "urlencode": "query", "urlparse": "parse",
			"build_query": "query", "encode_query": "query", "split": "parse",
		},
		Members: []luaapi.Member{
			{
				Name: "encode", Params: []luaapi.Param{s}, Returns: "string", Func: encode,
				Doc:     "The text for a place in an address: everything but letters, digits and -._~ becomes %XX.",
				Example: `local path = "/cities/" .. url.encode("Bad Tölz")`,
			},
			{
				Name: "decode", Params: []luaapi.Param{s}, Returns: "string", Func: decode,
				Doc: "The text with each %XX replaced by its byte; a % with no two hex digits behind it stays.", Example: `local city = url.decode("Bad%20T%C3%B6lz")`,
			},
			{
				Name: "query", Params: []luaapi.Param{{Name: "names", Type: "table"}}, Returns: "string", Func: query,
				Doc: "The query of an address, name=value&…, in the order written. A list repeats the name; nil and json.null are left out.", Example: `local address = "/search?" .. url.query { q = "bike shop", page = 2 }`,
			},
			{
				Name: "parse", Params: []luaapi.Param{s}, Returns: "table or nil", Func: parse,
				Doc: "The parts of an address: scheme, user, host, port, path, query (a table; a repeated name is a list) and fragment; what it " +
					"doesn't have is missing. nil if the text is no address.",
				Example: `local host = url.parse("https://shop.example/orders?id=7").host`,
			},
		},
	}
}
