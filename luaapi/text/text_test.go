package text_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/text"
	apitime "github.com/luaction/luaction/luaapi/time"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`text.len("Zürich")`:      `6`,
		`text.len("")`:            `0`,
		`text.len("a\255b")`:      `3`,
		`text.sub("Übung", 1, 1)`: `"Ü"`, `text.sub("Übung", 2)`: `"bung"`, `text.sub("Übung", -2)`: `"ng"`,
		`text.sub("Übung", -99, 2)`: `"Üb"`, `text.sub("Übung", 0, 99)`: `"Übung"`, `text.sub("Übung", 4, 2)`: `""`,
		`text.sub("Übung", 1, -5)`: `"Ü"`, `text.sub("Übung", math.huge)`: `""`, `text.sub("Übung", -math.huge, math.huge)`: `"Übung"`,
		`text.upper("straße ÿ")`:                    `"STRASSE Ÿ"`,
		`text.upper("a\255b") == "A\255B"`:          `true`,
		`text.lower("ÄPFEL ΟΔΟΣ")`:                  `"äpfel οδος"`,
		`text.title("they're new-york 3rd")`:        `"They'Re New-York 3Rd"`,
		`text.trim("  \194\160Ann \n")`:             `"Ann"`,
		`text.trim("   ")`:                          `""`,
		`text.trim("--ähä--", "-ä")`:                `"h"`,
		`text.trim("abc", "")`:                      `"abc"`,
		`text.trim("\255a\254", "\255") == "a\254"`: `true`,
		`text.starts_with("A-17", "A-")`:            `true`, `text.starts_with("A", "A-")`: `false`, `text.starts_with("A", "")`: `true`,
		`text.ends_with("bill.pdf", ".pdf")`: `true`, `text.ends_with("pdf", ".pdf")`: `false`,
		`text.contains("1.5", ".")`: `true`, `text.contains("15", ".")`: `false`, `text.contains("", "")`: `true`,
		`text.is_blank(nil)`: `true`, `text.is_blank(json.null)`: `true`, `text.is_blank("")`: `true`, `text.is_blank(" \n\194\160")`: `true`,
		`text.is_blank(" x ")`: `false`, `text.is_blank(0)`: `false`, `text.is_blank(false)`: `false`, `text.is_blank({})`: `false`,
	}, text.New)
}

func TestSplitAndReplace(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`text.split("a,b,,c", ",")`:        `["a","b","","c"]`,
		`text.split("a,b,c", ",", 1)`:      `["a","b,c"]`,
		`text.split("a,b,c", ",", 0)`:      `["a,b,c"]`,
		`text.split("", ",")`:              `[""]`,
		`text.split("a.b", ".")`:           `["a","b"]`,
		`text.split("a--b-", "--")`:        `["a","b-"]`,
		`text.split("  a  b\tc ")`:         `["a","b","c"]`,
		`text.split("  a  b  c ", nil, 1)`: `["a","b  c "]`,
		`text.split("  a  b ", nil, 0)`:    `["a  b "]`,
		`text.split("a b ", nil, 1)`:       `["a","b "]`,
		`text.split("a b ", nil, 2)`:       `["a","b"]`,
		`text.split("  ")`:                 `[]`,
		`text.replace("3,50,1", ",", ".")`: `"3.50.1"`, `text.replace("3,50,1", ",", ".", 1)`: `"3.50,1"`, `text.replace("3,5", ",", ".", 0)`: `"3,5"`,
		`text.replace("aaa", "aa", "b")`: `"ba"`, `text.replace("%d", "%", "$1")`: `"$1d"`, `text.replace("abc", "b", "")`: `"ac"`,
		`text.replace("äb", "", "-")`: `"-ä-b-"`, `text.replace("ab", "", "-", 2)`: `"-a-b"`, `text.replace("", "", "-")`: `"-"`,
	}, text.New)
}

