package time

import (
	"strings"
	"testing"
	gotime "time"
)

func TestParseLayout(t *testing.T) {
	berlin := zoneOf(t, "Europe/Berlin")
	for _, c := range []struct{ layout, in, want string }{
		{"%d.%m.%Y", "24.12.2026", "2026-12-24T00:00:00+01:00"},
		{"%d.%m.%Y", "1.2.2026", "2026-02-01T00:00:00+01:00"},
		{"%-d.%-m.%Y", "01.2.2026", "2026-02-01T00:00:00+01:00"},
		{"%e %B %Y", " 1 march 2026", "2026-03-01T00:00:00+01:00"},
		{"%e %B %Y", "31 MAR 2026", "2026-03-31T00:00:00+02:00"},
		{"%A, %b %d %Y", "Thu, October 1 2026", "2026-10-01T00:00:00+02:00"},
		{"%a %b", "Monday May", "1900-05-01T00:00:00+01:00"},
		{"%H:%M", "07:30", "1900-01-01T07:30:00+01:00"},
		{"%I:%M %p", "12:30 am", "1900-01-01T00:30:00+01:00"},
		{"%I:%M %p", "12:30 PM", "1900-01-01T12:30:00+01:00"},
		{"%-I%p", "7pm", "1900-01-01T19:00:00+01:00"},
		{"%I", "12", "1900-01-01T00:00:00+01:00"},
		{"%H %I %p", "13 02 am", "1900-01-01T13:00:00+01:00"},
		{"%F %T", "2026-10-01 12:30:45", "2026-10-01T12:30:45+02:00"},
		{"%F\t%T.%f", "2026-10-01 \n 12:30:45.5", "2026-10-01T12:30:45.500000+02:00"},
		{"%F %T%z", "2026-10-01 12:30:45-0730", "2026-10-01T12:30:45-07:30"},
		{"%F %T %z", "2026-10-01 12:30:45 Z", "2026-10-01T12:30:45+00:00"},
		{"%F %T %Z", "2026-10-01 12:30:45 UTC", "2026-10-01T12:30:45+00:00"},
		{"%F %T %Z", "2026-10-01 12:30:45 UTC-07:30", "2026-10-01T12:30:45-07:30"},
		{"%F %T %Z", "2026-10-01 12:30:45 America/New_York", "2026-10-01T12:30:45-04:00"},
		{"%F %T %Z", "2026-10-01 12:30:45 CEST", "2026-10-01T12:30:45+02:00"},
		{"%F %T %Z", "2026-10-01 12:30:45 -03", "2026-10-01T12:30:45-03:00"},
		{"%F %T %Z", "2026-10-25 02:30:00 CEST", "2026-10-25T02:30:00+02:00"},
		{"%F %T %Z", "2026-10-25 02:30:00 CET", "2026-10-25T02:30:00+01:00"},
		{"%F %Z %z", "2026-10-25 XYZ +0300", "2026-10-25T00:00:00+03:00"},
		{"%F %z %Z", "2026-10-25 +0300 UTC", "2026-10-25T00:00:00+03:00"},
		{"%d%m%Y", "4102026", "2026-10-04T00:00:00+02:00"}, // there is no day 41
		{"%H%M", "930", "1900-01-01T09:30:00+01:00"},
		{"%y%m%d", "261001", "2026-10-01T00:00:00+02:00"},
		{"%y", "68", "2068-01-01T00:00:00+01:00"},
		{"%y", "69", "1969-01-01T00:00:00+01:00"},
		{"%Y %j", "2024 366", "2024-12-31T00:00:00+01:00"},
		{"%Y %-j", "2026 60", "2026-03-01T00:00:00+01:00"},
		{"%d %m %Y %w %u %%", "1 2 2026 0 7 %", "2026-02-01T00:00:00+01:00"},
		{"am %d. %B", "am 1. May", "1900-05-01T00:00:00+01:00"},
	} {
		at, why := new(zones).parseLayout(c.in, c.layout, berlin)
		if why != "" {
			t.Errorf("%q by %q: %s", c.in, c.layout, why)
			continue
		}
		if m, _ := NewMoment(at); m.ISO() != c.want {
			t.Errorf("%q by %q = %s, want %s", c.in, c.layout, m.ISO(), c.want)
		}
	}
}

