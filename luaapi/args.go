package luaapi

import (
	"slices"
	"strconv"
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
	for types != "" {
		var t string
		t, types, _ = strings.Cut(types, "|")
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
			if _, ok := v.Value.(*number.Integer); ok && (t == "number" || t == "string") || t == "any" || t == TypeOf(v) {
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
	a.Raise("%s must be %s, but is %s%s", name, spoken(types), TypeOf(got), a.write())
}

func (a Args) write() string {
	if a.member.Example == "" {
		return ""
	}
	return "; write for example " + a.member.Example
}

func spoken(types string) string {
	words := map[string]string{
		"string": "a text", "number": "a number", "boolean": "true or false", "table": "a table", "list": "a list",
		"function": "a function", "any": "a value, not nil",
	}
	parts := strings.Split(types, "|")
	for i, p := range parts {
		if w, ok := words[p]; ok {
			parts[i] = w
		}
	}
	return strings.Join(parts, " or ")
}

// Raise raises an error that begins with the member's name; the script's place is put before it.
func (a Args) Raise(format string, args ...any) {
	a.L.RaiseError("%s", a.Name()+": "+sprintf(format, args...))
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

// Table returns argument i, or nil if it is none.
func (a Args) Table(i int) *lua.LTable {
	t, _ := a.Get(i).(*lua.LTable)
	if t != nil {
		a.Values.Fill(t)
	}
	return t
}

// Options returns the options table at argument i, which may be nil, after checking that it has known keys only.
func (a Args) Options(i int, known ...string) *lua.LTable {
	t := a.Table(i)
	if t == nil {
		return nil
	}
	a.KnownKeys(t, known)
	return t
}

// KnownKeys raises if the table has a key that is not among the known ones.
func (a Args) KnownKeys(t *lua.LTable, known []string) {
	for k, _ := t.Next(lua.LNil); k != lua.LNil; k, _ = t.Next(k) {
		key, ok := k.(lua.LString)
		if !ok {
			a.Raise("takes names, not items: { %s = … }", known[0])
		}
		if slices.Contains(known, string(key)) {
			continue
		}
		hint := ""
		if near := spell.Nearest(string(key), known); near != "" {
			hint = "; did you mean '" + near + "'"
		}
		a.Raise("doesn't know '%s'%s It takes %s.", string(key), hint+question(hint), strings.Join(known, ", "))
	}
}

func question(hint string) string {
	if hint == "" {
		return "."
	}
	return "?"
}

// Return pushes the results.
func (a Args) Return(values ...lua.LValue) int {
	for _, v := range values {
		a.L.Push(v)
	}
	return len(values)
}

// Place is "file:line" of the script that makes the call, "" if unknown.
func (a Args) Place() (script string, line int) {
	for level := 1; level < 4; level++ {
		dbg, ok := a.L.GetStack(level)
		if !ok {
			return "", 0
		}
		if _, err := a.L.GetInfo("Sl", dbg, lua.LNil); err == nil && dbg.Source != "" {
			return dbg.Source, dbg.CurrentLine
		}
	}
	return "", 0
}

// index writes a place inside a value: events[2], value.callback, value["odd key"].
func index(key lua.LValue) string {
	switch k := key.(type) {
	case lua.LNumber:
		return "[" + number.Format(float64(k)) + "]"
	case lua.LString:
		return memberPlace(string(k))
	}
	return "[" + TypeOf(key) + "]"
}

func memberPlace(name string) string {
	for i := range len(name) {
		c := name[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return "[" + strconv.Quote(name) + "]"
		}
	}
	if name == "" {
		return `[""]`
	}
	return "." + name
}
