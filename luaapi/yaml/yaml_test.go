package yaml_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/luaapi/yaml"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`yaml.decode("pizza: 8.50\npasta: 7\n")`:                                                                        `{"pizza":8.5,"pasta":7}`,
		`yaml.decode("z: 1\na: {y: [1, two, 'three'], b: \"\\u00e4\"}")`:                                                `{"z":1,"a":{"y":[1,"two","three"],"b":"ä"}}`,
		`yaml.decode("[yes, no, on, off, y, N, True, FALSE, ~, null, Null, NULL, ]")`:                                   `["yes","no","on","off","y","N",true,false,null,null,null,null]`,
		`yaml.decode("[2026-11-22, 2026-11-22 10:00:00, 12:30, 1:2:3, 1_000, 0b1, 017, 0o17, 0x1F, +5, -0, 007]")`:      `["2026-11-22","2026-11-22 10:00:00","12:30","1:2:3","1_000","0b1",17,15,31,5,0,7]`,
		`yaml.decode("[.5, 5., 1e3, -1.5E-2, 1.0, e3, ., +, 0x, 0o8, -0x1, 1e, 1.2.3]")`:                                `[0.5,5,1000,-0.015,1,"e3",".","+","0x","0o8","-0x1","1e","1.2.3"]`,
		`yaml.decode("[12345678901234567890, -12345678901234567890, 0xFFFFFFFFFFFFFFFFFF, 9007199254740993]")`:          `[12345678901234567890,-12345678901234567890,4722366482869645213695,9007199254740993]`,
		`yaml.decode(".inf") == math.huge and yaml.decode("-.Inf") == -math.huge and yaml.decode("1e400") == math.huge`: `true`,
		`yaml.decode(".nan") ~= yaml.decode(".nan")`:                                                                    `true`,
		`yaml.decode("[!!str 5, !!int \"5\", !!float 5, !!bool 'true', !!null ~, !!timestamp 2026-11-22, ! 5]")`:        `["5",5,5,true,null,"2026-11-22",5]`,
		`yaml.decode("a: ~\nb:\nc: x")`:                                                                                 `{"a":null,"b":null,"c":"x"}`,
		`yaml.decode("") == json.null`:                                                                                  `true`,
		`yaml.decode("# nothing\n") == json.null`:                                                                       `true`,
		`yaml.decode("---\n- a\n...\n")`:                                                                                `["a"]`,
		`yaml.decode("# first\n%YAML 1.2\n---\na: 1")`:                                                                  `{"a":1}`,
		`yaml.decode("%YAML 1.2\n---\na: 1")`:                                                                           `{"a":1}`,
		`yaml.decode("\239\187\191a: 1")`:                                                                               `{"a":1}`,
		`yaml.decode("1: a\ntrue: b\n~: c\n'': d")`:                                                                     `{"1":"a","true":"b","~":"c","":"d"}`,
		`yaml.decode("{}")`: `{}`,
		`yaml.decode("[]")`: `[]`,
		`yaml.decode("a: |\n  x\n  y\nb: >\n  x\n  y\n")`:                                     `{"a":"x\ny\n","b":"x y\n"}`,
		`yaml.decode("a: &x {n: 1}\nb: *x\nc: [*x, *x]")`:                                     `{"a":{"n":1},"b":{"n":1},"c":[{"n":1},{"n":1}]}`,
		`yaml.decode("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n  z: 4")`:                `{"base":{"x":1,"y":2},"own":{"x":1,"y":3,"z":4}}`,
		`yaml.decode("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  z: 0\n  x: 9\n  <<: [*a, *b]")`: `{"a":{"x":1},"b":{"x":2,"y":2},"c":{"z":0,"x":9,"y":2}}`,
		`yaml.decode("'<<': 1")`: `{"<<":1}`,
		`(function() local t = yaml.decode("a: &x {n: 1}\nb: *x") t.a.n = 2 return t end)()`: `{"a":{"n":2},"b":{"n":1}}`,
	}, yaml.New, json.New)
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	apitest.WantErrors(t, map[string]string{
		`yaml.decode("a: 1\nb: 2\na: 3")`:               `yaml.decode: line 3: the name "a" comes twice in one table`,
		`yaml.decode("{1: a, '1': b}")`:                 `the name "1" comes twice`,
		`yaml.decode("a: 1\n---\nb: 2")`:                `yaml.decode: line 2 begins a second document`,
		`yaml.decode("a: b: c")`:                        `is no YAML: a second`,
		`yaml.decode("a:\n\t- b")`:                      `lines are indented with blanks, not tabs`,
		`yaml.decode("a: [1, 2")`:                       `a list that begins with [ is not closed`,
		`yaml.decode("a: \"x")`:                         `it ends inside a quoted text`,
		`yaml.decode("a: *x")`:                          `unknown anchor 'x'`,
		`yaml.decode("a: &x [*x]")`:                     `yaml.decode: line 1: the value &x contains itself`,
		`yaml.decode("a: &x {<<: *x}")`:                 `line 1: the value &x contains itself`,
		`yaml.decode("<<: 5")`:                          `line 1: << takes a table`,
		`yaml.decode("? [a]\n: b")`:                     `line 1: a name must be a text, not a table`,
		`yaml.decode("a: !!binary aGk=")`:               `line 1: the tag !!binary means nothing here`,
		`yaml.decode("a: !mine {}")`:                    `line 1: the tag !mine means nothing here`,
		`yaml.decode("a: !!int x")`:                     `line 1: "x" is no !!int`,
		`yaml.decode("\255")`:                           `is no YAML: it is no valid UTF-8`,
		`yaml.decode("\1")`:                             `is no YAML: it has control characters`,
		`yaml.decode(("["):rep(600) .. ("]"):rep(600))`: `line 1: tables inside tables, more than 512 deep`,
		`yaml.decode(("["):rep(20000))`:                 `tables lie too deep inside one another`,
		`yaml.decode(("a"):rep(2^24))`:                  `yaml.decode: the text has 16777216 bytes; YAML may have at most 8 MiB`,
		`yaml.decode("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]")`:                                 `yaml.decode: the aliases (*) of the text stand for more than 100000 values`,
		`yaml.decode("a: &a {x: 1}\nb: &b {<<: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]}\nc: &c {<<: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]}\nd: &d {<<: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]}\ne: &e {<<: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]}\nf: {<<: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]}")`: `stand for more than 100000 values`,
		`yaml.decode(nil)`: `yaml.decode: text must be a text, but is nil`,
		`yaml.load("a")`:   `did you mean 'decode'?`,
	}, yaml.New)
}

