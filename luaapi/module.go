// Package luaapi is what a script can say: the contract of the modules, and the values between JSON and Lua. Each module has
// a package of its own below this one; none knows another.
package luaapi

import lua "github.com/yuin/gopher-lua"

// Module is one name that scripts know, declared as data: what checks arguments, answers misspellings and writes the
// reference reads it from here. A module is built for one state; what it keeps of a call it drops in End.
type Module struct {
	Name    string // "json", or what messages call the object: "tracker"
	Doc     string // one sentence
	Object  bool   // a value handed to the action: members are called with a colon
	Bare    bool   // each member is a global as well: SlotSet for events.SlotSet
	Only    bool   // the members are globals and nothing else: print, reject
	Library bool   // the members join those of Lua's own library of this name
	// Instead are names that people try who know other languages, with the member that does it: gsub for re.sub.
	Instead map[string]string
	Members []Member
	Fields  []Field
	// Rest is the type of what else can be read from an object, under names and numbers that nobody can list: the groups of a
	// match. It is written as that of a Field; "" if there is nothing else.
	Rest  string
	Begin func() // called before each call, if not nil
	End   func() // called after each call, if not nil
}

// Member is one function of a module.
type Member struct {
	Name    string
	Params  []Param
	Returns string // what it gives: "any or nil, string or nil"; "" for nothing. ParseReturns says how it is written
	Doc     string // one or two sentences
	Example string // one line of Lua, which a test runs
	Named   bool   // one table of parameter names may come in place of them all; the member checks its arguments itself
	Func    func(Args) int
}

// Param is one parameter. A number is taken for a string, as everywhere in Lua.
type Param struct {
	Name     string
	Type     string // "string", "moment|string|number": see ParseTypes
	Doc      string // what the name doesn't say; "" if it says all
	Optional bool   // nil will do
	Rest     bool   // this and all further arguments, unchecked
	// Fields are the names that a table given here may have, or each table in a list that is given. nil if any name will do.
	Fields []Field
	Open   bool // other names than Fields will do, too
}

// Field is something that an object lets a script read without a call, that a library holds as a constant, or that a script
// may write into the table that it gives for a parameter.
type Field struct {
	Name     string
	Type     string // "string", "string or nil", "string|table": see ParseTypes
	Doc      string
	Required bool // of a parameter: must be there
	Get      func() lua.LValue
	Set      func(lua.LValue) // nil: scripts can't assign it; else called with a value of Type, or nil for null
}

// FieldNames are the names of fields, in their order.
func FieldNames(fields []Field) []string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	return names
}

// Globals are the names that a script can say once the module is installed.
func (m *Module) Globals() []string {
	var names []string
	if !m.Only && !m.Object {
		names = append(names, m.Name)
	}
	if m.Only || m.Bare {
		for i := range m.Members {
			names = append(names, m.Members[i].Name)
		}
	}
	return names
}

// Names are the module's member names and field names.
func (m *Module) Names() []string {
	names := make([]string, 0, len(m.Members)+len(m.Fields))
	for i := range m.Members {
		names = append(names, m.Members[i].Name)
	}
	for i := range m.Fields {
		names = append(names, m.Fields[i].Name)
	}
	return names
}
