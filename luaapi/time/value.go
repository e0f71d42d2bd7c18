package time

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// momentOf is the time that a Lua value is, or nil.
func momentOf(v lua.LValue) *Moment {
	if data, ok := v.(*lua.LUserData); ok {
		m, _ := data.Value.(*Moment)
		return m
	}
	return nil
}

// metatable is what makes times read, reckon and compare in scripts.
func (ts *Times) metatable() *lua.LTable {
	L := ts.s.L
	meta := L.CreateTable(0, 16)
	for event, f := range map[string]lua.LGFunction{
		"__index":    index,
		"__newindex": refuseChange,
		"__add":      ts.plus,
		"__sub":      ts.minus,
		"__concat":   ts.concat,
		"__eq":       compare(func(order int) bool { return order == 0 }),
		"__lt":       compare(func(order int) bool { return order < 0 }),
		"__le":       compare(func(order int) bool { return order <= 0 }),
		"__mul":      refuse("a time can't be multiplied"),
		"__div":      refuse("a time can't be divided"),
		"__mod":      refuse("a time can't be divided"),
		"__pow":      refuse("a time can't be raised to a power"),
		"__unm":      refuse("a time has no negative"),
		"__len":      refuse("a time has no length"),
		"__call":     refuse("a time is no function"),
	} {
		meta.RawSetString(event, L.NewFunction(f))
	}
	return meta
}

// fieldNames are what a script reads from a time.
func fieldNames() []string { return luaapi.FieldNames(Value().Fields) }

// Value declares what a time is, for the reference.
func Value() luaapi.Module {
	return luaapi.Module{
		Name: momentType, Object: true,
		Doc: "A time: a moment on the clock of a zone. t + 60 is a minute later, t - 60 a minute earlier, t - u the seconds between two times; " +
			"< <= == compare moments; as a text, and in JSON, it is ISO 8601. It can't be changed.",
		Fields: []luaapi.Field{
			{Name: "year", Type: "number", Doc: "The year."},
			{Name: "month", Type: "number", Doc: "The month, 1 to 12."},
			{Name: "day", Type: "number", Doc: "The day of the month, 1 to 31."},
			{Name: "hour", Type: "number", Doc: "The hour, 0 to 23."},
			{Name: "min", Type: "number", Doc: "The minute, 0 to 59."},
			{Name: "sec", Type: "number", Doc: "The second, 0 to 59, with its fraction."},
			{Name: "wday", Type: "number", Doc: "The day of the week, 1 (Sunday) to 7."},
			{Name: "yday", Type: "number", Doc: "The day of the year, 1 to 366."},
			{Name: "offset", Type: "number", Doc: "By how many seconds the clock is ahead of UTC."},
			{Name: "zone", Type: "string", Doc: `The zone: "Europe/Berlin", "+02:00", "UTC".`},
			{Name: "unix", Type: "number", Doc: "The seconds since 1970, with their fraction."},
		},
	}
}

// field is the value of one field, nil if there is none of that name.
func (m *Moment) field(name string) lua.LValue {
	n := 0
	switch name {
	case "year":
		n = m.t.Year()
	case "month":
		n = int(m.t.Month())
	case "day":
		n = m.t.Day()
	case "hour":
		n = m.t.Hour()
	case "min":
		n = m.t.Minute()
	case "sec":
		return lua.LNumber(m.seconds())
	case "wday":
		n = int(m.t.Weekday()) + 1
	case "yday":
		n = m.t.YearDay()
	case "offset":
		n = m.offset()
	case "zone":
		return lua.LString(m.zone())
	case "unix":
		return lua.LNumber(m.unix())
	default:
		return lua.LNil
	}
	return lua.LNumber(n)
}

func index(L *lua.LState) int {
	m := momentOf(L.Get(1))
	name, ok := L.Get(2).(lua.LString)
	if m == nil || !ok {
		L.RaiseError("a time has no items, only fields such as t.year")
	}
	value := m.field(string(name))
	if value == lua.LNil {
		L.RaiseError("%s", unknownField(string(name)))
	}
	L.Push(value)
	return 1
}

