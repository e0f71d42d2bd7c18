// Package double stands in for the services of actions while they are tested: what http, sql, kv, env and time reach. The words of
// the test file say what each answers, and nothing real is ever asked.
package double

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/service/httpclient"
)

// Callback has a function of the test file called where that file's code runs, without arguments; it has no results. It is called from the goroutines of actions, and from that of the test file itself while that waits for a
// request of its own. Its error is what the function raised, with the place; it goes on to the action, which may catch it.
type Callback func(ctx context.Context, fn *lua.LFunction) error

// Options configure a Set. All may be missing; without Callback functions can't be stubs.
type Options struct {
	Callback Callback
	// Asserted says whether what a function raised is a failed assertion, which ends its test. Anything else that a function of
	// sql.stub raises is what the database says, and the action's to handle; so is all if nil.
	Asserted func(raised lua.LValue) bool
	// Location is the zone of times without an offset; UTC if nil.
	Location *time.Location
	// HTTP are the services that requests name, the hosts that they may name if there are any, and timeouts. A name that is no
	// service is a host of its own.
	HTTP httpclient.Options
	// Now is the clock until a test freezes it; time.Now if nil.
	Now func() time.Time
}

// Set is all that stands in for services while one test file runs. It is safe for concurrent use.
type Set struct {
	o       Options
	clock   clock
	client  *httpclient.Client
	free    *httpclient.Client // to read the addresses of stubs: as client, but all hosts may be named
	problem error
	store   *keyvalue.Memory

	mu        sync.Mutex
	requests  []*stub // as they were made
	databases map[string]*database.Database
	opened    []*database.Database
	variables map[string]*string // nil: not set
	unmet     []string
	begun     bool // a test has begun
	early     early
}

// early is what a test file said before its first test began, which no test knows.
type early struct {
	requests             []*stub
	databases, variables map[string]bool
}

// outside is what messages say of it.
const outside = " was made outside of it and before_each, and is forgotten; move it into before_each"

const storeBytes = 64 << 20

// New returns a Set without any stub; Close ends it.
func New(o Options) *Set {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	s := &Set{o: o, clock: clock{real: o.Now}}
	o.HTTP.StandIn, o.HTTP.Services = tripper{s}, maps.Clone(o.HTTP.Services)
	for name, service := range o.HTTP.Services {
		service.CAFile = "" // which need not be where tests run
		o.HTTP.Services[name] = service
	}
	if s.client, s.problem = httpclient.New(o.HTTP); s.problem != nil {
		s.client, _ = httpclient.New(httpclient.Options{StandIn: tripper{s}}) // nothing in it that could be wrong
	}
	o.HTTP.Allow = nil
	if s.free, _ = httpclient.New(o.HTTP); s.problem != nil {
		s.free = s.client
	}
	s.store = keyvalue.NewMemory(storeBytes, s.clock.now)
	s.databases, s.variables = map[string]*database.Database{}, map[string]*string{}
	return s
}

// Problem says what is wrong with Options.HTTP, if anything; then no service is known.
func (s *Set) Problem() error { return s.problem }

// Configure has the engine of the actions under test use what stands in.
func (s *Set) Configure(o *engine.Options) {
	o.HTTP, o.Store = s.client, s.store
	o.Databases, o.Env, o.LookEnv = database.Finding(s.database), nil, s.variable
	o.Now, o.Sleep, o.Location = s.clock.now, s.clock.sleep, s.o.Location
}

// Reset forgets what a test has said and left: stubs, the clock that stood still, what is in kv, and what was unmet.
func (s *Set) Reset() {
	s.mu.Lock()
	if !s.begun {
		s.begun, s.early = true, early{s.requests, namesOf(s.databases), namesOf(s.variables)}
	}
	opened := s.opened
	s.requests, s.opened, s.unmet = nil, nil, nil
	s.databases, s.variables = map[string]*database.Database{}, map[string]*string{}
	s.mu.Unlock()
	for _, d := range opened {
		_ = d.Close() // it was in memory
	}
	s.clock.reset()
	s.store.Clear()
}

// Unmet tells, since Reset, of each request, database and variable that was asked for without a stub. Each fails the test, also if
// the script caught the error.
func (s *Set) Unmet() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.unmet)
}

// Close gives back what the Set holds. No action may be running.
func (s *Set) Close() {
	s.Reset()
	s.client.Close()
	s.free.Close()
}

// miss remembers what was unmet, once. The set is locked.
func (s *Set) miss(message string) string {
	if !slices.Contains(s.unmet, message) {
		s.unmet = append(s.unmet, message)
	}
	return message
}

func namesOf[V any](m map[string]V) map[string]bool {
	names := make(map[string]bool, len(m))
	for name := range m {
		names[name] = true
	}
	return names
}
