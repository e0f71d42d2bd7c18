package number_test

import (
	"math"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]float64{
		"10": 10, "010": 10, " 10 ": 10, "\t\n\v\f\r10\n": 10, "-10": -10, "+10": 10, "1.5": 1.5, ".5": 0.5, "5.": 5, "-.5": -0.5,
		"1e3": 1000, "1E3": 1000, "5e-1": 0.5, "1e+2": 100, "00012.50": 12.5, "0x10": 16, "0XfF": 255, "-0x10": -16, "+0xA": 10,
		"0x7fffffffff": 0x7fffffffff, "9007199254740993": 9007199254740992, "1e400": math.Inf(1), "-1e400": math.Inf(-1),
		"1e-400": 0, "0x1" + strings.Repeat("0", 20): math.Pow(16, 20), "123456789012345678": 123456789012345678,
	} {
		if got, ok := number.Parse(text); !ok || got != want {
			t.Errorf("Parse(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "abc", "10x", "1 0", "1e", "e1", ".", "-", "+", "--1", "- 1", "1..2", "1e1.5", "0x", "0xg",
		"1_000", "0b11", "0o7", "1,5", "½", "inf", "nan", "-inf", "Infinity", "1e+", "$1", "0x1p4", "0x1.8", "1\x00", "\u00a01"} {
		if got, ok := number.Parse(text); ok {
			t.Errorf("Parse(%q) = %v, want none", text, got)
		}
	}
}

func TestParseBase(t *testing.T) {
	for _, c := range []struct {
		text string
		base int
		want float64
	}{
		{"ff", 16, 255}, {"0xff", 16, 255}, {"0XFF", 16, 255}, {"zz", 36, 1295}, {"Zz", 36, 1295}, {"777", 8, 511}, {" 11 ", 2, 3},
		{"10", 10, 10}, {"1e1", 10, 10}, {"7.5", 10, 7.5}, {"ffffff", 16, 0xffffff}, {"-11", 2, -3},
	} {
		if got, ok := number.ParseBase(c.text, c.base); !ok || got != c.want {
			t.Errorf("ParseBase(%q, %d) = %v, %v, want %v", c.text, c.base, got, ok, c.want)
		}
	}
	for _, c := range []struct {
		text string
		base int
	}{{"8", 8}, {"12", 2}, {"", 2}, {"1.5", 16}, {"g", 16}, {"1 1", 2}, {"0x", 16}, {"1", 1}, {"1", 37}, {"0x1", 8}, {"-", 2}} {
		if got, ok := number.ParseBase(c.text, c.base); ok {
			t.Errorf("ParseBase(%q, %d) = %v, want none", c.text, c.base, got)
		}
	}
}

func TestInteger(t *testing.T) {
	ascending := []string{"-123456789012345678901", "-23456789012345678901", "-23456789012345678900", "0", "9007199254740993",
		"18446744073709551617", "18446744073709551618", "100000000000000000000"}
	for i, a := range ascending {
		for j, b := range ascending {
			want := min(max(i-j, -1), 1)
			if got := number.NewInteger(a).Cmp(number.NewInteger(b)); got != want {
				t.Errorf("%s against %s is %d, want %d", a, b, got, want)
			}
		}
	}
	if number.NewInteger("-0").Cmp(number.NewInteger("000")) != 0 {
		t.Error("-0 and 000 differ")
	}
	i := number.NewInteger("9007199254740993")
	if i.Digits() != "9007199254740993" || i.Float() != 9007199254740992 {
		t.Errorf("digits %s, double %v", i.Digits(), i.Float())
	}
}

func TestFrom(t *testing.T) {
	for _, c := range []struct {
		v    lua.LValue
		want float64
		ok   bool
	}{
		{lua.LNumber(2.5), 2.5, true}, {lua.LString(" 0x10 "), 16, true}, {lua.LString("x"), 0, false}, {lua.LNil, 0, false},
		{&lua.LUserData{Value: number.NewInteger("-9007199254740993")}, -9007199254740992, true},
		{&lua.LUserData{Value: "other"}, 0, false}, {lua.LTrue, 0, false},
	} {
		if got, ok := number.From(c.v); got != c.want || ok != c.ok {
			t.Errorf("From(%v) = %v, %v, want %v, %v", c.v, got, ok, c.want, c.ok)
		}
	}
}

// FuzzParse checks that what Parse takes is written and read back as the same number, up to the digits that Format writes.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"1", "-0", " 1e5\n", "0x1F", "9007199254740993", "1e400", ".5e-7", "0x", "1_0", "nan", "100001000000000.1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, ok := number.Parse(text)
		if !ok {
			return
		}
		written := number.Format(n)
		if math.IsInf(n, 0) {
			return
		}
		again, ok := number.Parse(written)
		// Of one that is no whole number the digits that are left may make a whole one, which is written in full.
		became := again == math.Trunc(again) && n != math.Trunc(n)
		if !ok || number.Format(again) != written && !became {
			t.Fatalf("%q is %v, written %q, read back %v, %v", text, n, written, again, ok)
		}
		if math.Abs(n) <= 1<<53 && n == math.Trunc(n) && again != n {
			t.Fatalf("%q is the whole number %v, read back %v", text, n, again)
		}
		if math.Abs(again-n) > math.Abs(n)*1e-13 && math.Abs(n) > 1e-300 {
			t.Fatalf("%q is %v, read back %v", text, n, again)
		}
	})
}
