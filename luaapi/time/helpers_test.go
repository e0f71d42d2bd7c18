package time_test

import (
	"context"
	"strings"
	"testing"
	gotime "time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/time"
)

// world is a state in Berlin, on 14 July 2026 at 12:30:15.123456 there.
type world struct {
	state   *interp.State
	session *luaapi.Session
	times   *time.Times
}

func newWorld(t testing.TB) *world {
	t.Helper()
	berlin, err := gotime.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := gotime.Date(2026, 7, 14, 10, 30, 15, 123456789, gotime.UTC)
	w := &world{state: interp.New(interp.Options{Now: func() gotime.Time { return now }, Location: berlin})}
	w.session = luaapi.NewSession(w.state)
	w.times = time.NewTimes(w.session)
	w.session.Install(w.times.Module())
	w.state.Begin(context.Background(), gotime.Time{}, 1<<30)
	w.session.Begin(luaapi.Run{})
	t.Cleanup(w.state.Close)
	return w
}

func (w *world) run(t testing.TB, source string) (lua.LValue, error) {
	t.Helper()
	c, _, problem := interp.Compile("action_test.lua", []byte(source))
	if problem != nil {
		t.Fatalf("%s: %+v", source, *problem)
	}
	return w.state.Call(w.state.Load(c))
}

// want runs expressions and compares what tostring gives for each.
func want(t *testing.T, cases map[string]string) {
	t.Helper()
	w := newWorld(t)
	for source, want := range cases {
		value, err := w.run(t, "local t = time.parse('2026-10-01T12:30:45.5-07:00')\nreturn tostring("+source+")")
		if err != nil {
			t.Errorf("%s: %v", source, err)
		} else if got := lua.LVAsString(value); got != want {
			t.Errorf("%s = %s, want %s", source, got, want)
		}
	}
}

// wantError runs expressions and looks for a part of each one's message.
func wantError(t *testing.T, cases map[string]string) {
	t.Helper()
	w := newWorld(t)
	for source, want := range cases {
		value, err := w.run(t, "local t = time.parse('2026-10-01T12:30:45.5-07:00')\nlocal x = "+source+"\nreturn x")
		switch {
		case err == nil:
			t.Errorf("%s = %s, want an error", source, value)
		case !strings.Contains(err.Error(), want):
			t.Errorf("%s: %v, want %q in it", source, err, want)
		case !strings.HasPrefix(err.Error(), "action_test.lua:2: "):
			t.Errorf("%s: %v, want its script and line first", source, err)
		case strings.Contains(err.Error(), "Moment") || strings.Contains(err.Error(), "userdata"):
			t.Errorf("%s: %v says what scripts know nothing of", source, err)
		}
	}
}
