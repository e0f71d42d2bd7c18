package time

import (
	"strings"
	gotime "time"
)

// parseISO reads an ISO 8601 date, or date and time, strictly. Without an offset it is a clock time in loc. why says what is
// wrong, "" if nothing is.
func parseISO(s string, loc *gotime.Location) (t gotime.Time, why string) {
	r, rest, ok := scanDate(s)
	if !ok {
		return t, notISO(s)
	}
	if rest != "" {
		if rest[0] != 'T' && rest[0] != ' ' {
			return t, notISO(s)
		}
		if rest, ok = r.scanClock(rest[1:]); !ok {
			return t, notISO(s)
		}
	}
	if rest != "" {
		offset, after, ok := scanOffset(rest)
		if !ok || after != "" {
			return t, notISO(s)
		}
		loc = fixed(offset)
	}
	if why := r.check(); why != "" {
		return t, why
	}
	return inYears(r.in(loc))
}

// inYears refuses what a zone's offset moved out of the years that a time may have.
func inYears(t gotime.Time) (gotime.Time, string) {
	if year := t.Year(); year < firstYear || year > lastYear {
		return t, outOfYears
	}
	return t, ""
}

const outOfYears = "that is outside the years 1 to 9999"

func notISO(s string) string {
	return `"` + short(s) + `" is no time like 2026-10-01T12:30:00+02:00 or 2026-10-01; for another form give its layout: time.parse(s, "%d.%m.%Y")`
}

func scanDate(s string) (r reading, rest string, ok bool) {
	if r.year, rest, ok = scanDigits(s, 4); !ok {
		return r, s, false
	}
	if r.month, rest, ok = scanPart(rest, "-"); !ok {
		return r, s, false
	}
	r.day, rest, ok = scanPart(rest, "-")
	return r, rest, ok
}

// scanClock reads hh:mm, hh:mm:ss or hh:mm:ss.f…; digits past the microseconds are cut off.
func (r *reading) scanClock(s string) (rest string, ok bool) {
	if r.hour, rest, ok = scanDigits(s, 2); !ok {
		return s, false
	}
	if r.minute, rest, ok = scanPart(rest, ":"); !ok {
		return s, false
	}
	if !strings.HasPrefix(rest, ":") {
		return rest, true
	}
	if r.sec, rest, ok = scanPart(rest, ":"); !ok || rest == "" || rest[0] != '.' && rest[0] != ',' {
		return rest, ok
	}
	rest = rest[1:]
	digits := 0
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	r.micro = fraction(rest[:digits])
	return rest[digits:], digits > 0
}

func scanPart(s, separator string) (value int, rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, separator)
	if !ok {
		return 0, s, false
	}
	return scanDigits(rest, 2)
}

// fraction is the microseconds that the digits after the point say.
func fraction(digits string) int {
	micro := 0
	for i := range 6 {
		micro *= 10
		if i < len(digits) {
			micro += int(digits[i] - '0')
		}
	}
	return micro
}
