package interp_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// wrapped makes a case's program a chunk that returns what the program prints with out(…).
func wrapped(program string) string {
	return `local _buf, _n = {}, 0
local function out(...)
  local _parts = {}
  for _i = 1, select("#", ...) do
    _parts[_i] = tostring((select(_i, ...)))
  end
  _n = _n + 1
  _buf[_n] = table.concat(_parts, "\t") .. "\n"
end
local function program(...)
` + program + `
end
program()
return table.concat(_buf)`
}

// begin opens a call that is stopped if the test hangs.
func begin(t *testing.T, s *interp.State) {
	t.Helper()
	s.Begin(context.Background(), time.Now().Add(time.Minute), 256<<20)
	stop := time.AfterFunc(time.Minute, func() { s.Meter().Stop(context.DeadlineExceeded) })
	t.Cleanup(func() { stop.Stop() })
}

func load(t *testing.T, s *interp.State, source string) *lua.LFunction {
	t.Helper()
	c, _, problem := interp.Compile("case.lua", []byte(source))
	if problem != nil {
		t.Fatalf("it doesn't compile: %+v", *problem)
	}
	return s.Load(c)
}

// run runs a chunk in a call of its own and returns what it returns.
func run(t *testing.T, s *interp.State, source string) (lua.LValue, error) {
	t.Helper()
	begin(t, s)
	defer s.End()
	return s.Call(load(t, s, source))
}

// prints runs a program and returns what it prints, and its error if it fails.
func prints(t *testing.T, s *interp.State, program string) string {
	t.Helper()
	value, err := run(t, s, wrapped(program))
	if err != nil {
		return "error: " + err.Error()
	}
	return value.String()
}

func newState(t *testing.T) *interp.State {
	t.Helper()
	s := interp.New(interp.Options{})
	s.SetGlobal("print", &lua.LFunction{IsG: true, GFunction: func(*lua.LState) int { return 0 }})
	t.Cleanup(s.Close)
	return s
}

func TestLua51(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/lua51/*.lua")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	s := newState(t) // one state for all: no case may depend on those before it
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".lua"), func(t *testing.T) {
			program, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".lua") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			if got := prints(t, s, string(program)); got != string(want) {
				t.Errorf("printed\n%s\nLua 5.1 prints\n%s", got, want)
			}
		})
	}
}

func text(s string) lua.LValue    { return lua.LString(s) }
func number(n float64) lua.LValue { return lua.LNumber(n) }

func count(v lua.LValue) (int, bool) {
	n, ok := v.(lua.LNumber)
	return int(n), ok
}
