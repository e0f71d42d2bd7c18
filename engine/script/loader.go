package script

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// confirmations bounds how often a scan is repeated because scripts are gone that the scan before still saw.
const confirmations = 5

// Loader serves the newest good state of one folder. All its methods may be called at any time from any goroutine.
type Loader struct {
	opts    Options
	current atomic.Pointer[Snapshot]
	looked  atomic.Pointer[listing] // what the last scan saw; nil if that isn't sure
	scanned atomic.Int64            // when the last scan ended: nanoseconds since started
	changed atomic.Int64            // when the last scan that found a change ended, likewise
	started time.Time
	mode    atomic.Pointer[string]
	trigger chan struct{}
	listen  func(dir string) (*notifier, error)

	busy  chan struct{} // held while loading; a channel, so that a caller can stop waiting for it
	index *index        // guarded by busy

	mu       sync.Mutex
	onChange []func(old, new *Snapshot)
}

// NewLoader makes a loader that has loaded nothing yet. It starts nothing and touches no file.
func NewLoader(opts Options) *Loader {
	l := &Loader{opts: opts.withDefaults(), trigger: make(chan struct{}, 1), busy: make(chan struct{}, 1), started: time.Now(),
		listen: newNotifier, index: &index{entries: map[string]*entry{}, lost: true}}
	none := &Snapshot{
		Hash: hashOf(&Snapshot{}), Actions: map[string]*Action{}, Libs: map[string]*Lib{}, Data: map[string]*Data{}, Tests: map[string]*Test{}, LoadedAt: l.opts.Now(),
	}
	none.name()
	l.current.Store(none)
	l.setMode("off")
	return l
}

// Current returns the newest snapshot, never nil; before the first Load it is empty, with generation 0. One atomic load.
func (l *Loader) Current() *Snapshot { return l.current.Load() }

// OnChange has f called after each swap, one call at a time, in the goroutine that loaded; f must not call Load. A swap
// after which only problems differ has equal generations.
func (l *Loader) OnChange(f func(old, new *Snapshot)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.onChange = append(l.onChange, f)
}

// Trigger has Watch load soon, whatever it thinks of the folder. It never blocks; without Watch it does nothing until
// Watch runs.
func (l *Loader) Trigger() {
	select {
	case l.trigger <- struct{}{}:
	default:
	}
}

// Mode says how changes are noticed: "events" (and the poll), "poll" (events don't work here), "off" (Watch isn't running).
func (l *Loader) Mode() string { return *l.mode.Load() }

func (l *Loader) setMode(mode string) { l.mode.Store(&mode) }

// Load reads the folder now, swaps in what changed and returns what is served then. It takes the time of one scan; when
// scripts are gone it waits Quiet to be sure, and when the folder doesn't hold still up to a few times MaxWait. If ctx ends
// first nothing is swapped.
func (l *Loader) Load(ctx context.Context) *Snapshot {
	select {
	case l.busy <- struct{}{}:
	case <-ctx.Done():
		return l.Current()
	}
	defer func() { <-l.busy }()
	l.load(ctx)
	return l.Current()
}

// load scans until what is gone is surely gone, so that deletions and changes of one checkout are swapped in together.
func (l *Loader) load(ctx context.Context) {
	var s *scanned
	var before, absent, gone map[string]bool
	rest := l.opts.Quiet
	if l.Current().Generation == 0 {
		rest = 0 // there is nothing to serve meanwhile
	}
	for try := range confirmations {
		if try > 0 && !sleep(ctx, l.opts.Quiet) {
			return
		}
		if s = scan(ctx, &l.opts, l.index.known, rest); s == nil || ctx.Err() != nil {
			l.looked.Store(nil)
			return
		}
		absent = l.index.absent(s)
		if gone = both(absent, before); len(gone) == len(absent) {
			break
		}
		before = absent
	}
	next := l.update(ctx, l.index, s, gone)
	if next == nil {
		return
	}
	if len(gone) < len(absent) {
		next.list = nil
	}
	l.swap(next, s)
}

func both(a, b map[string]bool) map[string]bool {
	common := map[string]bool{}
	for k := range a {
		if b[k] {
			common[k] = true
		}
	}
	return common
}

// swap publishes what next says, if that differs from what is served.
func (l *Loader) swap(next *index, s *scanned) {
	old := l.Current()
	l.index = next
	l.looked.Store(next.list)
	now := int64(time.Since(l.started))
	l.scanned.Store(now)
	snapshot := l.publishable(old, next, s.list.missing, s.list.troubles)
	if old.Generation == snapshot.Generation && sameServed(old, snapshot) &&
		slices.EqualFunc(old.Problems, snapshot.Problems, equalProblem) {
		return
	}
	l.changed.Store(now)
	l.current.Store(snapshot)
	l.report(old, snapshot)
	l.mu.Lock()
	callbacks := slices.Clone(l.onChange)
	l.mu.Unlock()
	for _, f := range callbacks {
		f(old, snapshot)
	}
}

func equalProblem(a, b Problem) bool {
	return a.Script == b.Script && compareProblems(a, b) == 0 && a.Hint == b.Hint && a.Warning == b.Warning &&
		a.Since.Equal(b.Since)
}

// sameServed tells whether both hold the very same actions, modules and data, staleness included.
func sameServed(a, b *Snapshot) bool {
	return maps.Equal(a.Actions, b.Actions) && maps.Equal(a.Libs, b.Libs) && maps.Equal(a.Data, b.Data) && maps.Equal(a.Tests, b.Tests)
}
