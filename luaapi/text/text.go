// Package text is the module text: what scripts do with texts, by the characters that people see in UTF-8.
package text

import "github.com/luaction/luaction/luaapi"

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	s := luaapi.Param{Name: "s", Type: "string"}
	part := luaapi.Param{Name: "part", Type: "string"}
	n := luaapi.Param{Name: "n", Type: "number", Optional: true}
	return luaapi.Module{
		Name: "text",
		Doc:  "Works on texts by their characters in UTF-8. What is no text is an error, a number too.",
		Instead: map[string]string{
			"strip": "trim", "capitalize": "title", "format": "template", "find": "contains", "length": "len", "size": "len",
			"has": "contains", "includes": "contains", "gsub": "replace", "distance": "similarity", "empty": "is_blank", "render": "template",
		},
		Members: []luaapi.Member{
			{
				Name: "len", Params: []luaapi.Param{s}, Returns: "number", Func: length,
				Doc: "How many characters the text has.", Example: `local n = text.len("Zürich")`,
			},
			{
				Name: "sub", Returns: "string", Func: sub,
				Params: []luaapi.Param{s, {Name: "i", Type: "number"}, {Name: "j", Type: "number", Optional: true}},
				Doc:    "The characters i to j, or to the end; negative places count from the end, as in string.sub.", Example: `local first = text.sub("Übung", 1, 1)`,
			},
			{
				Name: "upper", Params: []luaapi.Param{s}, Returns: "string", Func: upper,
				Doc: "The text in capitals.", Example: `local loud = text.upper("straße")`,
			},
			{
				Name: "lower", Params: []luaapi.Param{s}, Returns: "string", Func: lower,
				Doc: "The text in small letters.", Example: `local key = text.lower("ÄPFEL")`,
			},
			{
				Name: "title", Params: []luaapi.Param{s}, Returns: "string", Func: title,
				Doc:     "The text with a capital after everything that is no letter, and small letters behind it, as Python's str.title.",
				Example: `local city = text.title("new york")`,
			},
			{
				Name: "trim", Params: []luaapi.Param{s, {Name: "chars", Type: "string", Optional: true}}, Returns: "string", Func: trim,
				Doc: "The text without the blanks at both ends, or without any of these characters there.", Example: `local name = text.trim("  Ann ")`,
			},
			{
				Name: "split", Params: []luaapi.Param{s, {Name: "sep", Type: "string", Optional: true}, n}, Returns: "list of string", Func: split,
				Doc: "The parts between each sep, a plain text; without one the words between blanks, none of them empty. At most n cuts are made; " +
					"the last part is the rest.",
				Example: `local parts = text.split("a,b,c", ",")`,
			},
			{
				Name: "starts_with", Params: []luaapi.Param{s, part}, Returns: "boolean", Func: startsWith,
				Doc: "Whether the text begins with part.", Example: `local yes = text.starts_with("A-17", "A-")`,
			},
			{
				Name: "ends_with", Params: []luaapi.Param{s, part}, Returns: "boolean", Func: endsWith,
				Doc: "Whether the text ends with part.", Example: `local yes = text.ends_with("bill.pdf", ".pdf")`,
			},
			{
				Name: "contains", Params: []luaapi.Param{s, part}, Returns: "boolean", Func: contains,
				Doc: "Whether part is in the text: a plain text, no pattern.", Example: `local yes = text.contains("1.5 kg", ".")`,
			},
			{
				Name: "replace", Returns: "string", Func: replace,
				Params: []luaapi.Param{s, {Name: "old", Type: "string"}, {Name: "new", Type: "string"}, n},
				Doc:    "The text with new in place of each old, or of the first n; both are plain texts.", Example: `local price = text.replace("3,50", ",", ".")`,
			},
			{
				Name: "is_blank", Params: []luaapi.Param{{Name: "v", Type: "any", Optional: true}}, Returns: "boolean", Func: isBlank,
				Doc: "Whether there is nothing to read: nil, json.null, or a text of blanks only. Other values are not blank.", Example: `local missing = text.is_blank(tracker:get_slot("account"))`,
			},
			{
				Name: "similarity", Params: []luaapi.Param{{Name: "a", Type: "string"}, {Name: "b", Type: "string"}}, Returns: "number", Func: similarity,
				Doc:     "How alike two texts are, from 0 to 1: 1 less the part of the longer one's characters that has to be changed.",
				Example: `local alike = text.similarity("Berlin", "Berlni") > 0.6`,
			},
			{
				Name: "template", Params: []luaapi.Param{s, {Name: "t", Type: "table"}}, Returns: "string", Func: template,
				Doc: "The text with {name} replaced by what the table has under that name; {a.b} goes inside, {{ is a brace, and so is }}. " +
					"A name that is missing is an error.",
				Example: `local line = text.template("{count} for {guest.name}", { count = 2, guest = { name = "Ann" } })`,
			},
		},
	}
}
