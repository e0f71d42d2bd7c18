package engine_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/luaapi"
)

// aside returns a bench whose scripts see a module note, which collects texts.
func aside(t *testing.T, e *engine.Engine, snapshot *script.Snapshot) (b *engine.Bench, noted *[]string) {
	t.Helper()
	noted = new([]string)
	b = e.NewBench(t.Context(), engine.BenchOptions{
		Call: parse(t, `{"tracker":{"sender_id":"test"}}`), Snapshot: snapshot,
		Extend: func(_ *luaapi.Session, modules []luaapi.Module) []luaapi.Module {
			return append(modules, luaapi.Module{Name: "note", Only: true, Members: []luaapi.Member{{
				Name: "note", Params: []luaapi.Param{{Name: "text", Type: "string"}},
				Func: func(a luaapi.Args) int { *noted = append(*noted, a.String(1)); return 0 },
			}}})
		},
	})
	return b, noted
}

// runs returns what has a bench run a piece of Lua.
func runs(t *testing.T, b *engine.Bench, source string, failure *error) func() {
	t.Helper()
	c, _, problem := interp.Compile("aside.lua", []byte(source))
	if problem != nil {
		t.Fatal(problem)
	}
	return func() {
		s := b.Session().State
		_, err := s.Call(s.Load(c))
		*failure = err
	}
}

func TestBench(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{}, map[string]string{"action_x.lua": `return function() end`})
	snapshot := &script.Snapshot{Libs: map[string]*script.Lib{}}
	c, _, _ := interp.Compile("lib/n.lua", []byte(`local n = { count = 0 } return n`))
	snapshot.Libs["lib.n"] = &script.Lib{Name: "lib.n", Path: "lib/n.lua", Chunk: c}
	b, noted := aside(t, e, snapshot)
	defer b.Close()
	var failure error
	for range 3 { // what is required stays, unlike in actions
		f := runs(t, b, `local n = require "lib.n" n.count = n.count + 1 note(n.count .. json.encode { true })`, &failure)
		if err := b.Do(t.Context(), time.Minute, f); err != nil || failure != nil {
			t.Fatal(err, failure)
		}
	}
	if want := []string{"1[true]", "2[true]", "3[true]"}; !slices.Equal(*noted, want) {
		t.Errorf("%q", *noted)
	}
	if err := b.Do(t.Context(), time.Minute, runs(t, b, `error("no")`, &failure)); err != nil || failure == nil || !strings.Contains(failure.Error(), "aside.lua:1: no") {
		t.Error(err, failure)
	}
}

// What doesn't end is stopped; then the bench is over, and the engine goes on.
func TestBenchStops(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{}, map[string]string{"action_x.lua": `return function() end`})
	b, _ := aside(t, e, &script.Snapshot{})
	defer b.Close()
	var failure error
	loop := runs(t, b, `while true do pcall(function() while true do end end) end`, &failure)
	if err := b.Do(t.Context(), 50*time.Millisecond, loop); !errors.Is(err, meter.ErrDeadline) {
		t.Errorf("%v", err)
	}
	if err := b.Do(t.Context(), time.Minute, func() { t.Error("ran") }); !errors.Is(err, meter.ErrDeadline) {
		t.Errorf("%v", err)
	}
	if _, failed := e.Run(t.Context(), parse(t, request("action_x")), nil); failed != nil {
		t.Error(failed)
	}
	second, _ := aside(t, e, &script.Snapshot{})
	defer second.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := second.Do(ctx, time.Minute, runs(t, second, `while true do end`, &failure)); !errors.Is(err, meter.ErrCanceled) {
		t.Errorf("%v", err)
	}
}

// What would not even notice that it is to stop is left behind.
func TestBenchLeavesBehind(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{}, map[string]string{"action_x.lua": `return function() end`})
	b, _ := aside(t, e, &script.Snapshot{})
	free := make(chan struct{})
	if err := b.Do(t.Context(), 20*time.Millisecond, func() { <-free }); !errors.Is(err, meter.ErrDeadline) {
		t.Errorf("%v", err)
	}
	close(free)
	b.Close()
}

func TestSeedAndDropped(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var dropped []string
	e := serve(t, engine.Options{Seed: 1, Dropped: func(action, script, what string) {
		mu.Lock()
		defer mu.Unlock()
		dropped = append(dropped, action+" "+script+" "+what)
	}}, map[string]string{
		"a/action_x.lua": `return function(d) d:utter_message(math.random(1000) .. "") return { "x" } end`,
	})
	var first string
	for range 3 {
		answer, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
		if failed != nil {
			t.Fatal(failed)
		}
		if first == "" {
			first = string(answer.Body)
		}
		if string(answer.Body) != first {
			t.Errorf("%s, then %s", first, answer.Body)
		}
	}
	if len(dropped) != 3 || !strings.HasPrefix(dropped[0], "action_x a/action_x.lua events[1] is left out: it is a text, no event") {
		t.Errorf("%q", dropped)
	}
}

// Each Do may make as much as one call: a long file of tests is no memory bomb.
func TestBenchCountsEachDoByItself(t *testing.T) {
	t.Parallel()
	e := serve(t, engine.Options{MaxBytes: 10 << 20}, map[string]string{"action_x.lua": `return function() end`})
	b, _ := aside(t, e, &script.Snapshot{})
	defer b.Close()
	var failure error
	for range 5 {
		if err := b.Do(t.Context(), time.Minute, runs(t, b, `return #string.rep("x", 6 * 1024 * 1024)`, &failure)); err != nil || failure != nil {
			t.Fatal(err, failure)
		}
	}
	err := b.Do(t.Context(), time.Minute, runs(t, b, `for i = 1, 5 do string.rep("x", 6 * 1024 * 1024) end`, &failure))
	if !errors.Is(err, meter.ErrMemory) || failure == nil {
		t.Errorf("one that makes too much goes on: %v %v", err, failure)
	}
}
