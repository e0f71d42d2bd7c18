package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/tracker"
	"github.com/luaction/luaction/rasa"
)

// nasty makes what no member should stumble over. Errors of its own say "own".
const nasty = `
local cycle, deep, long = {}, {}, {}
cycle.self = cycle
for i = 1, 600 do deep = { deep } end
for i = 1, 3000 do long[i] = i end
return {
  true, false, 0, -1, 1.5, 1 / 0, -1 / 0, 0 / 0, 2 ^ 53, 1e300, -1e300, 1e-300,
  "", "x", " ", "\0", "\255\254", ("x"):rep(2 ^ 20), ("%s"):rep(50), "[", "(", "(?i)a|", "{", "{a}", "$9", "\"", "&a [*a]", "a: b: c", "2026-02-30", "%zz",
  "http://[", "12345678901234567890", "nil", "äöü\204\136", "a,b\n1",
  {}, { 1, 2, 3 }, { a = 1 }, { 1, a = 2 }, { 1, nil, 3 }, { [2 ^ 40] = 1 }, { [true] = 1 }, { [1.5] = 1 }, { { { } } }, cycle, deep, long,
  { ["\255"] = "\255" }, { [""] = "" }, { a = 0 / 0 }, { a = print }, { json = json }, { url = "x", header = {}, delimiter = 5, indent = 1 },
  json.null, json.array(), json.object(), json.decode('{"a":null}'), json.decode("[null]"), json.decode("12345678901234567890"), { json.null },
  print, tostring, function() error("own", 0) end, function() error({}) end, function() return {} end, function() end, function(...) return ... end,
  coroutine.create(function() end), json, string, time.now(), SlotSet("a", 1),
  setmetatable({}, { __index = function() error("own", 0) end, __newindex = function() error("own", 0) end }),
  setmetatable({}, { __tostring = function() return {} end, __eq = function() error("own", 0) end, __len = function() return -1 end }),
  setmetatable({ 1 }, { __call = function() error("own", 0) end, __metatable = "own" }),
}`

// foreign is what no message may have: names of Go's, and places in its code.
var foreign = regexp.MustCompile(`\*lua\.|lua\.L|interface ?\{|interface conversion|runtime error|nil pointer|goroutine|reflect\.|\.go:\d|%!|userdata|invalid memory`)

// caller calls members from outside, in a state that is replaced when a call had to be stopped.
type caller struct {
	t       *testing.T
	state   *interp.State
	session *luaapi.Session
	modules []luaapi.Module
	tables  []*lua.LTable
	nasty   []lua.LValue
}

func newCaller(t *testing.T) *caller {
	c := &caller{t: t, state: interp.New(interp.Options{})}
	c.session = luaapi.NewSession(c.state)
	c.modules = append(modules(c.session, &Options{Store: keyvalue.NewMemory(1<<20, time.Now), Values: everyKind(t)}),
		dispatcher.New(c.session).Module(), tracker.New(c.session))
	for _, m := range c.modules {
		c.tables = append(c.tables, c.session.Install(m))
	}
	return c
}

const bare = `{"next_action":"action_x","tracker":{"sender_id":"me","slots":{"account":"x"},"events":[]}}`

// begin opens a call, in which the nasty values are made anew.
func (c *caller) begin() {
	call, err := rasa.ParseCall([]byte(bare))
	if err != nil {
		c.t.Fatal(err)
	}
	c.state.Begin(context.Background(), time.Time{}, 0)
	c.session.Begin(luaapi.Run{Call: call, Library: library{&script.Snapshot{}}, Log: slog.New(slog.DiscardHandler)})
	file, _, problem := interp.Compile("lib/nasty.lua", []byte(nasty))
	if problem != nil {
		c.t.Fatal(problem.Error())
	}
	list, err := c.state.Call(c.state.Load(file))
	if err != nil {
		c.t.Fatal(err)
	}
	c.nasty = []lua.LValue{lua.LNil}
	for i := 1; i <= list.(*lua.LTable).Len(); i++ {
		c.nasty = append(c.nasty, list.(*lua.LTable).RawGetInt(i))
	}
}

// call calls a member of the module with the given number. It tells whether the state may serve further calls.
func (c *caller) call(number int, member *luaapi.Member, args []lua.LValue) (result lua.LValue, err error, reusable bool) {
	m := &c.modules[number]
	var fn lua.LValue
	if m.Only {
		fn = c.state.L.GetGlobal(member.Name)
	} else {
		fn = c.state.L.GetField(c.tables[number], member.Name)
	}
	if m.Object {
		args = append([]lua.LValue{c.tables[number]}, args...)
	}
	timer := time.AfterFunc(50*time.Millisecond, func() { c.state.Meter().Stop(meter.ErrDeadline) })
	result, err = c.state.Call(fn, args...)
	timer.Stop()
	return result, err, c.state.Meter().Stopped() == nil
}

// written is how a script writes the member.
func written(m *luaapi.Module, member *luaapi.Member) string {
	switch {
	case m.Only:
		return member.Name
	case m.Object:
		return m.Name + ":" + member.Name
	}
	return m.Name + "." + member.Name
}

