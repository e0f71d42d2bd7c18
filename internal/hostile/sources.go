//go:build unix

package hostile

import (
	"fmt"
	"strings"
)

// source is a script whose text is the attack: it is met when the file is loaded, not when it runs.
type source struct {
	item, name string
	text       string
	want       string // statuses of a call, any of which will do; 404: the file was refused
}

const (
	refused = "404"
	either  = "200 404 500" // as long as the server goes on
)

func repeated(before, part string, n int, after string) string {
	return before + strings.Repeat(part, n) + after
}

func counted(before, format string, n int, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String() + after
}

const fine = "\nreturn function(dispatcher) dispatcher:utter_message('fine') end\n"

// sources are scripts that a compiler may choke on.
func sources() []source {
	all := []source{
		{"28", "a megabyte of lengths", repeated("local x = ", "#", 1<<20, "a"), refused},
		{"28", "250 KB of lengths", repeated("local x = ", "#", 250<<10, "a"), refused},
		{"29", "64 KB of sums", repeated("local a = 1 local x = a", "+a", 32<<10, fine), refused},
		{"29", "64 KB of minuses", repeated("local a = 1 local x = ", "- ", 32<<10, "a"+fine), refused},
		{"29", "64 KB of powers", repeated("local a = 1 local x = a", "^a", 32<<10, fine), refused},
		{"29", "64 KB of nots", repeated("local x = ", "not ", 16<<10, "true"+fine), refused},
		{"29", "64 KB of joins", repeated("local a = '' local x = a", "..a", 21<<10, fine), either},
		{"29", "64 KB of ands", repeated("local a = 1 local x = a", " and a", 10<<10, fine), either},
		{"29", "64 KB of comparisons", repeated("local a = 1 local x = a", "==a", 21<<10, fine), either},
		{"30", "250 KB of constants", counted("local t = {", "%d.5,", 30_000, "}"+fine), either},
		{"30", "250 KB of names", counted("local t = {", "n%d=1,", 25_000, "}"+fine), either},
		{"30", "250 KB of texts", counted("local function f() end ", "f('t%d') ", 20_000, fine), either},
		{"31", "100,000 brackets", repeated("local x = ", "(", 100_000, "1"+strings.Repeat(")", 100_000)), refused},
		{"31", "100,000 tables", repeated("local x = ", "{", 100_000, strings.Repeat("}", 100_000)), refused},
		{"31", "20,000 functions inside one another", repeated("", "return function() ", 12_000, strings.Repeat(" end", 12_000)), refused},
		{"31", "40,000 blocks", repeated("", "do ", 40_000, strings.Repeat("end ", 40_000)), refused},
		{"31", "10,000 ifs inside one another", repeated("", "if x then ", 10_000, strings.Repeat("end ", 10_000)), refused},
		{"31", "10,000 elseifs", repeated("local a if a then ", "elseif a then ", 10_000, "end"+fine), refused},
		{"31", "10,000 loops inside one another", repeated("", "for i=1,1 do ", 9_000, strings.Repeat("end ", 9_000)), refused},
		{"31", "60,000 indexes", repeated("local t = {} local function f() return t", "[1]", 60_000, " end"+fine), either},
		{"31", "30,000 indexes inside one another", repeated("local t = {} local x = ", "t[", 30_000, "1"+strings.Repeat("]", 30_000)), refused},
		{"31", "60,000 calls in a row", repeated("local f local function g() return f", "()", 60_000, " end"+fine), either},
		{"31", "30,000 calls inside one another", repeated("local f local x = ", "f(", 30_000, "1"+strings.Repeat(")", 30_000)), refused},
		{"31", "30,000 methods in a row", repeated("local f local function g() return f", ":a()", 30_000, " end"+fine), either},
		{"32", "300 locals", counted("", "local v%d = 1 ", 300, fine), refused},
		{"32", "300 captured locals", counted("local function f() ", "local a%d=1 ", 150, counted("local function g() ", "local b%d=1 ", 150, "return function() return "+
			counted("0", "+a%d", 150, "")+counted("", "+b%d", 150, "")+" end end end"+fine)), refused},
		{"32", "5,000 names in one assignment", counted("local t = {} t.x", ",t.a%d", 5000, " = 1"+fine), either},
		{"32", "5,000 parameters", counted("local function f(a", ",p%d", 5000, ") end"+fine), refused},
		{"32", "5,000 values returned", repeated("local function f() return 1", ",1", 5000, " end"+fine), either},
		{"33", "text of 50 MB", "local s = [[" + strings.Repeat("x", 50<<20) + "]]" + fine, refused},
		{"33", "text of 250 KB", "local s = [[" + strings.Repeat("x", 250<<10) + "]]" + fine, "200"},
		{"34", "bytecode", "\x1bLuaQ\x00\x01\x04\x08\x04\x08\x00", refused},
		{"35", "zero bytes", "local x = 1\x00" + fine, either},
		{"35", "broken UTF-8", "local x = '\xff\xfe'" + fine, either},
		{"35", "byte order mark", "\xef\xbb\xbf" + fine, "200"},
		{"35", "CRLF", strings.ReplaceAll("local x = 1\n"+fine, "\n", "\r\n"), "200"},
		{"35", "first line of a program", "#!/usr/bin/lua\n" + fine, "200"},
		{"36", "empty", "", refused},
		{"36", "only a comment", "-- nothing\n--[[ at all ]]", "404 500"},
		{"36", "returns a text", "return 'x'", "404 500"},
		{"36", "returns nothing", "local x = 1", "404 500"},
		{"36", "fails while it loads", "error('x')" + fine, "500"},
		{"36", "loops while it loads", "while true do end" + fine, "500"},
		{"36", "fills the memory while it loads", "local s = 'x' while true do s = s .. s end" + fine, "500"},
		{"", "open text", "local s = 'x", refused},
		{"", "open long text", "local s = [==[ x", refused},
		{"", "open comment", "--[[ x", refused},
		{"", "number of 200 KB", "local n = " + strings.Repeat("9", 200<<10) + fine, either},
		{"", "hexadecimal of 200 KB", "local n = 0x" + strings.Repeat("f", 200<<10) + fine, either},
		{"", "name of 200 KB", "local " + strings.Repeat("n", 200<<10) + " = 1" + fine, "200 404"},
		{"", "5,000 labels", counted("", "::l%d:: ", 5000, fine), refused},
		{"", "5,000 jumps", counted("", "do goto l%[1]d ::l%[1]d:: end ", 5000, fine), either},
		{"", "20,000 functions", counted("local t = {} ", "t[%d]=function()end ", 10_000, fine), refused},
		{"", "250 KB on one line", strings.Repeat("local x = 1 do local y = x end ", 150) + strings.Repeat("print() ", 20_000) + fine, either},
		{"", "50,000 semicolons and returns", repeated("", "do return end ", 15_000, fine), either},
		{"", "table of 100,000 items", repeated("local t = {", "1,", 100_000, "}"+fine), either},
		{"", "escapes", `local s = "` + strings.Repeat(`\065\n\\`, 20_000) + `"` + fine, "200"},
		{"", "code too long to jump over", "local a if a then " + strings.Repeat("a=1 ", 60_000) + "end" + fine, either},
		{"", "other language", "#include <stdio.h>\nint main() { return 0; }\n", refused},
	}
	return all
}
