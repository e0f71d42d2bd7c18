package re_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/re"
)

// world is a state with the module and nothing else.
type world struct {
	state   *interp.State
	session *luaapi.Session
}

func newWorld(t testing.TB) *world {
	w := &world{state: interp.New(interp.Options{})}
	t.Cleanup(w.state.Close)
	w.session = luaapi.NewSession(w.state)
	w.session.Install(re.New(w.session))
	return w
}

func (w *world) run(t testing.TB, source string) (lua.LValue, error) {
	file, _, problem := interp.Compile("action_test.lua", []byte(source))
	if problem != nil {
		t.Fatalf("%s: %+v", source, problem)
	}
	return w.state.Call(w.state.Load(file))
}

func (w *world) begin() {
	w.state.Begin(context.Background(), time.Time{}, 0)
	w.session.Begin(luaapi.Run{})
}

// TestStops stops patterns at work that would take long.
func TestStops(t *testing.T) {
	t.Parallel()
	for name, loop := range map[string]string{
		"long text":            `local s = ("ab"):rep(2^25) while true do re.search("(a|b|ab)*c", s) end`,
		"dense matches":        `local s = ("ab"):rep(2^24) while true do re.sub(".", "x", s) end`,
		"large pattern":        `local s = ("a"):rep(2^20) while true do re.search("(?:a?b?c?){1000}(?:a?b?c?){200}x", s) end`,
		"many groups":          `local s, p = ("a"):rep(2^20), ("(a?)"):rep(90) .. "(?:a?){999}(?:a?){999}x" while true do re.search(p, s) end`,
		"long matches":         `local s = ("a"):rep(2^20) while true do re.findall("a.*b|a", s) end`,
		"compiling":            `local i = 0 while true do i = i + 1 pcall(re.search, ("(?i)" .. ("[^\\pL]|\\PN"):rep(100) .. i), "a") end`,
		"ranges under (?i)":    `local i = 0 while true do i = i + 1 pcall(re.search, ("(?i)" .. ("[\\x{100}-\\x{10FFFE}]"):rep(20) .. i), "a") end`,
		"repetitions":          `local i = 0 while true do i = i + 1 pcall(re.search, "(?:" .. ("(?:\\pL?){10}"):rep(200) .. ")" .. i, "a") end`,
		"words":                `local i, w = 0, {} for j = 1, 1500 do w[j] = "w" .. j end local p = table.concat(w, "|") while true do i = i + 1 re.search(p .. i, "abc") end`,
		"faulty":               `local i = 0 while true do i = i + 1 pcall(re.search, ("[a"):rep(4900) .. i, "a") pcall(re.search, ("a*"):rep(4900) .. i .. "**", "a") end`,
		"splitting at nothing": `local s = ("ä"):rep(2^17) while true do re.split("", s) end`,
		"escaping":             `local s = ("."):rep(2^24) while true do re.escape(s) end`,
	} {
		w := newWorld(t)
		w.begin()
		time.AfterFunc(100*time.Millisecond, func() { w.state.Meter().Stop(meter.ErrDeadline) })
		if _, err := w.run(t, loop); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", name, err)
		}
	}
}

// TestLongTexts compares the two ways of reading a text.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.begin()
	got, err := w.run(t, `
local s = ("äb1 "):rep(200000) .. "end\255"
local m = re.search("(?P<last>\\b\\w+)\\S$", s)
local first = re.findall("(?:^|\\b)ä?b(\\d)", s)
return m.last .. " " .. m.start .. " " .. m.stop .. " " .. #first .. " " .. #re.sub("\\d ", "", s) .. " " .. #re.split("1", s, 5)`)
	want := lua.LString("end 1000001 1000004 200000 600004 6")
	if err != nil || got != want {
		t.Errorf("got %v (%v), want %v", got, err, want)
	}
}

// TestCacheForgets compiles far more patterns than a state keeps.
func TestCacheForgets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.begin()
	if got, err := w.run(t, `
local n = 0
for i = 1, 1000 do
  if re.fullmatch("a{" .. i .. "}", ("a"):rep(i)) then n = n + 1 end
end
return n`); err != nil || got != lua.LNumber(1000) {
		t.Errorf("got %v (%v), want 1000", got, err)
	}
}

// FuzzPatterns: a pattern that Go takes finds what it finds there, or is refused for its size; any other is an error with the
// function's name.
func FuzzPatterns(f *testing.F) {
	for _, p := range []string{
		`a(b|c)*`, `(?i)[a-z]+$`, `(?P<n>\d+)-\1`, `\Qa.b`, `x*`, `(?m)^b`, `\bfoo\b`, `[[:alpha:]]`, `a{2,3}?`, `(`, `)`, `[`, `\`, `(?=x)`, `\pL`, `\x{10FFFF}`,
		`((((a?)?)?)?)`, `[^\x00-\x7F]`, `a||b`, `(?U)a+`, `.`, `\C`, `\A\z`, `(?s:.)`,
	} {
		f.Add(p, "foo ab-12 äöü bcc\nb")
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if len(pattern) > 200 || len(s) > 2000 {
			return
		}
		w.begin()
		defer func() { w.session.End(); w.state.End() }()
		call, err := w.run(t, "return function(p, s) local m = re.search(p, s) re.findall(p, s) re.split(p, s) re.match(p, s) re.fullmatch(p, s) re.sub(p, '$0', s) return m end")
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.state.Call(call, lua.LString(pattern), lua.LString(s))
		known, problem := regexp.Compile(pattern)
		switch {
		case err != nil:
			if !strings.Contains(err.Error(), "re.search: ") || problem == nil && !refused(err) {
				t.Errorf("%q: %v", pattern, err)
			}
		case problem != nil:
			t.Errorf("%q is a pattern here, but not in Go: %v", pattern, problem)
		case known.MatchString(s) != (got != lua.LNil):
			t.Errorf("%q in %q: got %v", pattern, s, got)
		case got != lua.LNil:
			at := known.FindStringIndex(s)
			if whole := got.(*lua.LTable).RawGet(lua.LNumber(0)); whole != lua.LString(s[at[0]:at[1]]) {
				t.Errorf("%q in %q: got %v", pattern, s, whole)
			}
		}
	})
}

// refused says whether a pattern was refused for what this module bounds.
func refused(err error) bool {
	for _, part := range []string{"too large", "two groups are called", "a group can't be called", "ranges of characters"} {
		if strings.Contains(err.Error(), part) {
			return true
		}
	}
	return false
}
