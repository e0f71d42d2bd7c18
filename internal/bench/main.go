// Command bench measures the server's CPU time per request as a ratio to a Fiber endpoint that ignores its body and sends the same
// answer: both as processes of their own, in turn, in the same run. Linux only. Run it from the project's root.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

func main() {
	rounds := flag.Int("rounds", 7, "interleaved rounds; the median counts")
	slice := flag.Duration("slice", time.Second, "how long each server is loaded in a round")
	only := flag.String("only", "", "part of a cell's name, such as book/2k")
	server := flag.String("server", "bin/luaction", "the built server")
	floor := flag.String("floor", "", "internal: serve as the floor on this address")
	answer := flag.String("answer", "", "internal: what the floor answers")
	flag.Parse()
	if *floor != "" {
		serveFloor(*floor, *answer)
		return
	}
	if err := run(*server, *only, *rounds, *slice); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// cells are the scripts and bodies that speed figures are given for.
func cells() []string {
	return []string{
		"noop/2k", "book/2k", "book/2k_domain", "book/30k", "book/300k", "book/1m",
		"loop/2k", "loop/30k", "loop/300k", "loop/1m", "deep/30k", "deep/1m",
	}
}

func run(server, only string, rounds int, slice time.Duration) error {
	ours, err := startServer(server, filepath.Join("testdata", "bench", "scripts"))
	if err != nil {
		return err
	}
	defer ours.stop()
	fmt.Printf("%-16s %10s %10s %8s %10s\n", "cell", "floor µs", "ours µs", "ratio", "ours req/s")
	for _, cell := range cells() {
		if !strings.Contains(cell, only) {
			continue
		}
		if err := measureCell(ours, cell, rounds, slice); err != nil {
			return fmt.Errorf("%s: %w", cell, err)
		}
	}
	return nil
}

func measureCell(ours *process, cell string, rounds int, slice time.Duration) error {
	script, size, _ := strings.Cut(cell, "/")
	body, err := loadBody(size, "action_bench_"+script)
	if err != nil {
		return err
	}
	status, answer, err := post(ours.url, body)
	if err != nil || status != fasthttp.StatusOK {
		return fmt.Errorf("the server answered %d %.200s (%w)", status, answer, err)
	}
	floor, err := startFloor(answer)
	if err != nil {
		return err
	}
	defer floor.stop()
	var ratios, floors, owns, rates []float64
	for range rounds {
		base, err := load(floor, body, slice)
		if err != nil {
			return err
		}
		own, err := load(ours, body, slice)
		if err != nil {
			return err
		}
		ratios = append(ratios, own.cpu/base.cpu)
		floors, owns, rates = append(floors, base.cpu), append(owns, own.cpu), append(rates, own.rate)
	}
	fmt.Printf("%-16s %10.1f %10.1f %8.2f %10.0f\n", cell, median(floors), median(owns), median(ratios), median(rates))
	return nil
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// loadBody unpacks a recorded body and has it call the given action.
func loadBody(size, action string) ([]byte, error) {
	f, err := os.Open(filepath.Join("testdata", "bench", size+".json.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(z)
	return bytes.Replace(body, []byte(`"action_bench_book"`), []byte(`"`+action+`"`), 1), err
}

func post(url string, body []byte) (int, string, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	prepare(req, url, body)
	err := fasthttp.Do(req, resp)
	return resp.StatusCode(), string(resp.Body()), err
}

func prepare(req *fasthttp.Request, url string, body []byte) {
	req.SetRequestURI(url + "/webhook")
	req.Header.SetMethod(fasthttp.MethodPost)
	req.Header.SetContentType("application/json")
	req.SetBodyRaw(body)
}

// figures are CPU time of the server in µs per request, and requests per second.
type figures struct{ cpu, rate float64 }

// load sends the body over keep-alive connections for a while. The generator shares the machine: the rate is for orientation only.
func load(p *process, body []byte, slice time.Duration) (figures, error) {
	const connections = 8
	client := &fasthttp.Client{MaxConnsPerHost: connections}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(context.Background(), slice)
	defer cancel()
	before, err := p.cpu()
	if err != nil {
		return figures{}, err
	}
	began := time.Now()
	counts := make(chan int, connections)
	for range connections {
		go func() {
			req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			prepare(req, p.url, body)
			n := 0
			for ctx.Err() == nil {
				if client.Do(req, resp) != nil || resp.StatusCode() != fasthttp.StatusOK {
					n = -1 << 40
					break
				}
				n++
			}
			counts <- n
		}()
	}
	total := 0
	for range connections {
		total += <-counts
	}
	after, err := p.cpu()
	if err != nil {
		return figures{}, err
	}
	if total <= 0 {
		return figures{}, fmt.Errorf("%s: requests failed under load", p.url)
	}
	return figures{
		cpu:  float64((after - before).Microseconds()) / float64(total),
		rate: float64(total) / time.Since(began).Seconds(),
	}, nil
}