func TestParseLayoutWhy(t *testing.T) {
	for _, c := range []struct{ layout, in, want string }{
		{"%d.%m.%Y", "30.02.2026", "no 30 February 2026"},
		{"%d.%m.%Y", "32.01.2026", "no day 32"},
		{"%d.%m.%Y", "01.13.2026", "no month 13"},
		{"%d.%m.%Y", "01.00.2026", "no month 0"},
		{"%d.%m.%Y", "1.1.26", "the year, in digits"},
		{"%d.%m.%Y", "1.1.", "the text ends where the year"},
		{"%d.%m.%Y", "1.1.2026 x", `" x" is left over`},
		{"%d.%m.%Y", "1/1/2026", `"/1/2026" should begin with "."`},
		{"%d %m", "1", "the text ends where a blank"},
		{"%d", "", "the day, in digits"},
		{"%Y", "0000", "no year 0"},
		{"%H", "24", "no hour 24"},
		{"%I", "0", "no hour 0"},
		{"%I", "13", "no hour 13"},
		{"%M", "60", "no minute 60"},
		{"%S", "60", "no second 60"},
		{"%u", "0", "no weekday 0"},
		{"%w", "7", "no weekday 7"},
		{"%Y %j", "2026 366", "no day 366 in the year 2026"},
		{"%j", "000", "no day of the year 000"},
		{"%A", "Montag", "a weekday, in English"},
		{"%d%m%Y", "1102026", "the year, in digits"}, // 11 is a day
		{"%b", "Oktober", "\"Oktober\" should begin with a month's name, in English"},
		{"%B", "März", "a month's name, in English"},
		{"%p", "a.m.", "AM or PM"},
		{"%f", "x", "the fraction"},
		{"%z", "02:00", "an offset"},
		{"%Z", "", "a zone"},
		{"%Z", "!", "a zone"},
		{"%Z", "Europe/Berln", `did you mean "Europe/Berlin"?`},
		{"%Z", "PST", "PST"},
		{"%F %Z", "2026-07-01 CET", "CET"},
		{"%d.%m.", "29.02.", "no 29 February 1900"},
	} {
		at, why := new(zones).parseLayout(c.in, c.layout, zoneOf(t, "Europe/Berlin"))
		if !strings.Contains(why, c.want) {
			t.Errorf("%q by %q: %v, why = %q, want %q in it", c.in, c.layout, at, why, c.want)
		}
	}
}

func FuzzISO(f *testing.F) {
	for _, s := range []string{"2026-10-01", "2026-10-01T00:00:00-07:00", "2026-03-29 02:30:00.000001", "0001-01-01", "9999-12-31T23:59:59,9+14:00", "1890-01-01T00:00Z", "x", "2026-02-30"} {
		f.Add(s, "Europe/Berlin")
		f.Add(s, "America/New_York")
	}
	f.Fuzz(func(t *testing.T, s, zone string) {
		loc, ok := new(zones).find(zone)
		if !ok {
			return
		}
		at, why := parseISO(s, loc)
		if why != "" {
			return
		}
		m, ok := NewMoment(at)
		if !ok {
			t.Fatalf("%q is %s, out of range", s, at)
		}
		again, why := parseISO(m.ISO(), gotime.UTC)
		if why != "" {
			t.Fatalf("%q gives %s: %s", s, m.ISO(), why)
		}
		if back, _ := NewMoment(again); back.ISO() != m.ISO() || !back.t.Equal(m.t) {
			t.Fatalf("%q gives %s, and that %s", s, m.ISO(), back.ISO())
		}
	})
}

func FuzzLayout(f *testing.F) {
	f.Add("24.12.2026", "%d.%m.%Y", int64(1))
	f.Add("Thu Oct  1 2026 07:00:00 PM CEST", "%a %b %e %Y %I:%M:%S %p %Z", int64(1792976400_000000))
	f.Add("061 26 -03 1", "%j %y %Z %u%%", int64(-62135596800_000000))
	f.Add("2026-10-01 1:2:3.4+0530", "%F %T.%f%z", int64(1774746000_000001))
	berlin := zoneOf(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, s, layout string, micro int64) {
		z := new(zones)
		if checkLayout(layout) == "" {
			if at, why := z.parseLayout(s, layout, berlin); why == "" {
				m, ok := NewMoment(at)
				if !ok {
					t.Fatalf("%q by %q is %s, out of range", s, layout, at)
				}
				m.appendLayout(nil, layout)
			}
		}
		m, ok := NewMoment(gotime.UnixMicro(micro).In(berlin))
		if !ok {
			return
		}
		for _, complete := range []string{"%F %T.%f %z", "%a %e.%-m.%Y %I:%M:%S %p.%f%%%Z", "%B %-d %Y %H-%M-%S-%f %z %A", "%Y%m%d%H%M%S%f%z", "%Y/%j %T %f %z"} {
			text := string(m.appendLayout(nil, complete))
			at, why := z.parseLayout(text, complete, berlin)
			if why != "" || !at.Equal(m.t) {
				t.Fatalf("%s by %q is %q, and that %s %s", m, complete, text, at, why)
			}
		}
	})
}
