// Package govalue hands values and functions of a Go program to scripts, as modules: the methods that are listed, and nothing else
// of them. It stands beside the other modules, which it knows nothing of.
package govalue

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// Value is what scripts get to know under one name.
type Value struct {
	// Go is a value with methods, which scripts call with a dot (shop.price("bell")), or a function, which they call by the name
	// itself. Required. Scripts see neither fields nor any method that isn't listed.
	Go any
	// Methods are the Go names of the methods that scripts may call. In scripts they are written with small letters: OpenOrders is
	// open_orders. For a value at least one is required, for a function none may be given.
	Methods []string
	// Concurrent says that Go may be used by several calls at once. Otherwise one call at a time is in any of the methods, and the
	// others wait for it, until their deadlines.
	Concurrent bool
	// Doc is a sentence for the reference. Optional.
	Doc string
}

// Set is the values of a program, checked. It is safe for concurrent use.
type Set struct{ values []*value }

// value is a Value as all calls share it.
type value struct {
	name, doc string
	function  bool
	methods   []*method
	lock      chan struct{} // has room for one, which is who uses the value; nil if several may
}

// method is one function of a value.
type method struct {
	name   string // as scripts write it
	goName string
	fn     reflect.Value
	signature
}

// Clock turns times of Go's into those of scripts, and back.
type Clock struct {
	Value func(t time.Time) lua.LValue              // nil (Lua's) for one that scripts can't have
	Arg   func(a luaapi.Args, i int) (t time.Time)  // argument i; raises if it is no time
	Of    func(v lua.LValue) (t time.Time, ok bool) // a time's own
}

// New checks the values. The errors are for the program's author, and name the value.
func New(values map[string]Value) (*Set, error) {
	set := &Set{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		v, err := newValue(name, values[name])
		if err != nil {
			return nil, fmt.Errorf("the Go value %q %w", name, err)
		}
		set.values = append(set.values, v)
	}
	return set, nil
}

// Names are the names that scripts get to know.
func (s *Set) Names() []string {
	names := make([]string, len(s.values))
	for i, v := range s.values {
		names[i] = v.name
	}
	return names
}

// Modules are the values for a session's state.
func (s *Set) Modules(session *luaapi.Session, clock Clock) []luaapi.Module {
	modules := make([]luaapi.Module, len(s.values))
	for i, v := range s.values {
		modules[i] = v.module(&host{Session: session, clock: clock})
	}
	return modules
}

func (v *value) module(h *host) luaapi.Module {
	m := luaapi.Module{Name: v.name, Doc: v.doc, Only: v.function, Instead: map[string]string{}}
	for _, method := range v.methods {
		b := h.bind(v, method)
		m.Members = append(m.Members, luaapi.Member{
			Name: method.name, Params: method.params, Returns: method.returns, Doc: v.doc, Func: b.call,
		})
		for _, tried := range []string{method.goName, strings.ToLower(method.goName[:1]) + method.goName[1:]} {
			if tried != method.name {
				m.Instead[tried] = method.name
			}
		}
	}
	return m
}
