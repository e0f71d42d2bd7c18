package scripttest

import (
	"context"
	"log/slog"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/service/httpclient"
)

// Options say what to run and how. Snapshot is required.
type Options struct {
	Snapshot *script.Snapshot // loaded with script.Options.Tests
	// Engine is what the actions' engines begin from: the time zone, settings of actions, masks. Snapshots, Log, services and stores
	// are replaced for each file.
	Engine   engine.Options
	HTTP     httpclient.Options // the services that stubs stand in for
	Run      *regexp.Regexp     // tests whose full name doesn't match are passed over; nil for all
	Timeout  time.Duration      // of one test with all that stands around it; engine.DefaultTimeout if 0
	Parallel int                // files at once; GOMAXPROCS if 0
	Coverage *Coverage          // is told which lines ran; nil for nobody
	Now      func() time.Time   // the clock of durations; time.Now if nil
}

// Reporter is told what happens, from one goroutine, in the order of the files' paths.
type Reporter interface {
	File(*File)
	End(*Summary) error
}

// Run runs the tests and tells the reporter as files end. The error is the reporter's, or ctx's if that ended first.
func Run(ctx context.Context, o Options, report Reporter) (*Summary, error) {
	if o.Timeout == 0 {
		o.Timeout = engine.DefaultTimeout
	}
	if o.Parallel == 0 {
		o.Parallel = runtime.GOMAXPROCS(0)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Engine.Log == nil {
		o.Engine.Log = slog.New(slog.DiscardHandler)
	}
	began := o.Now()
	summary := &Summary{}
	for f := range files(ctx, &o) {
		if o.Run != nil && len(f.Tests) == 0 && f.Failure == nil {
			continue
		}
		summary.add(f)
		report.File(f)
	}
	if ctx.Err() != nil {
		return summary, ctx.Err()
	}
	summary.Duration = o.Now().Sub(began)
	return summary, report.End(summary)
}

// files runs the files side by side, and gives what became of them one after the other.
func files(ctx context.Context, o *Options) func(yield func(*File) bool) {
	paths := slices.Sorted(maps.Keys(o.Snapshot.Tests))
	return func(yield func(*File) bool) {
		results := make([]chan *File, len(paths))
		for i := range results {
			results[i] = make(chan *File, 1)
		}
		places := make(chan struct{}, o.Parallel)
		go func() {
			for i, path := range paths {
				places <- struct{}{}
				go func() {
					defer func() { <-places }()
					results[i] <- runFile(ctx, o, o.Snapshot.Tests[path])
				}()
			}
		}()
		for _, result := range results {
			if f := <-result; !yield(f) {
				return
			}
		}
	}
}

func joined(names []string) string { return strings.Join(names, " ") }
