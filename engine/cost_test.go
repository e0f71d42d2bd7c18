package engine_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/rasa"
)

// limit is a line of testdata/bench/limits.txt: what a call of the script may cost on a body of that size.
type limit struct {
	script, size  string
	allocs, bytes float64
}

func limits(t *testing.T) (all []limit) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", "bench", "limits.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		var l limit
		if _, err := fmt.Sscan(lines.Text(), &l.script, &l.size, &l.allocs, &l.bytes); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		t.Fatal("no limits")
	}
	return all
}

// TestCallCosts holds calls to limits that don't depend on the machine.
//
//nolint:paralleltest // it counts what the whole process allocates
func TestCallCosts(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates, too")
	}
	e := serve(t, engine.Options{}, benchScripts(t))
	t.Logf("%-6s %-10s %12s %12s", "script", "body", "allocations", "bytes")
	for _, l := range limits(t) {
		allocs, bytes := cost(t, e, body(t, l.size, "action_bench_"+l.script))
		t.Logf("%-6s %-10s %5.0f of %3.0f %6.0f of %5.0f", l.script, l.size, allocs, l.allocs, bytes, l.bytes)
		if allocs > l.allocs || bytes > l.bytes {
			t.Errorf("%s on %s: %.0f allocations, %.0f bytes, more than the limit of %.0f and %.0f",
				l.script, l.size, allocs, bytes, l.allocs, l.bytes)
		}
		if allocs < l.allocs/2 || bytes < l.bytes/3 {
			t.Logf("%s on %s is far below its limit: lower that, in testdata/bench/limits.txt", l.script, l.size)
		}
	}
}

// cost is what one call allocates once the state is warm.
func cost(t *testing.T, e *engine.Engine, text []byte) (allocs, bytes float64) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection allocates for itself
	const runs = 50
	call, dst := new(rasa.Call), make([]byte, 0, 4096)
	run := func() {
		if err := call.Reset(text); err != nil {
			t.Fatal(err)
		}
		if _, failed := e.Run(t.Context(), call, dst); failed != nil {
			t.Fatal(failed)
		}
	}
	for range 10 {
		run()
	}
	allocs, bytes = math.Inf(1), math.Inf(1)
	for range 5 { // the process allocates for itself now and then: the least is the call's own
		var before, after runtime.MemStats
		allocs = min(allocs, testing.AllocsPerRun(runs, run))
		runtime.ReadMemStats(&before)
		for range runs {
			run()
		}
		runtime.ReadMemStats(&after)
		bytes = min(bytes, float64(after.TotalAlloc-before.TotalAlloc)/runs)
	}
	return allocs, bytes
}
