package time

import (
	"strings"
	"testing"
	gotime "time"
)

func zoneOf(t testing.TB, name string) *gotime.Location {
	t.Helper()
	loc, ok := new(zones).find(name)
	if !ok {
		t.Fatalf("there is no zone %q", name)
	}
	return loc
}

func moment(t testing.TB, iso string) *Moment {
	t.Helper()
	at, why := parseISO(iso, gotime.UTC)
	if why != "" {
		t.Fatal(why)
	}
	m, ok := NewMoment(at)
	if !ok {
		t.Fatalf("%s is out of range", iso)
	}
	return m
}

func TestParseISO(t *testing.T) {
	berlin := zoneOf(t, "Europe/Berlin")
	for _, c := range []struct{ in, want string }{
		{"2026-10-01", "2026-10-01T00:00:00+02:00"},
		{"2026-12-01", "2026-12-01T00:00:00+01:00"},
		{"2026-10-01T12:30", "2026-10-01T12:30:00+02:00"},
		{"2026-10-01 12:30:45", "2026-10-01T12:30:45+02:00"},
		{"2026-10-01T12:30:45Z", "2026-10-01T12:30:45+00:00"},
		{"2026-10-01T12:30:45+00:00", "2026-10-01T12:30:45+00:00"},
		{"2026-10-01T12:30:45-00:00", "2026-10-01T12:30:45+00:00"},
		{"2026-10-01T00:00:00.000-07:00", "2026-10-01T00:00:00-07:00"},
		{"2026-10-01T00:00:00.5-0730", "2026-10-01T00:00:00.500000-07:30"},
		{"2026-10-01T12:30+02:00", "2026-10-01T12:30:00+02:00"},
		{"2026-10-01T12:30:45.123456789Z", "2026-10-01T12:30:45.123456+00:00"},
		{"2026-10-01T12:30:45,25Z", "2026-10-01T12:30:45.250000+00:00"},
		{"1890-01-01T00:00:00+00:53:28", "1890-01-01T00:00:00+00:53:28"},
		{"1890-01-01", "1890-01-01T00:00:00+00:53:28"},
		{"0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"},
		{"9999-12-31T23:59:59.999999-12:00", "9999-12-31T23:59:59.999999-12:00"},
		{"2024-02-29", "2024-02-29T00:00:00+01:00"},
		{"2000-02-29", "2000-02-29T00:00:00+01:00"},
		// Clocks put forward and back in Berlin.
		{"2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"},
		{"2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"},
		{"2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"},
		{"2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"},
		{"2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"},
	} {
		at, why := parseISO(c.in, berlin)
		if why != "" {
			t.Errorf("%s: %s", c.in, why)
			continue
		}
		if m, _ := NewMoment(at); m.ISO() != c.want {
			t.Errorf("%s = %s, want %s", c.in, m.ISO(), c.want)
		}
	}
}

func TestParseISOStrict(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "is no time like",
		"tomorrow":                   "is no time like",
		"01.10.2026":                 "is no time like",
		" 2026-10-01":                "is no time like",
		"2026-10-01 ":                "is no time like",
		"2026-10-01T":                "is no time like",
		"2026-10-01T12":              "is no time like",
		"2026-10-01T12:3":            "is no time like",
		"2026-10-01T12:30:":          "is no time like",
		"2026-10-01T12:30:00.":       "is no time like",
		"2026-10-01T12:30:00.Z":      "is no time like",
		"2026-10-01t12:30:00":        "is no time like",
		"2026-10-01  12:30:00":       "is no time like",
		"2026-10-01T12:30:00z":       "is no time like",
		"2026-10-01T12:30:00+2":      "is no time like",
		"2026-10-01T12:30:00+24:00":  "is no time like",
		"2026-10-01T12:30:00+02:60":  "is no time like",
		"2026-10-01T12:30:00+02:00x": "is no time like",
		"2026-10-01T12:30:00 +02:00": "is no time like",
		"2026-10-01+02:00":           "is no time like",
		"2026-10-1":                  "is no time like",
		"26-10-01":                   "is no time like",
		"12026-10-01":                "is no time like",
		"-2026-10-01":                "is no time like",
		"+026-10-01":                 "is no time like",
		"20261001":                   "is no time like",
		"2026-W40-4":                 "is no time like",
		"2026-02-30":                 "no 30 February 2026",
		"2026-02-29":                 "28 days",
		"1900-02-29":                 "28 days",
		"2026-04-31":                 "30 days",
		"2026-13-01":                 "no month 13",
		"2026-00-01":                 "no month 0",
		"2026-01-00":                 "no day 0",
		"0000-01-01":                 "no year 0",
		"2026-10-01T24:00:00":        "no hour 24",
		"2026-10-01T12:60:00":        "no minute 60",
		"2026-10-01T12:00:60":        "no second 60",
	} {
		if at, why := parseISO(in, gotime.UTC); !strings.Contains(why, want) {
			t.Errorf("%q: %v, why = %q, want %q in it", in, at, why, want)
		}
	}
}

func TestClockOfNewYork(t *testing.T) {
	ny := zoneOf(t, "America/New_York")
	for in, want := range map[string]string{
		"2026-03-08T01:59:59": "2026-03-08T01:59:59-05:00",
		"2026-03-08T02:00:00": "2026-03-08T03:00:00-04:00",
		"2026-03-08T02:30:00": "2026-03-08T03:30:00-04:00",
		"2026-03-08T03:00:00": "2026-03-08T03:00:00-04:00",
		"2026-11-01T00:59:59": "2026-11-01T00:59:59-04:00",
		"2026-11-01T01:30:00": "2026-11-01T01:30:00-04:00",
		"2026-11-01T02:00:00": "2026-11-01T02:00:00-05:00",
	} {
		at, why := parseISO(in, ny)
		if m, _ := NewMoment(at); why != "" || m.ISO() != want {
			t.Errorf("%s = %s %s, want %s", in, m.ISO(), why, want)
		}
	}
}

