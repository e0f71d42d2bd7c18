package strlib_test

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/strlib"
)

// BenchmarkString compares the library with the interpreter's own on a script's everyday calls. Each turn is 100 calls in
// Lua, so that the cost of starting the script doesn't count.
func BenchmarkString(b *testing.B) {
	for _, c := range []struct{ name, code string }{
		{"gsub_punctuation", `s:gsub("[%p]", " ")`},
		{"gsub_blanks", `s:gsub("%s+", " ")`},
		{"gsub_start", `s:gsub("^ ", "")`},
		{"gsub_end", `s:gsub(" $", "")`},
		{"match_capture", `s:match("for our (%a+)")`},
		{"find_plain", `s:find("table", 1, true)`},
		{"find_word", `s:find("%f[%w]table%f[%W]")`},
		{"lower", `s:lower()`},
		{"sub", `s:sub(3, 7)`},
		{"byte", `s:byte(5)`},
		{"format_mixed", `string.format("%s-%s %s %d", "2024", "05", "today", 7)`},
		{"format_padded", `string.format("%s-%03d", "room", 12)`},
		{"format_float", `string.format("%.2f", 12.345)`},
		{"gmatch_words", `for w in s:gmatch("%a+") do n = n + 1 end`},
		{"trim", `s:match("^%s*(.-)%s*$")`},
		{"gsub_function", `s:gsub("%w+", function(w) return nil end)`},
		{"rep", `("ab"):rep(20)`},
	} {
		code := `local s, n = "I would like to book a table for our family of four people next friday at seven pm", 0
			return function() for i = 1, 100 do ` + c.code + ` end end`
		if strings.HasPrefix(c.code, "string") || strings.HasPrefix(c.code, "(") {
			code = strings.Replace(code, c.code, "local _ = "+c.code, 1)
		}
		b.Run(c.name+"/own", func(b *testing.B) { benchmark(b, code, true) })
		b.Run(c.name+"/stock", func(b *testing.B) { benchmark(b, code, false) })
	}
}

func benchmark(b *testing.B, code string, own bool) {
	L := lua.NewState(lua.Options{RegistrySize: 1024, RegistryMaxSize: 65536, RegistryGrowStep: 4096})
	defer L.Close()
	if own {
		lib := strlib.New(meter.New(), func(L *lua.LState, v lua.LValue) string { return v.String() })
		for name, f := range lib.Functions() {
			L.GetGlobal("string").(*lua.LTable).RawSetString(name, L.NewFunction(f))
		}
	}
	if err := L.DoString(code); err != nil {
		b.Fatal(err)
	}
	fn := L.Get(-1)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if err := L.CallByParam(lua.P{Fn: fn, Protect: true}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/call")
}