func unknownField(name string) string {
	switch name {
	case "format", "to", "add":
		return "a time has no '" + name + "'; write time." + name + "(t, …)"
	case "parse", "date", "now", "sleep":
		return "a time has no '" + name + "'; it belongs to the module: time." + name + "(…)"
	}
	say := "a time has no '" + short(name) + "'"
	if near := meant(name); near != "" {
		return say + "; did you mean '" + near + "'?"
	}
	if near := spell.Nearest(name, fieldNames()); near != "" {
		return say + "; did you mean '" + near + "'?"
	}
	return say + "; it has year, month, day, hour, min, sec, wday, yday, offset, zone and unix"
}

// meant is the field that goes by another name elsewhere, "" if none does.
func meant(name string) string {
	switch name {
	case "minute", "minutes", "mins":
		return "min"
	case "second", "seconds", "secs":
		return "sec"
	case "weekday", "week_day":
		return "wday"
	case "yearday", "year_day":
		return "yday"
	case "timezone", "tz":
		return "zone"
	case "timestamp", "epoch":
		return "unix"
	case "hours", "days", "months", "years":
		return name[:len(name)-1]
	}
	return ""
}

func refuseChange(L *lua.LState) int {
	L.RaiseError("a time can't be changed; make another: local later = time.add(t, { days = 1 })")
	return 0
}

func refuse(what string) lua.LGFunction {
	return func(L *lua.LState) int {
		L.RaiseError("%s; t + 60 is a minute later, t - u the seconds between two times", what)
		return 0
	}
}

func compare(holds func(order int) bool) lua.LGFunction {
	return func(L *lua.LState) int {
		a, b := momentOf(L.Get(1)), momentOf(L.Get(2))
		L.Push(lua.LBool(a != nil && b != nil && holds(a.t.Compare(b.t))))
		return 1
	}
}

func (ts *Times) plus(L *lua.LState) int {
	t, other := momentOf(L.Get(1)), L.Get(2)
	if t == nil {
		t, other = momentOf(other), L.Get(1)
	} else if momentOf(other) != nil {
		L.RaiseError("two times can't be added; t + 60 is a minute later, t - u the seconds between two times")
	}
	return ts.pushLater(L, t, 1, other)
}

func (ts *Times) minus(L *lua.LState) int {
	t, u := momentOf(L.Get(1)), momentOf(L.Get(2))
	switch {
	case t != nil && u != nil:
		L.Push(lua.LNumber(float64(t.t.UnixMicro()-u.t.UnixMicro()) / 1e6))
		return 1
	case t == nil:
		L.RaiseError("a time can be taken from a time only, not from %s%s", luaapi.TypeOf(L.Get(1)), toTime(L.Get(1)))
	}
	return ts.pushLater(L, t, -1, L.Get(2))
}

// pushLater pushes the time that is so many seconds later than t.
func (ts *Times) pushLater(L *lua.LState, t *Moment, sign float64, seconds lua.LValue) int {
	n, ok := number.From(seconds)
	if !ok {
		L.RaiseError("seconds can be added to a time or taken from it, or a time taken from it, but here is %s%s", luaapi.TypeOf(seconds), toTime(seconds))
	}
	if math.IsNaN(n) {
		L.RaiseError("seconds can be added to a time, but here is a number that is none (nan)")
	}
	micro, ok := microseconds(sign * n)
	if !ok {
		L.RaiseError("a time and %s seconds: %s", number.Format(n), outOfYears)
	}
	m, ok := NewMoment(later(t.t, micro))
	if !ok {
		L.RaiseError("a time and %s seconds: %s", number.Format(n), outOfYears)
	}
	L.Push(ts.wrap(m))
	return 1
}

// toTime says how a text becomes a time.
func toTime(v lua.LValue) string {
	if _, ok := v.(lua.LString); ok {
		return "; make a time of it with time.parse(text)"
	}
	return ""
}

func (ts *Times) concat(L *lua.LState) int {
	text := ""
	for i := 1; i <= 2; i++ {
		switch v := L.Get(i).(type) {
		case lua.LString, lua.LNumber, *lua.LUserData:
			part := ts.s.State.ToString(L, v)
			ts.s.State.Meter().Grow(L, "..", len(part))
			text += part
		default:
			L.RaiseError("attempt to concatenate a %s value", v.Type().String())
		}
	}
	L.Push(lua.LString(text))
	return 1
}
