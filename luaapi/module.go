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
	Begin   func() // called before each call, if not nil
	End     func() // called after each call, if not nil
}

// Member is one function of a module.
type Member struct {
	Name    string
	Params  []Param
	Returns string // for the reference: "value or nil"; "" for nothing
	Doc     string // one or two sentences
	Example string // one line of Lua, which a test runs
	Named   bool   // one table of parameter names may come in place of them all; the member checks its arguments itself
	Func    func(Args) int
}

// Param is one parameter. Type is any of "string", "number", "boolean", "table", "function" and "any", joined with "|";
// a "list" is a table. A number is taken for a string, as everywhere in Lua.
type Param struct {
	Name     string
	Type     string
	Optional bool // nil will do
	Rest     bool // this and all further arguments, unchecked
}

// Field is something that an object lets a script read without a call, or that a library holds as a constant.
type Field struct {
	Name string
	Type string // for the reference
	Doc  string
	Get  func() lua.LValue
	Set  func(lua.LValue) // nil: scripts can't assign it; else called with a value of Type, or nil for null
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

// named returns the module's member names and field names, for did-you-mean.
func (m *Module) named() []string {
	names := make([]string, 0, len(m.Members)+len(m.Fields))
	for i := range m.Members {
		names = append(names, m.Members[i].Name)
	}
	for i := range m.Fields {
		names = append(names, m.Fields[i].Name)
	}
	return names
}
