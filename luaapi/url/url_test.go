package url_test

import (
	"context"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/luaapi/url"
)

func TestEscapes(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`url.encode("Bad Tölz/+&?=%~-._aZ09")`:                             `"Bad%20T%C3%B6lz%2F%2B%26%3F%3D%25~-._aZ09"`,
		`url.encode("\0\255")`:                                             `"%00%FF"`,
		`url.encode("")`:                                                   `""`,
		`url.decode("Bad%20T%c3%B6lz+x")`:                                  `"Bad Tölz+x"`,
		`url.decode("100% %2 %zz %")`:                                      `"100% %2 %zz %"`,
		`url.decode("%00%FF") == "\0\255"`:                                 `true`,
		`url.decode(url.encode(("ä &"):rep(50000))) == ("ä &"):rep(50000)`: `true`,
		`url.query { q = "bike shop", page = 2, tag = { "a", "b&c" }, x = nil, y = json.null, flag = true, off = false }`: `"q=bike%20shop&page=2&tag=a&tag=b%26c&flag=true&off=false"`,
		`url.query {}`:         `""`,
		`url.query { a = {} }`: `""`,
		`url.query { a = 0.5, b = 1e15, ["c d"] = "" }`:                                        `"a=0.5&b=1000000000000000&c%20d="`,
		`url.query { t = time.unix(0) }`:                                                       `"t=1970-01-01T00%3A00%3A00%2B00%3A00"`,
		`url.query(json.decode('{"z":1,"a":[1,null,2],"n":null,"big":12345678901234567890}'))`: `"z=1&a=1&a=2&big=12345678901234567890"`,
	}, url.New, json.New, apitime.New)
	apitest.WantErrors(t, map[string]string{
		`url.encode({})`:              `url.encode: s must be a text, but is a table`,
		`url.encode(("/"):rep(2^25))`: `url.encode: the result would be longer than 64 MiB`,
		`url.query { "a" }`:           `url.query: names must be a table with names, but has items`,
		`url.query { a = { b = 1 } }`: `url.query: a is a table with names; it must be a text`,
		`url.query { a = { { } } }`:   `url.query: a is a table; it must be a text`,
		`url.query { a = url }`:       `url.query: a is a table with names`,
		`url.query { a = 0 / 0 }`:     `url.query: a: the number`,
		`url.query(json)`:             `url.query: names must be a table of your own, but is the module json`,
		`url.query()`:                 `url.query: names must be a table, but is nil`,
		`url.quote("a")`:              `did you mean 'encode'?`,
	}, url.New, json.New)
}

func TestParse(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`url.parse("https://ann:pw@Shop.Example:8080/a%20b/c?x=1&y=%C3%A4+b&x=2&x=3&z#top")`: `{"scheme":"https","user":"ann","host":"shop.example","port":8080,` +
			`"path":"/a b/c","query":{"x":["1","2","3"],"y":"ä b","z":""},"fragment":"top"}`,
		`url.parse("/orders?id=7")`:                 `{"path":"/orders","query":{"id":"7"}}`,
		`url.parse("http://[::1]:80")`:              `{"scheme":"http","host":"::1","port":80,"path":"","query":{}}`,
		`url.parse("mailto:ann@shop.example")`:      `{"scheme":"mailto","path":"ann@shop.example","query":{}}`,
		`url.parse("HTTP://a?%zz=1&&=2")`:           `{"scheme":"http","host":"a","path":"","query":{"%zz":"1","":"2"}}`,
		`url.parse("hello")`:                        `null`,
		`url.parse("")`:                             `null`,
		`url.parse("no address")`:                   `null`,
		`url.parse("http://")`:                      `null`,
		`url.parse("http://a b")`:                   `null`,
		`url.parse("http://[::1")`:                  `null`,
		`url.parse("http://a:x")`:                   `null`,
		`url.parse("http://a:99999")`:               `null`,
		`url.parse("http://a/%zz")`:                 `null`,
		`url.parse("http://a/\0")`:                  `null`,
		`url.parse("http://a/" .. ("x"):rep(2^20))`: `null`,
	}, url.New, json.New)
}

// FuzzParse: whatever the text, there are parts of the types that are promised, or nil; and a query is written as it was read.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"https://ann:pw@Shop.Example:8080/a%20b/c?x=1&y=%C3%A4+b&x=2#top", "/orders?id=7", "http://[::1%25eth0]:80", "mailto:a@b", "?a=b&a", "//host", "a:b", "http://a/?=&=&=",
	} {
		f.Add(s)
	}
	state := interp.New(interp.Options{})
	f.Cleanup(state.Close)
	session := luaapi.NewSession(state)
	session.Install(url.New(session))
	file, _, problem := interp.Compile("action_test.lua", []byte(`return function(s)
  local t = url.parse(s)
  if t == nil then return "none" end
  assert(type(t.path) == "string" and type(t.query) == "table", "path and query are always there")
  for _, name in ipairs { "scheme", "user", "host", "fragment" } do assert(type(t[name] or "") == "string", name) end
  assert(type(t.port or 0) == "number", "port")
  local again = url.parse("?" .. url.query(t.query)).query
  for name, value in pairs(t.query) do
    local other = again[name]
    if type(value) == "table" then value, other = table.concat(value, "\1"), table.concat(other, "\1") end
    assert(value == other, "the query changed")
  end
  return url.decode(url.encode(s))
end`))
	if problem != nil {
		f.Fatal(problem)
	}
	f.Fuzz(func(t *testing.T, s string) {
		state.Begin(context.Background(), time.Time{}, 0)
		session.Begin(luaapi.Run{})
		defer func() { session.End(); state.End() }()
		check, err := state.Call(state.Load(file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := state.Call(check, lua.LString(s))
		if err != nil && !strings.Contains(err.Error(), "longer than") {
			t.Errorf("%q: %v", s, err)
		}
		if err == nil && got != lua.LString("none") && got != lua.LString(s) {
			t.Errorf("%q came back as %q", s, got)
		}
	})
}
