package csv_test

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
	"github.com/luaction/luaction/luaapi/csv"
	"github.com/luaction/luaction/luaapi/json"
	apitime "github.com/luaction/luaction/luaapi/time"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`csv.decode("name,price\nbell,9.90\n\"a \"\"b\"\", c\",\n")`:    `[{"name":"bell","price":"9.90"},{"name":"a \"b\", c","price":""}]`,
		`csv.decode("z,a,m\r\n1,2,3")`:                                  `[{"z":"1","a":"2","m":"3"}]`,
		`csv.decode("a;b\n1;2", { delimiter = ";" })`:                   `[{"a":"1","b":"2"}]`,
		`csv.decode("a\tb\n1\t2", { delimiter = "\t", header = true })`: `[{"a":"1","b":"2"}]`,
		`csv.decode("a·b\n1·2", { delimiter = "·" })`:                   `[{"a":"1","b":"2"}]`,
		`csv.decode("1,2\n3,4", { header = false })`:                    `[["1","2"],["3","4"]]`,
		`csv.decode("\239\187\191a\n1")`:                                `[{"a":"1"}]`,
		`csv.decode("\239\187\191\"a\"\n1")`:                            `[{"a":"1"}]`,
		`csv.decode("")`:                                                `[]`,
		`csv.decode("a,b\n")`:                                           `[]`,
		`csv.decode("a\n\n1\n\n")`:                                      `[{"a":"1"}]`,
		`csv.decode("a\n\"1\n2\"")`:                                     `[{"a":"1\n2"}]`,
		`csv.decode("a, b\n1, 2")`:                                      `[{"a":"1"," b":" 2"}]`,
	}, csv.New)
	apitest.WantErrors(t, map[string]string{
		`csv.decode("a,b\n1,2\n\n1,2,3")`:                 `csv.decode: line 4 has 3 values, but line 1 has 2 values`,
		`csv.decode("\na,b\n1")`:                          `csv.decode: line 3 has 1 value, but line 2 has 2 values`,
		`csv.decode("a,b\n5\" pipe,2")`:                   `csv.decode: line 2 has a quote inside a value, at byte 2`,
		`csv.decode("a,b\n\"5,2\n3")`:                     `csv.decode: line 2 begins a value with a quote that is not closed right, up to line 3`,
		`csv.decode("a\n\"5\" x")`:                        `csv.decode: line 2 has a value whose quote is not closed right`,
		`csv.decode("a,b,a\n1,2,3")`:                      `csv.decode: the columns 1 and 3 have the same name, "a"`,
		`csv.decode("a", { delimiter = ",," })`:           `csv.decode: delimiter must be one character`,
		`csv.decode("a", { delimiter = "" })`:             `csv.decode: delimiter must be one character`,
		`csv.decode("a", { delimiter = "\n" })`:           `csv.decode: delimiter must be one character`,
		`csv.decode("a", { delimiter = "\255" })`:         `csv.decode: delimiter must be one character`,
		`csv.decode("a", { delimeter = "," })`:            `csv.decode: doesn't know 'delimeter'; did you mean 'delimiter'?`,
		`csv.decode("a", { header = { "a" } })`:           `csv.decode: header must be true or false, but is a table`,
		`csv.decode("a\n" .. ("b"):rep(2^21))`:            `csv.decode: line 2 is longer than 1 MiB`,
		`csv.decode((","):rep(2^19), { header = false })`: `csv.decode: line 1 has 524289 values; a list can't have more than 262143`,
		`csv.decode({})`:                                  `csv.decode: text must be a text, but is a table`,
		`csv.decode(("a\n"):rep(300000))`:                 `csv.decode: the list would have more than 262143 items`,
	}, csv.New)
}