// fits says whether a value is of one of the declared types.
func fits(types string, v lua.LValue) bool {
	is := luaapi.TypeOf(v)
	for _, t := range strings.Split(types, "|") {
		if strings.HasPrefix(t, "list of ") {
			t = "list"
		}
		switch t {
		case "any":
			if v != lua.LNil {
				return true
			}
		case "string":
			if is == "a text" || is == "a number" {
				return true
			}
		case "boolean":
			if is == "true" || is == "false" {
				return true
			}
		case "moment":
			if is == "a time" {
				return true
			}
		case "list":
			t = "table"
			fallthrough
		default:
			if is == t || is == "a "+t {
				return true
			}
		}
	}
	return false
}

// plausible are arguments of the declared types.
func plausible(c *caller, member *luaapi.Member) []lua.LValue {
	var args []lua.LValue
	for _, p := range member.Params {
		switch {
		case p.Rest:
			args = append(args, lua.LString("a"))
		case fits(p.Type, lua.LString("a")):
			args = append(args, lua.LString("a"))
		case fits(p.Type, lua.LNumber(1)):
			args = append(args, lua.LNumber(1))
		case fits(p.Type, c.state.L.NewTable()):
			args = append(args, c.state.L.NewTable())
		case fits(p.Type, lua.LTrue):
			args = append(args, lua.LTrue)
		default:
			args = append(args, c.state.L.NewFunction(func(*lua.LState) int { return 0 }))
		}
	}
	return args
}

// TestArguments calls every member with every nasty value in the place of each argument, and one more, and with none: there is
// a result, or an error that says what is wrong in words of the script's.
func TestArguments(t *testing.T) {
	if testing.Short() {
		t.Skip("very many calls, one after the other: the race detector has nothing to find in them")
	}
	t.Parallel()
	calls := 0
	c := newCaller(t)
	c.begin()
	for number := range c.modules {
		for i := range c.modules[number].Members {
			for place := -1; place <= len(c.modules[number].Members[i].Params); place++ {
				for n := range c.nasty {
					if place < 0 && n > 0 {
						break // no arguments at all
					}
					calls++
					if !c.try(number, i, place, n) {
						c = newCaller(t)
						c.begin()
					}
				}
			}
		}
	}
	if calls < 5000 {
		t.Errorf("only %d calls were made", calls)
	}
}

// try makes one call, and says whether the state may serve further ones.
func (c *caller) try(number, i, place, n int) (reusable bool) {
	m := &c.modules[number]
	member := &m.Members[i]
	var args []lua.LValue
	value := c.nasty[n]
	if place >= 0 {
		args = append(plausible(c, member), lua.LNil)
		args[place] = value
	}
	shown := fmt.Sprintf("%s with argument %d: value %d, %s", written(m, member), place+1, n, luaapi.TypeOf(value))
	result, err, reusable := c.call(number, member, args)
	if err == nil {
		if result != nil && foreign.MatchString(result.String()) && result.Type() == lua.LTString {
			c.t.Errorf("%s gives %s", shown, result)
		}
		if wrong := c.mismatch(number, member, place, value); wrong != "" {
			c.t.Errorf("%s is taken; %s is %s", shown, wrong, member.Params[place].Type)
		}
		return reusable
	}
	var failed *interp.Error
	if !errors.As(err, &failed) || failed.Fault {
		c.t.Errorf("%s: a fault of Go's: %v", shown, err)
		return false
	}
	if failed.Stopped != nil {
		return false
	}
	if foreign.MatchString(failed.Message) {
		c.t.Errorf("%s: %s", shown, failed.Message)
	}
	if wrong := c.mismatch(number, member, place, value); wrong != "" {
		for _, part := range []string{written(m, member), wrong, luaapi.TypeOf(value)} {
			if !strings.Contains(failed.Message, part) {
				c.t.Errorf("%s: %s: want %q in it", shown, failed.Message, part)
			}
		}
	} else if !strings.Contains(failed.Message, member.Name) && !c.own(value, failed.Message) {
		c.t.Errorf("%s: %s: doesn't name the member", shown, failed.Message)
	}
	return reusable
}

// mismatch is the name of the parameter that the value is not right for by its declaration, "" if it may be. The module itself
// in the first place is a call with a colon, which has an error of its own.
func (c *caller) mismatch(number int, member *luaapi.Member, place int, value lua.LValue) string {
	if member.Named || place < 0 || place >= len(member.Params) || place == 0 && value == lua.LValue(c.tables[number]) {
		return ""
	}
	p := member.Params[place]
	if p.Rest || value == lua.LNil && p.Optional || fits(p.Type, value) {
		return ""
	}
	return p.Name
}

// own says whether the error may be the value's: it raises, can't be called, or has no such member.
func (c *caller) own(value lua.LValue, message string) bool {
	switch v := value.(type) {
	case *lua.LFunction:
		return true
	case *lua.LTable:
		return strings.Contains(message, "own") && v.Metatable != lua.LNil || c.state.FrozenName(v) != "" && strings.Contains(message, "has no '")
	case *lua.LUserData:
		return strings.Contains(message, "has no '")
	}
	return false
}
