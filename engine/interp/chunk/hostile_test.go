package chunk

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func many(n int, line func(i int) string) string {
	var b strings.Builder
	for i := 0; i < n && b.Len() < maxSource-200; i++ {
		b.WriteString(line(i))
	}
	return b.String()
}

func hostileSources() map[string]string {
	rep := strings.Repeat
	return map[string]string{
		"lengths":       rep("#", 1<<20),
		"lengths fit":   "return " + rep("#", 250<<10) + "a",
		"parens":        rep("(", 200000),
		"braces":        "return " + rep("{", 200000),
		"sum":           "return a" + rep("+a", 32<<10),
		"sums":          many(250, func(int) string { return "x(a" + rep("+a", 490) + ")\n" }),
		"deep sums":     "return " + rep("("+"a"+rep("+a", 400)+"+", 150),
		"minus":         "return " + rep("- ", 100000) + "a",
		"power":         "return a" + rep("^a", 100000),
		"not":           "return " + rep("not ", 60000) + "a",
		"concat":        "return a" + rep("..a", 80000),
		"or":            "return a" + rep(" or a", 40000),
		"index":         "return a" + rep(".b", 100000),
		"calls":         "return a" + rep("()", 100000),
		"constants":     "return {" + many(1<<20, func(i int) string { return fmt.Sprintf("%q,", fmt.Sprint(i)) }) + "}",
		"numbers":       "return {" + many(1<<20, func(i int) string { return fmt.Sprintf("%d,", i) }) + "}",
		"rows":          "return {" + many(1<<20, func(i int) string { return fmt.Sprintf("{id=%d,name=\"n%d\"},\n", i, i) }) + "}",
		"keys":          "return {" + many(1<<20, func(i int) string { return fmt.Sprintf("k%d=1,\n", i) }) + "}",
		"nested rows":   many(200, func(i int) string { return fmt.Sprintf("x{a={b={\"%d\",f(...)}}}", i) }),
		"statements":    many(1<<20, func(i int) string { return fmt.Sprintf("a.k%d=%d\n", i, i) }),
		"globals":       many(1<<20, func(i int) string { return fmt.Sprintf("g%d()\n", i) }),
		"elseif":        "if a then " + rep("elseif a then ", 200000/14) + "end",
		"elseif 900":    "if a then " + rep("elseif a == b then c() ", 900) + "end",
		"do":            rep("do ", 80000),
		"functions":     rep("x(function()end)", 16000),
		"nested funcs":  rep("x(function()", 20000),
		"locals":        many(1<<20, func(i int) string { return fmt.Sprintf("local a%d\n", i) }),
		"labels":        many(1<<20, func(i int) string { return fmt.Sprintf("::l%d::\n", i) }),
		"gotos":         many(1<<20, func(i int) string { return "goto x\n" }) + "::x::",
		"breaks":        "while a do " + rep("if a then break end ", 1900) + "end",
		"comment":       "--" + rep("x", 250<<10),
		"long comment":  "--[==[" + rep("]=]\n", 60<<10),
		"huge text":     "return [[" + rep("x", 50<<20) + "]]",
		"big text":      "return [[" + rep("x", 200<<10) + "]]",
		"newlines":      rep("\n", 250<<10),
		"names":         "local a0 " + many(1<<20, func(i int) string { return "a0=a0 " }),
		"upvalue walk":  rep("local a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p = 1 x(function() ", 60) + rep("z() ", 50000) + rep("end) ", 60),
		"args":          "f(" + rep("a,", 100000) + "a)",
		"targets":       rep("a,", 100000) + "a = 1",
		"values":        "return a" + rep(",a", 100000),
		"fields":        "return {" + rep("1,", 120000) + "}",
		"fields and ..": "local function f(...) return {" + rep("1,", 110000) + "...} end",
		"long loop":     "while a do " + rep("b() ", 60000) + "end",
		"empty":         "",
	}
}

// TestHostile holds every source, accepted or not, to bounded time, whatever it asks for; the bound leaves room for a slow
// and busy machine.
func TestHostile(t *testing.T) {
	const bound = 30 * time.Second
	for name, src := range hostileSources() {
		start := time.Now()
		c, _, problem := Compile("x.lua", []byte(src))
		took := time.Since(start)
		if (c == nil) == (problem == nil) {
			t.Errorf("%s: chunk %v, problem %v", name, c != nil, problem)
		}
		if took > bound {
			t.Errorf("%s took %v", name, took)
		}
		if testing.Verbose() {
			t.Logf("%-14s %8.1f ms  %v", name, float64(took.Microseconds())/1000, problem)
		}
	}
}
