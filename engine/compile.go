package engine

import (
	"path"
	"strings"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
)

// Compile compiles a script for the engine. Beyond what makes it Lua, an action's file has to return something that can be run: half of a file
// that was saved in two parts often is valid Lua and returns nothing.
func Compile(name string, source []byte) (*chunk.Chunk, []chunk.Problem, *chunk.Problem) {
	c, warnings, problem := interp.Compile(name, source)
	if problem != nil || strings.HasPrefix(name, "lib/") {
		return c, warnings, problem
	}
	switch c.Facts.Returns {
	case chunk.ReturnNothing:
		return nil, warnings, &chunk.Problem{Script: name, Line: c.LastLine(), Message: "the file returns nothing", Hint: endItWith, Rule: chunk.RuleNoReturn}
	case chunk.ReturnTable:
		return nil, warnings, &chunk.Problem{
			Script: name, Line: c.LastLine(), Message: "the file returns a table, which can't be run",
			Hint: endItWith + "; shared functions belong into a file below lib/", Rule: chunk.RuleReturnedTable,
		}
	}
	return c, warnings, nil
}

const endItWith = "end it with: return function(dispatcher, tracker, domain) … end (or put return before form { … })"

// Read checks a data file for the engine: what is named .json has to be JSON. All calls share what it returns.
func Read(name string, text []byte) (any, *chunk.Problem) {
	if !strings.EqualFold(path.Ext(name), ".json") {
		return nil, nil
	}
	doc, line, column, problem := luaapi.ParseData(text)
	if problem != "" {
		return nil, &chunk.Problem{Script: name, Line: line, Column: column, Message: problem}
	}
	return doc, nil
}
