// Package interp is Lua 5.1 on gopher-lua, made correct, interruptible and bounded: the names that scripts may use and no
// others, errors that keep what they should, and one budget for each call. It knows nothing of Rasa.
package interp

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/strlib"
)

// Sizes of one interpreter. The library's defaults cost 160 KB a state; these cost a third, and the limits that scripts
// meet (200 levels of recursion, 3,000 values in one call) lie inside them.
const (
	callDepth       = 240
	registrySize    = 256 // most scripts need less, and each call clears it
	registryMaxSize = 256 * 1024
	registryGrow    = 2048
	// maxArrayIndex bounds what one assignment to a large index can allocate: the library fills the gap with nils.
	maxArrayIndex = 1 << 18
	maxProtected  = 150 // nested pcall, resume and callbacks: each takes Go stack
)

// Options configure a State. The zero value is usable.
type Options struct {
	Now      func() time.Time // the clock of os.time, os.date and os.clock; time.Now by default
	Location *time.Location   // the zone of os.date and os.time; UTC by default
	// Sleep has so much time pass on that clock without anybody waiting, for tests whose clock is not the real one; it counts
	// against the call's deadline. A call really waits if nil.
	Sleep func(time.Duration)
	// OnStep is told of each line before it runs, on the goroutine that runs it, which makes calls several times slower.
	OnStep func(Step)
	// Seed is what math.random begins each call with, so that every run gives the same numbers; 0 for others each time.
	Seed float64
}

// State is one interpreter: the libraries, and no script. It serves one call at a time, any number of calls one after the
// other; nothing that a script does outlives its call. A State is not safe for concurrent use, but for Meter().Stop.
type State struct {
	L                        *lua.LState
	meter                    *meter.Meter
	opts                     Options
	in                       innards
	globals                  *lua.LTable
	context                  context.Context        // what threads ask before each instruction: the meter, or what asks it
	guards                   map[*lua.LTable]*guard // by hidden metatable
	lastHidden               *lua.LTable            // what guardOf found last
	lastGuard                *guard
	numbers                  boxes
	strings                  *strlib.Lib
	offer                    Offer             // nil for none
	retired                  map[string]string // names that are gone, with what to say
	callVia                  *lua.LFunction
	hook                     func(*lua.LState) // raised, made once
	nextFunction, ipairsStep *lua.LFunction
	handlers                 []protection
	coBody                   *lua.LFunction                     // what runs at the bottom of coroutines
	nursery                  *lua.LState                        // what coroutines are made from
	integers                 *lua.LTable                        // the metatable of NewInteger, nil before the first
	advise                   func(L *lua.LState, advice string) // nil: nobody is told
	keepers                  []func(visit func(lua.LValue))     // see Keep
	free                     bool                               // see SetClock
	running
}

// running is what a State knows of the call that it serves.
type running struct {
	began    time.Time
	random   *rand.Rand
	fault    *Error      // what was raised last and may reach the top
	opening  bool        // a table is filled for a message; see opened
	verbatim bool        // what is about to be raised needs no explaining
	broken   string      // a fault of Go's, "" if there was none
	resumes  int         // coroutines that were resumed and have not yielded since
	passed   int         // how many values a coroutine passed last
	ended    int         // coroutines that have ended and not been made up for by new ones
	badPair  int         // the argument of concat that can't be joined with the next
	raisedIn *lua.LState // the coroutine in which something was raised last
}

//nolint:gochecknoglobals // the library's own settings are package variables: they are set once, before the first state
var setUp sync.Once

// SetUp makes the settings of the interpreter library that hold for the whole process. New and Compile call it.
func SetUp() {
	setUp.Do(func() {
		lua.MaxArrayIndex = maxArrayIndex
		lua.CompatVarArg = false
	})
}

// Compile compiles one script file; see chunk.Compile.
func Compile(name string, source []byte) (*chunk.Chunk, []chunk.Problem, *chunk.Problem) {
	SetUp()
	return chunk.Compile(name, source)
}

