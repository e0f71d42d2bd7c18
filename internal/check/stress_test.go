package check_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/check"
)

// The largest scripts, full of what takes most work to look at, take no long time.
func TestLargeScripts(t *testing.T) {
	t.Parallel()
	const size = 250 << 10
	fill := func(part string) string { return strings.Repeat(part, size/len(part)-2) }
	for name, source := range map[string]string{
		"globals":    "return function() " + fill("f(a_b, c_d)\n") + " end",
		"blocks":     "return function() " + fill("do local ab = 1 end f(ab)\n") + " end",
		"members":    "return function(d, t) " + fill("t:get_slott(d.x)\n") + " end",
		"functions":  "local function f(d) d:x() end return function(d) " + fill("f(d) ") + " end",
		"methods":    "local x = {} return function() " + fill("x:append(1)") + " end",
		"joined":     "local x = {} return function() " + fill("p('' .. x) ") + " end",
		"statements": "local db = sql.open('x') return function(d, t) " + fill("db:query('a' .. t.x) ") + " end",
		"roles":      "return function(d, t) local db = sql.open('x') " + fill("db:transaction(function(tx) tx:query('x') end) ") + " end",
		"strings":    "return function(d, t) local s = d.x " + fill("if s == 'a' or 'b' then end ") + " end",
		"results":    "local function f(x) " + fill("if x then return 1, nil end ")[:100<<10/28*28] + " return 1 end return function(d) " + fill("print('' .. f(d)) SlotSet('x', f(1)) ")[:140<<10/37*37] + " end",
		"shapes":     "local M = {} " + fill("M.xa = 1 print(M.xb) ") + " return function() return M end",
		"tables":     "return function() " + fill("do local a = {} a.x = 1 a.yy(a.z) end ") + " end",
		"required":   "return function() " + fill("print(require('lib.x').y()) ") + " end",
		"one line":   "return function(d, t) " + fill("if t.paused then return 1 end ") + " end",
		"tests":      "return function() " + fill("pcall(function() text.upper(nil) end) ") + " end",
	} {
		dir := t.TempDir()
		for _, file := range []string{"action_x.lua", "x_test.lua"} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(source), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		snapshot := load(t, dir)
		began := time.Now()
		found := check.Run(context.Background(), snapshot, check.Options{Modules: engine.Reference(nil), Dir: dir})
		took := time.Since(began)
		t.Logf("%s: %d in %s", name, len(found), took)
		if took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
