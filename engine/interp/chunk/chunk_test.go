package chunk

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

func TestSource(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{strings.Repeat("x", maxSource+1), "a.lua: the file has 257 KiB; a script has at most 256 KiB; split it into several files below lib/"},
		{"\x1bLuaQ\x00", "a.lua: this is compiled Lua; put the source file here"},
		{"\xff\xfex\x00", "a.lua: the file is UTF-16 text; save it as UTF-8"},
		{"local x = 1\nlocal y = \x001", `a.lua:2: there is a zero byte in the source; save the file as UTF-8 text`},
		{"--" + strings.Repeat("x", maxSource-2), ""},
		{"-- \xff\xfe in a comment and a text\nlocal x = '\xff'", ""},
		{"#!", ""},
		{"\ufeff", ""},
	} {
		_, _, p := Compile("a.lua", []byte(c.source))
		switch {
		case c.want == "" && p != nil:
			t.Errorf("%.20q: %v", c.source, p)
		case c.want != "" && p == nil:
			t.Errorf("%.20q compiles", c.source)
		case p != nil && p.Error() != c.want:
			t.Errorf("%.20q: %s\nwant %s", c.source, p.Error(), c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	rep := strings.Repeat
	for _, c := range []struct{ name, good, bad, want string }{
		{"depth", "return " + rep("(", 190) + "1" + rep(")", 190), "return\n" + rep("(", 201) + "1" + rep(")", 201), "a.lua:2: blocks, brackets and operators are nested more than 200 deep here"},
		{"unary", "return " + rep("not ", 190) + "1", "return " + rep("not ", 201) + "1", "a.lua:1: blocks, brackets"},
		{"sum", "return 1" + rep("+a", 490), "return 1" + rep("\n+a", 510), "a.lua:502: there are more than 500 operators in one sum here"},
		{"or", "return 1" + rep(" or a", 990) + rep(" or a", 5), "return a" + rep("\nor a", 1010), "a.lua:1002: there are more than 1000 operators in one expression here"},
		{"concat", "return 'a'" + rep("..a", 10000), "return 'a'" + rep("..a", 60000), "a.lua:1: there are more than 1000 operators"},
		{"elseif", "if a then " + rep("elseif a then ", 990) + "end", "if a then" + rep("\nelseif a then", 1001) + " end", "a.lua:1001: an if may have at most 1000 branches"},
		{"locals", "local function f() " + rep("local a ", 198) + "end", "local x\nlocal function f()" + rep("\nlocal a", 201) + " end", "a.lua:203: a function may have at most 200 local variables"},
		{"constants", constants(7900), constants(8100), "a.lua:7999: there are more than 8000 different texts"},
		{"functions", rep("x(function()end)", 3990), rep("x(function()end)\n", 4010), "a.lua:4000: the file has more than 4000 functions"},
		{"arguments", "f(" + rep("a,", 140) + "a)", "f()\nf(" + rep("a,", 160) + "a)", "a.lua:2: there are too many values in one call"},
		{"code", "while a do " + rep("b() ", 30000) + "end", "while a do " + rep("b() ", 60000) + "end", "a.lua:1: this function is too long"},
		{"labels", labels(490), labels(510), "a.lua:501: a function may have at most 500 labels"},
		{"jumps", "while a do " + rep("if a then break end ", 1990) + "end", "while a do " + rep("if a then break end ", 2010) + "end", "a.lua:1: a function may have at most 2000 goto and break"},
		{"upvalues", "", upvalues(), "a.lua:"},
	} {
		if _, _, p := Compile("a.lua", []byte(c.good)); p != nil {
			t.Errorf("%s: %v", c.name, p)
		}
		if _, _, p := Compile("a.lua", []byte(c.bad)); p == nil || !strings.HasPrefix(p.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, p, c.want)
		}
	}
}

func constants(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a.k%d = 1\n", i)
	}
	return b.String()
}

func labels(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "::l%d::\n", i)
	}
	return b.String()
}

func upvalues() string {
	var b strings.Builder
	for i := range 150 {
		fmt.Fprintf(&b, "local a%d = 1\n", i)
	}
	b.WriteString("local function f()\n")
	for i := range 100 {
		fmt.Fprintf(&b, "local b%d = 1\n", i)
	}
	b.WriteString("return function() return 1")
	for i := range 150 {
		fmt.Fprintf(&b, "+a%d", i)
	}
	for i := range 100 {
		fmt.Fprintf(&b, "+b%d", i)
	}
	return b.String() + " end end"
}

func TestLine(t *testing.T) {
	c, _ := compiled(t, "#!x\r\n  local a = 1  \r\nlocal b = '"+strings.Repeat("ä", 200)+"'\rreturn a\n")
	for n, want := range map[int]string{0: "", 1: "", 2: "local a = 1", 3: "local b = '" + strings.Repeat("ä", 94), 4: "return a", 5: "", 6: "", -1: ""} {
		if got := c.Line(n); got != want {
			t.Errorf("line %d: %q", n, got)
		}
	}
}

// TestShared runs one chunk in several states at once, for the race detector.
func TestShared(t *testing.T) {
	c, _ := compiled(t, `local n = 0 for i = 1, 100 do if i - 2 * math.floor(i / 2) == 0 then goto c end n = n + i ::c:: end return n`)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			L := lua.NewState()
			defer L.Close()
			L.Push(L.NewFunctionFromProto(c.Proto))
			if err := L.PCall(0, 1, nil); err != nil || L.ToInt(1) != 2500 {
				t.Errorf("%v %v", err, L.Get(1))
			}
		})
	}
	wait.Wait()
}

func FuzzCompile(f *testing.F) {
	for _, c := range append(escapes, syntaxErrors...) {
		f.Add([]byte(c.source))
	}
	for _, src := range []string{
		"local a, b = 1, 2 a, b = b, a", "for k, v in next, t do break end", "goto x do local y ::x:: end ::x::", "return {" + items(51) + "x = f(), f()}",
		"local f = function(...) f() return (...) end", "while true do repeat goto c ::c:: until x end", "X, y.z[f()], (a or b).c = ...", "#!x\n\ufeff",
		"if nil then elseif 1 then else end", "function a.b:c(d, ...) return arg, self end", "return 'a'..b..1 ..[[x]]..(f())", "x = 0x1p4 1e5 .5 ..",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		start := time.Now()
		c, _, p := Compile("fuzz.lua", source)
		if (c == nil) == (p == nil) {
			t.Fatalf("chunk %v, problem %v", c, p)
		}
		if p != nil && strings.Contains(p.Message, "too complicated") {
			t.Fatal("the compiler panicked or refused without a reason")
		}
		if p != nil && (p.Line < 0 || p.Line > 2+strings.Count(string(source), "\n")+strings.Count(string(source), "\r")) {
			t.Fatalf("line %d", p.Line)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("%v", took)
		}
	})
}
