package number_test

import (
	"math"
	"testing"

	"github.com/luaction/luaction/engine/interp/number"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		n    float64
		want string
	}{
		{0, "0"}, {math.Copysign(0, -1), "-0"}, {1, "1"}, {-17, "-17"}, {0.1, "0.1"}, {0.1 + 0.2, "0.3"},
		{1e15, "1000000000000000"}, {1 << 53, "9007199254740992"}, {-(1 << 53), "-9007199254740992"},
		{1<<53 + 2, "9.007199254741e+15"}, {1e16, "1e+16"}, {1e100, "1e+100"}, {-1e-5, "-1e-05"}, {1e-4, "0.0001"},
		{1.0 / 3, "0.33333333333333"}, {123456.789, "123456.789"}, {5e-324, "4.9406564584125e-324"},
		{math.MaxFloat64, "1.7976931348623e+308"}, {math.Inf(1), "inf"}, {math.Inf(-1), "-inf"},
		{12345678.9, "12345678.9"}, {100000000000000.5, "1e+14"}, {99999999999999.9, "1e+14"},
		{2.5, "2.5"}, {-0.5, "-0.5"}, {1e21, "1e+21"},
	} {
		if got := number.Format(c.n); got != c.want {
			t.Errorf("Format(%v) = %q, want %q", c.n, got, c.want)
		}
	}
	if got := number.Format(math.NaN()); got != "nan" && got != "-nan" {
		t.Errorf("NaN is written %q", got)
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	room := make([]byte, 0, 64)
	for _, n := range []float64{7, 0.1, 1e300, math.Inf(-1)} {
		if allocs := testing.AllocsPerRun(20, func() { number.Append(room, n) }); allocs != 0 {
			t.Errorf("Append(%v) allocates %v times", n, allocs)
		}
	}
}

func TestSpec(t *testing.T) {
	bare := func(verb byte) number.Spec { return number.Spec{Verb: verb, Precision: -1} }
	with := func(verb byte, set func(p *number.Spec)) number.Spec {
		p := bare(verb)
		set(&p)
		return p
	}
	for _, c := range []struct {
		spec number.Spec
		n    float64
		want string
	}{
		{bare('f'), 3.14159, "3.141590"},
		{with('f', func(p *number.Spec) { p.Precision, p.Sharp = 0, true }), 2.5, "2."},
		{with('e', func(p *number.Spec) { p.Precision, p.Sharp = 0, true }), 12345, "1.e+04"},
		{bare('e'), 0.00012, "1.200000e-04"}, {bare('E'), 12345.678, "1.234568E+04"},
		{bare('g'), 100000, "100000"}, {bare('g'), 1e6, "1e+06"}, {bare('G'), 1e-10, "1E-10"},
		{with('g', func(p *number.Spec) { p.Sharp, p.Precision = true, 3 }), 1, "1.00"},
		{with('g', func(p *number.Spec) { p.Sharp = true }), 1e10, "1.00000e+10"},
		{with('g', func(p *number.Spec) { p.Precision = 0 }), 1234, "1e+03"},
		{with('f', func(p *number.Spec) { p.Zero, p.Width, p.Precision = true, 7, 1 }), -2.25, "-0002.2"},
		{with('f', func(p *number.Spec) { p.Zero, p.Width = true, 6 }), math.Inf(-1), "  -inf"},
		{with('G', func(p *number.Spec) { p.Plus = true }), math.Inf(1), "+INF"},
		{with('f', func(p *number.Spec) { p.Minus, p.Zero, p.Width, p.Precision = true, true, 6, 1 }), 1, "1.0   "},
		{with('f', func(p *number.Spec) { p.Space, p.Precision = true, 2 }), 1, " 1.00"},
	} {
		if got := string(c.spec.AppendFloat(nil, c.n)); got != c.want {
			t.Errorf("%+v of %v = %q, want %q", c.spec, c.n, got, c.want)
		}
	}
	for _, c := range []struct {
		spec number.Spec
		n    int64
		want string
	}{
		{bare('d'), math.MinInt64, "-9223372036854775808"},
		{with('d', func(p *number.Spec) { p.Width, p.Precision = 8, 3 }), 5, "     005"},
		{with('d', func(p *number.Spec) { p.Zero, p.Width = true, 5 }), -42, "-0042"},
		{with('d', func(p *number.Spec) { p.Zero, p.Width, p.Precision = true, 5, 1 }), 3, "    3"},
		{with('d', func(p *number.Spec) { p.Precision = 0 }), 0, ""},
		{with('d', func(p *number.Spec) { p.Plus, p.Minus, p.Width = true, true, 4 }), 7, "+7  "},
		{with('x', func(p *number.Spec) { p.Sharp = true }), 255, "0xff"},
		{with('X', func(p *number.Spec) { p.Sharp, p.Zero, p.Width = true, true, 8 }), 255, "0X0000FF"},
		{with('x', func(p *number.Spec) { p.Sharp = true }), 0, "0"},
		{with('o', func(p *number.Spec) { p.Sharp = true }), 8, "010"},
		{with('o', func(p *number.Spec) { p.Sharp, p.Precision = true, 0 }), 0, "0"},
		{bare('x'), -1, "ffffffffffffffff"}, {bare('u'), 42, "42"},
	} {
		got := string(c.spec.AppendUint(nil, uint64(c.n)))
		if c.spec.Verb == 'd' {
			got = string(c.spec.AppendInt(nil, c.n))
		}
		if got != c.want {
			t.Errorf("%+v of %v = %q, want %q", c.spec, c.n, got, c.want)
		}
	}
}

func TestCasts(t *testing.T) {
	for _, c := range []struct {
		n        float64
		signed   int64
		unsigned uint64
		position int
	}{
		{3.7, 3, 3, 3}, {-3.7, -3, math.MaxUint64 - 2, -3}, {1e300, math.MinInt64, 0, 1 << 62},
		{math.Inf(-1), math.MinInt64, 1 << 63, -(1 << 62)}, {1 << 63, math.MinInt64, 1 << 63, 1 << 62},
		{math.NaN(), math.MinInt64, 1 << 63, -(1 << 62)},
	} {
		if got := number.Signed(c.n); got != c.signed {
			t.Errorf("Signed(%v) = %d, want %d", c.n, got, c.signed)
		}
		if got := number.Unsigned(c.n); got != c.unsigned {
			t.Errorf("Unsigned(%v) = %d, want %d", c.n, got, c.unsigned)
		}
		if got := number.Position(c.n); got != c.position {
			t.Errorf("Position(%v) = %d, want %d", c.n, got, c.position)
		}
	}
}
