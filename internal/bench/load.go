package main

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// figures of one server under one load.
type figures struct {
	cpu    float64 // µs per request, user and system
	rate   float64 // requests per second; for orientation, since the generator shares the machine
	waits  []time.Duration
	memory int64 // resident bytes at the load's end
}

// load has so many connections send the body for a while.
func load(p *process, body []byte, connections int, once bool, slice time.Duration) (figures, error) {
	request := post("/webhook", body, once)
	before, err := p.cpu()
	if err != nil {
		return figures{}, err
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	var waits []time.Duration
	var failed error
	began := time.Now()
	for range connections {
		all.Go(func() {
			l := newLine(p.address, request, once)
			defer l.hangUp()
			own := make([]time.Duration, 0, 1024)
			var err error
			for now := time.Now(); err == nil && now.Sub(began) < slice; {
				err = l.ask()
				then := now
				now = time.Now()
				own = append(own, now.Sub(then))
			}
			mu.Lock()
			defer mu.Unlock()
			waits = append(waits, own...)
			if err != nil {
				failed = err
			}
		})
	}
	memory := int64(0)
	if connections > 100 {
		time.Sleep(slice * 3 / 4)
		memory, err = p.memory()
	}
	all.Wait()
	took := time.Since(began)
	after, err2 := p.cpu()
	switch {
	case failed != nil:
		return figures{}, fmt.Errorf("%s under load: %w", p.name, failed)
	case err != nil:
		return figures{}, err
	case err2 != nil:
		return figures{}, err2
	}
	slices.Sort(waits)
	return figures{
		cpu: float64((after - before).Microseconds()) / float64(len(waits)), rate: float64(len(waits)) / took.Seconds(),
		waits: waits, memory: memory,
	}, nil
}

// percentile of sorted values.
func percentile[T any](sorted []T, percent int) T { return sorted[(len(sorted)-1)*percent/100] }
