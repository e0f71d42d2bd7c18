package luaapi

import (
	"errors"
	"log/slog"
	"maps"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/spell"
)

// Library finds the shared modules that a call may require, and the data files that it may read.
type Library interface {
	// Lib returns the module of that name ("lib.dates"), and whether there is one.
	Lib(name string) (*chunk.Chunk, bool)
	// LibNames returns the names there are.
	LibNames() []string
	// Data returns the data file of that path below the scripts folder, and whether there is one.
	Data(path string) (DataFile, bool)
	// DataNames returns the paths there are.
	DataNames() []string
}

// ErrDomainMissing is the reason of a call that needs the domain, while only its digest came along: it is asked for.
var ErrDomainMissing = errors.New("the domain is needed, and not at hand")

// Run is what one call brings along.
type Run struct {
	Call    *rasa.Call
	Domain  jsondoc.Value // empty if it is not at hand
	Library Library
	Target  rasa.Target  // the Rasa that the answer is checked for; the zero Target takes the call's version
	Log     *slog.Logger // with the call's attributes; required
}

// Session is what the members of the API see of the call that their state is running. There is one for each state.
type Session struct {
	Run
	State    *interp.State
	L        *lua.LState
	Values   *Values
	begins   []func()
	ends     []func()
	running  bool                  // between Begin and End
	loaded   map[string]lua.LValue // what required files returned; nil while a file runs
	response *chunk.Shape          // the keys of a message
	slot     *chunk.Shape          // the keys of what SlotSet makes
	answer   jsondoc.Doc           // the answer that is being checked: its memory is used again
}

// NewSession returns the session of a state. Before the state's first call only.
func NewSession(state *interp.State) *Session {
	s := &Session{State: state, L: state.L, loaded: map[string]lua.LValue{}, response: chunk.NewShape(rasa.ResponseKeys()...),
		slot: chunk.NewShape("event", "timestamp", "name", "value")}
	s.Values = newValues(s)
	state.Keep(func(visit func(lua.LValue)) {
		for _, value := range s.loaded {
			visit(value)
		}
	})
	return s
}

// thread is the thread that runs: what raises has to do it there, and not on a thread that waits for a coroutine of its own.
func (s *Session) thread() *lua.LState { return s.L.G.CurrentThread }

// Begin and End bracket a call.
func (s *Session) Begin(run Run) {
	s.Run, s.running = run, true
	for _, f := range s.begins {
		f()
	}
}

// End drops all that belongs to the call.
func (s *Session) End() {
	for _, f := range s.ends {
		f()
	}
	s.Values.end()
	clear(s.loaded)
	s.Run, s.running = Run{}, false
}

// Required are the files that were required up to now, with what they returned. Between calls only.
func (s *Session) Required() map[string]lua.LValue { return maps.Clone(s.loaded) }

// SetRequired has no other files be required than these: any other runs anew when it is asked for. Between calls only.
func (s *Session) SetRequired(files map[string]lua.LValue) {
	clear(s.loaded)
	maps.Copy(s.loaded, files)
}

// Install gives scripts a module and returns its table, which is nil for a module of bare globals. Before the first call, or while
// one runs whose script has just said a name of the module's.
func (s *Session) Install(m Module) *lua.LTable {
	if m.Begin != nil {
		s.begins = append(s.begins, m.Begin)
		if s.running {
			m.Begin()
		}
	}
	if m.End != nil {
		s.ends = append(s.ends, m.End)
	}
	module := &m
	members := s.L.CreateTable(0, len(m.Members))
	var table *lua.LTable
	switch {
	case m.Library:
		table, members = s.State.Library(m.Name)
	case !m.Only:
		table = s.State.Frozen(m.title(), members, s.missing(module))
	}
	for i := range m.Members {
		fn := s.L.NewFunction(s.wrap(module, &module.Members[i], table))
		members.RawSetString(m.Members[i].Name, fn)
		if m.Bare || m.Only {
			s.State.SetGlobal(m.Members[i].Name, fn)
		}
	}
	if m.Object {
		s.assignable(module, table)
		return table
	}
	for _, f := range m.Fields {
		members.RawSetString(f.Name, f.Get())
	}
	if table != nil {
		s.State.SetGlobal(m.Name, table)
	}
	return table
}

func (m *Module) title() string {
	if m.Object {
		return "the " + m.Name
	}
	return "the module " + m.Name
}

func (m *Module) field(name string) *Field {
	for i := range m.Fields {
		if m.Fields[i].Name == name {
			return &m.Fields[i]
		}
	}
	return nil
}

// missing answers a name that is no member: an object's field, or an error with the nearest name.
func (s *Session) missing(m *Module) lua.LGFunction {
	return func(L *lua.LState) int {
		key, ok := L.Get(2).(lua.LString)
		if !ok {
			L.RaiseError("%s has no items, only names such as %s", m.title(), m.Names()[0])
		}
		if m.Object {
			if f := m.field(string(key)); f != nil {
				L.Push(f.Get())
				return 1
			}
		}
		L.RaiseError("%s", m.unknown(string(key)))
		return 0
	}
}

// fewNames is up to how many names a message lists them all.
const fewNames = 12

func (m *Module) unknown(name string) string {
	say, names := m.Name+" has no '"+shortened(name, maxKey)+"'", m.Names()
	if instead := m.Instead[name]; instead != "" {
		return say + "; did you mean '" + instead + "'?"
	}
	if near := spell.Nearest(name, names); near != "" {
		return say + "; did you mean '" + near + "'?"
	}
	for _, n := range names {
		if len(n) > 3 && strings.HasPrefix(name, n) || len(name) > 3 && strings.HasPrefix(n, name) {
			return say + "; did you mean '" + n + "'?"
		}
	}
	if len(names) <= fewNames {
		say += "; it has " + strings.Join(names, ", ")
	}
	return say
}

// assignable lets scripts assign the fields of an object that declare a Set.
func (s *Session) assignable(m *Module, table *lua.LTable) {
	meta, ok := table.Metatable.(*lua.LTable)
	if !ok {
		return
	}
	meta.RawSetString("__newindex", s.L.NewFunction(func(L *lua.LState) int {
		key, ok := L.Get(2).(lua.LString)
		if !ok {
			L.RaiseError("%s has no items, only names such as %s", m.title(), m.Names()[0])
		}
		name := string(key)
		f := m.field(name)
		if f == nil || f.Set == nil {
			L.RaiseError("%s.%s can't be assigned; keep your own values in a local", m.Name, name)
		}
		value := L.Get(3)
		if s.Values.IsNull(value) {
			value = lua.LNil
		}
		if value != lua.LNil && !allows(f.Type, value) {
			L.RaiseError("%s.%s must be %s, but is %s", m.Name, name, Spoken(f.Type), TypeOf(value))
		}
		if t, ok := value.(*lua.LTable); ok && s.State.FrozenName(t) != "" {
			L.RaiseError("%s.%s can't be %s", m.Name, name, s.State.FrozenName(t))
		}
		f.Set(value)
		return 0
	}))
}
