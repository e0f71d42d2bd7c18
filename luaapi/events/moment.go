package events

import (
	"math"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// The seconds since 1970 at which the years 1 and 10000 begin: what lies outside can't be written as ISO 8601.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300800
)

// moment writes a time, an ISO 8601 text or seconds since 1970 as ISO 8601 with an offset. Texts without an offset, and
// seconds, are in the given zone. ok is false for anything else.
func moment(v lua.LValue, zone *time.Location) (iso string, ok bool) {
	switch v := v.(type) {
	case lua.LString:
		t, ok := parseISO(string(v), zone)
		return formatISO(t), ok
	case *lua.LUserData:
		if t, ok := v.Value.(interface{ ISO() string }); ok {
			return t.ISO(), true
		}
	}
	n, ok := number.From(v)
	if !ok || math.IsNaN(n) || n < firstSecond || n >= lastSecond {
		return "", false
	}
	whole, part := math.Modf(n)
	t := time.Unix(int64(whole), int64(math.Round(part*1e6))*1000).In(zone)
	return formatISO(t), writable(t)
}

// writable says whether the year has four digits in the time's own offset.
func writable(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9999 }

func formatISO(t time.Time) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC() // old local times had offsets with seconds, which many readers don't take
	}
	if t.Nanosecond() >= 1000 {
		return t.Format("2006-01-02T15:04:05.000000-07:00")
	}
	return t.Format("2006-01-02T15:04:05-07:00")
}

// parseISO reads a date, or a date and a time with T or a blank between, with or without seconds, fraction and offset (Z,
// ±hh:mm, ±hhmm). It is strict: there is no 30 February.
func parseISO(s string, zone *time.Location) (time.Time, bool) {
	layout := "2006-01-02"
	if len(s) > len(layout) {
		switch s[len(layout)] {
		case 'T', 't', ' ':
			layout += s[len(layout):len(layout)+1] + "15:04"
		default:
			return time.Time{}, false
		}
		if len(s) > len(layout) && s[len(layout)] == ':' {
			layout += ":05"
		}
	}
	rest := ""
	if len(s) > len(layout) {
		rest = s[len(layout):]
	}
	body := s[:len(s)-len(rest)]
	if strings.HasPrefix(rest, ".") && strings.HasSuffix(layout, ":05") {
		digits := 1
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
			digits++
		}
		if digits == 1 || digits > 10 {
			return time.Time{}, false
		}
		body, rest = body+rest[:digits], rest[digits:]
	}
	if rest != "" {
		offset, ok := parseOffset(rest)
		if !ok || len(layout) == len("2006-01-02") {
			return time.Time{}, false
		}
		zone = time.FixedZone("", offset)
	}
	// Go takes a fraction after the seconds although the layout has none.
	t, err := time.ParseInLocation(layout, body, zone)
	return t, err == nil && writable(t) && plain(body)
}

// plain refuses what Go's parser would let through: a comma before the fraction, hours of one digit.
func plain(body string) bool {
	return !strings.Contains(body, ",") && (len(body) < 13 || body[12] != ':')
}

// parseOffset reads Z, ±hh:mm or ±hhmm, in seconds.
func parseOffset(s string) (seconds int, ok bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) == 6 && s[3] == ':' {
		s = s[:3] + s[4:]
	}
	if len(s) != 5 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	for i := 1; i < 5; i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	hours, minutes := int(s[1]-'0')*10+int(s[2]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	if hours > 23 || minutes > 59 {
		return 0, false
	}
	seconds = (hours*60 + minutes) * 60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
