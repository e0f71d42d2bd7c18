// Package engine takes a call and gives its answer: scripts in, answers out. It knows no transport, no log and no folder.
package engine

import (
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/luaapi/govalue"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/service/httpclient"
)

// Defaults of Options.
const (
	DefaultTimeout  = 10 * time.Second
	DefaultMaxCalls = 1024
	DefaultMemory   = 512 << 20

	turnover = 16 // how often a call may fill the memory and drop it

	defaultDomains     = 64       // assistants whose domain is kept
	defaultDomainBytes = 64 << 20 // and their size in all
	defaultStore       = 64 << 20 // bytes
)

// Options configure an Engine. Snapshots is required.
type Options struct {
	// Snapshots gives the scripts that a call which begins now is to see.
	Snapshots interface{ Current() *script.Snapshot }
	// Timeout is the deadline of one call; DefaultTimeout if 0.
	Timeout time.Duration
	// MaxCalls is how many calls run at once; past it Run answers Overloaded. DefaultMaxCalls if 0.
	MaxCalls int
	// MaxStates is how many interpreters exist at most; a call waits for one until its deadline. MaxCalls if 0.
	MaxStates int
	// Memory is the heap in bytes, of the whole process, past which the call that holds most is stopped. DefaultMemory if 0.
	Memory int64
	// MaxBytes is how much the library functions of one call may allocate in all, garbage included; 16 times Memory if 0.
	MaxBytes int64
	// Domains keeps the domains of assistants between calls; one of its own if nil.
	Domains *rasa.DomainCache
	// Observe is told of each call that ended. Nil: nobody.
	Observe func(Outcome)
	// Log is where scripts' log lines and the engine's warnings go; nowhere if nil.
	Log *slog.Logger
	// Values are Go values that scripts know as modules; nil for none. CheckValues has to find nothing wrong with them.
	Values *govalue.Set
	// Target is the Rasa that answers are checked for. The zero Target takes the version that each call brings.
	Target rasa.Target
	// Location is the zone of os.date, os.time and times without an offset; UTC if nil.
	Location *time.Location
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// Sleep has so much time pass on that clock where a script waits, instead of waiting; for tests. Real waiting if nil.
	Sleep func(time.Duration)
	// OnStep is told of each line that a script is about to run, on the goroutine that runs it, from as many as run at once; nobody
	// if nil. It makes scripts several times slower: for development.
	OnStep func(interp.Step)
	// Seed is what math.random begins each call with; 0 for other numbers each time. For tests.
	Seed float64
	// Dropped is told of each item that an action returned among its events and that is none, which the log has as well: the action's
	// name, the script, and what was left out. Nobody if nil.
	Dropped func(action, script, what string)
	// Databases are those that sql.open finds; none if nil. Whoever opened them closes them, after Close.
	Databases *database.Set
	// Store is where kv keeps things, for whoever opened it to close; a store in memory, 64 MiB at most, if nil.
	Store keyvalue.Store
	// Env are the environment variables that scripts may read; none if nil.
	Env []env.Variable
	// LookEnv finds them in the place of Env, for tests; nil: Env are all.
	LookEnv env.Look
	// Actions are the settings of single actions by name.
	Actions map[string]ActionOptions
	// OnError is the whole answer, as JSON, to a call whose script failed; such a call has an error in its place if nil.
	OnError []byte
	// Mask hides secrets in answers and errors; none if nil. What is logged is masked by the handler of Log.
	Mask *mask.Mask
	// HTTP sends the requests of scripts; whoever made it closes it after the engine. If nil, no service is known and every
	// request is an error that says what to configure.
	HTTP *httpclient.Client
}

// Engine runs calls. It is safe for concurrent use.
type Engine struct {
	opts    Options
	pool    *pool
	shelf   *shelf
	watch   *watchdog
	clock   *clock
	running atomic.Int64
	words   map[string]bool // names of the protocol; see mask
	stop    chan struct{}
	stopped sync.WaitGroup
}

// New returns an engine; Close ends it.
func New(o Options) *Engine {
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxCalls == 0 {
		o.MaxCalls = DefaultMaxCalls
	}
	if o.MaxStates == 0 {
		o.MaxStates = o.MaxCalls
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = turnover * o.Memory
	}
	if o.Domains == nil {
		o.Domains = rasa.NewDomainCache(defaultDomains, defaultDomainBytes)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.HTTP == nil {
		o.HTTP, _ = httpclient.New(httpclient.Options{}) // nothing in it that could be wrong
	}
	if o.Store == nil {
		o.Store = keyvalue.NewMemory(defaultStore, o.Now)
	}
	e := &Engine{opts: o, watch: newWatchdog(o.Memory), words: protocolWords(), stop: make(chan struct{})}
	e.shelf = newShelf(&e.opts)
	e.pool = newPool(o.MaxStates, e.newWorker)
	e.clock = newClock(&e.pool.lost)
	e.stopped.Go(e.trimIdle)
	return e
}

// trimIdle gives back what a burst of calls has left behind.
func (e *Engine) trimIdle() {
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			e.pool.trim(runtime.GOMAXPROCS(0))
		case <-e.stop:
			return
		}
	}
}

// Close gives the states back. No call may be running or begin.
func (e *Engine) Close() {
	close(e.stop)
	e.stopped.Wait()
	e.watch.close()
	e.clock.close()
	e.pool.close()
}

// Running is the number of calls that are running now.
func (e *Engine) Running() int { return int(e.running.Load()) }

// Lost is how many scripts were left behind because they would not end, and still run.
func (e *Engine) Lost() int { return int(e.pool.lost.Load()) }

// Answer is what a call that ran gives back.
type Answer struct {
	Body     []byte // JSON, appended to what Run was given
	Snapshot string // "<generation>-<hash>" of the scripts that ran
	// Failure is why the script failed, if Body is what OnError has for that; nil if it is the script's own.
	Failure *Error
}

// Outcome tells an observer of one call that ended.
type Outcome struct {
	Action   string // as called; "" if it isn't one that scripts provide
	Sender   string
	Snapshot string
	Duration time.Duration
	Err      *Error // nil: answered. One whose script failed has it although OnError had an answer
	Version  string // of the client, as it says
}
