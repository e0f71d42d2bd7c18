package interp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/spell"
)

// Hidden describes a metatable that scripts can't see: getmetatable gives nil for its tables.
type Hidden struct {
	// Name is what messages call a table with it, such as "the module json". Its tables can't be written to if Frozen.
	Name   string
	Frozen bool
	// Members are what pairs and next show, for tables that hold nothing themselves.
	Members *lua.LTable
	// Fill is called before the table's content is walked, for tables that are filled when they are first touched.
	Fill func(t *lua.LTable)
	// Next is the step of next and pairs for tables that hold nothing themselves; ok is false if the table has to be filled
	// for that. Item reads an item of such a table. Both or none are given.
	Next func(t *lua.LTable, after lua.LValue) (key, value lua.LValue, ok bool)
	Item func(t *lua.LTable, i int) lua.LValue
	// Held gives visit the values that a table holds outside of itself.
	Held func(t *lua.LTable, visit func(lua.LValue))
	// Replace is called when a script sets a metatable of its own, before it takes effect. Nil refuses nothing.
	Replace func(t *lua.LTable)
}

type guard struct{ Hidden }

// Offer makes globals when a script first says them: most scripts say few of those that there are, and a state that holds them
// all is large.
type Offer interface {
	// Names are all that it can make.
	Names() []string
	// Give makes the global of that name with SetGlobal, and may make others; it does nothing if it can't.
	Give(name string)
}

// Offer has scripts find what o offers. Before the first call only.
func (s *State) Offer(o Offer) { s.offer = o }

// global is what a script's name that is not declared stands for, nil if it is nothing.
func (s *State) global(name string) lua.LValue {
	value := s.globals.RawGetString(name)
	if value == lua.LNil && s.offer != nil {
		s.offer.Give(name)
		value = s.globals.RawGetString(name)
	}
	return value
}

// Hide registers a metatable. Before the first call only.
func (s *State) Hide(meta *lua.LTable, h Hidden) { s.guards[meta] = &guard{h} }

func (s *State) guardOf(v lua.LValue) *guard {
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil
	}
	meta, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	if meta != s.lastHidden { // a walk asks for the same one again and again
		g := s.guards[meta]
		if g == nil {
			return nil
		}
		s.lastHidden, s.lastGuard = meta, g
	}
	return s.lastGuard
}

// Frozen returns a table that reads as members and can't be changed. missing is called for a name that it doesn't have, with
// the table and the key on the stack; nil gives nil for it.
func (s *State) Frozen(name string, members *lua.LTable, missing lua.LGFunction) *lua.LTable {
	L := s.L
	if missing != nil {
		behind := L.CreateTable(0, 1)
		behind.RawSetString("__index", L.NewFunction(missing))
		members.Metatable = behind
	}
	meta := L.CreateTable(0, 2)
	meta.RawSetString("__index", members)
	meta.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
		L.RaiseError("%s belongs to luaction and can't be changed; keep your own values in a local", name)
		return 0
	}))
	t := L.CreateTable(0, 0)
	t.Metatable = meta
	s.Hide(meta, Hidden{Name: name, Frozen: true, Members: members})
	return t
}

// FrozenName returns what messages call a table that scripts can't change, "" for any other.
func (s *State) FrozenName(t *lua.LTable) string {
	if g := s.guardOf(t); g != nil && g.Frozen {
		return g.Name
	}
	return ""
}

// refuseFrozen raises if the argument is a table that scripts can't change.
func (s *State) refuseFrozen(L *lua.LState, n int) {
	if g := s.guardOf(L.Get(n)); g != nil && g.Frozen {
		L.RaiseError("%s belongs to luaction and can't be changed; keep your own values in a local", g.Name)
	}
}

// assignHook is the hidden name that chunk.Compile writes where a script assigns a global.
const assignHook = "\x00assign"

func (s *State) guardGlobals() {
	L := s.L
	meta := L.CreateTable(0, 4)
	meta.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
		name := L.CheckString(2)
		value := s.global(name)
		if value == lua.LNil {
			L.RaiseError("%s", s.unknownGlobal(name))
		}
		L.Push(value)
		return 1
	}))
	meta.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
		s.refuseAssign(L, L.CheckString(2))
		return 0
	}))
	s.globals.Metatable = meta
	s.Hide(meta, Hidden{Name: "the globals", Frozen: true})
	s.SetGlobal(concatHook, L.NewFunction(s.concat))
	s.SetGlobal(numberHook, L.NewFunction(loopNumber))
	s.SetGlobal(moduloHook, L.NewFunction(moduloOperator))
	s.SetRecords(func(L *lua.LState, shape *chunk.Shape) lua.LValue { return shape.Table(L) })
	s.SetGlobal(assignHook, L.NewFunction(func(L *lua.LState) int {
		s.refuseAssign(L, L.CheckString(1))
		return 0
	}))
}

// recordHook is the hidden name that chunk.Compile writes where a table has a few names and nothing else.
const recordHook = "\x00record"

// SetRecords has f make the tables of constructors that are 1 to 16 names with their values, such as { title = …, payload = … }:
// it finds the value of shape.Keys[i] as L.Get(i + 2), nil for a key that is to be left out, and returns what a script can't
// tell from a new table. L.GetTop() is len(shape.Keys) + 1. It must not raise or keep L. By default a table is made. Before the
// first call only.
func (s *State) SetRecords(f func(L *lua.LState, shape *chunk.Shape) lua.LValue) {
	s.SetGlobal(recordHook, s.L.NewFunction(func(L *lua.LState) int { return chunk.Record(L, f) }))
}

func (s *State) refuseAssign(L *lua.LState, name string) {
	if s.global(name) != lua.LNil {
		L.RaiseError("'%s' is a name of luaction's own and can't be assigned; use another name, with local: local my_%s = …", name, name)
	}
	L.RaiseError("'%s' is not declared; use local: local %s = …", name, name)
}

func (s *State) unknownGlobal(name string) string {
	instead, ok := s.retired[name]
	if !ok {
		instead, ok = retiredNames()[name]
	}
	if ok {
		return fmt.Sprintf("'%s' is not there: %s", name, instead)
	}
	known := make([]string, 0, 96)
	if s.offer != nil {
		known = append(known, s.offer.Names()...)
	}
	s.globals.ForEach(func(k, _ lua.LValue) {
		if key, ok := k.(lua.LString); ok && key[0] != 0 {
			known = append(known, string(key))
		}
	})
	if near := spell.Nearest(name, known); near != "" {
		return fmt.Sprintf("there is no '%s'; did you mean '%s'?", name, near)
	}
	return fmt.Sprintf("there is no '%s': it is not declared (a local of this file must stand above the line that uses it)", name)
}
