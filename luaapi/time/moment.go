package time

import (
	"strconv"
	gotime "time"

	// Small containers carry no zone files.
	_ "time/tzdata"
)

// Years that a time may have, on the clock of its own zone.
const (
	firstYear = 1
	lastYear  = 9999
)

// Moment is a time as scripts see it: a moment with a zone, exact to the microsecond, in the years 1 to 9999. It is
// immutable.
type Moment struct{ t gotime.Time }

// NewMoment returns the moment of t, cut to microseconds; false if its year is outside 1 to 9999 in its zone.
func NewMoment(t gotime.Time) (*Moment, bool) {
	m := &Moment{gotime.UnixMicro(t.UnixMicro()).In(t.Location())}
	year := m.t.Year()
	return m, firstYear <= year && year <= lastYear
}

// Time returns the moment with its zone.
func (m *Moment) Time() gotime.Time { return m.t }

// ISO returns the time as Python's isoformat writes it: 2026-10-01T00:00:00-07:00, with .ffffff only if there is a fraction.
func (m *Moment) ISO() string { return string(m.appendISO(make([]byte, 0, 35))) }

// String is ISO.
func (m *Moment) String() string { return m.ISO() }

// LuaType is what messages call the type.
func (m *Moment) LuaType() string { return "a time" }

// momentType is what declarations call the type.
const momentType = "moment"

// DeclaredType is what declarations call the type.
func (m *Moment) DeclaredType() string { return momentType }

// CompareHint says what to do when a script compares a time with something else; the message of that error is the
// interpreter's.
func (m *Moment) CompareHint() string {
	return "a time can only be compared with a time; make one of a text with time.parse(text), of a number with time.unix(number)"
}

// AppendJSON appends the ISO text in quotes.
func (m *Moment) AppendJSON(dst []byte) []byte {
	return append(m.appendISO(append(dst, '"')), '"')
}

func (m *Moment) appendISO(dst []byte) []byte {
	year, month, day := m.t.Date()
	hour, minute, sec := m.t.Clock()
	dst = append(pad(dst, year, 4), '-')
	dst = append(pad(dst, int(month), 2), '-')
	dst = append(pad(dst, day, 2), 'T')
	dst = append(pad(dst, hour, 2), ':')
	dst = append(pad(dst, minute, 2), ':')
	dst = pad(dst, sec, 2)
	if fraction := m.micro(); fraction != 0 {
		dst = pad(append(dst, '.'), fraction, 6)
	}
	return appendOffset(dst, m.offset(), ":")
}

func (m *Moment) micro() int { return m.t.Nanosecond() / 1000 }

func (m *Moment) offset() int {
	_, offset := m.t.Zone()
	return offset
}

// seconds is the second of the minute, with its fraction.
func (m *Moment) seconds() float64 { return float64(m.t.Second()*1_000_000+m.micro()) / 1e6 }

// unix is the time in seconds since 1970, with the fraction.
func (m *Moment) unix() float64 { return float64(m.t.UnixMicro()) / 1e6 }

// zone is the zone as the parameters called zone take it: "Europe/Berlin", "+02:00", "UTC".
func (m *Moment) zone() string {
	if name := m.t.Location().String(); name != "" && name != "Local" {
		return name
	}
	return offsetName(m.offset())
}

// pad appends n with at least width digits.
func pad(dst []byte, n, width int) []byte {
	for limit := 10; width > 1; width-- {
		if n < limit {
			for ; width > 1; width-- {
				dst = append(dst, '0')
			}
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// appendOffset appends ±hh:mm, and :ss for the odd offsets of the years before zones were agreed on.
func appendOffset(dst []byte, offset int, separator string) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	dst = pad(append(dst, sign), offset/3600, 2)
	dst = pad(append(dst, separator...), offset/60%60, 2)
	if offset%60 != 0 {
		dst = pad(append(dst, separator...), offset%60, 2)
	}
	return dst
}
