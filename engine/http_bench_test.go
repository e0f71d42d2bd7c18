//go:build unix

package engine_test

import (
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
)

// BenchmarkCallsThatWait runs 1,000 calls at once whose script waits 100 ms for a service in this process. Ideal are 10,000 a
// second; the processor time includes the service's.
func BenchmarkCallsThatWait(b *testing.B) {
	const atOnce = 1000
	body := []byte(`{"result":"ok"}`)
	s, client := newService(b, func(out http.ResponseWriter, _ *http.Request) {
		time.Sleep(100 * time.Millisecond)
		_, _ = out.Write(body)
	})
	e := serve(b, engine.Options{Timeout: time.Minute, HTTP: client}, map[string]string{
		"waits.lua": `return function() return { SlotSet("x", http.get("shop:/x", { timeout = 50 }):json().result) } end`,
	})
	text := request("waits")
	var left, failed, most atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	var before, after syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	b.ResetTimer()
	for range atOnce {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if _, err := e.Run(b.Context(), parse(b, text), nil); err != nil {
					failed.Add(1)
				}
				if n := int64(runtime.NumGoroutine()); n > most.Load() {
					most.Store(n)
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	_, open := s.busy()
	used := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64(used)/1000/float64(b.N), "cpu-µs/call")
	b.ReportMetric(float64(open), "connections")
	b.ReportMetric(float64(most.Load()), "goroutines")
	b.ReportMetric(float64(failed.Load()), "failed")
}
