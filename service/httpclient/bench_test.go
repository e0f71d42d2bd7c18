//go:build unix

package httpclient

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkInFlight sends requests from 1,000 goroutines at once to a server in this process that answers 2 KB after 100 ms, with
// pools of several sizes. Ideal are 10,000 a second; the processor time includes the server's.
func BenchmarkInFlight(b *testing.B) {
	const atOnce = 1000
	body := make([]byte, 2048)
	for _, idle := range []int{2, 100, idlePerHost} {
		b.Run(fmt.Sprintf("idle-%d", idle), func(b *testing.B) {
			s := serve(b, func(w http.ResponseWriter, _ *http.Request) {
				time.Sleep(100 * time.Millisecond)
				_, _ = w.Write(body)
			})
			c := one(b, s)
			c.transport.MaxIdleConnsPerHost = idle
			q := &Request{Method: "GET", Target: target(b, c, "s:/x"), Timeout: time.Minute}
			var left atomic.Int64
			left.Store(int64(b.N))
			var failed atomic.Int64
			var all sync.WaitGroup
			before := processorTime()
			b.ResetTimer()
			for range atOnce {
				all.Go(func() {
					for left.Add(-1) >= 0 {
						answer := c.Do(b.Context(), q)
						if answer.Release(); !answer.OK() {
							failed.Add(1)
						}
					}
				})
			}
			all.Wait()
			b.StopTimer()
			_, opened, _ := s.counts()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
			b.ReportMetric(float64((processorTime()-before).Microseconds())/float64(b.N), "cpu-µs/request")
			b.ReportMetric(float64(opened), "connections")
			b.ReportMetric(float64(failed.Load()), "failed")
		})
	}
}

func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
