package events

import (
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

func TestParseISO(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	for in, want := range map[string]string{
		"2030-05-06":                          "2030-05-06T00:00:00+02:00",
		"2030-05-06T07:08":                    "2030-05-06T07:08:00+02:00",
		"2030-05-06 07:08:09":                 "2030-05-06T07:08:09+02:00",
		"2030-05-06T07:08:09Z":                "2030-05-06T07:08:09+00:00",
		"2030-05-06T07:08Z":                   "2030-05-06T07:08:00+00:00",
		"2030-05-06T07:08:09.5-0330":          "2030-05-06T07:08:09.500000-03:30",
		"2030-05-06T07:08:09.123456789+14:00": "2030-05-06T07:08:09.123456+14:00",
		"2030-05-06t07:08:09z":                "2030-05-06T07:08:09+00:00",
		"2028-02-29":                          "2028-02-29T00:00:00+02:00",
		"":                                    "", "tomorrow": "", "2030-02-30": "", "2029-02-29": "", "2030-13-01": "", "2030-1-1": "",
		"2030-05-06T": "", "2030-05-06T7:08": "", "2030-05-06T24:00:00": "", "2030-05-06T07:60": "", "2030-05-06T07:08:61": "",
		"2030-05-06T07:08:09.": "", "2030-05-06T07:08:09,5": "", "2030-05-06T07:08:09+2": "", "2030-05-06T07:08:09+25:00": "",
		"2030-05-06T07:08:09+02:00 ": "", " 2030-05-06": "", "2030-05-06Z": "", "2030-05-06X07:08": "", "20300506": "", "0000-01-01": "",
		"2030-05-06T07:08:09 +02:00": "", "2030-05-06T07:08:09.1.2": "", "2030-05-06T07.08": "", "2030-05-06T+7:08": "",
	} {
		got, ok := moment(lua.LString(in), zone)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestMomentOfSeconds(t *testing.T) {
	zone := time.FixedZone("", -3600)
	for in, want := range map[lua.LNumber]string{
		0: "1969-12-31T23:00:00-01:00", 1.5: "1969-12-31T23:00:01.500000-01:00", -1.25: "1969-12-31T22:59:58.750000-01:00",
		1900000000: "2030-03-17T16:46:40-01:00",
	} {
		if got, ok := moment(in, zone); !ok || got != want {
			t.Errorf("%v gives %q, want %q", in, got, want)
		}
	}
}

func FuzzParseISO(f *testing.F) {
	for _, s := range []string{"2030-05-06", "2030-05-06T07:08:09.5-0330", "2030-05-06 07:08Z", "2030-02-30T99:99", "2030-05-06T07:08:09.+", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first, ok := parseISO(s, time.UTC)
		if !ok {
			return
		}
		again, ok := parseISO(formatISO(first), time.UTC)
		if !ok || !again.Equal(first.Truncate(time.Microsecond)) {
			t.Errorf("%q reads as %v, what is written of it as %v (%v)", s, first, again, ok)
		}
	})
}
