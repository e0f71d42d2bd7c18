package text

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

func template(a luaapi.Args) int {
	s, values := a.Text(1), a.Table(2)
	b := a.NewBuffer(len(s))
	for s != "" {
		at := strings.IndexAny(s, "{}")
		if at < 0 {
			break
		}
		b.Add(s[:at])
		brace := s[at]
		s = s[at+1:]
		switch {
		case s != "" && s[0] == brace:
			b.AddByte(brace)
			s = s[1:]
		case brace == '}':
			b.AddByte(brace)
		default:
			end := strings.IndexByte(s, '}')
			if end < 0 {
				a.Raise("%s begins with a brace and has no end; write {{ for a brace", quoted("{"+s))
			}
			b.Add(filled(a, values, s[:end]))
			s = s[end+1:]
		}
	}
	b.Add(s)
	return a.Return(b.Value())
}

// filled is the text of what the table has under a name.
func filled(a luaapi.Args, values *lua.LTable, name string) string {
	step(a, len(name))
	if strings.TrimSpace(name) == "" {
		a.Raise("there is no name in the braces of {%s}; write {{ for a brace", short(name))
	}
	v := get(a, values, name)
	if a.Values.IsNull(v) {
		v = inside(a, values, name)
	}
	place := "{" + short(name) + "}"
	if t, ok := v.(*lua.LTable); ok {
		a.Raise("%s is %s, which has no text of its own; {%s.name} goes inside", place, luaapi.TypeOf(t), short(name))
	}
	return a.Plain(v, place)
}

// inside follows a name with dots from table to table. It raises if there is nothing.
func inside(a luaapi.Args, values *lua.LTable, name string) lua.LValue {
	t, rest := values, strings.TrimSpace(name)
	for {
		key, after, more := strings.Cut(rest, ".")
		v := get(a, t, key)
		if a.Values.IsNull(v) {
			a.Raise("%s", missing(a, t, key, name))
		}
		if !more {
			return v
		}
		next, ok := v.(*lua.LTable)
		if !ok {
			a.Raise("{%s}: %s is %s, and has nothing inside", short(name), quoted(key), luaapi.TypeOf(v))
		}
		t, rest = next, after
	}
}

// get reads what a script would read; a number is the place in a list where there is no such name.
func get(a luaapi.Args, t *lua.LTable, key string) lua.LValue {
	a.State.Meter().Step(a.L, 1)
	v := a.L.GetTable(t, lua.LString(key))
	if n, err := strconv.Atoi(key); err == nil && v == lua.LNil {
		return a.L.GetTable(t, lua.LNumber(n))
	}
	return v
}

const mostNames = 200 // that are compared with a missing one

func missing(a luaapi.Args, t *lua.LTable, key, name string) string {
	var names []string
	a.Values.Each(t, func(key, _ lua.LValue) bool {
		if text, ok := key.(lua.LString); ok {
			names = append(names, string(text))
		}
		return len(names) < mostNames
	})
	say := "there is nothing for {" + short(name) + "}"
	if near := spell.Nearest(key, names); near != "" && near != key {
		return say + "; did you mean '" + near + "'?"
	}
	if key != name {
		return say + ": " + quoted(key) + " is missing"
	}
	return say
}

const shown = 60 // how many bytes of a text messages show

func short(s string) string {
	if len(s) <= shown {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.ToValidUTF8(s[:shown], "") + "…"
}

func quoted(s string) string { return `"` + short(s) + `"` }
