package luaapi_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// document is a random JSON text as json.encode would write it, and the ways to the tables in it as Lua writes them.
type document struct {
	r     *rand.Rand
	text  strings.Builder
	paths []string
}

func (d *document) value(depth int, path string) {
	names := []string{"a", "b", "c", "d e", "event", "x1", "2", "", "é", `q"`}
	switch kind := d.r.IntN(10); {
	case kind < 3 && depth < 4:
		d.paths = append(d.paths, path)
		d.text.WriteByte('{')
		for i, at := range d.r.Perm(len(names))[:d.r.IntN(6)] {
			if i > 0 {
				d.text.WriteByte(',')
			}
			fmt.Fprintf(&d.text, "%s:", strconv.Quote(names[at]))
			d.value(depth+1, path+"["+strconv.Quote(names[at])+"]")
		}
		d.text.WriteByte('}')
	case kind < 5 && depth < 4:
		d.paths = append(d.paths, path)
		d.text.WriteByte('[')
		for i := range d.r.IntN(5) {
			if i > 0 {
				d.text.WriteByte(',')
			}
			d.value(depth+1, fmt.Sprintf("%s[%d]", path, i+1))
		}
		d.text.WriteByte(']')
	default:
		scalars := []string{"null", "true", "false", "0", "7", "-3", "2.5", "300", `"x"`, `"user"`, `"a longer text that is not kept"`, `"ü\n"`, `""`, "12345678901234567890"}
		d.text.WriteString(scalars[d.r.IntN(len(scalars))])
	}
}

// touches are what a script may do with a table t that it got; say notes what it saw.
var touches = []string{
	`say(#t)`, `say(t.a, t["b"], t[1], t[2], t.none)`, `say(next(t) ~= nil)`, `say(rawget(t, "a"), rawget(t, 1))`, `say(t.c == t.c, t[1] == t[1])`,
	`for k, x in pairs(t) do say(k, type(x)) end`, `for i, x in ipairs(t) do say(i, type(x)) end`, `for k, x in next, t do say(k, x) end`,
	`for k in pairs(t) do for l in pairs(t) do say(k, l) end end`, `for k, x in pairs(t) do t[k] = type(x) end`, `for k in pairs(t) do t[k] = nil end`,
	`t.a = 5`, `t.fresh = { 1 }`, `t.b = nil`, `t[1] = "one"`, `t[#t + 1] = "more"`, `rawset(t, "c", t)  t.c = nil`, `t.a = t.b`, `t.x1 = json.null`,
	`table.insert(t, 1, "first")`, `table.insert(t, {})`, `say(table.remove(t))`, `say(pcall(table.concat, t, ","))`, `pcall(table.sort, t)`,
	`say(unpack(t))`, `say(select("#", unpack(t)))`, `say(table.maxn(t))`, `setmetatable(t, { __index = function(_, k) return k end }) say(t.zz, t[9])`,
	`say(getmetatable(t))`, `say(json.encode(t))`, `say(type(t), tostring(t):match("^table"))`, `say(pcall(next, t, "nowhere"))`, `json.object(t)`,
	`local k = next(t) say(k) if k then say((next(t, k))) end`, `local u = { t } u[1].deep = true`, `t["2"] = { t.a }`, `say(rawequal(t, t), t == {})`,
	`coroutine.wrap(function() for k in pairs(t) do coroutine.yield(k) end end)() say(next(t))`, `say(pcall(function() return t < t end))`,
}

// TestLazyTablesAreTables has random scripts do the same to a table that is read from a text and to one that was made of it at
// once: they see the same, and the same goes out.
func TestLazyTablesAreTables(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	rounds := 4000
	if testing.Short() {
		rounds = 400
	}
	seed := rand.Uint64()
	for round := range rounds {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		d := &document{r: r}
		for len(d.paths) == 0 {
			d.text.Reset()
			d.value(0, "v")
		}
		var script strings.Builder
		for range 1 + r.IntN(6) {
			fmt.Fprintf(&script, "do local ok, t = pcall(function() return %s end) if ok and type(t) == 'table' then %s end end\n",
				d.paths[r.IntN(len(d.paths))], touches[r.IntN(len(touches))])
		}
		var got [2]string
		for i, source := range []string{"probe.lazy", "json.decode"} {
			text, err := b.call(t, nil, 0, fmt.Sprintf(`
local v, seen = %s(%s), {}
local function say(...)
  for i = 1, select("#", ...) do
    local x = select(i, ...)
    seen[#seen + 1] = x == nil and "nil" or type(x) == "table" and "a table" or tostring(x)
  end
end
%s
return { seen, v }`, source, strconv.Quote(d.text.String()), script.String()))
			if err != nil {
				text = "error: " + err.Error()
			}
			got[i] = text
		}
		if got[0] != got[1] {
			t.Fatalf("seed %d, round %d: %s\n%s\n  lazy  %s\n  plain %s", seed, round, d.text.String(), script.String(), got[0], got[1])
		}
	}
}
