package interp_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
)

// TestSetRecords has a session make its own tables of constructors with names.
func TestSetRecords(t *testing.T) {
	t.Parallel()
	s := interp.New(interp.Options{})
	defer s.Close()
	var made []string
	s.SetRecords(func(L *lua.LState, shape *chunk.Shape) lua.LValue {
		text := strings.Join(shape.Keys, ",")
		for i := range shape.Keys {
			text += " " + L.Get(i+2).String()
		}
		made = append(made, fmt.Sprint(text, " of ", L.GetTop()))
		own := L.NewTable()
		own.RawSetString("own", lua.LTrue)
		return own
	})
	c, _, problem := interp.Compile("a.lua", []byte(`
local function two() return 7, 8 end
local t = { title = "x", payload = two(), none = nil, list = { 1, 2, {} } }
local u = coroutine.wrap(function() return { a = coroutine.yield(), b = two() } end)
u()
u = u(5)
if not t.own or t.title or not u.own then error("not the session's") end
local plain = { 1, a = 2 }
if plain.own or plain.a ~= 2 then error("not a table") end`))
	if problem != nil {
		t.Fatal(problem)
	}
	s.Begin(context.Background(), time.Time{}, 0)
	if _, err := s.Call(s.Load(c)); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"title,payload,none,list x 7 nil table", "a,b 5 7 of 3"} {
		if i >= len(made) || !strings.HasPrefix(made[i], want) {
			t.Errorf("made %q, want %q", made, want)
		}
	}
	if len(made) != 2 || !strings.HasSuffix(made[0], " of 5") {
		t.Errorf("made %q", made)
	}
}

// TestRecordsAreNotSeen raises errors in and around constructors with names: nothing tells that a call makes them.
func TestRecordsAreNotSeen(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		"local n\nlocal t = {\n  a = 1,\n  b = n + 1,\n}":             `case.lua:4: attempt to perform arithmetic on local 'n' (a nil value)`,
		"local n\nlocal t = {\n  a = 1,\n  b = n.x,\n  c = 2 }":       `case.lua:4: attempt to index local 'n' (a nil value)`,
		"local t = {\n  a = { b = string.rep() } }":                   `case.lua:2: bad argument #1 to 'rep' (string expected, got no value)`,
		"local t = {\n  a = 1,\n  b = tostring(1):nope() }":           `case.lua:3: attempt to call method 'nope' (a nil value)`,
		`return ({ a = 1 }).x.y`:                                      `case.lua:1: attempt to index field 'x' (a nil value)`,
		`local t = { a = 1 } return t.x.y`:                            `case.lua:1: attempt to index field 'x' (a nil value); t.x is nil: ask first whether it is there`,
		`local t = { a = { b = 1 } } return t.a.x.y`:                  `case.lua:1: attempt to index field 'x' (a nil value); t.a.x is nil: ask first whether it is there`,
		`local a, t = 1, { b = 2 } return t.x.y, a`:                   `case.lua:1: attempt to index field 'x' (a nil value); t.x is nil: ask first whether it is there`,
		`local t = { greet = 1 } t.gret()`:                            `case.lua:1: attempt to call field 'gret' (a nil value); t has no 'gret'; did you mean 'greet'?`,
		`local t = { a = 1 } t()`:                                     `case.lua:1: attempt to call local 't' (a table value)`,
		`;({ a = 1 })()`:                                              `case.lua:1: attempt to call a table value`,
		`local x = { a = 1 } + 1`:                                     `case.lua:1: attempt to perform arithmetic on a table value`,
		`local x = -{ a = 1 }`:                                        `case.lua:1: attempt to perform arithmetic on a table value`,
		`local x = { a = 1 } .. "x"`:                                  `case.lua:1: attempt to concatenate a table value; a list is joined by table.concat(…, ", "), and json.encode(…) shows any table`,
		`local x = { a = 1 } % 2`:                                     `case.lua:1: attempt to perform arithmetic on a table value`,
		`local x = { a = 1 } < { a = 1 }`:                             `case.lua:1: attempt to compare two table values`,
		`for i = { a = 1 }, 2 do end`:                                 `case.lua:1: 'for' initial value must be a number; it is a table`,
		`for k in { a = 1 } do end`:                                   `case.lua:1: attempt to call a table value; to loop over a table write for key, value in pairs(…) or for i, value in ipairs(…)`,
		`local s = string.rep({ a = 1 }, 2)`:                          `case.lua:1: bad argument #1 to 'rep' (string expected, got table)`,
		`local function f() end return f({ a = 1 }).x`:                `case.lua:1: attempt to index a nil value; f(…) is nil: ask first whether it is there`,
		`error { a = 1 }`:                                             `case.lua:1: the script raised the table { a = 1 }`,
		"local function f()\n  error('x') end\nlocal t = { a = f() }": `case.lua:2: x`,
	} {
		_, err := run(t, s, program)
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", program, err, want)
			continue
		}
		if e := (*interp.Error)(nil); errors.As(err, &e) && strings.Contains(strings.Join(e.Trace, " "), "record") {
			t.Errorf("%s\n%q", program, e.Trace)
		}
	}
}
