package interp_test

import "testing"

// TestOperators holds the operators to the manual where the interpreter library has ideas of its own.
func TestOperators(t *testing.T) {
	t.Parallel()
	s := newState(t)
	for program, want := range map[string]string{
		`out(1 % 0.1, 100.5 % 0.1, -4 % 2, 5.5 % -2, -1 % 3, "10" % "4")`: "0\t0\t0\t-0.5\t2\t2\n",
		`local o = setmetatable({}, { __mod = function(a, b) return type(a) .. type(b), 2 end })
out(o % 1, "x" % o, 7 % o)`: "tablenumber\tstringtable\tnumbertable\n",
		`out(pcall(function() return 5 % {} end))`:                                      "false\tcase.lua:11: attempt to perform arithmetic on a table value\n",
		`local n = 0 for i = "10", " 0x10 ", "2" do n = n + i end out(n)`:               "52\n",
		`out((pcall(function() for i = 1, "x" do end end)))`:                            "false\n",
		`out(0.1 + 0.2 .. "", 1 / 3 .. "", 1e15 .. "", 1e100 .. "", -1 / 0 .. "")`:      "0.3\t0.33333333333333\t1000000000000000\t1e+100\t-inf\n",
		`out("010" + 1, -"0x10", "1e1" * "2")`:                                          "11\t-16\t20\n",
		`local t = setmetatable({ 1 }, { __len = function() return 9 end }) out(#t)`:    "1\n",
		`out(tostring(setmetatable({}, { __tostring = function() return 5 end })) + 1)`: "6\n",
	} {
		if got := prints(t, s, program); got != want {
			t.Errorf("%s\nprinted %q\nwant    %q", program, got, want)
		}
	}
}
