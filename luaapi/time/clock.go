package time

import (
	"fmt"
	"math"
	gotime "time"
)

// reading is what calendar and clock show, without a zone.
type reading struct {
	year, month, day         int
	hour, minute, sec, micro int
}

// check says which part is not there, "" if all are.
func (r reading) check() string {
	for _, part := range [...]struct {
		name             string
		value, low, high int
	}{
		{"year", r.year, firstYear, lastYear}, {"month", r.month, 1, 12}, {"day", r.day, 1, 31},
		{"hour", r.hour, 0, 23}, {"minute", r.minute, 0, 59}, {"second", r.sec, 0, 59},
	} {
		if part.value < part.low || part.value > part.high {
			return fmt.Sprintf("there is no %s %d", part.name, part.value)
		}
	}
	if last := daysIn(r.year, r.month); r.day > last {
		return fmt.Sprintf("there is no %d %s %d, that month has %d days", r.day, gotime.Month(r.month), r.year, last)
	}
	return ""
}

func daysIn(year, month int) int {
	return gotime.Date(year, gotime.Month(month)+1, 0, 0, 0, 0, 0, gotime.UTC).Day()
}

// in is the moment at which a clock in the zone shows the reading.
func (r reading) in(loc *gotime.Location) gotime.Time {
	return onClock(gotime.Date(r.year, gotime.Month(r.month), r.day, r.hour, r.minute, r.sec, r.micro*1000, gotime.UTC), loc)
}

// onClock is the moment at which a clock in the zone shows what wall shows in UTC. A time that comes twice, when clocks are
// put back, is the first of the two; one that is skipped, when they are put forward, is as much later as they are put. That
// is what Python does; Go's own choice depends on which side of Greenwich the zone lies.
func onClock(wall gotime.Time, loc *gotime.Location) gotime.Time {
	shown := wall.Unix()
	at := func(unix int64) gotime.Time { return gotime.Unix(unix, int64(wall.Nanosecond())).In(loc) }
	offset := func(unix int64) int64 {
		_, seconds := at(unix).Zone()
		return int64(seconds)
	}
	const day = 24 * 3600
	before := offset(shown - day)
	first := shown - before
	if offset(first) == before {
		return at(first)
	}
	after := offset(shown + day)
	if second := shown - after; offset(second) == after {
		return at(second)
	}
	return at(first)
}

// step is what time.add adds: months and days by the calendar, then micro by elapsed time.
type step struct {
	months, days int
	micro        int64
}

// add returns the time a step later. Outside of a step's bounds, see readStep, the result is undefined.
func (s step) add(t gotime.Time) gotime.Time {
	if s.months != 0 || s.days != 0 {
		year, month, day := t.Date()
		hour, minute, sec := t.Clock()
		total := year*12 + int(month) - 1 + s.months
		year, month = floorDiv(total, 12), gotime.Month(total-floorDiv(total, 12)*12+1)
		day = min(day, daysIn(year, int(month)))
		wall := gotime.Date(year, month, day+s.days, hour, minute, sec, t.Nanosecond(), gotime.UTC)
		if year, month, day := t.Date(); wall != gotime.Date(year, month, day, hour, minute, sec, t.Nanosecond(), gotime.UTC) {
			t = onClock(wall, t.Location())
		}
	}
	return later(t, s.micro)
}

// later is the time so many microseconds later; gotime.Duration would end at 292 years.
func later(t gotime.Time, micro int64) gotime.Time {
	return gotime.UnixMicro(t.UnixMicro() + micro).In(t.Location())
}

// maxSeconds is more than lies between the first and the last year.
const maxSeconds = 4e11

// microseconds rounds seconds; false if they are no number or too many for any time.
func microseconds(seconds float64) (int64, bool) {
	if math.IsNaN(seconds) || math.Abs(seconds) > maxSeconds {
		return 0, false
	}
	whole, fraction := math.Modf(seconds)
	return int64(whole)*1_000_000 + int64(math.RoundToEven(fraction*1e6)), true
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
