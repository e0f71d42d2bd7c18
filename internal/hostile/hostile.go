//go:build unix

// Package hostile attacks a built server: scripts, requests and folders that try to stop it, to fill its memory, to harm the
// calls beside them or to see what is not theirs. While it does, neighbours call honest actions all the time, and each of their
// answers has to be the same to the byte.
package hostile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Options say what to attack. Server and Corpus are required.
type Options struct {
	Server  string        // path of the built server
	Corpus  string        // folder with the hostile scripts
	Timeout time.Duration // deadline that the server is told; 1 s if 0
	Memory  string        // what the server is told as --memory; 128MiB if ""
	Slack   time.Duration // how long after the deadline an answer may come; 250 ms if 0
	MaxPeak int64         // bytes that the process may take at most; 300 MiB if 0
	Quick   bool          // a part of it all, for every day
	Only    string        // part of an attack's name; "" is all
	Log     io.Writer     // progress; nil is nowhere
}

// Row is what came of one attack.
type Row struct {
	Group      string // "scripts", "requests", …
	Item       string // its number in the list that the project started from, "" for one of its own
	Name       string
	Tries      string
	Want       string
	Got        string
	Time       time.Duration // until the answer, 0 if that says nothing
	Peak       int64         // bytes of the process, -1 if unknown
	Calm       time.Duration // after the answer, until no processor time was used any more; -1 if unknown
	Neighbours time.Duration // the slowest of their calls meanwhile
	Wrong      []string      // what should not have been, nothing if all is well
}

// Report is what came of a run.
type Report struct {
	Began      time.Time
	Took       time.Duration
	Options    Options
	Rows       []Row
	Deaths     int
	Neighbours int64         // calls of the neighbours
	Harmed     int64         // those that had another answer, or none
	Slowest    time.Duration // of the neighbours' calls
	LeftBehind int           // calls that were answered while their script still ran
}

// Wrong is everything that should not have been.
func (r *Report) Wrong() []string {
	var all []string
	for _, row := range r.Rows {
		for _, w := range row.Wrong {
			all = append(all, row.Group+"/"+row.Name+": "+w)
		}
	}
	return all
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	if o.Memory == "" {
		o.Memory = "128MiB"
	}
	if o.Slack == 0 {
		o.Slack = 250 * time.Millisecond
	}
	if o.MaxPeak == 0 {
		o.MaxPeak = 300 << 20
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	return o
}

// run is one run: the attacks write their rows here.
type run struct {
	Options
	report  Report
	scripts []attack
}

// Run attacks the server in every way. An error means that the attack itself could not go on.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &run{Options: o.withDefaults()}
	r.report.Options, r.report.Began = r.Options, time.Now()
	var err error
	if r.scripts, err = loadScripts(o.Corpus); err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name   string
		attack func(context.Context, *run) error
	}{{"scripts", attackByScripts}, {"storm", attackAtOnce}, {"requests", attackByRequests}, {"folders", attackByFolders}, {"surroundings", attackBySurroundings}} {
		if err := part.attack(ctx, r); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	r.report.Took = time.Since(r.report.Began)
	return &r.report, nil
}

// add takes the row of an attack, and the server's death if that was it.
func (r *run) add(row Row, s *server) {
	if s != nil {
		if cause := s.dead(); cause != "" {
			row.Wrong = append(row.Wrong, "the server died: "+cause)
			r.report.Deaths++
		}
		row.Peak = s.peak()
		if row.Peak > r.MaxPeak {
			row.Wrong = append(row.Wrong, fmt.Sprintf("the process took %d MB", row.Peak>>20))
		}
	}
	state := "ok  "
	if len(row.Wrong) > 0 {
		state = "FAIL"
	}
	fmt.Fprintf(r.Log, "%s %-12s %-34s %-14s %6d ms %4d MB, calm %5d ms, neighbours %4d ms %q\n", state, row.Group, row.Name, row.Got,
		row.Time.Milliseconds(), row.Peak>>20, row.Calm.Milliseconds(), row.Neighbours.Milliseconds(), row.Wrong)
	r.report.Rows = append(r.report.Rows, row)
}

// neighboursOf counts what the neighbours saw.
func (r *run) neighboursOf(n *neighbours) {
	r.report.Neighbours += n.calls.Load()
	r.report.Harmed += n.harmed.Load()
	r.report.Slowest = max(r.report.Slowest, n.slowestEver)
}

// folder makes a scripts folder that the server may read whoever it runs as.
func folder() (string, error) {
	dir, err := os.MkdirTemp("", "hostile")
	if err != nil {
		return "", err
	}
	scripts := filepath.Join(dir, "scripts")
	return scripts, errors.Join(os.Chmod(dir, 0o755), os.Mkdir(scripts, 0o755))
}

func removeFolder(scripts string) { _ = os.RemoveAll(filepath.Dir(scripts)) }
