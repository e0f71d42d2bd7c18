package time_test

import (
	"strings"
	"testing"
	gotime "time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/time"
)

func TestMembers(t *testing.T) {
	want(t, map[string]string{
		`time.now()`:                                        "2026-07-14T12:30:15.123456+02:00",
		`time.now("America/New_York")`:                      "2026-07-14T06:30:15.123456-04:00",
		`time.now("+05:30")`:                                "2026-07-14T16:00:15.123456+05:30",
		`time.now("-0330").zone`:                            "-03:30",
		`time.now("UTC")`:                                   "2026-07-14T10:30:15.123456+00:00",
		`time.now() == time.now("UTC")`:                     "true",
		`time.parse("2026-10-01")`:                          "2026-10-01T00:00:00+02:00",
		`time.parse("2026-10-01", nil, "America/New_York")`: "2026-10-01T00:00:00-04:00",
		`time.parse("2026-10-01T00:00:00Z", nil, "America/New_York").zone`: "UTC",
		`time.parse("1.10.2026 7:05", "%d.%m.%Y %H:%M")`:                   "2026-10-01T07:05:00+02:00",
		`time.parse("1.10.2026 7:05", "%d.%m.%Y %H:%M", "+09:00")`:         "2026-10-01T07:05:00+09:00",
		`time.parse("2026-02-30")`:                                         "nil",
		`time.parse(nil)`:                                                  "nil",
		`time.parse()`:                                                     "nil",
		`time.parse(20261001)`:                                             "nil",
		`time.parse({})`:                                                   "nil",
		`time.parse(false)`:                                                "nil",
		`time.parse(t)`:                                                    "nil",
		`time.parse(nil, "%d", "UTC")`:                                     "nil",
		`select("#", time.parse(nil))`:                                     "2",
		`select(2, time.parse(nil))`:                                       "there is no text to read, but nil",
		`select(2, time.parse("2026-02-30"))`:                              "there is no 30 February 2026, that month has 28 days",
		`select("#", time.parse("2026-02-03"))`:                            "1",
		`time.format(t)`:                                                   "2026-10-01T12:30:45.500000-07:00",
		`time.format(t, nil, "UTC")`:                                       "2026-10-01T19:30:45.500000+00:00",
		`time.format(t, nil, "Europe/Berlin")`:                             "2026-10-01T21:30:45.500000+02:00",
		`time.format(t, "%H:%M %Z", "Europe/Berlin")`:                      "21:30 CEST",
		`time.format(t, "%-d %B %Y, %-I:%M %p")`:                           "1 October 2026, 12:30 PM",
		`time.format(t, "")`:                                               "",
		`time.format("2026-10-01", "%A")`:                                  "Thursday",
		`time.format(0)`:                                                   "1970-01-01T01:00:00+01:00",
		`time.format(-0.5, nil, "UTC")`:                                    "1969-12-31T23:59:59.500000+00:00",
		`time.to(t, "Asia/Tokyo")`:                                         "2026-10-02T04:30:45.500000+09:00",
		`time.to(t, "Asia/Tokyo") == t`:                                    "true",
		`time.to("2026-10-01T00:00:00Z", "-01:00")`:                        "2026-09-30T23:00:00-01:00",
		`time.unix(1790812800)`:                                            "2026-10-01T02:00:00+02:00",
		`time.unix(1790812800.123456).unix`:                                "1790812800.1235",
		`time.unix(1790812800.123456).sec`:                                 "0.123456",
		`time.unix(-1)`:                                                    "1970-01-01T00:59:59+01:00",
		`tostring(t)`:                                                      "2026-10-01T12:30:45.500000-07:00",
		`type(t)`:                                                          "userdata",
		`getmetatable(t)`:                                                  "nil",
		`string.format("%s", t)`:                                           "2026-10-01T12:30:45.500000-07:00",
	})
}

