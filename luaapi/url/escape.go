package url

import (
	neturl "net/url"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

func encode(a luaapi.Args) int {
	s := a.String(1)
	b := a.NewBuffer(len(s))
	addEscaped(b, s)
	return a.Return(b.Value())
}

// addEscaped adds a text as it stands in an address.
func addEscaped(b *luaapi.Buffer, s string) {
	const atOnce = 16 << 10 // bytes
	for s != "" {
		n := min(len(s), atOnce)
		// A blank is the only character that it writes in a way of its own.
		b.Add(strings.ReplaceAll(neturl.QueryEscape(s[:n]), "+", "%20"))
		s = s[n:]
	}
}

func decode(a luaapi.Args) int {
	s := a.String(1)
	if !strings.Contains(s, "%") {
		return a.Return(lua.LString(s))
	}
	b := a.NewBuffer(0)
	for {
		at := strings.IndexByte(s, '%')
		if at < 0 {
			b.Add(s)
			return a.Return(b.Value())
		}
		b.Add(s[:at])
		s = s[at:]
		n := min(len("%XX"), len(s))
		text, err := neturl.PathUnescape(s[:n])
		if err != nil {
			text, n = "%", 1
		}
		b.Add(text)
		s = s[n:]
	}
}

func query(a luaapi.Args) int {
	names := a.Own(1)
	b := a.NewBuffer(0)
	for key, value := names.Next(lua.LNil); key != lua.LNil; key, value = names.Next(key) {
		a.State.Meter().Step(a.L, 1)
		name, ok := key.(lua.LString)
		if !ok {
			a.Raise("names must be a table with names, but has items: write { name = value }")
		}
		list, ok := value.(*lua.LTable)
		if !ok {
			add(a, b, string(name), value)
			continue
		}
		if a.State.FrozenName(list) != "" || !a.Values.IsList(list) && !a.Values.IsEmpty(list) {
			a.Raise("%s is a table with names; it must be a text, a number, true, false or a list of them", shown(string(name)))
		}
		for i := 1; i <= a.Values.Len(list); i++ {
			add(a, b, string(name), a.Values.Item(list, i))
		}
	}
	return a.Return(b.Value())
}

// add adds one name with its value, if that isn't nothing.
func add(a luaapi.Args, b *luaapi.Buffer, name string, value lua.LValue) {
	a.State.Meter().Step(a.L, 1)
	if a.Values.IsNull(value) {
		return
	}
	text := a.Plain(value, shown(name))
	if b.Len() > 0 {
		b.AddByte('&')
	}
	addEscaped(b, name)
	b.AddByte('=')
	addEscaped(b, text)
}

// shown is a name as messages show it.
func shown(name string) string {
	const most = 60 // bytes
	if name = strings.ToValidUTF8(name, "\uFFFD"); len(name) > most {
		return strings.ToValidUTF8(name[:most], "") + "…"
	}
	return name
}
