package luaapi

import (
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/spell"
)

// Args are the arguments of one call of a member, checked against its Params. Indexes count from 1 and leave out the object
// of a colon call.
type Args struct {
	*Session
	L      *lua.LState // the thread that calls: not always the session's
	module *Module
	member *Member
	shift  int
	about  string // see About
}

// About returns the same arguments, whose errors say what they are about behind the member's name: a file.
func (a Args) About(subject string) Args {
	a.about = subject
	return a
}

func (s *Session) wrap(m *Module, member *Member, table *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		a := Args{Session: s, L: L, module: m, member: member}
		switch {
		case m.Object:
			if L.Get(1) != lua.LValue(table) {
				L.RaiseError("%s is called with a colon: write %s(…)", m.Name+"."+member.Name, a.Name())
			}
			a.shift = 1
		case table != nil && L.Get(1) == lua.LValue(table):
			L.RaiseError("%s is called with a dot: write %s(…)", m.Name+":"+member.Name, a.Name())
		}
		if !member.Named {
			a.check()
		}
		return member.Func(a)
	}
}

// Name is how a script writes the member: "tracker:get_slot", "json.encode", "print".
func (a Args) Name() string {
	switch {
	case a.module.Only:
		return a.member.Name
	case a.module.Object:
		return a.module.Name + ":" + a.member.Name
	}
	return a.module.Name + "." + a.member.Name
}

// check holds the arguments against the member's parameters; those beyond them are ignored, as everywhere in Lua.
func (a Args) check() {
	for i := range a.member.Params {
		p := &a.member.Params[i]
		if p.Rest {
			return
		}
		v := a.Get(i + 1)
		if v == lua.LNil && p.Optional || allows(p.Type, v) {
			continue
		}
		a.wrong(p.Name, p.Type, v)
	}
}

func allows(types string, v lua.LValue) bool {
	types, _ = strings.CutSuffix(types, orNil)
	for types != "" {
		var t string
		t, types, _ = strings.Cut(types, "|")
		if strings.HasPrefix(t, listOf) {
			t = "list"
		}
		switch v := v.(type) {
		case lua.LString:
			if t == "string" || t == "any" {
				return true
			}
		case lua.LNumber:
			if t == "number" || t == "string" || t == "any" {
				return true
			}
		case *lua.LTable:
			if t == "table" || t == "list" || t == "any" {
				return true
			}
		case *lua.LFunction:
			if t == "function" || t == "any" {
				return true
			}
		case lua.LBool:
			if t == "boolean" || t == "any" {
				return true
			}
		case *lua.LUserData:
			if _, ok := v.Value.(*number.Integer); ok && (t == "number" || t == "string") || t == "any" || t == declaredType(v) {
				return true
			}
		default:
			if t == "any" && v != lua.LNil {
				return true
			}
		}
	}
	return false
}

// declaredType is what declarations call the type of a value that is one of luaction's own: "moment"; "" for another.
func declaredType(v *lua.LUserData) string {
	if own, ok := v.Value.(interface{ DeclaredType() string }); ok {
		return own.DeclaredType()
	}
	return ""
}

// TypeOf is what messages call a value's type: "nil", "a text", "a list"…
func TypeOf(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return "a text"
	case lua.LNumber:
		return "a number"
	case lua.LBool:
		if v {
			return "true"
		}
		return "false"
	case *lua.LTable:
		return "a table"
	case *lua.LFunction:
		return "a function"
	case *lua.LState:
		return "a coroutine"
	case *lua.LUserData:
		if named, ok := v.Value.(interface{ LuaType() string }); ok {
			return named.LuaType()
		}
		if _, ok := v.Value.(*number.Integer); ok {
			return "a number"
		}
	}
	return v.Type().String()
}

// wrong raises the error for an argument of the wrong type.
func (a Args) wrong(name, types string, got lua.LValue) {
	a.Raise("%s must be %s, but is %s%s", name, Spoken(types), TypeOf(got), a.write())
}

func (a Args) write() string {
	if a.member.Example == "" {
		return ""
	}
	return "; write for example " + a.member.Example
}

// Spoken says the types of a parameter or field as authors do: "a text or a number".
func Spoken(types string) string {
	types, _ = strings.CutSuffix(types, orNil)
	parts := strings.Split(types, "|")
	for i, t := range parts {
		if strings.HasPrefix(t, listOf) {
			t = "list"
		}
		switch t {
		case "string":
			parts[i] = "a text"
		case "boolean":
			parts[i] = "true or false"
		case "number", "table", "list", "function":
			parts[i] = "a " + t
		case "moment":
			parts[i] = "a time"
		case "any":
			parts[i] = "a value, not nil"
		}
	}
	return strings.Join(parts, " or ")
}

