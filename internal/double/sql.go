package double

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// database is what sql.open finds.
func (s *Set) database(name string) (*database.Database, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.databases[name]; d != nil {
		return d, nil
	}
	was := s.early.databases[name]
	name = shown(name)
	say := fmt.Sprintf("the database %q has no stub in this test, and the real one isn't asked; write sql.stub(%[1]q, [[CREATE TABLE …]]) before this call", name)
	if near := spell.Nearest(name, slices.Sorted(maps.Keys(s.databases))); near != "" {
		say = fmt.Sprintf("the database %q has no stub in this test; there is sql.stub(%q, …), did you mean that?", name, near)
	}
	if was {
		say = fmt.Sprintf("the database %q has no stub in this test: sql.stub(%[1]q, …)%s", name, outside)
	}
	return nil, errors.New(s.miss(say))
}

func (f *file) stubDatabase(a luaapi.Args) int {
	name := a.String(1)
	var d *database.Database
	if fn, ok := a.Get(2).(*lua.LFunction); ok {
		script, line := a.Place()
		d = database.Stand(name, (&answerer{f, name, fmt.Sprintf("%s:%d", script, line), fn}).answer)
	} else {
		d = f.filled(a, name)
	}
	s := f.set
	s.mu.Lock()
	defer s.mu.Unlock()
	s.databases[name] = d
	s.opened = append(s.opened, d)
	return 0
}

// filled is a fresh database in memory.
func (f *file) filled(a luaapi.Args, name string) *database.Database {
	d, err := database.Open(name, database.Config{URL: "sqlite::memory:", Location: f.set.o.Location})
	if err != nil {
		a.Raise("%s", err.Error())
	}
	text := a.String(2)
	meter := a.State.Meter()
	meter.Step(a.L, len(text)/8)
	meter.Wait(func(ctx context.Context) { err = d.Fill(ctx, text) })
	if err != nil || meter.Stopped() != nil {
		_ = d.Close()
	}
	meter.Look(a.L)
	if err != nil {
		a.Raise("%s", err.Error())
	}
	return d
}

// answerer is a function that answers for a database.
type answerer struct {
	f     *file
	name  string
	place string // of sql.stub
	fn    *lua.LFunction
}

func (w *answerer) answer(ctx context.Context, exec bool, r database.Request) (*database.Rows, database.Result, error) {
	rows, result := &database.Rows{}, database.Result{}
	var caught *interp.Raised
	err := w.f.ask(ctx, question{
		fn: w.fn,
		arguments: func(L *lua.LState) []lua.LValue {
			values := []lua.LValue{lua.LString(r.Text)}
			for _, arg := range r.Args {
				values = append(values, w.f.value(L, arg))
			}
			return values
		},
		take: func(L *lua.LState, results []lua.LValue) {
			if exec {
				result = w.changed(L, results)
				return
			}
			rows = w.rows(L, first(results))
		},
		catch: func(raised *interp.Raised) { caught = raised },
	})
	switch {
	case err != nil:
		return nil, database.Result{}, &database.Error{Database: w.name, Message: err.Error(), Statement: r.Text}
	case caught != nil:
		say := caught.Message
		if text, ok := caught.Value.(lua.LString); ok {
			say = string(text) // as the database said it
		}
		return nil, database.Result{}, &database.Error{Database: w.name, Message: say, Statement: r.Text}
	}
	return rows, result, nil
}
