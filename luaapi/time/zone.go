package time

import (
	"strings"
	gotime "time"

	"github.com/luaction/luaction/spell"
)

// zones finds zones by what scripts call them, and keeps those with rules: they are read from a file.
type zones struct{ known map[string]*gotime.Location }

// find returns the zone of that name, or false: "Europe/Berlin", "+02:00", "UTC".
func (z *zones) find(name string) (*gotime.Location, bool) {
	if offset, rest, ok := scanOffset(name); ok && rest == "" {
		return fixed(offset), true
	}
	if loc, ok := z.known[name]; ok {
		return loc, true
	}
	if !zoneLike(name) {
		return nil, false
	}
	loc, err := gotime.LoadLocation(name)
	if err != nil {
		return nil, false
	}
	if z.known == nil {
		z.known = map[string]*gotime.Location{}
	}
	z.known[name] = loc
	return loc, true
}

// zoneLike keeps names from the file system that can't be a zone's, and those that mean the machine's own zone.
func zoneLike(name string) bool {
	if name == "" || name == "Local" || len(name) > 64 {
		return false
	}
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (c < '0' || c > '9') && !strings.ContainsRune("_+-/", rune(c)) {
			return false
		}
	}
	return true
}

// unknownZone is the message for a name that is no zone.
func unknownZone(name string) string {
	say := `there is no zone "` + short(name) + `"; `
	if near := nearestZone(name); near != "" {
		return say + `did you mean "` + near + `"?`
	}
	return say + `write a name such as "Europe/Berlin", an offset such as "+02:00", or "UTC"`
}

// nearestZone knows a city without its continent, too.
func nearestZone(name string) string {
	name = strings.ReplaceAll(strings.TrimSpace(name), " ", "_")
	names := strings.Fields(zoneNames)
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return n
		}
	}
	cities := make([]string, 0, len(names))
	zoneOf := map[string]string{}
	for _, n := range names {
		city := n[strings.LastIndexByte(n, '/')+1:]
		if city != n && strings.EqualFold(city, name) {
			return n
		}
		if _, taken := zoneOf[city]; !taken && len(city) > 3 {
			zoneOf[city] = n
			cities = append(cities, city)
		}
	}
	if near := spell.Nearest(name, names); near != "" {
		return near
	}
	if len(name) < 4 {
		return ""
	}
	return zoneOf[spell.Nearest(name, cities)]
}

// fixed is the zone of an offset in seconds.
func fixed(offset int) *gotime.Location {
	if offset == 0 {
		return gotime.UTC
	}
	return gotime.FixedZone(offsetName(offset), offset)
}

func offsetName(offset int) string {
	if offset == 0 {
		return "UTC"
	}
	return string(appendOffset(nil, offset, ":"))
}

// scanOffset reads Z, ±hh:mm or ±hhmm, also with seconds, at the beginning of s.
func scanOffset(s string) (offset int, rest string, ok bool) {
	if strings.HasPrefix(s, "Z") {
		return 0, s[1:], true
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, s, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	hour, rest, ok := scanDigits(s[1:], 2)
	if !ok || hour > 23 {
		return 0, s, false
	}
	rest, colon := strings.CutPrefix(rest, ":")
	minute, rest, ok := scanDigits(rest, 2)
	if !ok || minute > 59 {
		return 0, s, false
	}
	offset = hour*3600 + minute*60
	after, again := strings.CutPrefix(rest, ":")
	if again == colon {
		if sec, after, ok := scanDigits(after, 2); ok && sec < 60 {
			offset, rest = offset+sec, after
		}
	}
	return sign * offset, rest, true
}

// scanDigits reads exactly n digits.
func scanDigits(s string, n int) (value int, rest string, ok bool) {
	if len(s) < n {
		return 0, s, false
	}
	for i := range n {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, s, false
		}
		value = value*10 + int(c-'0')
	}
	return value, s[n:], true
}

// short is a text as messages quote it.
func short(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "?")
	if runes := []rune(s); len(s) > most && len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