func TestEncode(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`csv.encode { { name = "bell", price = 9.5 }, { name = "a, \"b\"", sold = true } }`:               `"name,price,sold\nbell,9.5,\n\"a, \"\"b\"\"\",,true\n"`,
		`csv.encode({ { name = "bell", price = 5 } }, { header = { "price", "name" }, delimiter = ";" })`: `"price;name\n5;bell\n"`,
		`csv.encode({ { name = "bell", price = 5 } }, { header = { "price" } })`:                          `"price\n5\n"`,
		`csv.encode { { 1, "two" }, { "\n", json.null }, {} }`:                                            `"1,two\n\"\n\",\n,\n"`,
		`csv.encode({ { 1, 2 } }, { header = { "a", "b" } })`:                                             `"a,b\n1,2\n"`,
		`csv.encode {}`: `""`,
		`csv.encode({}, { header = { "a", "b" } })`:                        `"a,b\n"`,
		`csv.encode { { "" }, { "x" } }`:                                   `"\"\"\nx\n"`,
		`csv.encode(json.decode('[{"z":null,"a":12345678901234567890}]'))`: `"z,a\n,12345678901234567890\n"`,
		`csv.encode { { time.unix(0) } }`:                                  `"1970-01-01T00:00:00+00:00\n"`,
	}, csv.New, json.New, apitime.New)
	apitest.WantErrors(t, map[string]string{
		`csv.encode { a = 1 }`:                      `csv.encode: list must be a list of rows, but has names`,
		`csv.encode { 1 }`:                          `csv.encode: row 1 is a number; it must be a table`,
		`csv.encode { { 1 }, { a = 1 } }`:           `csv.encode: row 2 is a table with names, but those before it are not`,
		`csv.encode { { a = 1 }, { 1 } }`:           `csv.encode: row 2 is a list, but those before it are not`,
		`csv.encode { { 1 }, { 1, 2 } }`:            `csv.encode: row 2 has 2 values, but the first line has 1 value`,
		`csv.encode { { a = {} } }`:                 `csv.encode: row 1, column "a" is a list; a value must be a text`,
		`csv.encode { { a = csv.encode } }`:         `csv.encode: list[1].a: a function`,
		`csv.encode({}, { header = {} })`:           `csv.encode: header must be a list of names`,
		`csv.encode({}, { header = { 1 } })`:        `csv.encode: header must have texts only, but item 1 is a number`,
		`csv.encode({}, { header = { "a", "a" } })`: `csv.encode: header has "a" twice`,
		`csv.encode({}, { header = true })`:         `csv.encode: header must be a list, but is true`,
		`csv.encode(json)`:                          `csv.encode: list must be a table of your own, but is the module json`,
		`csv.encode("a")`:                           `csv.encode: list must be a table, but is a text`,
	}, csv.New, json.New)
}

type world struct {
	state   *interp.State
	session *luaapi.Session
}

func newWorld(t testing.TB) *world {
	w := &world{state: interp.New(interp.Options{})}
	t.Cleanup(w.state.Close)
	w.session = luaapi.NewSession(w.state)
	w.session.Install(csv.New(w.session))
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
	for _, loop := range []string{
		`local s = "a\n" .. ("\n"):rep(2^26 - 2) while true do csv.decode(s) end`,
		`local s = "\"" .. ("a\n"):rep(2^24) while true do pcall(csv.decode, s) end`,
		`local s = (","):rep(2^20 - 1) while true do pcall(csv.decode, s, { header = false }) end`,
		`local row = {} for i = 1, 200000 do row[i] = i end while true do csv.encode { row, row, row } end`,
	} {
		w := newWorld(t)
		time.AfterFunc(60*time.Millisecond, func() { w.state.Meter().Stop(meter.ErrDeadline) })
		if _, err := w.run(t, loop); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", loop, err)
		}
	}
}

// FuzzCSV: whatever the text, there are rows or an error with the member's name; and rows that are written read the same again.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a\r\n\"x\ny\"\r\n", "\"a\"\"b\"", "a,\"b", "\xef\xbb\xbfa\n", "a\n\n\nb", "5\" x", ",\n,", "\xff,\x00", "\"\"\n", "a\rb\n", "\n\ufeff"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, s string, header bool) {
		if strings.Contains(s, "\r") {
			return // line ends inside values are read as \n
		}
		call, err := w.run(t, `return function(s, header)
  local rows = csv.decode(s, { header = header })
  local text = csv.encode(rows)
  return text, csv.encode(csv.decode(text, { header = header }))
end`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { w.session.End(); w.state.End() }()
		same := w.state.L.NewFunction(func(L *lua.LState) int {
			L.Push(call)
			L.Push(lua.LString(s))
			L.Push(lua.LBool(header))
			L.Call(2, 2)
			if L.Get(-1) != L.Get(-2) {
				t.Errorf("%q was written as %q, then as %q", s, L.Get(-2), L.Get(-1))
			}
			return 0
		})
		if _, err := w.state.Call(same); err != nil && !strings.Contains(err.Error(), "csv.decode: ") {
			t.Errorf("%q: %v", s, err)
		}
	})
}
