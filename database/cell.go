package database

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/luaction/luaction/database/statement"
)

// kind is how a column's values are read.
type kind uint8

const (
	plain kind = iota
	boolean
	integer // texts of digits
	single  // 32 bits
	double
	decimal
	money
	stamp     // without a zone: on the configured clock
	stampUTC  // without a zone: in UTC
	stampZone // with a zone
	date
	document
)

// kindOf reads the name of a column's type.
func (d *Database) kindOf(name string) kind {
	base, _, _ := strings.Cut(strings.ToUpper(name), "(")
	base = strings.TrimSpace(base)
	switch base {
	case "BOOL", "BOOLEAN":
		return boolean
	case "DECIMAL", "NUMERIC":
		return decimal
	case "MONEY", "790": // the number is what the driver calls a type that it doesn't know
		return money
	case "DATETIME", "TIMESTAMP WITHOUT TIME ZONE":
		return stamp
	case "TIMESTAMP":
		if d.dialect == statement.MySQL {
			return stampUTC // the session's zone
		}
		return stamp
	case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE":
		return stampZone
	case "DATE":
		return date
	case "JSON", "JSONB":
		return document
	case "FLOAT4", "FLOAT":
		if d.dialect != statement.SQLite {
			return single
		}
	case "DOUBLE", "FLOAT8":
		return double
	case "YEAR":
		return integer
	}
	if d.dialect == statement.MySQL && strings.HasSuffix(base, "INT") {
		return integer
	}
	return plain
}

// cell is a value as the driver gave it, in one of the types that Rows names.
func (d *Database) cell(k kind, value any) any {
	switch v := value.(type) {
	case nil, bool:
		return v
	case int64:
		if k == boolean && (v == 0 || v == 1) {
			return v == 1
		}
		return v
	case int32:
		return int64(v)
	case uint64:
		if v > math.MaxInt64 {
			return strconv.FormatUint(v, 10)
		}
		return int64(v)
	case float32:
		return shortest(float64(v))
	case float64:
		if k == single {
			return shortest(v)
		}
		return v
	case time.Time:
		return d.moment(k, v)
	case []byte:
		return d.text(k, string(v))
	case string:
		return d.text(k, v)
	}
	return nil
}

// shortest is a number of 32 bits as people write it: 1.1, not 1.10000002384.
func shortest(f float64) float64 {
	n, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64)
	if err != nil {
		return f
	}
	return n
}

func (d *Database) moment(k kind, t time.Time) any {
	switch k {
	case date:
		if t.Hour()|t.Minute()|t.Second()|t.Nanosecond() == 0 {
			return t.Format(time.DateOnly)
		}
		return trimFraction(t.Format("2006-01-02 15:04:05.000000"))
	case stamp:
		if d.dialect == statement.PostgreSQL { // the driver says UTC for want of a zone
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), d.loc)
		}
	}
	return t.In(d.loc)
}

func (d *Database) text(k kind, text string) any {
	switch k {
	case boolean:
		if text == "0" || text == "1" {
			return text == "1"
		}
	case integer:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case single, double:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f
		}
	case decimal:
		return number(text)
	case money:
		return number(plainMoney(text))
	case stamp:
		return moment(text, d.loc, d.loc)
	case stampUTC, stampZone:
		return moment(text, time.UTC, d.loc)
	case document:
		return JSON(text)
	}
	return text
}

// moment reads what databases write for a time: 2026-11-22 10:00:00[.ffffff][±hh:mm]; text that is none stays as it is.
func moment(text string, in, show *time.Location) any {
	for _, layout := range []string{
		"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07",
		"2006-01-02 15:04", "2006-01-02",
	} {
		if t, err := time.ParseInLocation(layout, text, in); err == nil {
			return t.In(show)
		}
	}
	return text
}

// maxDigits is how many decimal digits a double holds for certain.
const maxDigits = 15

// number is a decimal as a float64, as its text if that has too many digits.
func number(text string) any {
	digits, leading := 0, true
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			if c == 'e' || c == 'E' {
				break
			}
			continue
		}
		if leading = leading && c == '0'; !leading {
			digits++
		}
	}
	if digits > maxDigits {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return text
	}
	return f
}

// plainMoney takes the currency and the separators off $1,234.50, 1.234,50 € and (1.00).
func plainMoney(text string) string {
	point := strings.LastIndexAny(text, ".,")
	if point >= 0 {
		after := 0
		for _, c := range []byte(text[point+1:]) {
			if '0' <= c && c <= '9' {
				after++
			}
		}
		if after != 2 {
			point = -1
		}
	}
	var b strings.Builder
	if strings.ContainsAny(text, "-(") {
		b.WriteByte('-')
	}
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			b.WriteByte(c)
		case i == point:
			b.WriteByte('.')
		}
	}
	return b.String()
}