// A whole day that a zone left out, and a change by half an hour.
func TestClockOfOddZones(t *testing.T) {
	for _, c := range []struct{ zone, in, want string }{
		{"Pacific/Apia", "2011-12-30T12:00:00", "2011-12-31T12:00:00+14:00"},
		{"Pacific/Apia", "2011-12-29T12:00:00", "2011-12-29T12:00:00-10:00"},
		{"Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-04T02:45:00+11:00"},
		{"Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-05T01:45:00+11:00"},
		{"Asia/Kathmandu", "2026-04-05T01:45:00", "2026-04-05T01:45:00+05:45"},
	} {
		at, why := parseISO(c.in, zoneOf(t, c.zone))
		if m, _ := NewMoment(at); why != "" || m.ISO() != c.want {
			t.Errorf("%s in %s = %s %s, want %s", c.in, c.zone, m.ISO(), why, c.want)
		}
	}
}

func TestFormat(t *testing.T) {
	m := moment(t, "2026-03-05T07:08:09.000012-07:00")
	berlin, _ := NewMoment(moment(t, "2026-07-05T20:08:09Z").t.In(zoneOf(t, "Europe/Berlin")))
	midnight := moment(t, "2024-12-31T00:00:00Z")
	for _, c := range []struct {
		m            *Moment
		layout, want string
	}{
		{m, "", ""},
		{m, "plain – text", "plain – text"},
		{m, "%a %A %b %B", "Thu Thursday Mar March"},
		{m, "%d|%e|%H|%I|%j|%m|%M|%S|%f|%y|%Y", "05| 5|07|07|064|03|08|09|000012|26|2026"},
		{m, "%-d|%-e|%-H|%-I|%-j|%-m|%-M|%-S|%-y", "5|5|7|7|64|3|8|9|26"},
		{m, "%p %z %Z", "AM -0700 UTC-07:00"},
		{m, "%F %T %w %u 100%%", "2026-03-05 07:08:09 4 4 100%"},
		{berlin, "%I %-I %p %z %Z %w %u", "10 10 PM +0200 CEST 0 7"},
		{midnight, "%I %p %j %Z %z %H", "12 AM 366 UTC +0000 00"},
		{moment(t, "2026-03-15T12:00:00Z"), "%I %p %e %-d", "12 PM 15 15"},
		{moment(t, "0099-03-15T12:00:00Z"), "%Y %F %y", "0099 0099-03-15 99"},
		{moment(t, "1890-03-15T12:00:00+00:53:28"), "%z", "+005328"},
	} {
		if why := checkLayout(c.layout); why != "" {
			t.Errorf("%q: %s", c.layout, why)
			continue
		}
		if got := string(c.m.appendLayout(nil, c.layout)); got != c.want {
			t.Errorf("%s by %q = %q, want %q", c.m, c.layout, got, c.want)
		}
	}
}

func TestCheckLayout(t *testing.T) {
	for _, layout := range []string{"%D", "%s", "%G", "%-Y", "%-a", "%-f", "%-%", "%_d", "%E", "%ü", "%\xff", "% ", "%", "%%%", "x%-", "%d%"} {
		if checkLayout(layout) == "" {
			t.Errorf("the layout %q is taken", layout)
		}
	}
	if why := checkLayout("%D"); !strings.Contains(why, "%D") || !strings.Contains(why, "%-d") {
		t.Errorf("%%D: %s", why)
	}
}

func TestZones(t *testing.T) {
	z := new(zones)
	for _, name := range strings.Fields(zoneNames) {
		if _, ok := z.find(name); !ok {
			t.Errorf("%s is listed, but not there", name)
		}
	}
	for name, want := range map[string]string{
		"Europe/Berln":     `"Europe/Berlin"`,
		"europe/berlin":    `"Europe/Berlin"`,
		"Berlin":           `"Europe/Berlin"`,
		"new york":         `"America/New_York"`,
		"America/New York": `"America/New_York"`,
		"utc":              `"UTC"`,
		"+2:00":            `"+02:00"`,
		"+25:00":           `"+02:00"`,
		"":                 `"Europe/Berlin"`,
		"Local":            `"UTC"`,
		"../etc/passwd":    `"UTC"`,
		"/etc/localtime":   `"UTC"`,
		"zone\x00":         `"UTC"`,
	} {
		if loc, ok := z.find(name); ok {
			t.Errorf("%q is the zone %v", name, loc)
		}
		if say := unknownZone(name); !strings.Contains(say, want) {
			t.Errorf("%q: %s, want %s in it", name, say, want)
		}
	}
}

// Every field that is declared is there, and says what it is declared to be.
func TestDeclaredFields(t *testing.T) {
	t.Parallel()
	m, _ := NewMoment(gotime.Date(2026, 11, 22, 10, 30, 0, 0, gotime.UTC))
	for _, f := range Value().Fields {
		if got := m.field(f.Name); got.Type().String() != f.Type {
			t.Errorf("%s is a %s", f.Name, got.Type())
		}
	}
	if m.DeclaredType() != Value().Name {
		t.Errorf("a time is a %s", m.DeclaredType())
	}
}
