package interp

import (
	"fmt"
	"strconv"
	"time"
)

// maxVerb is about the most bytes that one verb makes.
const maxVerb = 32

// appendDate appends t as C's strftime writes it in the C locale.
func appendDate(dst []byte, t time.Time, layout string) []byte {
	for i := 0; i < len(layout); i++ {
		c := layout[i]
		if c != '%' {
			dst = append(dst, c)
			continue
		}
		i++
		if i == len(layout) {
			return append(dst, '%')
		}
		var known bool
		if dst, known = appendVerb(dst, t, layout[i]); !known {
			dst = append(dst, '%', layout[i])
		}
	}
	return dst
}

// combined are the verbs that stand for several others.
func combined(verb byte) string {
	switch verb {
	case 'c':
		return "%a %b %e %H:%M:%S %Y"
	case 'D', 'x':
		return "%m/%d/%y"
	case 'F':
		return "%Y-%m-%d"
	case 'R':
		return "%H:%M"
	case 'r':
		return "%I:%M:%S %p"
	case 'T', 'X':
		return "%H:%M:%S"
	}
	return ""
}

func appendVerb(dst []byte, t time.Time, verb byte) ([]byte, bool) {
	if layout := combined(verb); layout != "" {
		return appendDate(dst, t, layout), true
	}
	if dst, known := appendName(dst, t, verb); known {
		return dst, true
	}
	return appendCount(dst, t, verb)
}

// appendName appends what is no plain count.
func appendName(dst []byte, t time.Time, verb byte) ([]byte, bool) {
	switch verb {
	case 'a':
		return append(dst, t.Weekday().String()[:3]...), true
	case 'A':
		return append(dst, t.Weekday().String()...), true
	case 'b', 'h':
		return append(dst, t.Month().String()[:3]...), true
	case 'B':
		return append(dst, t.Month().String()...), true
	case 'n':
		return append(dst, '\n'), true
	case 'p':
		return append(dst, half(t, "AM", "PM")...), true
	case 'P':
		return append(dst, half(t, "am", "pm")...), true
	case 's':
		return strconv.AppendInt(dst, t.Unix(), 10), true
	case 't':
		return append(dst, '\t'), true
	case 'Y':
		return strconv.AppendInt(dst, int64(t.Year()), 10), true
	case 'G':
		year, _ := t.ISOWeek()
		return strconv.AppendInt(dst, int64(year), 10), true
	case 'z':
		return t.AppendFormat(dst, "-0700"), true
	case 'Z':
		// C calls it GMT; os.date("!%Z") is read by people who compare it with that.
		if t.Location() == time.UTC {
			return append(dst, "GMT"...), true
		}
		return t.AppendFormat(dst, "MST"), true
	case '%':
		return append(dst, '%'), true
	}
	return dst, false
}

func half(t time.Time, before, after string) string {
	if t.Hour() < 12 {
		return before
	}
	return after
}

func appendCount(dst []byte, t time.Time, verb byte) ([]byte, bool) {
	isoYear, isoWeek := t.ISOWeek()
	count, width := 0, 2
	switch verb {
	case 'C':
		count = floorDiv(t.Year(), 100)
	case 'd':
		count = t.Day()
	case 'e':
		return fmt.Appendf(dst, "%2d", t.Day()), true
	case 'g':
		count = isoYear - 100*floorDiv(isoYear, 100)
	case 'H':
		count = t.Hour()
	case 'k':
		return fmt.Appendf(dst, "%2d", t.Hour()), true
	case 'I':
		count = (t.Hour()+11)%12 + 1
	case 'l':
		return fmt.Appendf(dst, "%2d", (t.Hour()+11)%12+1), true
	case 'j':
		count, width = t.YearDay(), 3
	case 'm':
		count = int(t.Month())
	case 'M':
		count = t.Minute()
	case 'S':
		count = t.Second()
	case 'u':
		count, width = (int(t.Weekday())+6)%7+1, 1
	case 'U': // weeks from the first Sunday
		count = (t.YearDay() + 6 - int(t.Weekday())) / 7
	case 'V':
		count = isoWeek
	case 'w':
		count, width = int(t.Weekday()), 1
	case 'W': // weeks from the first Monday
		count = (t.YearDay() + 6 - (int(t.Weekday())+6)%7) / 7
	case 'y':
		count = t.Year() - 100*floorDiv(t.Year(), 100)
	default:
		return dst, false
	}
	return fmt.Appendf(dst, "%0*d", width, count), true
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