func TestSimilarity(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`text.similarity("", "")`: `1`, `text.similarity("abc", "")`: `0`, `text.similarity("Köln", "Koln")`: `0.75`,
		`text.similarity("kitten", "sitting")`:                             `0.5714285714285714`,
		`text.similarity("saturday", "sunday") == 1 - 3 / 8`:               `true`,
		`text.similarity("abc", "abc")`:                                    `1`,
		`text.similarity("\255", "\254")`:                                  `0`,
		`text.similarity(("ab"):rep(400), ("ba"):rep(400)) == 1 - 2 / 800`: `true`,
	}, text.New)
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`text.template("Hi {name}, {n} of {total}!", { name = "Ann", n = 1, total = 2.5 })`:             `"Hi Ann, 1 of 2.5!"`,
		`text.template("{first name} {num-people}", { ["first name"] = "Ann", ["num-people"] = 1e15 })`: `"Ann 1000000000000000"`,
		`text.template("{a.b} {a.c.1}", { a = { b = true, c = { "x" } } })`:                             `"true x"`,
		`text.template("{a.b}", { ["a.b"] = "whole", a = { b = "inside" } })`:                           `"whole"`,
		`text.template("{ name }", { name = "Ann" })`:                                                   `"Ann"`,
		`text.template("{{name}} {{ } {1} {2}", { "one", "two" })`:                                      `"{name} { } one two"`,
		`text.template("{t}", { t = time.date{ year = 2026, month = 12, day = 24 } })`:                  `"2026-12-24T00:00:00+00:00"`,
		`text.template("", {})`: `""`,
	}, text.New, apitime.New)
	apitest.WantErrors(t, map[string]string{
		`text.template("{nmae}", { name = 1 })`:                                                `text.template: there is nothing for {nmae}; did you mean 'name'?`,
		`text.template("{a.x}", { a = {} })`:                                                   `text.template: there is nothing for {a.x}: "x" is missing`,
		`text.template("{a.x}", { a = 1 })`:                                                    `text.template: {a.x}: "a" is a number, and has nothing inside`,
		`text.template("{a}", { a = json.null })`:                                              `there is nothing for {a}`,
		`text.template("{a}", { a = {} })`:                                                     `{a} is a table, which has no text of its own; {a.name} goes inside`,
		`text.template("{a}", { a = print })`:                                                  `{a} is a function`,
		`text.template("{a}", { a = 0 / 0 })`:                                                  `{a}: the number`,
		`text.template("{a", { a = 1 })`:                                                       `"{a" begins with a brace and has no end; write {{ for a brace`,
		`text.template("{}", {})`:                                                              `there is no name in the braces of {}`,
		`text.template("{a}", setmetatable({}, { __index = function() error("own", 0) end }))`: `own`,
	}, text.New, func(s *luaapi.Session) luaapi.Module {
		return luaapi.Module{Name: "print", Only: true, Members: []luaapi.Member{{Name: "print", Func: func(luaapi.Args) int { return 0 }}}}
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	apitest.WantErrors(t, map[string]string{
		`text.upper(5)`:                    `text.upper: s must be a text, but is a number; write tostring(…) around it`,
		`text.upper()`:                     `text.upper: s must be a text, but is nil`,
		`text.contains("a", {})`:           `text.contains: part must be a text, but is a table`,
		`text.split("a", "")`:              `text.split: sep must not be empty`,
		`text.split("a", ",", -1)`:         `text.split: n must be 0 or more, but is -1`,
		`text.replace("a", "b", "c", 1.5)`: `text.replace: n must be a whole number, but is 1.5`,
		`text.sub("a", "x")`:               `text.sub: i must be a number, but is a text`,
		`text.trim("a", 5)`:                `text.trim: chars must be a text, but is a number`,
		`text.strip("a")`:                  `text has no 'strip'; did you mean 'trim'?`,
		`text.replace(("a"):rep(2^20), "a", ("b"):rep(100))`: `text.replace: the result would be longer than 64 MiB`,
		`text.split(("a"):rep(2^18), "a")`:                   `text.split: the list would have more than 262143 items`,
	}, text.New)
}

// TestStops stops members at work on texts that would keep them busy for long.
func TestStops(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		`text.similarity(("a"):rep(2^23), ("b"):rep(2^22))`,
		`text.title(("a"):rep(2^26))`, `text.upper(("ä"):rep(2^25))`, `text.lower(("'"):rep(2^20) .. ("Σ'"):rep(2^24))`, `text.lower(("Σ" .. ("'"):rep(60)):rep(2^19))`,
		`text.trim(("ab"):rep(2^25), "ba")`, `text.replace(("ab"):rep(2^24), "b", "c")`, `text.is_blank((" "):rep(2^26))`, `text.len(("ä"):rep(2^25))`,
		`text.template(("{a}"):rep(2^23), { a = "1" })`, `text.split((" "):rep(2^26))`,
	} {
		state := interp.New(interp.Options{})
		session := luaapi.NewSession(state)
		session.Install(text.New(session))
		file, _, problem := interp.Compile("action_test.lua", []byte("while true do local x = "+expression+" end"))
		if problem != nil {
			t.Fatalf("%s: %+v", expression, problem)
		}
		state.Begin(context.Background(), time.Time{}, 0)
		session.Begin(luaapi.Run{})
		time.AfterFunc(50*time.Millisecond, func() { state.Meter().Stop(meter.ErrDeadline) })
		if _, err := state.Call(state.Load(file)); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", expression, err)
		}
		state.Close()
	}
}

// FuzzTemplate: whatever the text, filling it in gives a text or an error that names the function.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"{a}", "{{a}}", "{b.c} {b.1}", "{", "}", "{}", "{b.}", "{.}", "{a.b}", "{ä}", "{{{a}}}", "{1e5}", "{-1}", "\xff{\xff}"} {
		f.Add(s)
	}
	state := interp.New(interp.Options{})
	f.Cleanup(state.Close)
	session := luaapi.NewSession(state)
	session.Install(text.New(session))
	values := state.L.NewTable()
	values.RawSetString("a", lua.LString("one"))
	inner := state.L.NewTable()
	inner.RawSetString("c", lua.LNumber(2))
	inner.Append(lua.LTrue)
	values.RawSetString("b", inner)
	file, _, _ := interp.Compile("action_test.lua", []byte("return text.template"))
	f.Fuzz(func(t *testing.T, s string) {
		state.Begin(context.Background(), time.Time{}, 0)
		session.Begin(luaapi.Run{})
		defer func() { session.End(); state.End() }()
		template, err := state.Call(state.Load(file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := state.Call(template, lua.LString(s), values)
		switch {
		case err != nil && !strings.HasPrefix(err.Error(), "text.template: "):
			t.Errorf("%q: %v", s, err)
		case err != nil && !utf8.ValidString(err.Error()):
			t.Errorf("%q: the message %q is no UTF-8", s, err)
		case err == nil && !strings.ContainsAny(s, "{}") && got != lua.LString(s):
			t.Errorf("%q became %q", s, got)
		}
	})
}
