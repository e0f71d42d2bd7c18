package url

import (
	neturl "net/url"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

const longest = 1 << 20 // bytes of an address

func parse(a luaapi.Args) int {
	s := a.String(1)
	if len(s) > longest {
		return a.Return(lua.LNil)
	}
	a.State.Meter().Step(a.L, 1+len(s)/8)
	const perByte = 4
	a.State.Meter().Need(a.L, a.Name(), perByte*len(s))
	u, err := neturl.Parse(s)
	if err != nil || !plausible(u, s) {
		return a.Return(lua.LNil)
	}
	t := a.Values.Object()
	set := func(name, value string) {
		if value != "" {
			t.RawSetString(name, lua.LString(value))
		}
	}
	set("scheme", u.Scheme)
	set("user", u.User.Username())
	set("host", strings.ToLower(u.Hostname()))
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n > 0xFFFF {
			return a.Return(lua.LNil)
		}
		t.RawSetString("port", lua.LNumber(n))
	}
	path := u.Path
	if u.Opaque != "" {
		path = u.Opaque
	}
	t.RawSetString("path", lua.LString(path))
	t.RawSetString("query", values(a, u.RawQuery))
	set("fragment", u.Fragment)
	return a.Return(t)
}

// plausible says whether somebody may have meant an address: without a scheme, what begins as a part of one does.
func plausible(u *neturl.URL, s string) bool {
	switch u.Scheme {
	case "":
		return strings.HasPrefix(s, "/") || strings.HasPrefix(s, "?") || strings.HasPrefix(s, "#")
	case "http", "https":
		return u.Hostname() != ""
	}
	return true
}

// values are the names of a query with their values, in its order.
func values(a luaapi.Args, query string) *lua.LTable {
	t := a.Values.Object()
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if pair == "" {
			continue
		}
		const perPair = 300 // bytes
		a.State.Meter().Need(a.L, a.Name(), perPair)
		a.State.Meter().Step(a.L, 1+len(pair)/8)
		name, value, _ := strings.Cut(pair, "=")
		key, text := unescaped(name), lua.LString(unescaped(value))
		switch before := t.RawGetString(key).(type) {
		case *lua.LTable:
			if before.Len() < lua.MaxArrayIndex-1 {
				before.Append(text)
			}
		case lua.LString:
			list := a.NewList()
			list.Add(before)
			list.Add(text)
			t.RawSetString(key, list.Table())
		default:
			t.RawSetString(key, text)
		}
	}
	return t
}

// unescaped is a part of a query as it was meant; one that is written badly stays as it is.
func unescaped(s string) string {
	if text, err := neturl.QueryUnescape(s); err == nil {
		return text
	}
	return s
}
