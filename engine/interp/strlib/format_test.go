package strlib_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	check(t, []luaCase{
		{`("%d|%5d|%-5d|%05d|%+d|% d"):format(42, 42, 42, 42, 42, 42)`, "42|   42|42   |00042|+42| 42"},
		{`("%i %d %d %d"):format(-7, 3.7, -3.7, "0x10")`, "-7 3 -3 16"},
		{`("%.3d|%8.3d|%x|%X|%#x|%o|%u"):format(5, 5, 255, 255, 255, 8, 42)`, "005|     005|ff|FF|0xff|10|42"},
		{`("%d %d %x"):format(2^53, 1e300, -1)`, "9007199254740992 -9223372036854775808 ffffffffffffffff"},
		{`("%c%c|%3c|%-3c|"):format(76, 117, 65, 66)`, "Lu|  A|B  |"}, {`#("%c"):format(0)`, "1"},
		{`("%f|%.2f|%10.3f|%-8.1f|%.0f"):format(3.14159, "3.14159", 3.14159, 3.14159, 2.5)`, "3.141590|3.14|     3.142|3.1     |2"},
		{`("%e|%E|%g|%G|%#.3g|%.14g"):format(12345.678, 0.00012, 1e15, 1e-10, 1, 0.1)`, "1.234568e+04|1.200000E-04|1e+15|1E-10|1.00|0.1"},
		{`("%f %g %5.0f|"):format(1/0, -1/0, 1/0)`, "inf -inf   inf|"}, {`("%.99f"):format(1):len(), ("%99d"):format(1):len()`, "101 99"},
		{`("%s|%10s|%-10s|%.2s|%5.1s|"):format("abc", "abc", "abc", "abc", "abc")`, "abc|       abc|abc       |ab|    a|"},
		{`("%s %s %s %s %s"):format(nil, true, 1e15, 0.1, big)`, "nil true 1000000000000000 0.1 12345678901234567890123"},
		{`("%d|%30d|%+d"):format(big, big, big)`, "12345678901234567890123|       12345678901234567890123|+12345678901234567890123"},
		{`("%.1f"):format(big), ("%5s|"):format(setmetatable({}, {__tostring = function() return "obj" end}))`,
			"12345678901234567741440.0   obj|"},
		{`("%q"):format('a"b\\c\nd\re\0f'), ("%q"):format(12)`, "\"a\\\"b\\\\c\\\nd\\re\\000f\" \"12\""},
		{`("100%%%d%%"):format(5), ("%%"):format(), ("no verbs"):format(1, {})`, "100%5% % no verbs"},
		{`string.format(12, 1), string.format("%s", ("x"):rep(1000)):len()`, "12 1000"},
		{`("%-5%"):format(1)`, "error: case:1: invalid option '%%' to 'format'"},
	})
}

func TestFormatErrors(t *testing.T) {
	check(t, []luaCase{
		{`string.format("%d")`, "error: case:1: bad argument #2 to 'format' (no value)"},
		{`string.format("%d %s", 1)`, "error: case:1: bad argument #3 to 'format' (no value)"},
		{`string.format("%d", "x")`, "error: case:1: bad argument #2 to 'format' (number expected, got string)"},
		{`string.format("%f", {})`, "error: case:1: bad argument #2 to 'format' (number expected, got table)"},
		{`("%d"):format({})`, "error: case:1: bad argument #1 to 'format' (number expected, got table)"},
		{`string.format("%q", nil)`, "error: case:1: bad argument #2 to 'format' (string expected, got nil)"},
		{`string.format("%y", 1)`, "error: case:1: invalid option '%y' to 'format'"},
		{`string.format("%", 1)`, "error: case:1: invalid option '%' to 'format'"},
		{`string.format("%#v", 1)`, "error: case:1: invalid option '%v' to 'format'"},
		{`string.format("%123d", 1)`, "error: case:1: invalid format (width or precision too long)"},
		{`string.format("%.123f", 1)`, "error: case:1: invalid format (width or precision too long)"},
		{`string.format("%-+ #0-d", 1)`, "error: case:1: invalid format (repeated flags)"},
		{`string.format("%d %y", "x", 1)`, "error: case:1: bad argument #2 to 'format' (number expected, got string)"},
	})
}

// FuzzFormat checks that no format panics, and that C's formats of one number are as long as their width asks.
func FuzzFormat(f *testing.F) {
	for _, format := range []string{"%d", "%-5.2f|", "%s%%%q", "%", "%99.99g", "%+ #0x", "%100d", "%5c", "%.0e%y", "%\x00"} {
		f.Add(format, 12.5, 7)
	}
	L, _ := newState(f)
	f.Fuzz(func(t *testing.T, format string, n float64, width int) {
		code := fmt.Sprintf("string.format(%s, %s, %s, %s)", quoted(format), literal(n), literal(n), literal(n))
		if got := run(t, L, code); strings.Contains(got, "goroutine") || strings.Contains(got, "runtime error") {
			t.Fatalf("%q of %v: %s", format, n, got)
		}
		if width = width % 100; width < 0 {
			width = -width
		}
		for _, verb := range "dxgefs" {
			code := fmt.Sprintf("#string.format(%q, %s) >= %d", fmt.Sprintf("%%%d%c", max(width, 1), verb), literal(n), width)
			if got := run(t, L, code); got != "true" {
				t.Fatalf("%s is %s", code, got)
			}
		}
	})
}

// literal writes a number so that it survives the interpreter's reading of it.
func literal(n float64) string { return fmt.Sprintf("(%q + 0)", fmt.Sprintf("%g", n)) }

func quoted(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "\\%03d", c)
	}
	return `"` + b.String() + `"`
}
