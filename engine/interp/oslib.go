package interp

import (
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

func (s *State) osFunctions() map[string]lua.LGFunction {
	return map[string]lua.LGFunction{
		"clock":    s.osClock,
		"date":     s.osDate,
		"difftime": osDifftime,
		"time":     s.osTime,
	}
}

// osClock is the time since the call began: the process's own CPU time counts what other calls use, too.
func (s *State) osClock(L *lua.LState) int {
	L.Push(lua.LNumber(max(0, s.opts.Now().Sub(s.began).Seconds())))
	return 1
}

func osDifftime(L *lua.LState) int {
	later := argNumber(L, 1)
	L.Push(lua.LNumber(later - optNumber(L, 2, 0)))
	return 1
}

func optNumber(L *lua.LState, n int, without float64) float64 {
	if L.Get(n) == lua.LNil {
		return without
	}
	return argNumber(L, n)
}

// Years outside of these have no date that os.date could print in C either.
const (
	firstSecond = -67768040609740800 // year -2147481748
	lastSecond  = 67767976233532799  // year 2147483647
)

func (s *State) osDate(L *lua.LState) int {
	layout := "%c"
	if L.Get(1) != lua.LNil {
		layout = argText(L, 1)
	}
	t := s.opts.Now()
	if L.Get(2) != lua.LNil {
		seconds := argNumber(L, 2)
		if !(seconds >= firstSecond && seconds <= lastSecond) {
			L.Push(lua.LNil)
			return 1
		}
		t = time.Unix(int64(seconds), 0)
	}
	zone := s.opts.Location
	if layout != "" && layout[0] == '!' {
		layout, zone = layout[1:], time.UTC
	}
	t = t.In(zone)
	if len(layout) >= 2 && layout[:2] == "*t" {
		L.Push(dateTable(L, t))
		return 1
	}
	if len(layout) > maxLayout {
		L.RaiseError("os.date: the format is longer than %d bytes", maxLayout)
	}
	s.meter.Step(L, len(layout))
	s.meter.Grow(L, "os.date", len(layout)*maxVerb/2)
	L.Push(lua.LString(appendDate(make([]byte, 0, 64+len(layout)), t, layout)))
	return 1
}

func dateTable(L *lua.LState, t time.Time) *lua.LTable {
	result := L.CreateTable(0, 9)
	for _, field := range []struct {
		name  string
		value int
	}{
		{"sec", t.Second()},
		{"min", t.Minute()},
		{"hour", t.Hour()},
		{"day", t.Day()},
		{"month", int(t.Month())},
		{"year", t.Year()},
		{"wday", int(t.Weekday()) + 1},
		{"yday", t.YearDay()},
	} {
		result.RawSetString(field.name, lua.LNumber(field.value))
	}
	result.RawSetString("isdst", lua.LBool(t.IsDST()))
	return result
}

func (s *State) osTime(L *lua.LState) int {
	if L.Get(1) == lua.LNil {
		L.Push(lua.LNumber(s.opts.Now().Unix()))
		return 1
	}
	t := L.CheckTable(1)
	second := dateField(L, t, "sec", 0)
	minute := dateField(L, t, "min", 0)
	hour := dateField(L, t, "hour", 12)
	day := dateField(L, t, "day", -1)
	month := dateField(L, t, "month", -1)
	year := dateField(L, t, "year", -1)
	moment := time.Date(year, time.Month(month), day, hour, minute, second, 0, s.opts.Location)
	if summer, said := L.GetField(t, "isdst").(lua.LBool); said {
		moment = claimed(moment, bool(summer))
	}
	L.Push(lua.LNumber(moment.Unix()))
	return 1
}

// maxField bounds a field: further away than any year that C's mktime takes.
const maxField = 1<<31 - 1

// maxLayout is the longest format in bytes: while it is written nothing can stop the call.
const maxLayout = 64 << 10

// dateField reads a field of a date as Lua does; without < 0 means that it must be there.
func dateField(L *lua.LState, t *lua.LTable, name string, without int) int {
	n, ok := number.From(L.GetField(t, name))
	switch {
	case ok && n >= -maxField && n <= maxField:
		return int(n)
	case ok:
		L.RaiseError("field '%s' is out of range in date table", name)
	case without < 0:
		L.RaiseError("field '%s' missing in date table", name)
	}
	return without
}

// claimed moves the moment by the difference between summer and winter time if its isdst field says the other one, as
// mktime does. In zones without summer time it changes nothing.
func claimed(moment time.Time, summer bool) time.Time {
	if moment.IsDST() == summer {
		return moment
	}
	_, here := moment.Zone()
	for _, months := range []int{1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6} {
		other := moment.AddDate(0, months, 0)
		if _, there := other.Zone(); other.IsDST() == summer && there != here {
			return moment.Add(time.Duration(here-there) * time.Second)
		}
	}
	return moment
}