// New returns a State with Lua's own libraries. Names of the API are added with SetGlobal before the first call.
func New(o Options) *State {
	SetUp()
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	s := &State{
		L: lua.NewState(lua.Options{
			SkipOpenLibs:        true,
			CallStackSize:       callDepth,
			RegistrySize:        registrySize,
			RegistryMaxSize:     registryMaxSize,
			RegistryGrowStep:    registryGrow,
			MinimizeStackMemory: false,
		}),
		meter:   meter.New(),
		opts:    o,
		guards:  map[*lua.LTable]*guard{},
		retired: map[string]string{},
	}
	s.in = findInnards(s.L)
	s.context = s.meter
	if o.OnStep != nil {
		s.context = &stepper{Meter: s.meter, s: s, tell: o.OnStep}
	}
	s.L.SetContext(s.context)
	s.globals = s.L.CreateTable(0, 64)
	s.L.Env = s.globals
	s.L.G.Global = s.globals
	s.L.G.MainThread = s.L
	s.L.G.CurrentThread = s.L
	s.hook = s.raised
	s.callVia = s.L.NewFunction(s.runProtected)
	s.guardGlobals()
	s.openLibraries()
	s.openCoroutines()
	return s
}

// Close gives the state's memory back. No call may be running.
func (s *State) Close() { s.L.Close() }

// Meter returns the budget of the running call; its Stop may be called from another goroutine.
func (s *State) Meter() *meter.Meter { return s.meter }

// Now returns the state's clock, Location its time zone.
func (s *State) Now() time.Time { return s.opts.Now() }

// Location returns the time zone of os.date and os.time.
func (s *State) Location() *time.Location { return s.opts.Location }

// Sleep waits for d, or has it pass on a clock that is not the real one. It returns early when the call has to end; look at
// Meter().Stopped afterwards.
func (s *State) Sleep(d time.Duration) {
	if s.opts.Sleep == nil {
		s.meter.Sleep(d)
		return
	}
	s.opts.Sleep(d)
	if !s.free {
		s.meter.Pass(d)
	}
}

// SetClock replaces Options.Now and Options.Sleep; what passes on that clock doesn't count against the deadline of calls. Before
// the first call only.
func (s *State) SetClock(now func() time.Time, sleep func(time.Duration)) {
	s.opts.Now, s.opts.Sleep, s.free = now, sleep, true
}

// Begin opens a call: its budget, and fresh chance for math.random.
func (s *State) Begin(ctx context.Context, deadline time.Time, maxBytes int64) {
	s.meter.Begin(ctx, deadline, maxBytes)
	s.running = running{began: s.opts.Now()}
}

// maxKept is how many values the stack of a state may have room for if it is kept: a stack that grew never shrinks.
const maxKept = 32 * 1024

// End closes a call and reports whether the state may serve another one: not after a stop or a fault of Go. Coroutines that
// still wait end with it: nothing refers to them any more.
func (s *State) End() (reusable bool) {
	clean := s.broken == "" && s.meter.Stopped() == nil && len(s.handlers) == 0 && s.resumes == 0
	s.L.SetTop(0)
	values := s.in.registers(s.L)
	if clean = clean && len(values) <= maxKept; clean {
		clear(values) // what lies above the top keeps its memory, too
	}
	s.in.forgetFrames(s.L)
	s.L.G.CurrentThread = s.L
	s.running = running{}
	return clean
}

// SetGlobal makes a name that every script sees. Before the first call only, or from Offer.Give.
func (s *State) SetGlobal(name string, value lua.LValue) { s.globals.RawSetString(name, value) }

// Retire has a script that says the name told what to say instead. Before the first call only.
func (s *State) Retire(name, instead string) { s.retired[name] = instead }

// OnAdvice has f told of what is no error and probably not meant either. Before the first call only.
func (s *State) OnAdvice(f func(L *lua.LState, advice string)) { s.advise = f }

// Load returns the chunk as a function that runs it anew.
func (s *State) Load(c *chunk.Chunk) *lua.LFunction {
	fn := s.L.NewFunctionFromProto(c.Proto)
	fn.Env = s.globals
	return fn
}