func TestFields(t *testing.T) {
	want(t, map[string]string{
		`t.year`: "2026", `t.month`: "10", `t.day`: "1", `t.hour`: "12", `t.min`: "30", `t.sec`: "45.5", `t.wday`: "5", `t.yday`: "274",
		`t.offset`: "-25200", `t.zone`: "-07:00", `t.unix`: "1790883045.5", `t["year"]`: "2026",
		`time.now().zone`:                           "Europe/Berlin",
		`time.now().offset`:                         "7200",
		`time.parse("2024-12-31").yday`:             "366",
		`time.parse("2026-10-04").wday`:             "1",
		`time.parse("2026-10-03").wday`:             "7",
		`time.now(time.now("Asia/Tokyo").zone)`:     "2026-07-14T19:30:15.123456+09:00",
		`time.now(t.zone).zone`:                     "-07:00",
		`time.now("UTC").zone`:                      "UTC",
		`time.date{year=2026,month=1,day=1}.offset`: "3600",
	})
	wantError(t, map[string]string{
		`t.hours`:                                "did you mean 'hour'?",
		`t.minute`:                               "did you mean 'min'?",
		`t.seconds`:                              "did you mean 'sec'?",
		`t.weekday`:                              "did you mean 'wday'?",
		`t.yera`:                                 "did you mean 'year'?",
		`t.colour`:                               "it has year, month, day",
		`t:format("x")`:                          "write time.format(t, …)",
		`t:add{}`:                                "write time.add(t, …)",
		`t:to("UTC")`:                            "write time.to(t, …)",
		`t.parse`:                                "time.parse(…)",
		`t[1]`:                                   "only fields such as t.year",
		`time.formt(t)`:                          "did you mean 'format'?",
		`(function() t.year = 2027 end)()`:       "time.add",
		`(function() t.colour = "x" end)()`:      "can't be changed",
		`(function() time.now = nil end)()`:      "belongs to luaction",
		`(function() time.add = tostring end)()`: "belongs to luaction",
	})
}

func TestArithmetic(t *testing.T) {
	want(t, map[string]string{
		`t + 60`:         "2026-10-01T12:31:45.500000-07:00",
		`60 + t`:         "2026-10-01T12:31:45.500000-07:00",
		`t - 0.5`:        "2026-10-01T12:30:45-07:00",
		`t + 0.000001`:   "2026-10-01T12:30:45.500001-07:00",
		`t + 1e-9 == t`:  "true",
		`t + "60"`:       "2026-10-01T12:31:45.500000-07:00",
		`t - (t - 3600)`: "3600",
		`t - (t + 0.25)`: "-0.25",
		`time.parse("2027-01-01") - time.parse("2026-01-01")`:        "31536000",
		`time.parse("2026-03-30") - time.parse("2026-03-29")`:        "82800",
		`time.parse("9999-12-31") - time.parse("0001-01-01") > 3e11`: "true",
		`time.parse("2026-10-25T02:30:00") + 3600`:                   "2026-10-25T02:30:00+01:00",
		`"at " .. t`:             "at 2026-10-01T12:30:45.500000-07:00",
		`t .. ""`:                "2026-10-01T12:30:45.500000-07:00",
		`1 .. t .. "|" .. t`:     "12026-10-01T12:30:45.500000-07:00|2026-10-01T12:30:45.500000-07:00",
		`t == t`:                 "true",
		`t == time.to(t, "UTC")`: "true",
		`t ~= t + 1`:             "true",
		`t == "2026-10-01T12:30:45.500000-07:00"`: "false",
		`t == 5`:                 "false",
		`t < t + 1`:              "true",
		`t < t`:                  "false",
		`t <= time.to(t, "UTC")`: "true",
		`t > t - 1`:              "true",
		`t >= t + 1`:             "false",
	})
	wantError(t, map[string]string{
		`t + t`:            "two times can't be added",
		`t + "2026-10-01"`: "time.parse(text)",
		`t + nil`:          "but here is nil",
		`t + {}`:           "but here is a table",
		`t - "2026-10-01"`: "time.parse(text)",
		`"2026-10-01" - t`: "time.parse(text)",
		`60 - t`:           "not from a number",
		`t + 0/0`:          "nan",
		`t + math.huge`:    "outside the years",
		`t + 1e300`:        "outside the years",
		`t + 3e11`:         "outside the years",
		`t - 1e11`:         "outside the years",
		`t * 2`:            "can't be multiplied",
		`2 / t`:            "can't be divided",
		`t % 2`:            "can't be divided",
		`t ^ 2`:            "power",
		`-t`:               "no negative",
		`t()`:              "is no function",
		`t .. {}`:          "attempt to concatenate a table value",
	})
}