func TestEncode(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`yaml.encode { name = "Ann", n = 5, list = { 1, "two", { a = true } } }`: `"name: Ann\nn: 5\nlist:\n  - 1\n  - two\n  - a: true\n"`,
		`yaml.encode {}`:             `"[]\n"`,
		`yaml.encode(json.object())`: `"{}\n"`,
		`yaml.encode(nil)`:           `"null\n"`,
		`yaml.encode("yes")`:         `"\"yes\"\n"`,
		`yaml.encode { "5", "2026-11-22", "~", "", "0o17", "1_000", "<<", "a: b", "# x", " x" }`: `"- \"5\"\n- \"2026-11-22\"\n- \"~\"\n- \"\"\n- \"0o17\"\n- \"1_000\"\n- \"<<\"\n- 'a: b'\n- '# x'\n- ' x'\n"`,
		`yaml.encode { text = "one\ntwo\n" }`:                                                    `"text: |\n  one\n  two\n"`,
		`yaml.encode(json.decode('{"big":12345678901234567890,"z":null,"a":1e30}'))`:             `"big: 12345678901234567890\nz: null\na: 1e+30\n"`,
		`yaml.encode { at = time.unix(0) }`:                                                      `"at: \"1970-01-01T00:00:00+00:00\"\n"`,
	}, yaml.New, json.New, apitime.New)
	apitest.WantErrors(t, map[string]string{
		`yaml.encode { a = { yaml.encode } }`:         `yaml.encode: value.a[1]: a function`,
		`yaml.encode(0 / 0)`:                          `yaml.encode: value: the number`,
		`yaml.encode(("a"):rep(2^24))`:                `yaml.encode: the value takes 16777218 bytes as JSON; YAML may have at most 8 MiB`,
		`yaml.encode(setmetatable({ 1, a = 2 }, {}))`: `yaml.encode: value`,
	}, yaml.New)
}

type world struct {
	state   *interp.State
	session *luaapi.Session
}

