package time

import (
	"math"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

func dateFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "year", Type: "number", Doc: "1 to 9999.", Required: true},
		{Name: "month", Type: "number", Doc: "1 to 12.", Required: true},
		{Name: "day", Type: "number", Doc: "1 to 31.", Required: true},
		{Name: "hour", Type: "number", Doc: "0 to 23, 0 unless given."},
		{Name: "min", Type: "number", Doc: "0 to 59, 0 unless given."},
		{Name: "sec", Type: "number", Doc: "0 to 59 and a fraction, 0 unless given."},
		{Name: "zone", Type: "string", Doc: "The zone of the clock, the configured one unless given."},
	}
}

func addFields() []luaapi.Field {
	fields := []luaapi.Field{}
	for _, unit := range []string{"years", "months", "weeks", "days", "hours", "minutes", "seconds"} {
		fields = append(fields, luaapi.Field{Name: unit, Type: "number", Doc: "How many " + unit + ", negative for earlier."})
	}
	return fields
}

func (ts *Times) date(a luaapi.Args) int {
	t := a.Table(1)
	f := fields{a: a, t: t}
	f.known(meant, a.Known(1))
	loc := a.State.Location()
	switch zone := t.RawGetString("zone").(type) {
	case *lua.LNilType:
	case lua.LString:
		loc = ts.zoneNamed(a, string(zone))
	default:
		a.Raise(`zone must be a text such as "Europe/Berlin", but is %s`, luaapi.TypeOf(zone))
	}
	f.need("year", "month", "day")
	r := reading{
		year:   f.within("year", firstYear, lastYear),
		month:  f.within("month", 1, 12),
		day:    f.within("day", 1, 31),
		hour:   f.within("hour", 0, 23),
		minute: f.within("min", 0, 59),
	}
	sec := f.number("sec")
	if !(sec >= 0 && sec < 60) {
		a.Raise("sec must be from 0 to 59 (and a fraction), but is %s", number.Format(sec))
	}
	micro, _ := microseconds(sec)
	r.sec, r.micro = int(micro/1_000_000), int(micro%1_000_000)
	if r.sec == 60 { // 59.9999999, rounded
		r.sec, r.micro = 59, 999_999
	}
	if why := r.check(); why != "" {
		a.Raise("%s", why)
	}
	return ts.give(a, r.in(loc))
}

func (ts *Times) add(a luaapi.Args) int {
	m := ts.Arg(a, 1)
	f := fields{a: a, t: a.Table(2)}
	f.known(plural, a.Known(2))
	s := step{
		months: f.whole("years")*12 + f.whole("months"),
		days:   f.whole("weeks")*7 + f.whole("days"),
	}
	micro, ok := microseconds(f.number("hours")*3600 + f.number("minutes")*60 + f.number("seconds"))
	if !ok {
		a.Raise("%s", outOfYears)
	}
	s.micro = micro
	return ts.give(a, s.add(m.t))
}

// plural is what a key of time.add is called rightly, "" if it is no mistake that can be named.
func plural(name string) string {
	switch name {
	case "year", "month", "week", "day", "hour", "minute", "second":
		return name + "s"
	case "min", "mins":
		return "minutes"
	case "sec", "secs":
		return "seconds"
	}
	return ""
}

// fields reads numbers from a table that a script wrote, and raises errors that name the key.
type fields struct {
	a luaapi.Args
	t *lua.LTable
}

// known refuses keys that are not among the names; right knows what some mistaken ones are called.
func (f fields) known(right func(string) string, names []string) {
	f.t.ForEach(func(k, _ lua.LValue) {
		key, ok := k.(lua.LString)
		if !ok {
			return
		}
		if name := right(string(key)); name != "" && slices.Contains(names, name) {
			f.a.Raise("write '%s', not '%s'", name, string(key))
		}
	})
	f.a.KnownKeys(f.t, names)
}

func (f fields) need(keys ...string) {
	for _, key := range keys {
		if f.t.RawGetString(key) == lua.LNil {
			f.a.Raise("%s is missing; write for example time.date{ year = 2026, month = 12, day = 24 }", key)
		}
	}
}

// number is the number under the key, 0 without one.
func (f fields) number(key string) float64 {
	v := f.t.RawGetString(key)
	switch v := v.(type) {
	case *lua.LNilType:
		return 0
	case lua.LNumber:
		if n := float64(v); !math.IsNaN(n) {
			return n
		}
		f.a.Raise("%s must be a number, but is nan (was nothing divided by nothing?)", key)
	case lua.LString:
		f.a.Raise("%s must be a number, but is a text; write tonumber(…)", key)
	}
	if n := number.IntegerOf(v); n != nil {
		return n.Float()
	}
	f.a.Raise("%s must be a number, but is %s", key, luaapi.TypeOf(v))
	return 0
}

// maxWhole is more of anything than lies between the first and the last year, and small enough to reckon with.
const maxWhole = 1e7

// whole is the whole number under the key, 0 without one.
func (f fields) whole(key string) int {
	n := f.number(key)
	if math.Abs(n) > maxWhole {
		f.a.Raise("%s is %s: %s", key, number.Format(n), outOfYears)
	}
	if n != math.Trunc(n) {
		f.a.Raise("%s must be a whole number, but is %s", key, number.Format(n))
	}
	return int(n)
}

func (f fields) within(key string, low, high int) int {
	n := f.number(key)
	if n < float64(low) || n > float64(high) {
		f.a.Raise("%s must be from %d to %d, but is %s", key, low, high, number.Format(n))
	}
	return f.whole(key)
}
