package interp_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp"
)

// TestLibrary compares table, math, os, coroutine and the base functions with what PUC Lua 5.1.5 printed, recorded under
// TZ=UTC.
func TestLibrary(t *testing.T) {
	t.Parallel()
	program, err := os.ReadFile("testdata/library.lua")
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := os.ReadFile("testdata/library.out")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(prints(t, newState(t), string(program)), "\n")
	want := strings.Split(string(recorded), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines, Lua prints %d; the last is %q", len(got), len(want), got[len(got)-2])
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is\n%s\nLua prints\n%s", i+1, got[i], want[i])
		}
	}
}

func TestZones(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zone data here")
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 5e8, time.UTC)
	s := interp.New(interp.Options{Now: func() time.Time { return now }, Location: berlin})
	defer s.Close()
	for program, want := range map[string]string{
		`out(os.time(), os.date("%Y-%m-%d %H:%M:%S %z %Z"), os.date("!%H %Z"))`: "1795341600\t2026-11-22 11:00:00 +0100 CET\t10 GMT\n",
		`local t = os.date("*t") out(t.hour, t.isdst, os.time(t))`:              "11\tfalse\t1795341600\n",
		`local t = os.date("*t", 1782900000) out(t.hour, t.isdst, os.time(t))`:  "12\ttrue\t1782900000\n",
		`local t = { year = 2026, month = 7, day = 1, hour = 12 }
local w = { year = 2026, month = 7, day = 1, hour = 12, isdst = false }
out(os.time(w) - os.time(t))`: "3600\n",
		`out((pcall(os.time, { year = 1e10, month = 1, day = 1 })))`: "false\n",
	} {
		if got := prints(t, s, program); got != want {
			t.Errorf("%s\nprinted %q\nwant    %q", program, got, want)
		}
	}
}

func TestClockStartsWithTheCall(t *testing.T) {
	t.Parallel()
	got := prints(t, newState(t), `local c = os.clock() out(c >= 0 and c < 30, os.clock() >= c)`)
	if got != "true\ttrue\n" {
		t.Error(got)
	}
}

func TestListsHaveAnEnd(t *testing.T) {
	t.Parallel()
	got := prints(t, newState(t), `
local t = {}
for i = 1, 262143 do t[i] = true end
out(#t, pcall(table.insert, t, 1))
out(pcall(table.insert, t, 1, 1))
t[#t] = nil
table.insert(t, "last")
out(#t, t[262143])`)
	want := "262143\tfalse\tcase.lua:14: a list can't have more than 262143 items\nfalse\tcase.lua:15: a list can't have more than 262143 items\n" +
		"262143\tlast\n"
	if got != want {
		t.Errorf("printed %q\nwant    %q", got, want)
	}
}

func FuzzDate(f *testing.F) {
	for _, layout := range []string{"", "!", "%", "%c", "*t", "!*t", "%%", "%Ey", "!%Y-%m-%dT%H:%M:%S%z", "%\x00"} {
		f.Add(layout, 0.0)
		f.Add(layout, 1e18)
	}
	s := interp.New(interp.Options{})
	f.Fuzz(func(t *testing.T, layout string, moment float64) {
		begin(t, s)
		defer s.End()
		value, err := s.Call(load(t, s, `return function(layout, moment) local d = os.date(layout, moment) return d == nil or type(d) == "table" or #d end`))
		if err != nil {
			t.Fatal(err)
		}
		size, err := s.Call(value, text(layout), number(moment))
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := count(size); ok && n > 32*len(layout)+32 {
			t.Errorf("%q gave %v bytes", layout, n)
		}
	})
}
