package time

import (
	"fmt"
	"strings"
	gotime "time"
)

// zoneName reads what %Z writes: "UTC", "UTC+02:00", "CEST", "-03"; and a zone's name, "Europe/Berlin".
func (p *scanner) zoneName() bool {
	end := 0
	for end < len(p.rest) && zoneLike(p.rest[:end+1]) && p.rest[end] != '+' && p.rest[end] != '-' && (p.rest[end] < '0' || p.rest[end] > '9') {
		end++
	}
	name := p.rest[:end]
	if name == "" && p.rest != "" {
		return p.numericZone()
	}
	p.rest = p.rest[end:]
	switch {
	case name == "":
		return p.expected("a zone")
	case name == "UTC" || name == "GMT" || name == "Z":
		p.setZone(gotime.UTC)
		if offset, rest, ok := scanOffset(p.rest); ok && p.rest[0] != 'Z' {
			p.rest = rest
			p.setZone(fixed(offset))
		}
	case strings.ContainsRune(name, '/'):
		loc, ok := p.zones.find(name)
		if !ok {
			p.why = unknownZone(name)
			return false
		}
		p.setZone(loc)
	default:
		p.abbr = name
	}
	return true
}

// numericZone reads the abbreviation of zones that have only a number, such as "-03" or "+0545".
func (p *scanner) numericZone() bool {
	if offset, rest, ok := scanOffset(p.rest); ok {
		p.rest = rest
		p.setZone(fixed(offset))
		return true
	}
	if sign := p.rest[0]; sign == '+' || sign == '-' {
		if hour, rest, ok := scanDigits(p.rest[1:], 2); ok && hour < 24 {
			p.rest = rest
			if sign == '-' {
				hour = -hour
			}
			p.setZone(fixed(hour * 3600))
			return true
		}
	}
	return p.expected("a zone")
}

// setZone takes a zone from its name; the offset that %z gives is more exact.
func (p *scanner) setZone(loc *gotime.Location) {
	if !p.have['z'] || p.loc == nil {
		p.loc = loc
	}
}

// settle makes one reading of what was read, and says why that can't be.
func (p *scanner) settle() string {
	if p.have['y'] && !p.have['Y'] {
		p.year = 1900 + p.yearTwo
		if p.yearTwo < 69 {
			p.year += 100
		}
	}
	if p.have['I'] && !p.have['H'] {
		p.hour = p.hour12 % 12
		if p.pm {
			p.hour += 12
		}
	}
	if p.have['j'] && !p.have['m'] && !p.have['d'] {
		day := gotime.Date(p.year, 1, p.yearDay, 0, 0, 0, 0, gotime.UTC)
		if day.Year() != p.year {
			return fmt.Sprintf("there is no day %d in the year %d", p.yearDay, p.year)
		}
		p.month, p.day = int(day.Month()), day.Day()
	}
	if p.have['z'] {
		p.abbr = "" // the offset says it all
	}
	return p.check()
}

// inAbbreviated takes a zone's abbreviation for what it means in loc, which tells the two hours apart that come twice.
func (p *scanner) inAbbreviated(loc *gotime.Location) (gotime.Time, string) {
	t := p.in(loc)
	for _, hours := range [...]int{0, 1, -1} {
		near := t.Add(gotime.Duration(hours) * gotime.Hour)
		name, _ := near.Zone()
		if hours != 0 && near.Hour()*60+near.Minute() != p.hour*60+p.minute {
			continue
		}
		if strings.EqualFold(name, p.abbr) {
			return inYears(near)
		}
	}
	return t, `"` + short(p.abbr) + `" is not what ` + loc.String() + ` calls its zone at that time; give the zone's name as the third argument`
}
