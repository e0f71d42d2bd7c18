package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// measureMany prints what many calls at once, idleness and starting cost.
func measureMany(s *settings) error {
	if err := measureWaiting(s); err != nil {
		return err
	}
	if !s.wants("luaction") {
		return nil
	}
	idle, err := idleMemory(s.binary)
	if err != nil {
		return err
	}
	starts, err := startTimes(s.binary, 100, max(s.rounds, 3))
	if err != nil {
		return err
	}
	fmt.Printf("\nidle with the bundled scripts: %.1f MiB; start to first answer with 100 scripts: %.0f ms (%.0f–%.0f)\n", mib(idle),
		milliseconds(percentile(starts, 50)), milliseconds(starts[0]), milliseconds(starts[len(starts)-1]))
	return nil
}

// measureWaiting has calls wait 100 ms each, so many at a time, in turn at each server.
func measureWaiting(s *settings) error {
	body, err := loadBody("2k", "action_bench_wait")
	if err != nil {
		return err
	}
	all, err := startAll(s)
	if err != nil {
		return err
	}
	defer all.stop()
	all[0].stop() // the floor can't wait
	result := make([][]figures, len(all))
	for range s.rounds {
		for i, p := range all[1:] {
			f, err := load(p, body, s.inside, s.close, 2*s.slice)
			if err != nil {
				return err
			}
			result[i+1] = append(result[i+1], f)
		}
	}
	fmt.Printf("%s, %d processors, %s/%s, %s; %d calls of 100 ms at once, %d rounds of %s.\n\n", time.Now().Format("2 January 2006"),
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), s.inside, s.rounds, 2*s.slice)
	fmt.Println("| server | calls/s | CPU µs per call | p50 ms | p99 ms | resident MiB |\n| --- | --- | --- | --- | --- | --- |")
	for i, p := range all[1:] {
		own := result[i+1]
		rates := each(own, func(f figures) float64 { return f.rate })
		fmt.Printf("| %s | %.0f (%.0f–%.0f) | %.0f | %.0f | %.0f | %.0f |\n", p.name, median(rates), slices.Min(rates), slices.Max(rates),
			median(each(own, func(f figures) float64 { return f.cpu })),
			median(each(own, func(f figures) float64 { return milliseconds(percentile(f.waits, 50)) })),
			median(each(own, func(f figures) float64 { return milliseconds(percentile(f.waits, 99)) })),
			median(each(own, func(f figures) float64 { return mib(f.memory) })))
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// idleMemory is what the server takes that nobody calls.
func idleMemory(binary string) (int64, error) {
	p, err := startOurs("luaction", binary, "scripts", "")
	if err != nil {
		return 0, err
	}
	defer p.stop()
	time.Sleep(time.Second)
	return p.memory()
}

// startTimes starts the server on so many scripts, again and again, and returns how long each took to answer a call, sorted.
func startTimes(binary string, scripts, rounds int) ([]time.Duration, error) {
	text, err := os.ReadFile(filepath.Join("testdata", "bench", "scripts", "action_bench_book.lua"))
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	for i := range scripts {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("action_bench_%d.lua", i)), text, 0o644); err != nil {
			return nil, err
		}
	}
	body, err := loadBody("2k", "action_bench_7")
	if err != nil {
		return nil, err
	}
	took := make([]time.Duration, rounds)
	for i := range took {
		began := time.Now()
		p, err := startOurs("luaction", binary, folder, "")
		if err != nil {
			return nil, err
		}
		_, err = once(p.address, "/webhook", body)
		took[i] = time.Since(began)
		p.stop()
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(took)
	return took, nil
}