func TestMistakes(t *testing.T) {
	wantError(t, map[string]string{
		`time:now()`:                      "time.now(…)",
		`time.now("Europe/Berln")`:        `did you mean "Europe/Berlin"?`,
		`time.now("CEST")`:                `there is no zone "CEST"`,
		`time.now({})`:                    "zone must be a text, but is a table",
		`time.parse("x", "%Q")`:           "%Q, which is not known",
		`time.parse(nil, "%Q")`:           "%Q",
		`time.parse("x", nil, "Nowhere")`: `there is no zone "Nowhere"`,
		`time.format(nil)`:                "t must be a time or a text or a number, but is nil",
		`time.format()`:                   "but is nil",
		`time.format({})`:                 "but is a table",
		`time.format("24.12.2026")`:       `time.format: "24.12.2026" is no time like`,
		`time.format("2026-02-30")`:       "no 30 February 2026",
		`time.format(1e300)`:              "outside the years 1 to 9999",
		`time.format(0/0)`:                "outside",
		`time.format(t, "%")`:             "ends in %",
		`time.format(t, "%D")`:            "%D",
		`time.format(t, nil, "x")`:        `there is no zone "x"`,
		`time.to(t)`:                      "zone must be a text, but is nil",
		`time.to(t, "")`:                  `there is no zone ""`,
		`time.to(time.parse("9999-12-31T23:00:00Z"), "+02:00")`: "outside the years",
		`time.unix("x")`:                      "n must be a number, but is a text",
		`time.unix(t)`:                        "n must be a number, but is a time",
		`time.unix(1e18)`:                     "outside the years",
		`time.unix(-1e11)`:                    "outside the years",
		`time.unix(math.huge)`:                "outside the years",
		`time.sleep()`:                        "seconds must be a number, but is nil",
		`time.sleep("1")`:                     "seconds must be a number, but is a text",
		`time.sleep(-1)`:                      "0 or more, but is -1",
		`time.sleep(0/0)`:                     "0 or more",
		`time.format(t, ("%B"):rep(6000000))`: "64 MiB",
	})
}

// The interpreter itself refuses to compare a time with something else; the message says what to write.
func TestCompareWithOthers(t *testing.T) {
	w := newWorld(t)
	for _, source := range []string{`t < "2026-10-01"`, `"2026-10-01" <= t`, `t > 5`, `5 >= t`, `t < nil`, `t < {}`} {
		value, err := w.run(t, "local t = time.now() return "+source)
		if err == nil {
			t.Errorf("%s = %s, want an error", source, value)
		} else if strings.Contains(err.Error(), "Moment") || !strings.Contains(err.Error(), "attempt to compare") || !strings.Contains(err.Error(), "time.parse(text)") {
			t.Errorf("%s: %v, want words for a script's author", source, err)
		}
	}
}

func TestSentAsISO(t *testing.T) {
	w := newWorld(t)
	value, err := w.run(t, `return { at = time.parse("2026-10-01T00:00:00-07:00"), list = { time.unix(0.5) } }`)
	if err != nil {
		t.Fatal(err)
	}
	got, problem := w.session.Values.Append(nil, value, luaapi.Any, "events[1]")
	if problem != nil {
		t.Fatal(problem)
	}
	for _, want := range []string{
		`{"at":"2026-10-01T00:00:00-07:00","list":["1970-01-01T01:00:00.500000+01:00"]}`,
	} {
		if string(got) != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
}

func TestValue(t *testing.T) {
	w := newWorld(t)
	w.state.SetGlobal("made", w.times.Value(gotime.Date(2026, 7, 14, 10, 30, 15, 123456789, gotime.UTC)))
	if value, err := w.run(t, `return made == time.now() and made.zone == "UTC"`); err != nil || value != lua.LTrue {
		t.Errorf("a time made elsewhere is not equal to the same one of scripts: %v %v", value, err)
	}
	if v := w.times.Value(gotime.Date(10000, 1, 1, 0, 0, 0, 0, gotime.UTC)); v != lua.LNil {
		t.Errorf("the year 10000 gives %v, want nil", v)
	}
}

// The module's examples are shown to authors: each has to run.
func TestExamples(t *testing.T) {
	for _, m := range time.New(newWorld(t).session).Members {
		if m.Doc == "" || m.Example == "" {
			t.Errorf("%s has no doc or example", m.Name)
		}
		if _, err := newWorld(t).run(t, m.Example); err != nil {
			t.Errorf("%s: %v", m.Example, err)
		}
	}
}
