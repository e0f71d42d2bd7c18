package interp

import (
	"maps"
	"slices"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Retired are the globals that people look for who know Lua or another language, with what to write here. The caller owns the map.
func Retired() map[string]string { return retiredNames() }

// RetiredMembers are the members of Lua's libraries that are not here, by library and name. The caller owns the maps.
func RetiredMembers() map[string]map[string]string { return retiredMembers() }

// retiredNames are the globals that people who know Lua, or another language, look for, with what to write here.
func retiredNames() map[string]string {
	all := retiredOfLua()
	maps.Copy(all, retiredWords())
	return all
}

// RetiredOfLua tells whether a name of Retired is one that other versions of Lua have.
func RetiredOfLua(name string) bool { return retiredOfLua()[name] != "" }

func retiredOfLua() map[string]string {
	return map[string]string{
		"io":             "scripts can't open files; files.read and files.load give what lies beside the scripts",
		"debug":          "write log.debug(…) to see what happens",
		"load":           "code can't be made at run time; put it in lib/ and use require",
		"loadstring":     "code can't be made at run time; put it in lib/ and use require",
		"loadfile":       "put the file in lib/ and use require",
		"dofile":         "put the file in lib/ and use require",
		"package":        "shared code lies in lib/; use require \"lib.name\"",
		"module":         "let the file in lib/ return a table",
		"getfenv":        "every call has its own locals; nothing is shared",
		"setfenv":        "every call has its own locals; nothing is shared",
		"_G":             "there is no table of globals; use a local table",
		"_ENV":           "there is no table of globals; use a local table",
		"collectgarbage": "memory is looked after; leave it out",
		"newproxy":       "use setmetatable({}, …)",
		"gcinfo":         "memory is looked after; leave it out",
		"rawlen":         "use #",
		"utf8":           "text.len, text.sub and the others of text count characters",
		"bit32":          "use math.floor and %, or compute it elsewhere",
		"bit":            "use math.floor and %, or compute it elsewhere",
		"jit":            "leave it out",
		"arg":            "name the parameters, or use { ... }",
	}
}

// retiredWords are names of other languages, and of things that are there elsewhere.
func retiredWords() map[string]string {
	return map[string]string{
		"null":          "use nil, or json.null inside a list",
		"None":          "use nil",
		"none":          "use nil",
		"NULL":          "use nil, or json.null inside a list",
		"undefined":     "use nil",
		"True":          "use true",
		"False":         "use false",
		"TRUE":          "use true",
		"FALSE":         "use false",
		"len":           "use #, as in #list",
		"str":           "use tostring(…)",
		"int":           "use math.floor(tonumber(…))",
		"float":         "use tonumber(…)",
		"bool":          "use not not …",
		"list":          "use a table, { … }",
		"dict":          "use a table, { name = … }",
		"range":         "use for i = 1, n do … end",
		"enumerate":     "use for i, value in ipairs(list) do … end",
		"items":         "use for name, value in pairs(t) do … end",
		"isinstance":    "use type(value) == \"string\"",
		"sorted":        "use table.sort(list), which sorts in place",
		"sum":           "use a for loop",
		"any":           "use a for loop",
		"all":           "use a for loop",
		"abs":           "use math.abs(…)",
		"min":           "use math.min(…)",
		"max":           "use math.max(…)",
		"round":         "use math.floor(x + 0.5)",
		"random":        "use math.random(…)",
		"format":        "use string.format(…)",
		"raise":         "use error(\"…\")",
		"throw":         "use error(\"…\")",
		"self":          "use the parameters dispatcher, tracker and domain",
		"this":          "use the parameters dispatcher, tracker and domain",
		"console":       "use log.info(…) or print(…)",
		"import":        "use require \"lib.name\"",
		"datetime":      "use time.now() and time.parse(…)",
		"random_choice": "use list[math.random(#list)]",
		"tracker":       "it is the second parameter of the action's function; pass it on to functions that need it",
		"dispatcher":    "it is the first parameter of the action's function; pass it on to functions that need it",
		"domain":        "it is the third parameter of the action's function; pass it on to functions that need it",
	}
}

// retiredMembers are the members of Lua's libraries that are not here, by library.
func retiredMembers() map[string]map[string]string {
	system := "scripts can't reach the system"
	return map[string]map[string]string{
		"string": {"dump": "code can't be made at run time", "gfind": "use string.gmatch"},
		"table": {
			"getn": "use #t", "setn": "the length follows the items", "foreach": "use for name, value in pairs(t) do … end",
			"foreachi": "use for i, value in ipairs(t) do … end", "unpack": "use unpack(t)", "pack": "use { n = select(\"#\", …), … }",
			"push": "use table.insert(t, value)", "append": "use table.insert(t, value)", "pop": "use table.remove(t)", "join": "use table.concat(t, separator)",
			"length": "use #t", "len": "use #t", "size": "use #t",
		},
		"math": {"mod": "use a % b, or math.fmod", "round": "use math.floor(x + 0.5)", "trunc": "use math.floor(x), or math.ceil(x) below zero"},
		"os": {
			"execute": system, "exit": "return from the function, or use error(\"…\") or reject()", "getenv": "use env.get(\"NAME\"), for the names that the configuration lists under env",
			"setenv": system, "remove": system, "rename": system, "tmpname": system, "setlocale": "scripts always use the C locale",
		},
	}
}
