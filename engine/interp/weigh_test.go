package interp_test

import (
	"context"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// TestWeigh weighs what a script holds at the moment when it calls weigh(value).
func TestWeigh(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		source   string
		from, to int64
		partial  bool
	}{
		"nothing":       {`weigh()`, 0, 200 << 10, false},
		"a text":        {`local s = string.rep("x", 3e6) weigh() return #s`, 3e6, 3.3e6, false},
		"a shared text": {`local s, t = string.rep("x", 1e6), {} for i = 1, 100 do t[i] = s end weigh() return #t`, 1e6, 1.3e6, false},
		"upvalues":      {`local s = string.rep("x", 1e6) local function f() weigh() return s end return f()`, 1e6, 1.3e6, false},
		"coroutine": {`local co = coroutine.wrap(function() local s = string.rep("x", 1e6) coroutine.yield() return s end)
			co() weigh() return co`, 1e6, 1.3e6, false},
		"in a coroutine": {`local s = string.rep("x", 1e6) coroutine.wrap(function() weigh() end)() return #s`, 1e6, 1.3e6, false},
		"keys":           {`local t = {} for i = 1, 1000 do t["k" .. i] = i end weigh() return t`, 80e3, 400e3, false},
		"cycle":          {`local t = {} t[t] = t setmetatable(t, { __index = t }) weigh() return t`, 0, 200e3, false},
		"no constants":   {`local t, u = { ` + strings.Repeat("1,", 20000) + ` }, { a = { b = 1 } } weigh() return t[1] + u.a.b`, 0, 200 << 10, false},
		"very many":      {`local t = {} for i = 1, 250000 do t[i] = { i } end weigh() return #t`, 20e6, 100e6, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := interp.New(interp.Options{})
			defer s.Close()
			scale := interp.NewScale()
			weighed := false
			s.SetGlobal("weigh", s.L.NewFunction(func(*lua.LState) int {
				weighed = true
				bytes, complete := s.Weigh(scale)
				if bytes < test.from || bytes > test.to || complete == test.partial {
					t.Errorf("%d bytes, complete %v; want %d to %d", bytes, complete, test.from, test.to)
				}
				return 0
			}))
			c, _, problem := interp.Compile("a.lua", []byte(test.source))
			if problem != nil {
				t.Fatal(problem)
			}
			s.Begin(context.Background(), time.Time{}, 0)
			if _, err := s.Call(s.Load(c)); err != nil || !weighed {
				t.Fatalf("weighed %v, %v", weighed, err)
			}
		})
	}
}
