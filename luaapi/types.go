package luaapi

import (
	"fmt"
	"slices"
	"strings"
)

// Result is one type of a declaration: that of something given back, of a parameter or of a field.
type Result struct {
	Type string // "string", "any", or the name of a declared object: "response"
	List bool   // a list of these
	Nil  bool   // or nil
}

// basicTypes are the types that need no declaration. null is json.null alone, event a table that an action can return.
func basicTypes() []string {
	return []string{"string", "number", "boolean", "table", "list", "function", "any", "null", "event"}
}

// IsBasicType says whether a type needs no declaration. The others are names of declared objects, such as "response".
func IsBasicType(name string) bool { return slices.Contains(basicTypes(), name) }

const (
	orNil  = " or nil"
	listOf = "list of "
)

// ParseReturns reads what Member.Returns says: the results, joined by ", ", none for "". Each is a type, "list of" a type, and
// either may have " or nil" behind it: "list of event", "moment or nil, string or nil". A type is string, number, boolean,
// table, list, function, any, null, event, or the name of a declared object.
func ParseReturns(returns string) ([]Result, error) {
	if returns == "" {
		return nil, nil
	}
	var results []Result
	for _, part := range strings.Split(returns, ", ") {
		r, err := parseType(part)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

// ParseTypes reads the type of a Param or a Field: one or several as ParseReturns has them, joined by "|"; "or nil" at the end
// is meant for all of them.
func ParseTypes(types string) ([]Result, error) {
	var results []Result
	types, isNil := strings.CutSuffix(types, orNil)
	for _, part := range strings.Split(types, "|") {
		r, err := parseType(part)
		if err != nil || r.Nil {
			return nil, fmt.Errorf("%q: %q is no type", types, part)
		}
		r.Nil = isNil
		results = append(results, r)
	}
	return results, nil
}

func parseType(text string) (Result, error) {
	var r Result
	name, isNil := strings.CutSuffix(text, orNil)
	name, r.List = strings.CutPrefix(name, listOf)
	r.Type, r.Nil = name, isNil
	if name == "" || strings.ContainsAny(name, " ,;|") {
		return r, fmt.Errorf("%q is no type", text)
	}
	return r, nil
}
