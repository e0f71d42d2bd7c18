package time

import (
	"math"
	gotime "time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

// Times makes the times of one state: they compare and reckon with each other. Wait is how time.sleep waits; it may be
// replaced before the state's first call, for tests whose clock stands still.
type Times struct {
	Wait  func(d gotime.Duration)
	s     *luaapi.Session
	meta  *lua.LTable
	zones zones
}

// NewTimes returns the times of a session's state. There is one for each state.
func NewTimes(s *luaapi.Session) *Times {
	ts := &Times{s: s, Wait: s.State.Sleep}
	ts.meta = ts.metatable()
	return ts
}

// New returns the module time of a session that needs no times elsewhere.
func New(s *luaapi.Session) luaapi.Module { return NewTimes(s).Module() }

// Value returns t as a script sees it, cut to microseconds; nil (Lua's) if its year is outside 1 to 9999.
func (ts *Times) Value(t gotime.Time) lua.LValue {
	m, ok := NewMoment(t)
	if !ok {
		return lua.LNil
	}
	return ts.wrap(m)
}

func (ts *Times) wrap(m *Moment) lua.LValue {
	return &lua.LUserData{Value: m, Metatable: ts.meta}
}

const aTime = momentType + "|string|number"

// Module returns the module time.
func (ts *Times) Module() luaapi.Module {
	t := luaapi.Param{Name: "t", Type: aTime}
	zone := luaapi.Param{Name: "zone", Type: "string", Optional: true}
	layout := luaapi.Param{Name: "layout", Type: "string", Optional: true}
	return luaapi.Module{
		Name: "time",
		Doc: "Moments with a zone, and their calendar. A time has the fields year, month, day, hour, min, sec, wday (1 is Sunday), yday, " +
			"offset, zone and unix; t + 60 is a minute later, t - u the seconds between two times, and < and == compare moments. " +
			"Where a time is wanted, an ISO text or seconds since 1970 will do.",
		Members: []luaapi.Member{
			{Name: "now", Params: []luaapi.Param{zone}, Returns: momentType, Func: ts.now,
				Doc:     `The present, on the clock of the configured zone or of this one: "Europe/Berlin", "+02:00", "UTC".`,
				Example: `local hour = time.now("Europe/Berlin").hour`},
			{Name: "parse", Params: []luaapi.Param{{Name: "s", Type: "any", Optional: true}, layout, zone}, Returns: "moment or nil, string or nil",
				Doc: "Reads ISO 8601, or what the layout says (%d.%m.%Y); where it can't, gives nil and why. A text without an offset is a clock time in zone, else in the configured one; " +
					"one that comes twice in autumn is the first, one that is skipped in spring an hour later.",
				Example: `local day = time.parse("24.12.2026", "%d.%m.%Y")`, Func: ts.parse},
			{Name: "format", Params: []luaapi.Param{t, layout, zone}, Returns: "string", Func: ts.format,
				Doc:     "Writes a time by the layout, without one as ISO 8601; on the time's own clock or on that of zone. Names are English.",
				Example: `local text = time.format(time.now(), "%A, %-d %B %Y")`},
			{Name: "date", Params: []luaapi.Param{{Name: "fields", Type: "table", Fields: dateFields()}}, Returns: momentType, Func: ts.date,
				Doc: "The time that calendar and clock show: year, month and day must be there; hour, min and sec are 0 without, zone the configured one. " +
					"A day that isn't there is an error; a clock time that is skipped in spring is an hour later.",
				Example: `local eve = time.date{ year = 2026, month = 12, day = 24, hour = 18 }`},
			{Name: "add", Params: []luaapi.Param{t, {Name: "by", Type: "table", Fields: addFields()}}, Returns: momentType, Func: ts.add,
				Doc: "Adds years, months, weeks and days by the calendar, on the clock of the time's zone (31 January and a month is the last of February), " +
					"then hours, minutes and seconds as they pass. All may be negative.",
				Example: `local tomorrow = time.add(time.now(), { days = 1 })`},
			{Name: "to", Params: []luaapi.Param{t, {Name: "zone", Type: "string"}}, Returns: momentType, Func: ts.to,
				Doc: "The same moment on the clock of another zone.", Example: `local there = time.to(time.now(), "America/New_York")`},
			{Name: "unix", Params: []luaapi.Param{{Name: "n", Type: "number"}}, Returns: momentType, Func: ts.unix,
				Doc: "The time so many seconds after the beginning of 1970 in UTC, on the clock of the configured zone.", Example: `local t = time.unix(1790812800)`},
			{Name: "sleep", Params: []luaapi.Param{{Name: "seconds", Type: "number"}}, Func: ts.sleep,
				Doc: "Waits, at most until the call's deadline ends it.", Example: `time.sleep(0.01)`},
		},
	}
}

// Arg is argument i as a time: a time, an ISO text, or seconds since 1970. It raises an error for a text that is none.
func (ts *Times) Arg(a luaapi.Args, i int) *Moment {
	v := a.Get(i)
	if m := momentOf(v); m != nil {
		return m
	}
	if text, ok := v.(lua.LString); ok {
		t, why := parseISO(string(text), a.State.Location())
		if why != "" {
			a.Raise("%s", why)
		}
		m, _ := NewMoment(t)
		return m
	}
	return ts.fromUnix(a, a.Number(i, math.NaN()))
}

func (ts *Times) fromUnix(a luaapi.Args, seconds float64) *Moment {
	if micro, ok := microseconds(seconds); ok {
		if m, ok := NewMoment(gotime.UnixMicro(micro).In(a.State.Location())); ok {
			return m
		}
	}
	a.Raise("%s seconds since 1970: %s", number.Format(seconds), outOfYears)
	return nil
}

// zone is the zone that argument i names, byDefault if it is nil.
func (ts *Times) zone(a luaapi.Args, i int, byDefault *gotime.Location) *gotime.Location {
	if a.Get(i) == lua.LNil {
		return byDefault
	}
	return ts.zoneNamed(a, a.String(i))
}

func (ts *Times) zoneNamed(a luaapi.Args, name string) *gotime.Location {
	loc, ok := ts.zones.find(name)
	if !ok {
		a.Raise("%s", unknownZone(name))
	}
	return loc
}

// layout is argument i as a layout; false if it is nil.
func layout(a luaapi.Args, i int) (string, bool) {
	if a.Get(i) == lua.LNil {
		return "", false
	}
	l := a.String(i)
	a.State.Meter().Step(a.L, len(l)/8)
	if why := checkLayout(l); why != "" {
		a.Raise("%s", why)
	}
	return l, true
}

// give returns t, or raises an error if its year is outside of what a time may have.
func (ts *Times) give(a luaapi.Args, t gotime.Time) int {
	m, ok := NewMoment(t)
	if !ok {
		a.Raise("%s", outOfYears)
	}
	return a.Return(ts.wrap(m))
}

func (ts *Times) now(a luaapi.Args) int {
	return ts.give(a, a.State.Now().In(ts.zone(a, 1, a.State.Location())))
}

func (ts *Times) parse(a luaapi.Args) int {
	l, ok := layout(a, 2)
	loc := ts.zone(a, 3, a.State.Location())
	s, isText := a.Get(1).(lua.LString)
	if !isText {
		return a.Return(lua.LNil, lua.LString("there is no text to read, but "+luaapi.TypeOf(a.Get(1))))
	}
	a.State.Meter().Step(a.L, len(s)/8)
	var t gotime.Time
	var why string
	if ok {
		t, why = ts.zones.parseLayout(string(s), l, loc)
	} else {
		t, why = parseISO(string(s), loc)
	}
	if why != "" {
		return a.Return(lua.LNil, lua.LString(why))
	}
	return ts.give(a, t)
}

func (ts *Times) format(a luaapi.Args) int {
	m := ts.Arg(a, 1)
	l, ok := layout(a, 2)
	if a.Get(3) != lua.LNil {
		m = ts.on(a, m, ts.zone(a, 3, nil))
	}
	if !ok {
		return a.Return(lua.LString(m.ISO()))
	}
	const most = 6 // bytes for each of the layout: %Z may write UTC+00:53:28
	a.State.Meter().Grow(a.L, a.Name(), most*len(l))
	return a.Return(lua.LString(m.appendLayout(nil, l)))
}

// on is the moment on the clock of another zone.
func (ts *Times) on(a luaapi.Args, m *Moment, loc *gotime.Location) *Moment {
	moved, ok := NewMoment(m.t.In(loc))
	if !ok {
		a.Raise("%s in that zone: %s", m.ISO(), outOfYears)
	}
	return moved
}

func (ts *Times) to(a luaapi.Args) int {
	m := ts.Arg(a, 1)
	return a.Return(ts.wrap(ts.on(a, m, ts.zone(a, 2, nil))))
}

func (ts *Times) unix(a luaapi.Args) int {
	return a.Return(ts.wrap(ts.fromUnix(a, a.Number(1, math.NaN()))))
}

func (ts *Times) sleep(a luaapi.Args) int {
	seconds := a.Number(1, math.NaN())
	if !(seconds >= 0) {
		a.Raise("seconds must be 0 or more, but is %s", number.Format(seconds))
	}
	d := gotime.Duration(math.MaxInt64)
	if nano := math.Ceil(seconds * 1e9); nano < math.MaxInt64 {
		d = gotime.Duration(nano)
	}
	ts.Wait(d)
	a.State.Meter().Look(a.L)
	return 0
}
