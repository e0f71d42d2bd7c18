package time

import (
	"strings"
	gotime "time"
)

// scanner reads a text by a layout. Numbers may lack their leading zeros, as with Python's strptime.
type scanner struct {
	reading
	rest     string
	zones    *zones
	have     map[byte]bool
	hour12   int
	yearDay  int
	yearTwo  int
	pm       bool
	loc      *gotime.Location // from the text
	abbr     string           // "CEST": means something only in a zone
	why      string
	narrowed string // what to say if it doesn't go on: a digit or letter was left over because there is no such day, month…
}

// parseLayout reads s by the layout, which checkLayout must have found to be good. What the layout doesn't say is as in
// 1900-01-01 00:00:00; a weekday is read and not compared. why says what is wrong, "" if nothing is.
func (z *zones) parseLayout(s, layout string, loc *gotime.Location) (t gotime.Time, why string) {
	p := scanner{reading: reading{year: 1900, month: 1, day: 1}, rest: s, zones: z, have: map[byte]bool{}}
	if !p.read(layout) {
		return t, p.why
	}
	if p.rest != "" {
		if p.narrowed != "" {
			return t, p.narrowed
		}
		return t, `"` + short(p.rest) + `" is left over: the text is longer than the layout`
	}
	if why := p.settle(); why != "" {
		return t, why
	}
	if p.abbr != "" {
		return p.inAbbreviated(loc)
	}
	if p.loc != nil {
		loc = p.loc
	}
	return inYears(p.in(loc))
}

// read consumes the text by the layout.
func (p *scanner) read(layout string) bool {
	for layout != "" {
		var next piece
		next, layout = cutLayout(layout)
		var ok bool
		switch next.verb {
		case 0:
			ok = p.text(next.text)
		case '%':
			ok = p.text("%")
		case 'F':
			ok = p.read("%Y-%m-%d")
		case 'T':
			ok = p.read("%H:%M:%S")
		default:
			ok = p.verb(next.verb)
		}
		if !ok {
			return false
		}
	}
	return true
}

// text consumes what stands in the layout as it is; a blank stands for any number of them, at least one.
func (p *scanner) text(want string) bool {
	for i := 0; i < len(want); i++ {
		if blank(want[i]) {
			for i+1 < len(want) && blank(want[i+1]) {
				i++
			}
			rest := strings.TrimLeft(p.rest, " \t\n\r\v\f")
			if rest == p.rest {
				return p.expected("a blank")
			}
			p.rest = rest
			continue
		}
		if p.rest == "" || p.rest[0] != want[i] {
			return p.expected(`"` + short(want[i:]) + `"`)
		}
		p.rest = p.rest[1:]
	}
	return true
}

func blank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func (p *scanner) expected(what string) bool {
	switch {
	case p.narrowed != "":
		p.why = p.narrowed
	case p.rest == "":
		p.why = "the text ends where " + what + " should come"
	default:
		p.why = `"` + short(p.rest) + `" should begin with ` + what
	}
	return false
}

func (p *scanner) verb(verb byte) bool {
	p.have[verb] = true
	var unused int
	switch verb {
	case 'a', 'A':
		_, ok := p.name("a weekday", 7, weekdayName)
		return ok
	case 'b', 'B':
		p.have['m'] = true
		i, ok := p.name("a month's name", 12, monthName)
		p.month = i + 1
		return ok
	case 'd':
		return p.number(&p.day, "day", 1, 2, 1, 31)
	case 'e':
		p.have['d'] = true
		p.rest = strings.TrimPrefix(p.rest, " ")
		return p.number(&p.day, "day", 1, 2, 1, 31)
	case 'm':
		return p.number(&p.month, "month", 1, 2, 1, 12)
	case 'Y':
		return p.number(&p.year, "year", 4, 4, firstYear, lastYear)
	case 'y':
		return p.number(&p.yearTwo, "year", 2, 2, 0, 99)
	case 'j':
		return p.number(&p.yearDay, "day of the year", 1, 3, 1, 366)
	case 'H':
		return p.number(&p.hour, "hour", 1, 2, 0, 23)
	case 'I':
		return p.number(&p.hour12, "hour", 1, 2, 1, 12)
	case 'M':
		return p.number(&p.minute, "minute", 1, 2, 0, 59)
	case 'S':
		return p.number(&p.sec, "second", 1, 2, 0, 59)
	case 'w':
		return p.number(&unused, "weekday", 1, 1, 0, 6)
	case 'u':
		return p.number(&unused, "weekday", 1, 1, 1, 7)
	case 'f':
		return p.fraction()
	case 'p':
		return p.half()
	case 'z':
		return p.offset()
	}
	return p.zoneName()
}

// number reads up to most digits, fewer where more would be out of bounds: the day of "110" by %d%m is 11, of "410" it is 4.
func (p *scanner) number(to *int, what string, least, most, low, high int) bool {
	digits := 0
	for digits < most && digits < len(p.rest) && '0' <= p.rest[digits] && p.rest[digits] <= '9' {
		digits++
	}
	if digits < least {
		return p.expected("the " + what + ", in digits")
	}
	full := p.rest[:digits]
	for ; digits >= least; digits-- {
		value, rest, _ := scanDigits(p.rest, digits)
		if low <= value && value <= high {
			*to, p.rest = value, rest
			return true
		}
		p.narrowed = "there is no " + what + " " + full
	}
	return p.expected("the " + what)
}

func (p *scanner) name(what string, count int, name func(int) string) (int, bool) {
	i, length, ok := nameAt(p.rest, count, name)
	what += ", in English"
	if !ok {
		return 0, p.expected(what)
	}
	if after := p.rest[length:]; after != "" && (after[0]|' ' >= 'a' && after[0]|' ' <= 'z' || after[0] >= 0x80) {
		p.narrowed = `"` + short(p.rest) + `" should begin with ` + what
	}
	p.rest = p.rest[length:]
	return i, true
}

func (p *scanner) fraction() bool {
	digits := 0
	for digits < 6 && digits < len(p.rest) && '0' <= p.rest[digits] && p.rest[digits] <= '9' {
		digits++
	}
	if digits == 0 {
		return p.expected("the fraction of a second, in digits")
	}
	p.micro = fraction(p.rest[:digits])
	p.rest = p.rest[digits:]
	return true
}

func (p *scanner) half() bool {
	if len(p.rest) < 2 || !strings.EqualFold(p.rest[:2], "AM") && !strings.EqualFold(p.rest[:2], "PM") {
		return p.expected("AM or PM")
	}
	p.pm = p.rest[0] == 'P' || p.rest[0] == 'p'
	p.rest = p.rest[2:]
	return true
}

func (p *scanner) offset() bool {
	offset, rest, ok := scanOffset(p.rest)
	if !ok {
		return p.expected("an offset such as +0200")
	}
	p.rest = rest
	p.loc = fixed(offset)
	return true
}