func newWorld(t testing.TB) *world {
	w := &world{state: interp.New(interp.Options{})}
	t.Cleanup(w.state.Close)
	w.session = luaapi.NewSession(w.state)
	w.session.Install(yaml.New(w.session))
	w.session.Install(json.New(w.session))
	return w
}

func (w *world) run(t testing.TB, source string) (lua.LValue, error) {
	file, _, problem := interp.Compile("action_test.lua", []byte(source))
	if problem != nil {
		t.Fatalf("%s: %+v", source, problem)
	}
	w.state.Begin(context.Background(), time.Time{}, 0)
	w.session.Begin(luaapi.Run{})
	return w.state.Call(w.state.Load(file))
}

func TestStops(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"items":             `("- a\n"):rep(2^21)`,
		"flow":              `"[" .. ("a,"):rep(2^22 - 2) .. "]"`,
		"deep":              `("["):rep(9000)`,
		"dashes":            `("- "):rep(9000)`,
		"keys":              `("? "):rep(9000)`,
		"blanks":            `("\n"):rep(2^23)`,
		"comments":          `("# x\n"):rep(2^21)`,
		"comments and keys": `("# x\na: b\n"):rep(2^19)`,
		"plain":             `("a b "):rep(2^21)`,
		"number":            `("1"):rep(2^23)`,
		"quoted":            `"\"" .. ("\\u00e4"):rep(2^20) .. "\""`,
		"anchors":           `("- &a b\n"):rep(2^20)`,
		"tags":              `("- !a b\n"):rep(2^20)`,
		"one line":          `("a: {"):rep(9000)`,
		"colons":            `(": "):rep(9000)`,
		"documents":         `("---\n"):rep(2^20)`,
		"block":             `"|\n" .. (" a\n"):rep(2^21)`,
		"folded":            `">\n" .. (" a\n\n"):rep(2^20)`,
		"long key":          `("a"):rep(2^22) .. ": b"`,
		"aliases":           `"- &a x\n" .. ("- *a\n"):rep(2^20)`,
		"inner comments":    `"a:\n" .. ("  # x\n\n"):rep(2^20) .. "b: c"`,
	} {
		w := newWorld(t)
		time.AfterFunc(60*time.Millisecond, func() { w.state.Meter().Stop(meter.ErrDeadline) })
		if _, err := w.run(t, "local s = "+text+" while true do pcall(yaml.decode, s) end"); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", name, err)
		}
	}
}

func TestStopsWriting(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"long": `("a b "):rep(2^20)`, "lines": `("a\n"):rep(2^21)`, "odd": `("\1"):rep(2^20)`, "list": `(function() local t = {} for i = 1, 200000 do t[i] = "x" end return t end)()`,
	} {
		w := newWorld(t)
		time.AfterFunc(60*time.Millisecond, func() { w.state.Meter().Stop(meter.ErrDeadline) })
		if _, err := w.run(t, "local v = "+value+" while true do yaml.encode(v) end"); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", name, err)
		}
	}
}

// FuzzYAML: whatever the text, there is a value or an error with the member's name; and a value that is written reads the same
// again, as does the text itself as a value.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{
		"a: 1\nb: [x, 'y', \"z\"]\n", "- |\n  x\n- >\n  y\n", "&a {<<: *a}", "a: &x 1\nb: *x", "? a\n: b", "---\n...", "# x", "!!str 5", "0o17", ".inf", "1e400", "2026-11-22",
		"a:\n\t b", "\xff", "x\n\n y ", " \n", "yes", "\"\\ud800\"", "a: b #c\n  #d\n#e", "- - - a", "{a, b: }", "%TAG ! x", "\u2028", "\u0085x\ny", "a\r\nb", "~", "-", "- -", ":", "? ", "|", "'",
	} {
		f.Add(s)
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, s string) {
		call, err := w.run(t, `return function(s, valid)
  if valid then assert(yaml.decode(yaml.encode(s)) == s, "the text changed") end
  local value = yaml.decode(s)
  local ok, text = pcall(json.encode, value)
  if ok then assert(json.encode(yaml.decode(yaml.encode(value))) == text, "the value changed") end
end`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { w.session.End(); w.state.End() }()
		valid := strings.ToValidUTF8(s, "") == s
		if _, err := w.state.Call(call, lua.LString(s), lua.LBool(valid)); err != nil && !strings.Contains(err.Error(), "yaml.decode: ") {
			t.Errorf("%q: %v", s, err)
		}
	})
}
