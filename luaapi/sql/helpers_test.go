package sql_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	gotime "time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	apijson "github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/sql"
	"github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/rasa"
)

// world is a state in Berlin with the databases of a set.
type world struct {
	state   *interp.State
	session *luaapi.Session
	sql     *sql.SQL
}

func newWorld(t testing.TB, set *database.Set) *world {
	t.Helper()
	berlin, err := gotime.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{state: interp.New(interp.Options{Location: berlin})}
	w.session = luaapi.NewSession(w.state)
	times := time.NewTimes(w.session)
	w.sql = sql.New(w.session, set, times.Value)
	for _, m := range []luaapi.Module{times.Module(), w.sql.Module(), apijson.New(w.session), luaapi.Reject(w.session)} {
		w.session.Install(m)
	}
	t.Cleanup(w.state.Close)
	return w
}

// openSet opens databases in Berlin, relative to a folder that is empty at first.
func openSet(t testing.TB, configs map[string]database.Config) *database.Set {
	t.Helper()
	berlin, err := gotime.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, c := range configs {
		c.Location = berlin
		if c.Dir == "" {
			c.Dir = dir
		}
		configs[name] = c
	}
	set, err := database.OpenAll(configs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(set.Close)
	return set
}

// run runs a script within a time and gives what it returns, as JSON.
func (w *world) run(t testing.TB, source string, within gotime.Duration) (string, error) {
	t.Helper()
	c, _, problem := interp.Compile("action_test.lua", []byte(source))
	if problem != nil {
		t.Fatalf("%s: %+v", source, *problem)
	}
	call, err := rasa.ParseCall([]byte(`{"next_action":"action_test","tracker":{"sender_id":"me"}}`))
	if err != nil {
		t.Fatal(err)
	}
	w.state.Begin(context.Background(), gotime.Now().Add(within), 1<<30)
	w.session.Begin(luaapi.Run{Call: call})
	clock := gotime.AfterFunc(within, func() { w.state.Meter().Stop(meter.ErrDeadline) })
	defer func() {
		clock.Stop()
		w.session.End()
		w.state.End()
	}()
	value, err := w.state.Call(w.state.Load(c))
	if err != nil {
		return "", err
	}
	var text []byte
	var refused *luaapi.ValueError
	if err := w.state.Protect(func() { text, refused = w.session.Values.AppendText(nil, value, "result") }); err != nil {
		return "", err
	}
	if refused != nil {
		return "", refused
	}
	return string(text), nil
}

// long is a time that no test needs.
const long = gotime.Minute

func (w *world) must(t testing.TB, source string) string {
	t.Helper()
	got, err := w.run(t, source, long)
	if err != nil {
		t.Fatalf("%s\n%v", source, err)
	}
	return got
}

// want runs expressions, with db at hand, and compares what each gives as JSON.
func (w *world) want(t *testing.T, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		got, err := w.run(t, "local db = sql.open('shop')\n"+c[0], long)
		if err != nil {
			t.Errorf("%s\n%v", c[0], err)
		} else if got != c[1] {
			t.Errorf("%s\ngives %s, want %s", c[0], got, c[1])
		}
	}
}

// wantError runs scripts, with db at hand, and looks for the place and a part of each one's message.
func (w *world) wantError(t *testing.T, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		got, err := w.run(t, "local db = sql.open('shop')\n"+c[0], long)
		switch {
		case err == nil:
			t.Errorf("%s\ngives %s, want an error", c[0], got)
		case !strings.Contains(err.Error(), c[1]):
			t.Errorf("%s\n%v\nwant %q in it", c[0], err, c[1])
		case !strings.HasPrefix(err.Error(), "action_test.lua:2: "):
			t.Errorf("%s\n%v\nwant its script and line first", c[0], err)
		}
	}
}

// idle fails the test unless all connections come back to the pool.
func idle(t testing.TB, set *database.Set, name string) {
	t.Helper()
	for begin := gotime.Now(); set.Get(name).InUse() > 0; gotime.Sleep(gotime.Millisecond) {
		if gotime.Since(begin) > long {
			t.Fatalf("%d connections are still in use", set.Get(name).InUse())
		}
	}
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}