// Raise raises an error that begins with the member's name; the script's place is put before it.
func (a Args) Raise(format string, args ...any) {
	begin := a.Name() + ": "
	if a.about != "" {
		begin += a.about + ": "
	}
	a.L.RaiseError("%s", begin+sprintf(format, args...))
}

// Len is the number of arguments.
func (a Args) Len() int { return a.L.GetTop() - a.shift }

// Get returns argument i, nil if it isn't there.
func (a Args) Get(i int) lua.LValue { return a.L.Get(i + a.shift) }

// String returns argument i as a text, "" if it is nil.
func (a Args) String(i int) string {
	switch v := a.Get(i).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return number.Format(float64(v))
	case *lua.LUserData:
		if n, ok := v.Value.(*number.Integer); ok {
			return n.Digits()
		}
	}
	return ""
}

// Number returns argument i, or the default if it is nil.
func (a Args) Number(i int, byDefault float64) float64 {
	if n, ok := number.From(a.Get(i)); ok {
		return n
	}
	return byDefault
}

// Bool returns argument i, or the default if it is nil.
func (a Args) Bool(i int, byDefault bool) bool {
	v := a.Get(i)
	if v == lua.LNil {
		return byDefault
	}
	return lua.LVAsBool(v)
}

// Table returns argument i, or nil if it is none. Tables inside it may be lazy: see Values.Open, Get, Item, Len and Each.
func (a Args) Table(i int) *lua.LTable {
	t, _ := a.Get(i).(*lua.LTable)
	if t != nil {
		a.Values.Open(t)
	}
	return t
}

// Unopened returns argument i as Table does, but leaves it lazy if it is.
func (a Args) Unopened(i int) *lua.LTable {
	t, _ := a.Get(i).(*lua.LTable)
	return t
}

// Options returns the options table at argument i, which may be nil, after checking that it has the names only that the
// parameter declares.
func (a Args) Options(i int) *lua.LTable {
	t := a.Table(i)
	if t != nil {
		a.KnownKeys(t, a.Known(i))
	}
	return t
}

// Known are the names that a table given for argument i may have.
func (a Args) Known(i int) []string { return FieldNames(a.member.Params[i-1].Fields) }

// Option returns an option after checking that it has the type that the parameter declares; nil if it is not given.
func (a Args) Option(options *lua.LTable, name string) lua.LValue {
	v := options.RawGetString(name)
	if v == lua.LNil {
		return v
	}
	if types := a.member.option(name); !allows(types, v) {
		a.Raise("%s must be %s, but is %s", name, Spoken(types), TypeOf(v))
	}
	if t, ok := v.(*lua.LTable); ok {
		a.Values.Open(t)
	}
	return v
}

// option is the type of an option, which one of the parameters declares.
func (m *Member) option(name string) string {
	for i := range m.Params {
		for k := range m.Params[i].Fields {
			if f := &m.Params[i].Fields[k]; f.Name == name {
				return f.Type
			}
		}
	}
	return "any"
}

// KnownKeys raises if the table has a key that is not among the known ones.
func (a Args) KnownKeys(t *lua.LTable, known []string) {
	if name := a.State.FrozenName(t); name != "" {
		a.Raise("takes a table with names, but got %s: { %s = … }", name, known[0])
	}
	for k, _ := t.Next(lua.LNil); k != lua.LNil; k, _ = t.Next(k) {
		name, ok := k.(lua.LString)
		switch {
		case !ok:
			a.Raise("takes names, not items: { %s = … }", known[0])
		case !slices.Contains(known, string(name)):
			a.Raise("%s", unknownKey(string(name), known))
		}
	}
}

func unknownKey(name string, known []string) string {
	end := "."
	if near := spell.Nearest(name, known); near != "" {
		end = "; did you mean '" + near + "'?"
	}
	return "doesn't know '" + shortened(name, maxKey) + "'" + end + " It takes " + strings.Join(known, ", ") + "."
}

// Return pushes the results.
func (a Args) Return(values ...lua.LValue) int {
	for _, v := range values {
		a.L.Push(v)
	}
	return len(values)
}

// Call calls a function of a script's where the running one runs, and returns its first result; what it raises goes on to
// whoever called.
func Call(L *lua.LState, fn lua.LValue, args ...lua.LValue) lua.LValue {
	L.Push(fn)
	for _, arg := range args {
		L.Push(arg)
	}
	L.Call(len(args), 1)
	result := L.Get(-1)
	L.Pop(1)
	return result
}

// Place is the script that makes the call, and its line; "" if unknown.
func (a Args) Place() (script string, line int) { return a.State.Caller(a.L) }
